"""Formats that are one of the run's own files, as it was kept."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path


def copied(name: str) -> Callable[[Path, Path], None]:
    """What writes a format that is this file of the run."""

    def write(folder: Path, out: Path) -> None:
        shutil.copyfile(folder / name, out)

    return write
