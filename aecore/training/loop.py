"""The compiled training loop: chunks of batches run as one TensorFlow function.

Measured on two cores, this trains the plain 784-32-784 model more than three times faster than
`model.fit`; see benchmarks/train_loop.py. Keras callbacks work as in `fit`.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from aecore.models.autoencoder import Autoencoder
from aecore.training import events
from aecore.training.batches import (
    EVALUATION_BATCH,
    LEAST_FOR_STATISTICS,
    batch_count,
    rows_in_whole_batches,
)
from aecore.training.blocks import Blocks, InMemory

CHUNK_SECONDS = 0.12
MAX_CHUNK_GROWTH = 4
PROGRESS_SECONDS = 0.2

Logs = dict[str, float]


@dataclass
class Outcome:
    """What a loop leaves behind, besides the trained weights.

    Attributes:
        history: one list an entry of the logs, an item a whole epoch.
        stopped: whether it was asked to stop before the last epoch.
        diverged_at: the epoch (from 1) whose loss was no number, or None.
    """

    history: dict[str, list[float]] = field(default_factory=dict)
    stopped: bool = False
    diverged_at: int | None = None


@dataclass(frozen=True)
class _Block:
    """Rows (n, values), their order as (batches, batch_size), and those of a last short batch."""

    data: tf.Tensor
    whole: tf.Tensor
    rest: tf.Tensor


class Loop:
    """Trains an autoencoder on arrays in memory, or on blocks of rows that come one by one.

    Args:
        compiled: the model's own `train_step` and `test_step`, ready to be called with batches.
        train: (n, *sample_shape) float32, or rows of samples with labels; or blocks of them.
        validation: two arrays of equal length, possibly 0, that `test_step` gets in batches: what
            the encoder sees (n, *given_shape), and its clean version (n, *sample_shape).
        xla_from: the epoch (from 1) from which full batches are trained with XLA; None is never.
        least_rows: a last batch of fewer is joined to the one before.
    """

    def __init__(
        self,
        compiled: Compiled,
        train: np.ndarray | Blocks,
        validation: Sequence[np.ndarray],
        *,
        batch_size: int,
        seed: int,
        xla_from: int | None = 2,
        least_rows: int = 1,
    ) -> None:
        self._compiled = compiled
        self.model = compiled.model
        self._blocks = InMemory(train) if isinstance(train, np.ndarray) else train
        self.rows = self._blocks.rows
        self.batch_size = min(batch_size, self.rows)
        self.batches = batch_count(self.rows, self.batch_size, least_rows)
        self._least_rows = least_rows
        self._order = np.random.default_rng(seed)
        self._chunk = 1
        self._xla_from = xla_from
        self._validation = [tf.constant(array) for array in validation]

    def run(
        self,
        epochs: int,
        *,
        emit: events.Emit,
        should_stop: events.ShouldStop,
        callbacks: Sequence[keras.callbacks.Callback] = (),
    ) -> Outcome:
        """Train for some epochs; every row is seen once an epoch, the last short batch included.

        A stop acts after the chunk under way; the epoch it breaks off is not in the history.
        """
        outcome = Outcome()
        listeners = keras.callbacks.CallbackList(
            list(callbacks), model=self.model, epochs=epochs, steps=self.batches, verbose=0
        )
        self.model.stop_training = False
        began = time.perf_counter()
        listeners.on_train_begin()
        for epoch in range(1, epochs + 1):
            logs = self._epoch(epoch, listeners, emit, should_stop, began)
            if logs is None:
                outcome.stopped = True
                break
            if not all(math.isfinite(value) for value in logs.values()):
                outcome.diverged_at = epoch
                break
            for name, value in logs.items():
                outcome.history.setdefault(name, []).append(value)
            if self.model.stop_training:
                break
            if epoch < epochs and should_stop():
                outcome.stopped = True
                break
        listeners.on_train_end()
        return outcome

    def _epoch(
        self,
        epoch: int,
        listeners: keras.callbacks.CallbackList,
        emit: events.Emit,
        should_stop: events.ShouldStop,
        began: float,
    ) -> Logs | None:
        """One epoch's logs, or None if it was stopped before its end."""
        epoch_began = reported = time.perf_counter()
        listeners.on_epoch_begin(epoch - 1)
        self.model.reset_metrics()
        done = 0
        for done in self._chunks(epoch, listeners, should_stop):
            now = time.perf_counter()
            if now - reported >= PROGRESS_SECONDS:
                reported = now
                self._report(epoch, done, now - began, emit)
        if done < self.batches:
            return None
        logs = _as_floats(self.model.get_metrics_result())
        if len(self._validation[0]):
            held_out = _as_floats(self._compiled.evaluate(*self._validation))
            logs |= {f"val_{name}": value for name, value in held_out.items()}
        if all(math.isfinite(value) for value in logs.values()):
            emit(events.epoch_ended(epoch, logs, time.perf_counter() - epoch_began))
            listeners.on_epoch_end(epoch - 1, dict(logs))
        return logs

    def _report(self, epoch: int, done: int, seconds: float, emit: events.Emit) -> None:
        loss = self._loss()
        # JSON knows no NaN; a diverged epoch is told of once it is over.
        if math.isfinite(loss):
            emit(events.progress(epoch, done, self.batches, loss, seconds))

    def _chunks(
        self, epoch: int, listeners: keras.callbacks.CallbackList, should_stop: events.ShouldStop
    ) -> Iterator[int]:
        """Train an epoch chunk by chunk: the batches done after each, not all if it was stopped."""
        before = 0
        for data in self._blocks.of_epoch(epoch):
            step = self._step(epoch, data.shape[0])
            block, done = self._shuffled(data), 0
            batches = block.whole.shape[0] + (block.rest.shape[1] > 0)
            while done < batches:
                if should_stop():
                    return
                first, began = done, time.perf_counter()
                listeners.on_train_batch_begin(before + first)
                done = self._advance(step, block, first)
                listeners.on_train_batch_end(before + done - 1, {"loss": self._loss()})
                self._pace(done - first, time.perf_counter() - began)
                yield before + done
            before += batches

    def _step(self, epoch: int, rows: int) -> Callable[..., None]:
        """What trains the full batches of a block: nothing that depends on earlier runs."""
        due = self._xla_from is not None and epoch >= self._xla_from
        # XLA compiles for one size of block.
        return self._compiled.xla if due and rows == self._blocks.size else self._compiled.plain

    def _shuffled(self, data: tf.Tensor) -> _Block:
        order = self._order.permutation(data.shape[0]).astype(np.int32)
        edge = rows_in_whole_batches(len(order), self.batch_size, self._least_rows)
        whole = order[:edge].reshape(-1, self.batch_size)
        return _Block(data, tf.constant(whole), tf.constant(order[None, edge:]))

    def _advance(self, step: Callable[..., None], block: _Block, first: int) -> int:
        """Train one chunk from a block's batch `first` on; the number of its batches then done."""
        whole = block.whole.shape[0]
        if first >= whole:
            self._compiled.plain(block.data, block.rest, tf.constant(0), tf.constant(1))
            return first + 1
        last = min(whole, first + self._chunk)
        step(block.data, block.whole, tf.constant(first), tf.constant(last))
        return last

    def _pace(self, batches: int, seconds: float) -> None:
        """Choose a chunk that takes about CHUNK_SECONDS: that is how soon Stop acts."""
        fitting = int(batches * CHUNK_SECONDS / max(seconds, 1e-6))
        self._chunk = max(1, min(fitting, self._chunk * MAX_CHUNK_GROWTH))

    def _loss(self) -> float:
        return float(self.model.metrics[0].result())


