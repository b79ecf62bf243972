"""`Ground`: what planted defects need to know of the training rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from aecore.data.columns.hot_columns import source_columns

# Squares and shares of rounding.
SLACK = 1e-3


@dataclass(frozen=True)
class Ground:
    """Spreads and bounds of training rows, in scaled units.

    Attributes:
        spread: (*sample_shape) standard deviation of each value.
        channel_spread: (last axis,) that of each channel, over all of its values.
        low, high: bounds that values keep to; None where they have none.
        columns: the places of the features that each column of a table became: one of a number,
            more of a category. Empty but for tables.
        absent: (last axis,) the least value of each, which of texts is that without the term.
        length_one: whether every row has the length 1, or 0 where it is empty.
    """

    spread: np.ndarray
    channel_spread: np.ndarray
    low: float | None
    high: float | None
    columns: tuple[tuple[int, ...], ...]
    absent: np.ndarray
    length_one: bool

    @property
    def numbers(self) -> np.ndarray:
        """Places of a table's numbers that vary."""
        found = [places[0] for places in self.columns if len(places) == 1]
        return np.array([place for place in found if self.spread[place] > 0], dtype=np.int64)

    def bounded(self, x: np.ndarray) -> np.ndarray:
        """Values moved to the nearest bound where they lie beyond it."""
        return x if self.low is None and self.high is None else np.clip(x, self.low, self.high)


def learn_ground(
    x: np.ndarray,
    names: Sequence[str] = (),
    bounds: tuple[float, float] | None = None,
) -> Ground:
    """What defects need to know of training rows x: (n, *sample_shape), scaled.

    Args:
        names: of a table's features; numbered without.
        bounds: the least and the greatest value that there may be; pictures without are bounded
            by what their training rows hold.
    """
    values = x.astype(np.float64)
    channels = values.reshape(-1, x.shape[-1])
    if bounds is None and x.ndim == 4:
        bounds = float(values.min()), float(values.max())
    low, high = bounds or (None, None)
    lengths = np.linalg.norm(values.reshape(len(x), -1), axis=1)
    return Ground(
        spread=values.std(axis=0),
        channel_spread=channels.std(axis=0),
        low=low,
        high=high,
        columns=_columns(x, names) if x.ndim == 2 else (),
        absent=channels.min(axis=0),
        length_one=bool(np.all((np.abs(lengths - 1) < SLACK) | (lengths == 0))),
    )


def _columns(x: np.ndarray, names: Sequence[str]) -> tuple[tuple[int, ...], ...]:
    known = names or [str(number) for number in range(1, x.shape[1] + 1)]
    return tuple(places for _, places in source_columns(known, x))
