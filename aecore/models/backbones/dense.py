"""Dense layers: every unit sees every unit of the layer before it."""

from __future__ import annotations

import math
from typing import Annotated, Any, Literal

from pydantic import Field

from aecore.models.activations import HIDDEN_ACTIVATIONS
from aecore.models.backbones._spec import BackboneSpec, Block, BuildContext, Shape
from aecore.settings import OneOf, Settings, setting

MAX_LAYERS = 10
# Samples of so many values get two hidden layers, others one.
MANY_FEATURES = 256
FEW_FEATURES = 16
# The widest layer that is suggested, and how many parameters a row may have to set: of 48 pictures
# with 12,288 values, layers of 256 and 128 ended above PCA's error, those of 32 and 16 below it.
WIDEST, NARROWEST, MOST_A_ROW = 256, 16, 20_000

Units = Annotated[int, Field(ge=1, le=4096, strict=True)]


class DenseBackbone(Settings):
    """Any number of dense layers; the decoder mirrors them."""

    kind: Literal["dense"] = setting("dense", "Layers", "The kind of layers to build from.")
    units: Annotated[tuple[Units, ...], Field(strict=False, max_length=MAX_LAYERS)] = setting(
        (128, 64),
        "Hidden layers",
        "Units in each layer between input and code; the decoder mirrors them.",
    )
    activation: Annotated[str, OneOf(HIDDEN_ACTIVATIONS)] = setting(
        "relu", "Activation", "Non-linearity after each layer; without one the network is linear."
    )
    tied: bool = setting(
        False,
        "Tied weights",
        "The decoder uses the transposed weights of the encoder: half as many parameters.",
        advanced=True,
    )


def encoder(settings: DenseBackbone, sample_shape: Shape) -> list[Block]:
    """Sample (*sample_shape) -> the last hidden layer's units."""
    widths = [math.prod(sample_shape), *settings.units]
    return [
        _dense(f"hidden_{i}", widths[i - 1], widths[i], sample_shape if i == 1 else ())
        for i in range(1, len(widths))
    ]


def head(settings: DenseBackbone, sample_shape: Shape, encoding_dim: int, name: str) -> Block:
    """The last hidden layer, or the sample without one -> a code."""
    before = settings.units[-1] if settings.units else math.prod(sample_shape)
    return _dense(name, before, encoding_dim, () if settings.units else sample_shape)


def decoder(settings: DenseBackbone, sample_shape: Shape, encoding_dim: int) -> list[Block]:
    """Code -> values in the sample's shape."""
    features = math.prod(sample_shape)
    widths = [encoding_dim, *reversed(settings.units)]
    # What stands opposite each layer in the encoder, whose weights a tied decoder uses.
    opposite = ["code", *(f"hidden_{i}" for i in range(len(settings.units), 0, -1))]
    if not settings.tied:
        opposite = [""] * len(opposite)
    hidden = [
        _dense(f"hidden_{i}", widths[i - 1], widths[i], tied_to=opposite[i - 1])
        for i in range(1, len(widths))
    ]
    values = _dense("values", widths[-1], features, tied_to=opposite[-1], reshape=sample_shape)
    return [*hidden, values]


def suited(sample_shape: Shape, rows: int) -> dict[str, Any]:
    """Two hidden layers where there is much to learn, or bent surfaces in few columns; else one.

    Samples with more values than there are samples are learned by heart sooner by layers that cut
    off at 0 than by smooth ones, and by wide layers sooner than by narrow ones.
    """
    features = math.prod(sample_shape)
    if features >= MANY_FEATURES:
        if rows >= features:
            return {"units": [WIDEST, WIDEST // 2]}
        width = _width_for(rows, features)
        return {"units": [width, width // 2], "activation": "elu"}
    return {"units": [64, 32] if features < FEW_FEATURES else [max(32, features // 2)]}


def _width_for(rows: int, features: int) -> int:
    """A power of two: the widest layer with no more parameters, in and out, than rows can set."""
    width = max(NARROWEST, MOST_A_ROW * rows // (2 * features))
    return min(WIDEST, 1 << (width.bit_length() - 1))


def label_problem(settings: DenseBackbone) -> str:
    """A tied decoder would need weights of the encoder that stand opposite the label."""
    if not settings.tied:
        return ""
    return "With tied weights the decoder has no weights for the class. Turn one of them off."


def _dense(
    name: str,
    inputs: int,
    units: int,
    flatten: Shape = (),
    *,
    tied_to: str = "",
    reshape: Shape | None = None,
) -> Block:
    """A dense layer; samples of more than one axis are flattened before or reshaped after it."""
    is_output = reshape is not None

    def make(context: BuildContext) -> list[Any]:
        import keras

        from aecore.models.layers import TransposedDense

        layer: Any
        if tied_to and context.encoder is not None:
            source = context.encoder.get_layer(tied_to)
            layer = TransposedDense(units, context.activation, source=source, name=name)
        else:
            layer = keras.layers.Dense(units, context.activation, name=name)
        before = [keras.layers.Flatten(name=f"{name}_flat")] if len(flatten) > 1 else []
        after = [keras.layers.Reshape(reshape, name="reshape")] if len(reshape or ()) > 1 else []
        return [*before, layer, *after]

    return Block(
        name=name,
        title="Dense, tied" if tied_to else "Dense",
        shape=reshape if reshape is not None else (units,),
        parameters=units if tied_to else (inputs + 1) * units,
        make=make,
        activated=not is_output,
        hidden=not is_output,
    )


SPEC = BackboneSpec(
    name="dense",
    title="Dense",
    summary="Every unit sees every unit of the layer before it; works for any data.",
    settings=DenseBackbone,
    encoder=encoder,
    head=head,
    decoder=decoder,
    widths=lambda settings: tuple(settings.units),
    source="Hinton and Salakhutdinov, Reducing the Dimensionality of Data, Science 2006",
    suited=suited,
    label_problem=label_problem,
    kinds=("image", "table", "series", "text"),
    xla=True,
    order=10,
)
