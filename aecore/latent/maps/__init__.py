"""Maps of the latent space: projections, how honest they are, and placing new codes on them."""
