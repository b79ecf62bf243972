"""The plain bottleneck: the latent code is what the encoder puts out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from aecore.models.bottlenecks._spec import BottleneckSpec
from aecore.settings import Settings, setting

if TYPE_CHECKING:
    from aecore.models.autoencoder import Autoencoder


class PlainBottleneck(Settings):
    """No options of its own."""

    kind: Literal["plain"] = setting("plain", "Bottleneck", "How the latent code is constrained.")


def autoencoder() -> type[Autoencoder]:
    """The Keras class; importing it imports Keras."""
    from aecore.models.autoencoder import Autoencoder

    return Autoencoder


SPEC = BottleneckSpec(
    name="plain",
    title="Plain",
    summary="The latent code is the encoder's output, without further constraint.",
    settings=PlainBottleneck,
    autoencoder=autoencoder,
    shapes_code=False,
    source="Hinton and Salakhutdinov, Reducing the Dimensionality of Data, Science 2006",
    order=10,
)
