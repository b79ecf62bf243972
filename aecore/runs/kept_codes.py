"""The files of codes that a run keeps: of which rows, and in which format."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import TypeAdapter

from aecore.errors import DataError
from aecore.runs.store import RunStore


@dataclass(frozen=True)
class CodesFile:
    """A file of codes.

    Attributes:
        rows, numbers: that it holds, and in each code.
        beside: names of the columns that came along.
        notes: what was left out or filled, as sentences.
    """

    rows: int
    numbers: int
    beside: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def file_name(source: str, suffix: str, reconstructions: bool = False) -> str:
    """The name of the file that holds the codes of a data set."""
    said = f"{source}\n{reconstructions}"
    return f"codes-{hashlib.blake2b(said.encode(), digest_size=6).hexdigest()}{suffix}"


def about_name(name: str) -> str:
    """The name of the file that says what a file of codes holds."""
    return f"{name}.json"


def keep(store: RunStore, run_id: str, name: str, write: Callable[[Path], CodesFile]) -> CodesFile:
    """Keep a file with its run, in place of an earlier one of the same name.

    Args:
        write: writes the file at a path.

    Raises:
        RunStoreError: the run is gone, or the store refuses.
    """
    store.summary(run_id)
    with tempfile.TemporaryDirectory() as folder:
        written = write(Path(folder, name))
        Path(folder, about_name(name)).write_text(json.dumps(asdict(written)) + "\n", "utf-8")
        store.keep(run_id, Path(folder))
    return written


def about(store: RunStore, run_id: str, name: str) -> CodesFile:
    """What a file of codes holds.

    Raises:
        RunStoreError: the store cannot be read.
        DataError: the file is gone or damaged.
    """
    try:
        text = store.path(run_id, about_name(name)).read_text("utf-8")
        return TypeAdapter(CodesFile).validate_python(json.loads(text))
    except (OSError, ValueError) as error:
        raise DataError(
            f"The file of codes cannot be read ({type(error).__name__}).", "Make it again."
        ) from None
