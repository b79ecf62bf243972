"""The Latent space page: colours, neighbours, selections and honesty of a map."""
