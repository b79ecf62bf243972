"""Recurrent layers: a sequence is read step by step into one state, and told again from it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field

from aecore.models.backbones._sequences import from_sample, sequence, to_sample
from aecore.models.backbones._spec import BackboneSpec, Block, BuildContext, Shape
from aecore.settings import OneOf, Settings, setting

MAX_LAYERS = 3

Units = Annotated[int, Field(ge=1, le=512, strict=True)]


@dataclass(frozen=True)
class CellSpec:
    """One kind of recurrent layer: its name, its name on screen and a sentence about it."""

    name: str
    title: str
    summary: str


CELLS = {
    spec.name: spec
    for spec in (
        CellSpec("lstm", "LSTM", "Keeps a memory beside its state, for long-range dependencies."),
        CellSpec("gru", "GRU", "The same idea with a quarter fewer weights."),
    )
}


class RecurrentBackbone(Settings):
    """A few recurrent layers; the decoder mirrors them."""

    kind: Literal["recurrent"] = setting("recurrent", "Layers", "The kind of layers to build from.")
    cell: Annotated[str, OneOf(CELLS)] = setting(
        "lstm",
        "Cell",
        ("The kind of recurrent cell: GRU has a quarter fewer parameters than LSTM."),
    )
    units: Annotated[
        tuple[Units, ...], Field(strict=False, min_length=1, max_length=MAX_LAYERS)
    ] = setting(
        (64,),
        "Hidden layers",
        "Units in each layer between input and code; the decoder mirrors them.",
    )

    @property
    def activation(self) -> str:
        """The cells' own; it is no option, for the fast kernels on a GPU know no other."""
        return "tanh"


def encoder(settings: RecurrentBackbone, sample_shape: Shape) -> list[Block]:
    """Sample (*sample_shape) -> the last layer's state after the last step (units,)."""
    steps, channels = sequence(sample_shape)
    widths = [channels, *settings.units]
    last = len(settings.units)
    blocks = [
        _recurrent(f"hidden_{i}", settings.cell, widths[i - 1], (steps, widths[i]), steps)
        for i in range(1, last)
    ]
    blocks.append(_recurrent(f"hidden_{last}", settings.cell, widths[-2], (widths[-1],), steps))
    return [from_sample(blocks[0], sample_shape), *blocks[1:]]


def head(settings: RecurrentBackbone, sample_shape: Shape, encoding_dim: int, name: str) -> Block:
    """The last layer's state (units,) -> a code."""
    return _dense(name, "Dense", settings.units[-1], (encoding_dim,))


def decoder(settings: RecurrentBackbone, sample_shape: Shape, encoding_dim: int) -> list[Block]:
    """Code, seen anew at every step -> values in the sample's shape."""
    steps, channels = sequence(sample_shape)
    widths = [encoding_dim, *reversed(settings.units)]
    hidden = [
        _recurrent(
            f"hidden_{i}", settings.cell, widths[i - 1], (steps, widths[i]), steps, repeated=i == 1
        )
        for i in range(1, len(widths))
    ]
    values = _dense("values", "Dense a step", widths[-1], (steps, channels))
    return [*hidden, to_sample(values, sample_shape)]


def _recurrent(
    name: str, cell: str, inputs: int, shape: Shape, steps: int, *, repeated: bool = False
) -> Block:
    """A recurrent layer that gives its state at every step (steps, units) or the last (units,).

    Not unrolled: an epoch would gain a tenth, and the first step take twice to four times as long.
    """
    units = shape[-1]

    def make(context: BuildContext) -> list[Any]:
        import keras

        kind = keras.layers.GRU if cell == "gru" else keras.layers.LSTM
        before = [keras.layers.RepeatVector(steps, name="repeated")] if repeated else []
        return [*before, kind(units, return_sequences=len(shape) > 1, name=name)]

    parameters = _parameters(cell, inputs, units)
    return Block(name, cell.upper(), shape, parameters, make, activated=False, places=steps)


def _parameters(cell: str, inputs: int, units: int) -> int:
    if cell == "gru":
        # Three gates, each with a bias for the input and one for the state, as on a GPU.
        return 3 * units * (inputs + units + 2)
    return 4 * units * (inputs + units + 1)


def _dense(name: str, title: str, inputs: int, shape: Shape) -> Block:
    """A linear dense layer, applied to each step where there are steps."""

    def make(context: BuildContext) -> list[Any]:
        import keras

        return [keras.layers.Dense(shape[-1], context.activation, name=name)]

    parameters = (inputs + 1) * shape[-1]
    places = math.prod(shape[:-1])
    return Block(name, title, shape, parameters, make, activated=False, hidden=False, places=places)


SPEC = BackboneSpec(
    name="recurrent",
    title="Recurrent",
    summary=(
        "Reads a sequence step by step into one state and writes it out again; slow, but "
        "aware of order."
    ),
    settings=RecurrentBackbone,
    encoder=encoder,
    head=head,
    decoder=decoder,
    widths=lambda settings: tuple(settings.units),
    source="Srivastava et al., Unsupervised Learning of Video Representations using LSTMs, "
    "ICML 2015",
    kinds=("image", "series"),
    sees_places=True,
    second_derivatives=False,
    kept_values=24,
    order=40,
)
