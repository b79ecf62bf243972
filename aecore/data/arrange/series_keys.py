"""Keys of series: the columns that tell several series apart which stand below each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from aecore.data.columns.ids import ID_WORDS
from aecore.data.columns.labels import LABEL_NAMES
from aecore.data.columns.time_order import MOST_EQUAL
from aecore.data.columns.values import column_values, value_text
from aecore.data.columns.words import plain, words
from aecore.data.limits import limits

if TYPE_CHECKING:
    import pandas as pd

# So many columns are looked at, and so many of them tried, alone and in pairs.
MOST_LOOKED_AT, MOST_TRIED, MOST_KEYS = 50, 8, 2
# Rows of which a series has a second one at a time.
MOST_TWICE = 0.01
# Of all series, most have a row at most times.
LEAST_DENSITY = 0.5
ROWS_A_SERIES = 3


@dataclass(frozen=True)
class Series:
    """Several series in one table, below each other.

    Attributes:
        time: the column of times.
        keys: the columns that tell series apart.
        labels: the values of the keys, one tuple of texts a series.
        times: (times,) the different times, ascending.
        row_time, row_series: (rows,) which time and which series a row belongs to; -1 of neither.
    """

    time: str
    keys: tuple[str, ...]
    labels: tuple[tuple[str, ...], ...]
    times: np.ndarray
    row_time: np.ndarray
    row_series: np.ndarray

    @property
    def density(self) -> float:
        """The share of times at which a series has a row."""
        return float((self.row_time >= 0).sum()) / (len(self.times) * len(self.labels))


def find_series(frame: pd.DataFrame, time: str) -> Series | None:
    """The series of a table in which times come again, once for each; None where it has none."""
    values = column_values(frame[time]).values
    if values.dtype.kind not in "fM":
        return None
    there = ~(np.isnat(values) if values.dtype.kind == "M" else np.isnan(values))
    times, own = np.unique(values[there], return_inverse=True)
    if len(times) < 2 or (there.sum() - len(times)) <= MOST_EQUAL * there.sum():
        return None
    row_time = np.full(len(values), -1)
    row_time[there] = own
    coded = {name: _codes(frame[name]) for name in _may_tell(frame, time)}
    for keys in _tried(list(coded)):
        found = _with_keys(time, keys, coded, times, row_time)
        if found is not None:
            return found
    return None


def _may_tell(frame: pd.DataFrame, time: str) -> Iterator[str]:
    """Columns whose values come again, those that are named like ids first."""
    near = [name for name in frame.columns if name != time][:MOST_LOOKED_AT]
    names = [name for name in near if _is_listed(frame[name])]
    names.sort(key=lambda name: not ID_WORDS & set(words(name)))
    yield from names[:MOST_TRIED]


def _is_listed(values: pd.Series) -> bool:
    """Text or whole numbers, of few kinds; not what is named like a label."""
    name = plain(str(values.name))
    if name in LABEL_NAMES or name.startswith("is_") or values.dtype.kind in "fMmb":
        return False
    different = values.nunique()
    return bool(1 < different <= min(limits().classes, len(values) // ROWS_A_SERIES))


def _codes(values: pd.Series) -> tuple[np.ndarray, list[str]]:
    import pandas as pd

    codes, different = pd.factorize(values, sort=values.dtype.kind in "iu")
    return codes, [value_text(value) for value in different]


def _tried(names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    for count in range(1, MOST_KEYS + 1):
        yield from combinations(names, count)


def _with_keys(
    time: str,
    keys: tuple[str, ...],
    coded: dict[str, tuple[np.ndarray, list[str]]],
    times: np.ndarray,
    row_time: np.ndarray,
) -> Series | None:
    """The series of these keys; None if they have several rows at a time, or few."""
    codes = np.stack([coded[key][0] for key in keys])
    known = (codes >= 0).all(axis=0) & (row_time >= 0)
    different, series = np.unique(codes[:, known], axis=1, return_inverse=True)
    cells = np.unique(row_time[known] * different.shape[1] + series.ravel())
    if len(cells) < (1 - MOST_TWICE) * len(row_time):
        return None
    if len(cells) < LEAST_DENSITY * different.shape[1] * len(times):
        return None
    row_series = np.full(len(row_time), -1)
    row_series[known] = series.ravel()
    labels = tuple(
        tuple(coded[key][1][code] for key, code in zip(keys, column, strict=True))
        for column in different.T
    )
    return Series(time, keys, labels, times, np.where(known, row_time, -1), row_series)
