"""What every reader declares."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from aecore.data.dataset import Raw
from aecore.data.reading_options import ReadingOptions


@dataclass(frozen=True)
class ReaderSpec:
    """Reads one format of file.

    Attributes:
        name: of the format.
        title: as on screen.
        summary: one sentence on what such a file must hold.
        suffixes: how names of such files end, in lower case, with the dot; `.csv.gz` too.
        read: the samples in a file, with notes on what was guessed, left out or changed; raises
            `DataError` with one sentence of cause and one of what to do, whatever the file holds,
            before it takes much memory or time.
        options: the fields of `ReadingOptions` that it heeds.
        tables: whether it gives tables, whose times and rows are arranged once they are read.
        several: whether several such files can be given at once, as one set of samples.
        of_folder: whether a folder holds files that it reads as one set; None where it reads none.
    """

    name: str
    title: str
    summary: str
    suffixes: tuple[str, ...]
    read: Callable[[Path, ReadingOptions], Raw]
    options: tuple[str, ...] = ()
    tables: bool = False
    several: bool = False
    of_folder: Callable[[Path], bool] | None = None
    source: str = ""
    order: int = 100
