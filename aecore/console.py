"""What commands say, one JSON event a line, and what they check before they begin."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aecore.errors import DataError


def say(event: dict[str, object]) -> None:
    """Print an event."""
    print(json.dumps(event, allow_nan=False, default=str), flush=True)


def refuse_unwritable(folder: Path) -> None:
    """Better to hear that a folder cannot be written before an hour of training than after.

    Raises:
        DataError: it cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise DataError(
            f"Nothing can be written to {folder} ({error.strerror}).",
            "Name another folder with --out.",
        ) from None


@contextmanager
def nothing_said() -> Iterator[None]:
    """Keeps standard error silent: TensorFlow, when imported, tells of the processor unasked."""
    if sys.__stderr__ is None:
        yield
        return
    number = sys.__stderr__.fileno()
    kept = os.dup(number)
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), number)
    try:
        yield
    finally:
        os.dup2(kept, number)
        os.close(kept)
