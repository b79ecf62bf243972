"""The curve as CSV: every logged number of every epoch."""

from __future__ import annotations

from aecore.export.run_files._copying import copied
from aecore.export.run_files._spec import RunFormat

FILE = "history.csv"


SPEC = RunFormat(
    name="history",
    title="Curve (CSV)",
    summary="A row for each epoch: the loss, its parts, and the same on validation rows.",
    suffix=".csv",
    media="text/csv",
    write=copied(FILE),
    needs=(FILE,),
    order=20,
)
