"""What every backbone declares."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aecore.settings import Settings

if TYPE_CHECKING:
    import keras

Shape = tuple[int, ...]


@dataclass(frozen=True)
class BuildContext:
    """What a block is made with.

    Attributes:
        activation: Keras's name of the activation to build in.
        encoder: the finished encoder while the decoder is made, for weights that are shared.
    """

    activation: str = "linear"
    encoder: keras.Model | None = None


@dataclass(frozen=True)
class Block:
    """One step of an encoder or decoder: what the diagram shows, and how Keras makes it.

    Attributes:
        name: of its main Keras layer.
        title: as in the diagram, such as "Dense".
        shape: shape of its output for one sample.
        parameters: number of trained numbers in it.
        make: gives its Keras layers, to be applied one after another; imports Keras.
        activated: whether the backbone's activation belongs to it; a recurrent layer has its own.
        hidden: whether normalisation and dropout may follow.
        places: how many times a sample uses its weights: places of a filter, steps of a series.
    """

    name: str
    title: str
    shape: Shape
    parameters: int
    make: Callable[[BuildContext], list[Any]]
    activated: bool = True
    hidden: bool = True
    places: int = 1


@dataclass(frozen=True)
class BackboneSpec:
    """One kind of backbone, as lists of blocks from which Keras and the diagram are both made.

    Attributes:
        settings: its options; `activation` is that of the hidden blocks.
        encoder: (settings, sample_shape) -> blocks from the sample to what the code is made of.
        head: (settings, sample_shape, encoding_dim, name) -> the linear block that makes a code of
            (encoding_dim,) of that.
        decoder: (settings, sample_shape, encoding_dim) -> blocks from the code to values in
            sample_shape; the last is linear.
        widths: (settings) -> units or filters of each hidden layer between sample and code.
        problem: (settings, sample_shape, encoding_dim) -> why these do not go together and what
            to do, or an empty text.
        suited: (sample_shape, rows) -> settings that suit so many such samples better than the
            defaults.
        label_problem: (settings) -> why with these encoder and decoder cannot be told a label,
            and what to do, or an empty text.
        kinds: the kinds of data that it suits.
        sees_places: whether its layers need a sample's axes as they are; a label is then given as
            further channels instead of further values.
        xla: whether training gains from XLA on a processor; dense layers do, convolutions lose.
        second_derivatives: whether its layers give second derivatives in reasonable time.
        kept_values: how many numbers training holds for each value that its layers put out.
    """

    name: str
    title: str
    summary: str
    settings: type[Settings]
    encoder: Callable[[Any, Shape], list[Block]]
    head: Callable[[Any, Shape, int, str], Block]
    decoder: Callable[[Any, Shape, int], list[Block]]
    widths: Callable[[Any], tuple[int, ...]]
    source: str
    problem: Callable[[Any, Shape, int], str] = lambda settings, sample_shape, encoding_dim: ""
    suited: Callable[[Shape, int], dict[str, Any]] = lambda sample_shape, rows: {}
    label_problem: Callable[[Any], str] = lambda settings: ""
    kinds: tuple[str, ...] = ("image", "table")
    sees_places: bool = False
    xla: bool = False
    second_derivatives: bool = True
    kept_values: int = 8
    order: int = 100
