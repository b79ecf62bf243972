"""Encoding and decoding: what the model of a run makes of samples that it was not measured on."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from aecore.errors import JobError, RunStoreError
from aecore.jobs.worker.caches import open_store
from aecore.runs.store import StoreLocation

if TYPE_CHECKING:
    import keras

BATCH = 256
MODELS_KEPT = 8


def decode(
    run_id: str, codes: np.ndarray, label: int | None, location: StoreLocation
) -> np.ndarray:
    """Samples (n, *sample_shape) float32 in scaled units, from codes (n, k); in a worker.

    Args:
        label: class index, for a decoder that is told the class.

    Raises:
        RunStoreError: the run is gone or kept no decoder.
        JobError: the codes or the class do not fit the decoder.
    """
    open_store(location).summary(run_id)
    return _made("decoder", run_id, codes, label, location)


def encode(
    run_id: str, samples: np.ndarray, label: int | None, location: StoreLocation
) -> np.ndarray:
    """Codes (n, k) float32 of samples (n, *sample_shape) in scaled units; in a worker.

    Args:
        label: class index, for an encoder that is told the class.

    Raises:
        RunStoreError: the run is gone or kept no encoder.
        JobError: the samples or the class do not fit the encoder.
    """
    open_store(location).summary(run_id)
    return _made("encoder", run_id, samples, label, location)


def reconstruct(
    run_id: str, samples: np.ndarray, label: int | None, location: StoreLocation
) -> tuple[np.ndarray, np.ndarray]:
    """Codes (n, k) of samples and what is decoded from them; as `encode` and `decode`."""
    codes = encode(run_id, samples, label, location)
    return codes, _made("decoder", run_id, codes, label, location)


def filters(run_id: str, most: int, location: StoreLocation) -> np.ndarray:
    """(m, ...) float32, what the units of the encoder's first layer look for; in a worker.

    Of a dense layer each is of a sample's shape, of a convolution as large as its window, with its
    channels last; none, (0,), of other layers. Those with the largest norm come first.

    Args:
        most: so many at most.

    Raises:
        RunStoreError: the run is gone or kept no encoder.
    """
    open_store(location).summary(run_id)
    encoder = loaded("encoder", run_id, location)
    shape = tuple(int(side) for side in encoder.inputs[0].shape[1:])
    first = next((each for each in encoder.weights if each.name == "kernel"), None)
    if first is None:
        return np.empty(0, np.float32)
    kernel = np.moveaxis(np.asarray(first, np.float32), -1, 0)
    if kernel.ndim == 2:
        if kernel.shape[1] != math.prod(shape):
            return np.empty(0, np.float32)
        kernel = kernel.reshape(len(kernel), *shape)
    norms = np.linalg.norm(kernel.reshape(len(kernel), -1), axis=1)
    return kernel[np.argsort(-norms, kind="stable")[:most]]


@lru_cache(maxsize=MODELS_KEPT)
def loaded(part: str, run_id: str, location: StoreLocation) -> keras.Model:
    """The `encoder` or `decoder` of a run, kept in memory for the next question.

    Raises:
        RunStoreError: it was not kept, or cannot be read.
    """
    path = open_store(location).path(run_id, f"{part}.keras")
    if not path.is_file():
        raise RunStoreError(f"This run kept no {part}.", "Train it again, or choose another run.")
    from aecore.models import archives

    try:
        return archives.with_code_alone(archives.read(path))
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise RunStoreError(
            f"The {part} of this run cannot be read ({type(error).__name__}).",
            "Train it again, or choose another run.",
        ) from None


def _made(
    part: str, run_id: str, values: np.ndarray, label: int | None, location: StoreLocation
) -> np.ndarray:
    """What the encoder or decoder makes of its input, batch by batch; the run is there."""
    model = loaded(part, run_id, location)
    inputs = _inputs(model, part, np.asarray(values, dtype=np.float32), label)
    made = []
    for first in range(0, len(values), BATCH):
        batch = [array[first : first + BATCH] for array in inputs]
        made.append(np.asarray(model(batch if len(batch) > 1 else batch[0], training=False)))
    return np.concatenate(made).astype(np.float32, copy=False)


def _inputs(
    model: keras.Model, part: str, values: np.ndarray, label: int | None
) -> list[np.ndarray]:
    """Samples or codes, and beside them one-hot labels if the model is told those."""
    shape = tuple(model.inputs[0].shape[1:])
    if not len(values) or values.shape[1:] != shape:
        taken = f"codes of {shape[0]} numbers" if part == "decoder" else f"samples of shape {shape}"
        raise JobError(
            f"This {part} takes {taken}, not an array of shape {values.shape}.",
            "Choose another run.",
        )
    if len(model.inputs) == 1:
        return [values]
    classes = model.inputs[1].shape[-1]
    if label is None or not 0 <= label < classes:
        raise JobError(f"This {part} is told a class.", f"Choose one from 0 to {classes - 1}.")
    told = np.zeros((len(values), classes), dtype=np.float32)
    told[:, label] = 1.0
    return [values, told]
