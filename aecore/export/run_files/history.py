"""The curve as CSV: every logged number of every epoch."""

from __future__ import annotations

import shutil
from pathlib import Path

from aecore.export.run_files._spec import RunFormat

FILE = "history.csv"


def write(folder: Path, out: Path) -> None:
    """A row an epoch, a column an entry of the logs."""
    shutil.copyfile(folder / FILE, out)


SPEC = RunFormat(
    name="history",
    title="Curve (CSV)",
    summary="A row for each epoch: the loss, its parts, and the same on validation rows.",
    suffix=".csv",
    media="text/csv",
    write=write,
    needs=(FILE,),
    order=20,
)
