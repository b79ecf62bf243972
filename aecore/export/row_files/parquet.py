"""Parquet: columns with their types, small and quick to read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from aecore.export.row_files._columns import with_columns
from aecore.export.row_files._spec import RowFormat

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow.parquet as pq


class ParquetWriter:
    """Writes a row group a part."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._writer: pq.ParquetWriter | None = None

    def write(
        self,
        beside: pd.DataFrame,
        arrays: Mapping[str, np.ndarray],
        names: Mapping[str, Sequence[str]],
    ) -> None:
        """A row group of some rows; of whole numbers, those with gaps in a later part stay such."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        table = pa.Table.from_pandas(with_columns(beside, arrays, names), preserve_index=False)
        if self._writer is None:
            self._writer = pq.ParquetWriter(self._path, table.schema)
        self._writer.write_table(table.cast(self._writer.schema))

    def close(self) -> None:
        """Write the footer."""
        if self._writer is not None:
            self._writer.close()


SPEC = RowFormat(
    name="parquet",
    title="Parquet",
    summary="Columns with their types, small and quick to read for pandas, R and databases.",
    suffix=".parquet",
    media="application/vnd.apache.parquet",
    open=ParquetWriter,
    order=20,
)
