"""How samples of any shape are read as sequences: the first axis is time, the rest are channels."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from aecore.models.backbones._spec import Block, BuildContext, Shape


def sequence(sample_shape: Shape) -> tuple[int, int]:
    """(steps, channels): a picture's rows are steps, and a plain row has one value a step."""
    return sample_shape[0], math.prod(sample_shape[1:])


def from_sample(block: Block, sample_shape: Shape) -> Block:
    """The block with samples (*sample_shape) made sequences (steps, channels) before it."""
    steps_and_channels = sequence(sample_shape)
    if steps_and_channels == sample_shape:
        return block

    def make(context: BuildContext) -> list[Any]:
        import keras

        return [keras.layers.Reshape(steps_and_channels, name="sequence"), *block.make(context)]

    return replace(block, make=make)


def to_sample(block: Block, sample_shape: Shape) -> Block:
    """The block with its sequence (steps, channels) made a sample (*sample_shape) behind it."""
    if sequence(sample_shape) == sample_shape:
        return block

    def make(context: BuildContext) -> list[Any]:
        import keras

        return [*block.make(context), keras.layers.Reshape(sample_shape, name="reshape")]

    return replace(block, shape=sample_shape, make=make)
