"""From a design to a Keras model, not yet compiled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aecore.models.assembly import ModelDesign, keras_decoder, keras_encoder, plan
from aecore.models.bottlenecks import BOTTLENECKS

if TYPE_CHECKING:
    from aecore.models.autoencoder import Autoencoder


def build(
    design: ModelDesign,
    sample_shape: tuple[int, ...],
    value_range: tuple[float, float] = (0.0, 1.0),
    steps_an_epoch: int = 1,
) -> Autoencoder:
    """The autoencoder of a design for samples of this shape.

    Args:
        value_range: the least and the greatest training value, for corruptions that need it.
        steps_an_epoch: batches in an epoch, for what changes over a number of epochs.
    """
    model = design.settings
    planned = plan(design, sample_shape)
    trunk = keras_encoder(planned, sample_shape, model.penalties.k_sparse)
    objective = {
        "loss": design.loss,
        "penalties": model.penalties.model_dump(mode="json"),
        "corruption": model.corruption.model_dump(mode="json"),
        "bottleneck": model.bottleneck.model_dump(mode="json"),
        "value_range": list(value_range),
        "steps_an_epoch": steps_an_epoch,
    }
    kind = BOTTLENECKS[model.bottleneck.kind].autoencoder()
    return kind(trunk, keras_decoder(planned, trunk), objective, name="autoencoder")
