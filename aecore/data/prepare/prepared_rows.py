"""`PreparedRows`: new rows as the encoder takes them, and what was left out of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aecore.data.prepare.remarks import Remarks
from aecore.data.prepare.scaling import FittedScaler, Units

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class PreparedRows:
    """Rows that a run can be applied to.

    Attributes:
        x: (n, *sample_shape) float32, scaled.
        original: the same in the data's own units, with all their digits: gaps filled, categories
            one-hot, pictures at the size that is learned.
        rows: (n,) the numbers, from 0, of the rows given; of a window that of its first row.
        labels: (n,) class indices, -1 for a class that training did not have; None without labels.
        lengths: (n,) what per-sample scaling divided each sample by; None under other scalings.
        scaler: what scaled them.
        remarks: what was left out, filled or ignored.
        beside: (n, columns) as `columns_beside` gives them; None unless they were asked for.
    """

    x: np.ndarray
    original: np.ndarray
    rows: np.ndarray
    labels: np.ndarray | None
    lengths: np.ndarray | None
    scaler: FittedScaler
    remarks: Remarks
    beside: pd.DataFrame | None = None

    @property
    def units(self) -> Units:
        """How samples scaled as these become raw again."""
        return self.scaler.units(self.lengths, self.x.ndim)

    @property
    def notes(self) -> tuple[str, ...]:
        """What was left out, filled or ignored, as sentences."""
        return self.remarks.sentences()


def joined(parts: Sequence[PreparedRows]) -> PreparedRows:
    """Parts, one at least, one after another."""
    if len(parts) == 1:
        return parts[0]
    remarks = Remarks()
    for part in parts:
        remarks.add(part.remarks)
    return PreparedRows(
        np.concatenate([part.x for part in parts]),
        np.concatenate([part.original for part in parts]),
        np.concatenate([part.rows for part in parts]),
        _together([part.labels for part in parts]),
        _together([part.lengths for part in parts]),
        parts[0].scaler,
        remarks,
    )


def _together(parts: Sequence[np.ndarray | None]) -> np.ndarray | None:
    found = [part for part in parts if part is not None]
    return np.concatenate(found) if len(found) == len(parts) else None
