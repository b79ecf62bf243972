"""Seconds an epoch of each preset: our loop against plain Keras `fit` of the same model.

Both train the same `Autoencoder` with its own `train_step`, on the same rows, in the same run.
"""

from __future__ import annotations

import os
import statistics

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np

from aecore.data import load
from aecore.data.prepare.preparing import prepare
from aecore.evaluation.measuring import given_to_model
from aecore.experiment import Experiment
from aecore.experiment.presets import PRESETS, suiting
from aecore.models.autoencoder import Autoencoder
from aecore.models.building import build
from aecore.training.loop import Compiled, Loop
from benchmarks.report import publish, table
from benchmarks.train_loop import Clock, as_tensorflow_comes

SOURCE = "mnist-5k"
EPOCHS = 6
REPEATS = 3


def model_of(experiment: Experiment, x: np.ndarray) -> Autoencoder:
    """The preset's model, compiled."""
    steps = -(-len(x) // experiment.training.batch_size)
    model = build(experiment.design, experiment.facts.sample_shape, steps_an_epoch=steps)
    model.compile(optimizer=keras.optimizers.Adam(experiment.training.learning_rate))
    model.build_optimizers()
    return model


def fit_seconds(experiment: Experiment, x: np.ndarray) -> float:
    """Median seconds an epoch of `fit` after warming up."""
    as_tensorflow_comes()
    clock, batch_size = Clock(), experiment.training.batch_size
    model_of(experiment, x).fit(
        x, epochs=EPOCHS, batch_size=batch_size, verbose=0, callbacks=[clock]
    )
    return clock.median


def loop_seconds(experiment: Experiment, x: np.ndarray) -> float:
    """The same of our loop."""
    clock = Clock()
    loop = Loop(
        Compiled(model_of(experiment, x)),
        x,
        (x[:0], x[:0]),
        batch_size=experiment.training.batch_size,
        seed=0,
        xla_from=2 if experiment.gains_from_xla else None,
    )
    loop.run(EPOCHS, emit=lambda _: None, should_stop=lambda: False, callbacks=[clock])
    return clock.median


def main() -> None:
    """Measure every preset and publish the table."""
    rows, ratios = [], []
    for name in suiting(SOURCE):
        experiment = PRESETS[name].experiment(SOURCE)
        prepared = prepare(experiment.preparation_options, load(SOURCE))
        x = given_to_model(experiment, prepared, prepared.train, prepared.split.train)
        pairs = [(fit_seconds(experiment, x), loop_seconds(experiment, x)) for _ in range(REPEATS)]
        theirs, ours = (statistics.median(seconds) for seconds in zip(*pairs, strict=True))
        ratios.append(statistics.median(fit / loop for fit, loop in pairs))
        rows.append((PRESETS[name].title, f"{theirs:.3f}", f"{ours:.3f}", f"{ratios[-1]:.2f} ×"))
    columns = ("Preset", "fit, s an epoch", "loop, s an epoch", "faster")
    text = (
        f"Seconds of epochs after the second, on {SOURCE}, without validation: medians of "
        f"{REPEATS} trainings each way, in turn, and of their ratios. The median preset is "
        f"{statistics.median(ratios):.1f} × faster.\n\n{table(columns, rows)}"
    )
    publish("models", "Every preset against `fit` of the same model", text)


if __name__ == "__main__":
    main()
