"""What convolutions along one axis (sequences) and along two (pictures) have in common.

A grid is the shape that a convolution sees: (steps, channels) or (height, width, channels).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import Field

from aecore.models.activations import HIDDEN_ACTIVATIONS
from aecore.models.backbones._spec import Block, BuildContext, Shape
from aecore.settings import OneOf, Settings, setting

MAX_STAGES = 5
FILTERS = (32, 64)

Filters = Annotated[int, Field(ge=1, le=512, strict=True)]


class Convolutions(Settings):
    """Stages of convolutions that each halve the grid; the decoder mirrors them."""

    kind: str
    filters: Annotated[
        tuple[Filters, ...], Field(strict=False, min_length=1, max_length=MAX_STAGES)
    ] = setting(
        FILTERS,
        "Filters",
        (
            "Filters in each stage; every stage halves the size, and the decoder mirrors the "
            "encoder."
        ),
    )
    kernel: int
    reduction: Literal["strided", "pooled"] = setting(
        "strided",
        "Reduction",
        ("How each stage halves the size: a convolution with stride 2, or max pooling after it."),
    )
    activation: Annotated[str, OneOf(HIDDEN_ACTIVATIONS)] = setting(
        "relu", "Activation", "Non-linearity after each layer; without one the network is linear."
    )


def stages(settings: Convolutions, grid: Shape) -> list[Shape]:
    """The grid, and what each stage makes of the one before it."""
    return _halved(settings.filters, grid)


def encoder(settings: Convolutions, grid: Shape) -> list[Block]:
    """Grid -> the last stage's features."""
    return [
        _halving(f"hidden_{i}", before, after, settings)
        for i, (before, after) in enumerate(pairwise(stages(settings, grid)), 1)
    ]


def vector_head(settings: Convolutions, grid: Shape, encoding_dim: int, name: str) -> Block:
    """The last stage's features -> a code (encoding_dim,)."""
    features = math.prod(stages(settings, grid)[-1])

    def make(context: BuildContext) -> list[Any]:
        import keras

        flatten = keras.layers.Flatten(name=f"{name}_flat")
        return [flatten, keras.layers.Dense(encoding_dim, context.activation, name=name)]

    return Block(name, "Dense", (encoding_dim,), (features + 1) * encoding_dim, make)


def vector_decoder(settings: Convolutions, grid: Shape, encoding_dim: int) -> list[Block]:
    """Code (encoding_dim,) -> values in the grid."""
    features = stages(settings, grid)[-1]
    units = math.prod(features)

    def make(context: BuildContext) -> list[Any]:
        import keras

        dense = keras.layers.Dense(units, context.activation, name="hidden_1")
        return [dense, keras.layers.Reshape(features, name="hidden_1_grid")]

    dense = Block("hidden_1", "Dense", features, (encoding_dim + 1) * units, make)
    return [dense, *expansion(settings, grid, features, first=2)]


def expansion(settings: Convolutions, grid: Shape, features: Shape, first: int) -> list[Block]:
    """Features of the last stage's size -> values in the grid, by the stages in reverse.

    Args:
        first: number of the first block, `hidden_{first}`.
    """
    targets = [
        (*before[:-1], after[-1]) for before, after in reversed([*pairwise(stages(settings, grid))])
    ]
    doubling = [
        _doubling(f"hidden_{i}", before, after, settings.kernel)
        for i, (before, after) in enumerate(pairwise([features, *targets]), first)
    ]
    values = convolution("values", targets[-1], grid, settings.kernel)
    return [*doubling, replace(values, activated=False, hidden=False)]


def convolution(name: str, before: Shape, after: Shape, kernel: int, strides: int = 1) -> Block:
    """A convolution from one grid to another, padded at its edges."""

    def make(context: BuildContext) -> list[Any]:
        layer = _keras_layer("Conv{}D", before)
        return [layer(after[-1], kernel, strides, "same", activation=context.activation, name=name)]

    title = f"Convolution {_times(kernel, before)}"
    places = math.prod(after[:-1])
    return Block(name, title, after, _parameters(before, after, kernel), make, places=places)


def suited(grid: Shape) -> dict[str, Any]:
    """As many of the default's stages as have something to halve; one at least."""
    return {"filters": list(FILTERS[: max(1, _useful_stages(FILTERS, grid))])}


def too_many_stages(settings: Convolutions, grid: Shape) -> str:
    """That the grid is down to a single place before the last stage and the way out, or nothing."""
    wanted = len(settings.filters)
    useful = _useful_stages(settings.filters, grid)
    if useful == wanted:
        return ""
    if not useful:
        return "A sample of a single place has nothing to halve. Choose dense layers."
    size = " × ".join(str(size) for size in grid[:-1])
    return (
        f"A sample of {size} is down to a single place after {useful} of the {wanted} stages, and "
        f"the rest have nothing to halve. Shorten the list under Filters to {useful}."
    )


def _halved(filters: Sequence[int], grid: Shape) -> list[Shape]:
    grids = [grid]
    for number in filters:
        grids.append((*((size + 1) // 2 for size in grids[-1][:-1]), number))
    return grids


def _useful_stages(filters: Sequence[int], grid: Shape) -> int:
    """How many of these stages have something to halve."""
    return sum(any(size > 1 for size in before[:-1]) for before in _halved(filters, grid)[:-1])


def _halving(name: str, before: Shape, after: Shape, settings: Convolutions) -> Block:
    if settings.reduction == "strided":
        block = convolution(name, before, after, settings.kernel, strides=2)
        return replace(block, title=f"{block.title}, halved")
    block = convolution(name, before, after, settings.kernel)

    def make(context: BuildContext) -> list[Any]:
        pooling = _keras_layer("MaxPooling{}D", before)
        return [*block.make(context), pooling(2, padding="same", name=f"{name}_pooled")]

    places = math.prod(before[:-1])
    return replace(block, title=f"{block.title}, pooled", make=make, places=places)


def _doubling(name: str, before: Shape, after: Shape, kernel: int) -> Block:
    """A transposed convolution; where the stage had rounded half a size up, one place is cut."""
    surplus = [(0, 2 * small - large) for small, large in zip(before[:-1], after[:-1], strict=True)]

    def make(context: BuildContext) -> list[Any]:
        layer = _keras_layer("Conv{}DTranspose", before)
        made = [layer(after[-1], kernel, 2, "same", activation=context.activation, name=name)]
        if any(places for _, places in surplus):
            # Keras takes one pair for one axis, and a pair of pairs for two.
            cut = surplus if len(surplus) > 1 else surplus[0]
            made.append(_keras_layer("Cropping{}D", before)(cut, name=f"{name}_cropped"))
        return made

    title = f"Transposed convolution {_times(kernel, before)}"
    places = math.prod(before[:-1])
    return Block(name, title, after, _parameters(before, after, kernel), make, places=places)


def _keras_layer(name: str, grid: Shape) -> Callable[..., Any]:
    """Keras's layer for as many axes as the grid has, such as Conv2D for "Conv{}D"."""
    import keras

    layer: Callable[..., Any] = getattr(keras.layers, name.format(len(grid) - 1))
    return layer


def _times(kernel: int, grid: Shape) -> str:
    return " × ".join([str(kernel)] * (len(grid) - 1))


def _parameters(before: Shape, after: Shape, kernel: int) -> int:
    weights: int = kernel ** (len(before) - 1) * before[-1]
    return (weights + 1) * after[-1]
