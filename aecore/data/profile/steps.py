"""Steps of a stream: how far apart its rows are in time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aecore.data.columns.number_times import time_unit
from aecore.data.columns.values import column_values

if TYPE_CHECKING:
    import pandas as pd

UNEVEN = 0.01
MONTH = 30.436875 * 86_400
UNITS = (
    *(("year", 12 * MONTH), ("month", MONTH), ("week", 604_800.0), ("day", 86_400.0)),
    *(("hour", 3_600.0), ("minute", 60.0), ("second", 1.0)),
)


@dataclass(frozen=True)
class Steps:
    """From each row's time to the next one's.

    Attributes:
        usual: the median, in seconds; in units of its own where times are plain numbers.
        others: steps that differ from it by more than a hundredth.
        seconds: whether they are seconds.
    """

    usual: float
    others: int
    seconds: bool = True

    @property
    def in_words(self) -> str:
        """The usual step, such as `3 hours`; months have their mean length."""
        if not self.seconds:
            return f"{self.usual:g}"
        for unit, seconds in UNITS:
            count = self.usual / seconds
            if count >= 1 and (unit not in ("year", "month", "week") or count == round(count)):
                return f"{count:g} {unit}{'' if count == 1 else 's'}"
        return f"{self.usual:g} seconds"


def steps_of(times: pd.Series) -> Steps | None:
    """The steps of a column of times; None with fewer than two, or of texts.

    Months are even, however long they are.
    """
    found = column_values(times)
    if len(times) <= 2 or found.form == "text":
        return None
    values = found.values
    unit = time_unit(str(times.name), values) if found.form == "number" else None
    moments = values if unit is None else unit.moments(values)
    if moments.dtype.kind != "M":
        return _steps(moments[np.isfinite(moments)], seconds=False)
    there = moments[~np.isnat(moments)].astype("datetime64[us]")
    months = _months(there)
    if months is not None:
        return _steps(months * MONTH, seconds=True)
    return _steps((there - np.datetime64(0, "us")) / np.timedelta64(1, "s"), seconds=True)


def _steps(values: np.ndarray, *, seconds: bool) -> Steps | None:
    steps = np.diff(values)
    if not len(steps):
        return None
    usual = float(np.median(steps))
    others = int((np.abs(steps - usual) > UNEVEN * abs(usual)).sum())
    return Steps(usual, others, seconds)


def _months(moments: np.ndarray) -> np.ndarray | None:
    """Months since 1970 of moments that are all the same time of a month; else None."""
    months = moments.astype("datetime64[M]")
    within = moments - months.astype("datetime64[us]")
    if len(moments) < 2 or (within != within[0]).any() or (months[1:] == months[:-1]).any():
        return None
    return months.astype(np.int64).astype(np.float64)
