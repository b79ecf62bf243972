"""What every backbone declares."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aecore.settings import Settings

Shape = tuple[int, ...]


@dataclass(frozen=True)
class Layer:
    """One layer as the diagram shows it, computed without Keras.

    Attributes:
        part: `input`, `encoder`, `code`, `decoder` or `output`.
        title: such as "Dense, ReLU".
        shape: shape of its output for one sample.
        parameters: number of trained numbers in it.
    """

    part: str
    title: str
    shape: Shape
    parameters: int


@dataclass(frozen=True)
class BackboneSpec:
    """One kind of backbone.

    Attributes:
        settings: its options.
        encoder: (settings, sample_shape, encoding_dim) -> Keras model, sample to code.
        decoder: (settings, sample_shape, encoding_dim, output_activation) -> Keras model, code to
            sample; its last layer is the output activation alone.
        layers: (settings, sample_shape, encoding_dim, output_activation) -> what the two will
            hold, without importing Keras.
        xla: whether training gains from XLA on a processor; dense layers do, convolutions lose.
    """

    name: str
    title: str
    summary: str
    settings: type[Settings]
    encoder: Callable[[Any, Shape, int], Any]
    decoder: Callable[[Any, Shape, int, str], Any]
    layers: Callable[[Any, Shape, int, str], list[Layer]]
    source: str
    xla: bool = False
    order: int = 100
