"""NPY: one structured array, whose fields are the columns and, whole, the codes."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from aecore.export.row_files._spec import RowFormat

if TYPE_CHECKING:
    import pandas as pd

TIMES = "datetime64[ns]"


class NpyWriter:
    """Keeps parts beside the file until the lengths of texts, and so of a row, are known."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._parts = Path(tempfile.mkdtemp(prefix="rows-", dir=path.parent))
        self._kinds: dict[str, np.dtype] = {}
        self._shapes: dict[str, tuple[int, ...]] = {}
        self._count, self._rows = 0, 0

    def write(
        self,
        beside: pd.DataFrame,
        arrays: Mapping[str, np.ndarray],
        names: Mapping[str, Sequence[str]],
    ) -> None:
        """Keep some rows."""
        fields = {name: _plain(beside[name]) for name in beside.columns} | dict(arrays)
        for name, values in fields.items():
            known = self._kinds.get(name, values.dtype)
            self._kinds[name] = np.promote_types(known, values.dtype)
            self._shapes[name] = values.shape[1:]
        numbered = {str(place): values for place, values in enumerate(fields.values())}
        np.savez(self._parts / f"{self._count}.npz", allow_pickle=False, **numbered)
        self._count += 1
        self._rows += len(beside)

    def close(self) -> None:
        """Write the parts, one after another, as one array."""
        try:
            self._join()
        finally:
            shutil.rmtree(self._parts, ignore_errors=True)

    def _join(self) -> None:
        if not self._count:
            return
        fields = [(name, kind, self._shapes[name]) for name, kind in self._kinds.items()]
        whole = np.lib.format.open_memmap(
            self._path, mode="w+", dtype=np.dtype(fields), shape=(self._rows,)
        )
        done = 0
        for part in range(self._count):
            with np.load(self._parts / f"{part}.npz", allow_pickle=False) as archive:
                rows = slice(done, done + len(archive["0"]))
                for place, name in enumerate(self._kinds):
                    whole[name][rows] = archive[str(place)]
                done = rows.stop
        whole.flush()


def _plain(values: pd.Series) -> np.ndarray:
    """Numbers, times or texts without objects: gaps become NaN, NaT or empty."""
    from pandas.api import types

    if types.is_datetime64_any_dtype(values.dtype):
        naive = values.dt.tz_localize(None) if values.dt.tz is not None else values
        return naive.to_numpy(TIMES)
    if types.is_bool_dtype(values.dtype) and not values.hasnans:
        return values.to_numpy(bool)
    if types.is_numeric_dtype(values.dtype):
        own = values.dtype if isinstance(values.dtype, np.dtype) else None
        return values.to_numpy(own if own is not None else np.float64, na_value=np.nan)
    return values.fillna("").to_numpy(dtype=np.str_)


SPEC = RowFormat(
    name="npy",
    title="NPY",
    summary='One structured array for NumPy: `np.load(…)["code"]` is (rows, numbers), and beside '
    "it every column by its name.",
    suffix=".npy",
    media="application/octet-stream",
    open=NpyWriter,
    order=30,
)
