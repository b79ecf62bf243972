"""Seconds an epoch of our loop against `model.fit`, for the same models in the same run.

The peer is the article's own script: a functional model of flat vectors, `compile`, and `fit`
with held-out rows as validation data; both train and validate in every epoch.

    python -m benchmarks.train_loop [path.npz]
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from typing import NamedTuple

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf

from aecore.data import Dataset, load
from aecore.experiment import Experiment
from aecore.models.building import build
from aecore.training.loop import Compiled, Loop
from benchmarks.report import publish, table

WARM_UP = 2
HELD_OUT = 6
BATCH = 256


class Case(NamedTuple):
    """What is trained, for how many epochs (many where each is short) how often, and the aim."""

    title: str
    rows: int
    units: list[int]
    epochs: int
    pairs: int
    wanted: float


CASES = (
    Case("784-32-784, 60,000 rows", 60_000, [], 5, 1, 3.5),
    Case("784-512-256-128-32, mirrored", 60_000, [512, 256, 128], 5, 1, 1.5),
    Case("784-32-784 on 4,000 rows", 4_000, [], 60, 3, 6.0),
)


def samples(path: str | None) -> np.ndarray:
    """70,000 × 28 × 28 × 1 float32 in [0, 1]: a file's, or sparse noise."""
    if path is not None:
        dataset = load(path)
        assert isinstance(dataset, Dataset), "a file of pictures"
        return dataset.x[:70_000].astype(np.float32) / 255
    rng = np.random.default_rng(0)
    dark = rng.random((70_000, 28, 28, 1), dtype=np.float32)
    return np.where(dark > 0.8, rng.random(dark.shape, dtype=np.float32), 0).astype(np.float32)


class Clock(keras.callbacks.Callback):
    """Seconds of each epoch."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds: list[float] = []

    def on_epoch_begin(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        self._began = time.perf_counter()

    def on_epoch_end(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        self.seconds.append(time.perf_counter() - self._began)

    @property
    def median(self) -> float:
        """The median after warming up."""
        return statistics.median(self.seconds[WARM_UP:])


def article(units: list[int]) -> keras.Model:
    """The article's autoencoder, with hidden layers where there are any."""
    inputs = keras.Input((784,))
    hidden = inputs
    for width in [*units, 32, *reversed(units)]:
        hidden = keras.layers.Dense(width, activation="relu")(hidden)
    outputs = keras.layers.Dense(784, activation="sigmoid")(hidden)
    model = keras.Model(inputs, outputs)
    model.compile(optimizer="adam", loss="binary_crossentropy")
    return model


def as_tensorflow_comes() -> None:
    """Take back what our loop has set for the whole process, so that the peer does without it."""
    tf.config.optimizer.set_experimental_options({"arithmetic_optimization": True})


def fit_seconds(x: np.ndarray, validation: np.ndarray, units: list[int], epochs: int) -> float:
    """Seconds an epoch of `fit`."""
    as_tensorflow_comes()
    clock, flat, held_out = Clock(), x.reshape(len(x), -1), validation.reshape(len(validation), -1)
    article(units).fit(
        flat,
        flat,
        validation_data=(held_out, held_out),
        epochs=WARM_UP + epochs,
        batch_size=BATCH,
        verbose=0,
        callbacks=[clock],
    )
    return clock.median


def loop_seconds(x: np.ndarray, validation: np.ndarray, units: list[int], epochs: int) -> float:
    """Seconds an epoch of our loop."""
    experiment = Experiment().replace({"model.backbone.units": units})
    model, clock = build(experiment.design, x.shape[1:]), Clock()
    model.compile(optimizer=keras.optimizers.Adam())
    loop = Loop(Compiled(model), x, (validation, validation), batch_size=BATCH, seed=0)
    loop.run(WARM_UP + epochs, emit=lambda _: None, should_stop=lambda: False, callbacks=[clock])
    return clock.median


def main(path: str | None) -> None:
    """Measure every case and publish the table."""
    x = samples(path)
    rows = [_row(case, x[: case.rows], x[-(case.rows // HELD_OUT) :]) for case in CASES]
    columns = ["model", "fit, s an epoch", "loop, s an epoch", "faster", "wanted"]
    text = (
        f"Median seconds of 5 epochs after {WARM_UP}; where they are short, of 60 in each of three "
        f"trainings each way, in turn, and the median ratio. Batch {BATCH}, float32, a sixth as "
        "many rows held out.\n\n"
        f"{table(columns, rows)}"
    )
    publish("train_loop", "The training loop against `model.fit`", text)


def _row(case: Case, x: np.ndarray, validation: np.ndarray) -> list[str]:
    pairs = [
        (
            fit_seconds(x, validation, case.units, case.epochs),
            loop_seconds(x, validation, case.units, case.epochs),
        )
        for _ in range(case.pairs)
    ]
    theirs, ours = (statistics.median(seconds) for seconds in zip(*pairs, strict=True))
    faster = statistics.median(fit / loop for fit, loop in pairs)
    return [
        case.title,
        f"{theirs:.3f}",
        f"{ours:.3f}",
        f"{faster:.1f} ×",
        f"≥ {case.wanted} ×",
    ]


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
