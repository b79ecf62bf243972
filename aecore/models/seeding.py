"""Seeds of models: one number decides all that Keras draws, whatever other threads do."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_drawing = threading.RLock()


@contextmanager
def drawing_alone(seed: int | None = None) -> Iterator[None]:
    """Build or load models while no other thread does.

    Keras draws the seeds of layers from Python's `random`, which all threads share: Dask, for one,
    draws from it whenever it estimates the size of a message. Here the draws come from numbers of
    their own, which only models that are built meanwhile take; the lock is for those.

    Args:
        seed: what the draws begin from; None goes on with Python's own.
    """
    from keras.src.random import seed_generator

    with _drawing:
        if seed is None:
            yield
            return
        shared = seed_generator.python_random
        # `set_random_seed` would reseed the shared one, and make TensorFlow forget its functions.
        seed_generator.python_random = random.Random(seed)
        try:
            yield
        finally:
            seed_generator.python_random = shared
