"""From an experiment to a compiled Keras model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aecore.models.autoencoder import Autoencoder

if TYPE_CHECKING:
    from aecore.experiment import Experiment


def build(experiment: Experiment, sample_shape: tuple[int, ...]) -> Autoencoder:
    """The autoencoder of an experiment for samples of this shape, not yet compiled."""
    backbone, settings = experiment.backbone, experiment.model.backbone
    dimension = experiment.model.encoding_dim
    return Autoencoder(
        encoder=backbone.encoder(settings, sample_shape, dimension),
        decoder=backbone.decoder(settings, sample_shape, dimension, experiment.output_activation),
        reconstruction_loss=experiment.training.loss,
        name="autoencoder",
    )
