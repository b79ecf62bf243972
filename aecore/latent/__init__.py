"""Latent space: what the codes look like."""
