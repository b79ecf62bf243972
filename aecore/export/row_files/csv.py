"""CSV: a line a row, UTF-8; texts that a spreadsheet would run are made plain text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from aecore.data.formula_cells import neutral_frame
from aecore.export.row_files._columns import with_columns
from aecore.export.row_files._spec import RowFormat

if TYPE_CHECKING:
    import pandas as pd


class CsvWriter:
    """Writes lines as they come, so that no more than a part is held."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w", newline="", encoding="utf-8")
        self._begun = False

    def write(
        self,
        beside: pd.DataFrame,
        arrays: Mapping[str, np.ndarray],
        names: Mapping[str, Sequence[str]],
    ) -> None:
        """Lines for some rows, under the names of the columns if they are the first."""
        table = neutral_frame(with_columns(beside, arrays, names))
        table.to_csv(self._file, index=False, header=not self._begun)
        self._begun = True

    def close(self) -> None:
        """End the file."""
        self._file.close()


SPEC = RowFormat(
    name="csv",
    title="CSV",
    summary="A line a row, for spreadsheets and everything else; text that a spreadsheet would "
    "run as a formula is made plain text.",
    suffix=".csv",
    media="text/csv",
    open=CsvWriter,
    order=10,
)
