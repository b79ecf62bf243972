"""Blocks: the rows of an epoch, from memory at once or from files one after another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import numpy as np
import tensorflow as tf

from aecore.data.prepare.training_rows import TrainingRows
from aecore.errors import TrainingError

PREFETCHED = 1
CHANGED = TrainingError(
    "The files of the data set changed or went away while they were trained on.",
    "Leave them as they are until the run has ended, and start again.",
)


class Blocks(Protocol):
    """The training rows, part after part.

    Attributes:
        rows: in one epoch.
        size: rows of each block but the last, which may have fewer.
    """

    rows: int
    size: int

    def of_epoch(self, epoch: int) -> Iterator[tf.Tensor]:
        """The blocks of an epoch (from 1), (n, values) float32; together every row once."""
        ...


class InMemory:
    """One block of all rows (n, *sample_shape), the same in each epoch."""

    def __init__(self, train: np.ndarray) -> None:
        self.rows = self.size = len(train)
        # Rows of plain values are gathered faster than images.
        self._data = tf.constant(train.reshape(len(train), -1))

    def of_epoch(self, epoch: int) -> Iterator[tf.Tensor]:
        """The one block there is."""
        yield self._data


class Streamed:
    """Blocks of whole batches from files, the next one read while one is trained on.

    Args:
        source: the training rows.
        batch_size: rows of a batch; every block but the last has a multiple of it.
        seed: of the order of rows, together with the epoch.
        least_rows: a last block of fewer is joined to the one before.
    """

    def __init__(
        self, source: TrainingRows, batch_size: int, seed: int, least_rows: int = 1
    ) -> None:
        batch = min(batch_size, source.rows)
        self.rows = source.rows
        self.size = min(source.rows, max(1, source.block_rows // batch) * batch)
        self._source, self._seed, self._least_rows = source, seed, least_rows

    def of_epoch(self, epoch: int) -> Iterator[tf.Tensor]:
        """The blocks of an epoch, in another order each time.

        Raises:
            TrainingError: a file has gone or changed since training began.
        """
        blocks = tf.data.Dataset.from_generator(
            lambda: self._source.blocks(self.size, (self._seed, epoch), self._least_rows),
            output_signature=tf.TensorSpec((None, self._source.features), tf.float32),
        )
        seen = 0
        try:
            for block in blocks.prefetch(PREFETCHED):
                seen += block.shape[0]
                yield block
        except tf.errors.OpError as error:
            raise CHANGED from error
        if seen != self.rows:
            raise CHANGED
