"""Convolutions along time: the same short filters look at every stretch of a sequence."""

from __future__ import annotations

from typing import Literal

from aecore.models.backbones import _convolution as convolution
from aecore.models.backbones._sequences import from_sample, sequence, to_sample
from aecore.models.backbones._spec import BackboneSpec, Block, Shape
from aecore.settings import setting


class Convolutional1DBackbone(convolution.Convolutions):
    """Stages of convolutions that each halve the number of steps; the decoder mirrors them."""

    kind: Literal["convolutional-1d"] = setting(
        "convolutional-1d", "Layers", "The kind of layers to build from."
    )
    kernel: int = setting(5, "Kernel", "How many steps a filter sees at once.", ge=1, le=7)


def encoder(settings: Convolutional1DBackbone, sample_shape: Shape) -> list[Block]:
    """Sample (*sample_shape) -> features (steps', filters of the last stage)."""
    first, *others = convolution.encoder(settings, sequence(sample_shape))
    return [from_sample(first, sample_shape), *others]


def head(
    settings: Convolutional1DBackbone, sample_shape: Shape, encoding_dim: int, name: str
) -> Block:
    """Features (steps', filters) -> a code."""
    return convolution.vector_head(settings, sequence(sample_shape), encoding_dim, name)


def decoder(
    settings: Convolutional1DBackbone, sample_shape: Shape, encoding_dim: int
) -> list[Block]:
    """Code -> values in the sample's shape."""
    *hidden, values = convolution.vector_decoder(settings, sequence(sample_shape), encoding_dim)
    return [*hidden, to_sample(values, sample_shape)]


def problem(settings: Convolutional1DBackbone, sample_shape: Shape, encoding_dim: int) -> str:
    """That there are too many stages and the way out, or an empty text."""
    return convolution.too_many_stages(settings, sequence(sample_shape))


SPEC = BackboneSpec(
    name="convolutional-1d",
    title="Convolutional 1D",
    summary="The same short filters along time, or down the rows of a picture.",
    settings=Convolutional1DBackbone,
    encoder=encoder,
    head=head,
    decoder=decoder,
    widths=lambda settings: tuple(settings.filters),
    source="LeCun et al., Gradient-Based Learning Applied to Document Recognition, IEEE 1998",
    problem=problem,
    suited=lambda sample_shape, rows: convolution.suited(sequence(sample_shape)),
    kinds=("image", "series"),
    sees_places=True,
    order=30,
)
