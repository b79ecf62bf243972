"""Blocks chained into a Keras model, each compared with what Keras made of it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import keras
import pytest

from aecore.models.backbones import Block, BuildContext


def _chained(blocks: Sequence[Block], shape: tuple[int, ...]) -> keras.Model:
    """A model (*shape) -> the last block's shape, with ReLU in the blocks that take one."""
    keras.utils.set_random_seed(0)
    inputs = tensor = keras.Input(shape)
    for block in blocks:
        made = block.make(BuildContext(activation="relu" if block.activated else "linear"))
        for layer in made:
            tensor = layer(tensor)
        trained = sum(math.prod(w.shape) for layer in made for w in layer.trainable_weights)
        assert tuple(tensor.shape[1:]) == block.shape, block.name
        assert trained == block.parameters, block.name
        assert block.name in [layer.name for layer in made]
    return keras.Model(inputs, tensor)


@pytest.fixture
def chained() -> Callable[[Sequence[Block], tuple[int, ...]], keras.Model]:
    """Makes a Keras model of blocks, and checks each block's name, shape and parameters."""
    return _chained


@pytest.fixture
def autoencoder() -> Callable[..., tuple[keras.Model, keras.Model]]:
    """Makes encoder (with its head) and decoder of a backbone, checked as `chained` does."""

    def made(spec: Any, settings: Any, shape: tuple[int, ...], size: int) -> Any:
        # A code is linear, unless the experiment says otherwise.
        head = replace(spec.head(settings, shape, size, "code"), activated=False)
        encoder = _chained([*spec.encoder(settings, shape), head], shape)
        return encoder, _chained(spec.decoder(settings, shape, size), (size,))

    return made