class Compiled:
    """A model's training and evaluation as TensorFlow functions.

    Tracing them takes longer than a short first epoch, so a worker keeps them for the next run of
    the same architecture.
    """

    def __init__(self, model: Autoencoder) -> None:
        model.build_optimizers()
        self.model = model
        # Rewritten, a sum of three terms is added in the order in which memory gets free.
        tf.config.optimizer.set_experimental_options({"arithmetic_optimization": False})
        shape = (-1, *model.input_shape_with_label)

        def chunk(rows: tf.Tensor, order: tf.Tensor, first: tf.Tensor, last: tf.Tensor) -> None:
            # A counter, not tf.range: XLA would compile anew for every length of a range.
            batch = first
            while batch < last:
                model.train_step((tf.reshape(tf.gather(rows, order[batch]), shape),))
                batch += 1

        def evaluate(seen: tf.Tensor, clean: tf.Tensor) -> dict[str, tf.Tensor]:
            model.reset_metrics()
            rows = tf.shape(seen)[0]
            # A last batch of a few rows is joined to the one before, for statistics of a batch.
            full = (rows + EVALUATION_BATCH - LEAST_FOR_STATISTICS) // EVALUATION_BATCH
            for batch in tf.range(tf.maximum(full, 1)):
                start = batch * EVALUATION_BATCH
                end = rows if batch + 1 >= full else start + EVALUATION_BATCH
                model.test_step((seen[start:end], clean[start:end]))
            return model.get_metrics_result()

        number, order = tf.TensorSpec((), tf.int32), tf.TensorSpec((None, None), tf.int32)
        rows = tf.TensorSpec((None, math.prod(shape[1:])), tf.float32)
        # One trace each for any number of rows; XLA compiles it for the sizes that it meets.
        held_out = [
            tf.TensorSpec((None, *each), tf.float32)
            for each in (model.input_shape_with_label, model.trunk.inputs[0].shape[1:])
        ]
        self.evaluate = tf.function(evaluate, input_signature=held_out)
        self.plain = tf.function(chunk, input_signature=(rows, order, number, number))
        self.xla = tf.function(
            lambda *given: self.plain(*given),
            input_signature=self.plain.input_signature,
            jit_compile=True,
        )


def _as_floats(logs: dict[str, Any]) -> Logs:
    return {name: float(value) for name, value in logs.items()}
