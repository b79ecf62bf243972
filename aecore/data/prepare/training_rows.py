"""Training rows of a table that is read in parts, in a new order each epoch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aecore.data.dataset import Table
from aecore.data.prepare.fitted_preparation import FittedPreparation
from aecore.data.prepare.row_blocks import block_rows
from aecore.data.prepare.split import NumberedSplit
from aecore.data.prepare.table_columns import complete_rows
from aecore.data.shards import Shards, read
from aecore.data.stored_columns import RowGroup, Stored

if TYPE_CHECKING:
    import pandas as pd

TRAINS = 0


@dataclass(frozen=True)
class Reading:
    """Some columns of a table, and which rows of it are for what.

    Attributes:
        names: the columns: names on screen -> where they are stored.
        complete: rows with a gap in these columns are left out.
    """

    shards: Shards
    names: Mapping[str, Stored]
    split: NumberedSplit
    complete: tuple[str, ...] = ()

    def pieces(
        self, groups: Sequence[RowGroup], most: int
    ) -> Iterator[tuple[pd.DataFrame, np.ndarray]]:
        """At most so many rows at a time, and the part each belongs to, as in `split.parts`."""
        for group in groups:
            for frame in read(group, self.names, most):
                parts = self.split.parts(int(frame.index[0]), len(frame))
                if self.complete:
                    whole = complete_rows(frame, self.complete)
                    frame, parts = frame[whole], parts[whole]
                yield frame, parts

    def training(self, groups: Sequence[RowGroup], most: int) -> Iterator[pd.DataFrame]:
        """The training rows alone, as they lie in the files."""
        for frame, parts in self.pieces(groups, most):
            trains = parts == TRAINS
            if trains.any():
                yield frame[trains]


@dataclass(frozen=True)
class TrainingRows:
    """All training rows, scaled, in another order each epoch.

    Attributes:
        reading: of the features alone.
        preparation: what takes them to the encoder.
        rows: how many there are.
    """

    reading: Reading
    preparation: FittedPreparation
    rows: int

    @property
    def features(self) -> int:
        """Values in a row."""
        return len(self.preparation.feature_names)

    @property
    def block_rows(self) -> int:
        """Rows that a block may have, fewer of wide tables; one is trained on as one is read."""
        return block_rows(self.features)

    def blocks(
        self, size: int, seed: int | tuple[int, int], least: int = 1
    ) -> Iterator[np.ndarray]:
        """Every row once in blocks (size, features) float32, of which the last may be smaller.

        A last block of fewer rows than `least` is joined to the one before.

        Row groups come in an order drawn by the seed, and each block is drawn of the rows of two,
        so that what lies far apart in a large group of a sorted table does not meet.
        """
        random = np.random.default_rng(seed)
        groups = self.reading.shards.groups
        order = [groups[place] for place in random.permutation(len(groups))]
        waiting: list[np.ndarray] = []
        for frame in self.reading.training(order, size):
            waiting.append(self.preparation.encoded(Table(frame))[0])
            while sum(map(len, waiting)) >= 2 * size:
                drawn, left = _drawn(waiting, size, random)
                waiting = [left]
                yield drawn
        while waiting and (rows := sum(map(len, waiting))):
            drawn, left = _drawn(waiting, size if rows - size >= least else rows, random)
            waiting = [left]
            yield drawn


def _drawn(
    waiting: Sequence[np.ndarray], size: int, random: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Rows drawn, and those that are left."""
    rows = np.concatenate(waiting)
    order = random.permutation(len(rows))
    return rows[order[:size]], rows[order[size:]]
