"""Convolutions along height and width: the same small filters look at every place of a picture."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

from aecore.models.backbones import _convolution as convolution
from aecore.models.backbones._spec import BackboneSpec, Block, BuildContext, Shape
from aecore.settings import setting

MAX_ENCODING_DIM = 4096


class ConvolutionalBackbone(convolution.Convolutions):
    """Stages of convolutions that each halve height and width; the decoder mirrors them."""

    kind: Literal["convolutional"] = setting(
        "convolutional", "Layers", "The kind of layers to build from."
    )
    kernel: int = setting(3, "Kernel", "Height and width of each filter, in pixels.", ge=1, le=7)
    layout: Literal["vector", "map"] = setting(
        "vector",
        "Code",
        "Vector: every number of the code sees the whole picture. "
        "Map: the code is a small picture, and each number sees the area around its place.",
    )


def encoder(settings: ConvolutionalBackbone, sample_shape: Shape) -> list[Block]:
    """Picture (h, w, c) -> features (h', w', filters of the last stage)."""
    return convolution.encoder(settings, sample_shape)


def head(
    settings: ConvolutionalBackbone, sample_shape: Shape, encoding_dim: int, name: str
) -> Block:
    """Features (h', w', filters) -> a code; a map (h', w', k) is laid out in C order."""
    if settings.layout == "vector":
        return convolution.vector_head(settings, sample_shape, encoding_dim, name)
    features = convolution.stages(settings, sample_shape)[-1]
    code_map = _code_map(features, encoding_dim)
    block = convolution.convolution(name, features, code_map, kernel=1)

    def make(context: BuildContext) -> list[Any]:
        import keras

        return [*block.make(context), keras.layers.Flatten(name=f"{name}_flat")]

    return replace(block, shape=(encoding_dim,), make=make)


def decoder(settings: ConvolutionalBackbone, sample_shape: Shape, encoding_dim: int) -> list[Block]:
    """Code -> values (h, w, c)."""
    if settings.layout == "vector":
        return convolution.vector_decoder(settings, sample_shape, encoding_dim)
    code_map = _code_map(convolution.stages(settings, sample_shape)[-1], encoding_dim)
    first, *others = convolution.expansion(settings, sample_shape, code_map, first=1)

    def make(context: BuildContext) -> list[Any]:
        import keras

        return [keras.layers.Reshape(code_map, name="code_map"), *first.make(context)]

    return [replace(first, make=make), *others]


def problem(settings: ConvolutionalBackbone, sample_shape: Shape, encoding_dim: int) -> str:
    """What does not go together and the way out, or an empty text."""
    too_many = convolution.too_many_stages(settings, sample_shape)
    if too_many or settings.layout == "vector":
        return too_many
    height, width, _ = convolution.stages(settings, sample_shape)[-1]
    places = height * width
    if places > MAX_ENCODING_DIM:
        return (
            f"A code laid out as a map of {height} × {width} has at least {places} numbers, and "
            f"{MAX_ENCODING_DIM} are allowed. Add a stage under Filters or choose Vector as code."
        )
    if encoding_dim % places == 0:
        return ""
    below = encoding_dim // places * places
    fitting = [str(n) for n in (below, below + places) if 0 < n <= MAX_ENCODING_DIM]
    return (
        f"A code laid out as a map of {height} × {width} has a multiple of {places} numbers, and "
        f"{encoding_dim} is none. Set the encoding dimension to {' or '.join(fitting)}."
    )


def label_problem(settings: ConvolutionalBackbone) -> str:
    """A map's numbers each have a place, and a label has none."""
    if settings.layout == "vector":
        return ""
    return (
        "A code laid out as a map has no place for the class. Choose Vector as code or turn "
        "this off."
    )


def _code_map(features: Shape, encoding_dim: int) -> Shape:
    """Shape of the small picture that a code is: (h', w', channels)."""
    height, width, _ = features
    return height, width, encoding_dim // (height * width)


SPEC = BackboneSpec(
    name="convolutional",
    title="Convolutional",
    summary="The same small filters at every place: fewer parameters, and made for pictures.",
    settings=ConvolutionalBackbone,
    encoder=encoder,
    head=head,
    decoder=decoder,
    widths=lambda settings: tuple(settings.filters),
    source="Masci et al., Stacked Convolutional Auto-Encoders, ICANN 2011",
    problem=problem,
    suited=lambda sample_shape, rows: convolution.suited(sample_shape),
    label_problem=label_problem,
    kinds=("image",),
    sees_places=True,
    order=20,
)
