"""The Reconstructions page: samples, errors and the film of a training."""
