"""Evaluation: how good the reconstructions are, beside yardsticks."""
