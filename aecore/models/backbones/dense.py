"""Dense layers: every unit sees every unit of the layer before it."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from aecore.models.activations import HIDDEN_ACTIVATIONS, OUTPUT_ACTIVATIONS
from aecore.models.backbones._spec import BackboneSpec, Layer, Shape
from aecore.settings import OneOf, Settings, setting

if TYPE_CHECKING:
    import keras

MAX_LAYERS = 10

Units = Annotated[int, Field(ge=1, le=4096, strict=True)]


class DenseBackbone(Settings):
    """Any number of dense layers; the decoder mirrors them."""

    kind: Literal["dense"] = setting("dense", "Layers", "The kind of layers to build from.")
    units: Annotated[tuple[Units, ...], Field(strict=False, max_length=MAX_LAYERS)] = setting(
        (128, 64),
        "Hidden layers",
        "Units of each layer between input and code; the decoder has the same in reverse.",
    )
    activation: Annotated[str, OneOf(HIDDEN_ACTIVATIONS)] = setting(
        "relu", "Activation", "The bend each layer makes; without one the network is linear."
    )


def encoder(settings: DenseBackbone, sample_shape: Shape, encoding_dim: int) -> keras.Model:
    """Sample (*sample_shape) -> latent code (encoding_dim,).

    The code has the hidden layers' activation when there are none, as in the article's
    784-32-784, and is linear after hidden layers, so that it can take any value.
    """
    import keras

    inputs = keras.Input(sample_shape, name="sample")
    hidden = inputs
    if len(sample_shape) > 1:
        hidden = keras.layers.Flatten(name="flatten")(hidden)
    for i, units in enumerate(settings.units, start=1):
        hidden = keras.layers.Dense(units, settings.activation, name=f"hidden_{i}")(hidden)
    code = keras.layers.Dense(encoding_dim, code_activation(settings), name="code")(hidden)
    return keras.Model(inputs, code, name="encoder")


def decoder(
    settings: DenseBackbone, sample_shape: Shape, encoding_dim: int, output_activation: str
) -> keras.Model:
    """Latent code (encoding_dim,) -> reconstruction (*sample_shape)."""
    import keras

    inputs = keras.Input((encoding_dim,), name="code")
    hidden = inputs
    for i, units in enumerate(reversed(settings.units), start=1):
        hidden = keras.layers.Dense(units, settings.activation, name=f"hidden_{i}")(hidden)
    hidden = keras.layers.Dense(math.prod(sample_shape), name="values")(hidden)
    if len(sample_shape) > 1:
        hidden = keras.layers.Reshape(sample_shape, name="reshape")(hidden)
    outputs = keras.layers.Activation(output_activation, name="reconstruction")(hidden)
    return keras.Model(inputs, outputs, name="decoder")


def code_activation(settings: DenseBackbone) -> str:
    """The activation of the code: the hidden layers' own without hidden layers, else linear."""
    return "linear" if settings.units else settings.activation


def layers(
    settings: DenseBackbone, sample_shape: Shape, encoding_dim: int, output_activation: str
) -> list[Layer]:
    """The layers of encoder and decoder with their shapes and parameter counts."""
    features = math.prod(sample_shape)
    title = f"Dense, {HIDDEN_ACTIVATIONS[settings.activation].title}"
    code_title = f"Dense, {HIDDEN_ACTIVATIONS[code_activation(settings)].title}"
    output_title = f"Dense, {OUTPUT_ACTIVATIONS[output_activation].title}"
    widths = [features, *settings.units, encoding_dim, *reversed(settings.units), features]
    code = len(settings.units) + 1
    found = [Layer("input", "Input", sample_shape, 0)]
    for i, (before, units) in enumerate(pairwise(widths), start=1):
        part, name = "decoder" if i > code else "encoder", title
        shape: Shape = (units,)
        if i == code:
            part, name = "code", code_title
        if i == len(widths) - 1:
            part, name, shape = "output", output_title, sample_shape
        found.append(Layer(part, name, shape, (before + 1) * units))
    return found


SPEC = BackboneSpec(
    name="dense",
    title="Dense",
    summary="Every unit sees every unit of the layer before it; works for any data.",
    settings=DenseBackbone,
    encoder=encoder,
    decoder=decoder,
    layers=layers,
    source="Hinton and Salakhutdinov, Reducing the Dimensionality of Data, Science 2006",
    xla=True,
    order=10,
)
