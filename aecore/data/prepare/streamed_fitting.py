"""Fitting in parts: what is learned from a table whose training rows are never held whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np

from aecore.data.options import Preprocessing
from aecore.data.prepare.fitted_preparation import FittedPreparation
from aecore.data.prepare.fitting import of_table
from aecore.data.prepare.scaling import fit_scaler
from aecore.data.prepare.table_columns import Columns
from aecore.data.prepare.table_encoder import TableEncoder
from aecore.data.prepare.table_fitting import Learned
from aecore.data.scalings import SCALINGS

if TYPE_CHECKING:
    import pandas as pd

TINY = float(np.finfo(np.float64).tiny)


def fit_in_parts(
    options: Preprocessing,
    columns: Columns,
    learned: Learned,
    pieces: Iterable[pd.DataFrame],
    y: np.ndarray | None,
) -> tuple[FittedPreparation, tuple[float, float]]:
    """The scaling learned from all training rows, and the range of what they become.

    Args:
        learned: fills and rare categories, from a sample of the training rows.
        pieces: all training rows, some at a time; read once.
        y: class indices of a sample, for how rare a class is; None without labels.

    Returns:
        The preparation, and the least and the greatest scaled value.
    """
    encoder = TableEncoder(*learned)
    numbers = len(learned.rows.numbers)
    ends = _Ends(numbers, by_sample=SCALINGS[options.scaling].by_sample)
    values = ends.watched(map(encoder.numbers, pieces))
    scaler = fit_scaler(options.scaling, values, numbers, encoder.features - numbers)
    # What learns no range has read nothing yet.
    for _ in values:
        pass
    scaled = (ends.values - scaler.offset[:numbers]) / scaler.scale[:numbers]
    found = np.concatenate([scaled.ravel(), [0.0, 1.0] if columns.categories else []])
    preparation = of_table(options, columns, learned, scaler, y)
    return preparation, (float(found.min()), float(found.max()))


class _Ends:
    """The least and the greatest value of each column of numbers.

    Attributes:
        values: (2, columns).
    """

    def __init__(self, columns: int, *, by_sample: bool) -> None:
        self.values = np.stack([np.full(columns, np.inf), np.full(columns, -np.inf)])
        self._by_sample = by_sample

    def watched(self, parts: Iterable[np.ndarray]) -> Iterator[np.ndarray]:
        """The same parts (rows, columns), looked at while they pass; of length 1 if so scaled."""
        for part in parts:
            seen = part
            if self._by_sample:
                seen = part / np.maximum(np.linalg.norm(part, axis=1, keepdims=True), TINY)
            self.values[0] = np.minimum(self.values[0], seen.min(axis=0))
            self.values[1] = np.maximum(self.values[1], seen.max(axis=0))
            yield part
