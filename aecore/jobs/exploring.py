"""What does the decoder of a run make of codes that nobody encoded?"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from aecore.errors import JobError, RunStoreError
from aecore.jobs.warmup import open_store
from aecore.runs.store import StoreLocation

if TYPE_CHECKING:
    import keras

BATCH = 256
DECODERS_KEPT = 4


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
    decoder = _decoder(run_id, location)
    inputs = _inputs(decoder, np.asarray(codes, dtype=np.float32), label)
    parts = []
    for first in range(0, len(codes), BATCH):
        batch = [values[first : first + BATCH] for values in inputs]
        made = decoder(batch if len(batch) > 1 else batch[0], training=False)
        parts.append(np.asarray(made))
    return np.concatenate(parts).astype(np.float32, copy=False)


@lru_cache(maxsize=DECODERS_KEPT)
def _decoder(run_id: str, location: StoreLocation) -> keras.Model:
    path = open_store(location).path(run_id, "decoder.keras")
    if not path.is_file():
        raise RunStoreError("This run kept no decoder.", "Train it again, or choose another run.")
    import keras

    # Registers the layers that a saved decoder may hold.
    import aecore.models.building  # noqa: F401

    try:
        return keras.saving.load_model(path, compile=False, safe_mode=True)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise RunStoreError(
            f"The decoder of this run cannot be read ({type(error).__name__}).",
            "Train it again, or choose another run.",
        ) from None


def _inputs(decoder: keras.Model, codes: np.ndarray, label: int | None) -> list[np.ndarray]:
    """The codes, and beside them one-hot labels if the decoder is told those."""
    width = decoder.inputs[0].shape[-1]
    if codes.ndim != 2 or not len(codes) or codes.shape[1] != width:
        raise JobError(
            f"This decoder takes codes of {width} numbers, not an array of shape {codes.shape}.",
            "Choose another run.",
        )
    if len(decoder.inputs) == 1:
        return [codes]
    classes = decoder.inputs[1].shape[-1]
    if label is None or not 0 <= label < classes:
        raise JobError("This decoder is told a class.", f"Choose one from 0 to {classes - 1}.")
    told = np.zeros((len(codes), classes), dtype=np.float32)
    told[:, label] = 1.0
    return [codes, told]
