"""Weights of a model as plain arrays: what travels where no archive of a stranger may be opened."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

import numpy as np

from aecore.errors import DataError

if TYPE_CHECKING:
    import keras

AGAIN = "Export the run again where it was trained."


def write(model: keras.Model, path: Path) -> None:
    """Write all weights of a model, in its own order, to an NPZ file."""
    np.savez_compressed(path, **{_name(i): value for i, value in enumerate(model.get_weights())})


def read_into(model: keras.Model, path: Path) -> None:
    """Give a model the weights of a file that `write` wrote for one of the same layers.

    Raises:
        DataError: the file is missing or damaged, or holds weights of another model.
    """
    wanted = model.get_weights()
    try:
        # Opened here, for np.load leaves a damaged file open.
        with path.open("rb") as file, np.load(file, allow_pickle=False) as held:
            found = _fitting(held, wanted)
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
        raise DataError(f"The weights cannot be read ({type(error).__name__}).", AGAIN) from None
    if not all(np.isfinite(value).all() for value in found):
        raise DataError("The weights are no finite numbers.", AGAIN)
    model.set_weights(found)


def _fitting(held: Any, wanted: list[np.ndarray]) -> list[np.ndarray]:
    if len(held.files) != len(wanted):
        raise DataError("The weights are those of another model.", AGAIN)
    found = []
    for place, weight in enumerate(wanted):
        value = held[_name(place)]
        if value.shape != weight.shape or value.dtype != weight.dtype:
            raise DataError("The weights are those of another model.", AGAIN)
        found.append(value)
    return found


def _name(place: int) -> str:
    return f"w{place:04d}"
