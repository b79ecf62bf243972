"""Seeding: one seed decides all that Keras draws for a model."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_drawing = threading.RLock()


@contextmanager
def drawing_alone(seed: int | None = None) -> Iterator[None]:
    """Build or load models while no other thread does.

    Keras draws the seeds of layers from Python's `random`, which all threads share: a model that
    is loaded would take those of one that is being built.

    Args:
        seed: what the draws begin from; None goes on from where they are.
    """
    with _drawing:
        if seed is not None:
            # Keras's own `set_random_seed` would also make TensorFlow forget what it has compiled.
            random.seed(seed)
        yield
