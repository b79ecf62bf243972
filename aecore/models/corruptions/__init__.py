"""Corruptions: what is done to a sample before the encoder sees it; the target stays clean."""

from __future__ import annotations

from typing import Any

import numpy as np

from aecore.models.corruptions._spec import CorruptionSpec, Range
from aecore.settings import Settings
from aecore.specs import collect

CORRUPTIONS: dict[str, CorruptionSpec] = collect(__name__, __path__)


def corrupted(settings: Any, x: np.ndarray, value_range: Range, seed: int) -> np.ndarray:
    """x: (n, *sample_shape) corrupted in numpy, the same for the same seed; float32."""
    spec = CORRUPTIONS[settings.kind]
    random = np.random.default_rng(seed)
    if not spec.draws_noise:
        return x
    shape = spec.noise_shape(settings, x.shape)
    noise = random.standard_normal(shape) if spec.noise == "normal" else random.random(shape)
    changed = spec.corrupt(settings, x, noise.astype(np.float32), value_range, np)
    return np.asarray(changed, dtype=np.float32)


def corrupt_in_training(settings: Settings, x: Any, value_range: Range, seed: Any) -> Any:
    """The same inside Keras, anew for each call; `seed` is a `keras.random.SeedGenerator`."""
    import keras

    spec = CORRUPTIONS[settings.kind]  # type: ignore[attr-defined]
    if not spec.draws_noise:
        return x
    draw = keras.random.normal if spec.noise == "normal" else keras.random.uniform
    noise = draw(spec.noise_shape(settings, keras.ops.shape(x)), seed=seed)
    return spec.corrupt(settings, x, noise, value_range, keras.ops)


__all__ = ["CORRUPTIONS", "CorruptionSpec", "corrupt_in_training", "corrupted"]
