"""The files of codes that a run keeps: of which rows, and in which format."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from aecore import plain_files
from aecore.runs.adding import adding_to
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
    with adding_to(store, run_id) as folder:
        written = write(folder / name)
        plain_files.write(folder / about_name(name), written)
    return written


def about(store: RunStore, run_id: str, name: str) -> CodesFile:
    """What a file of codes holds.

    Raises:
        RunStoreError: the store cannot be read.
        DataError: the file is gone or damaged.
    """
    path = store.path(run_id, about_name(name))
    return plain_files.read(path, CodesFile, "The file of codes", "Make it again.")
