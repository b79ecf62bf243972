"""Figures of training where features meet: early stopping, schedules, variances, short batches.

`python -m benchmarks.numerics` prints all rows of docs/results.md, `… pca plateau` some of them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np

from aecore import Experiment, Result, train
from aecore.data import load
from aecore.data.prepare.preparing import prepare
from aecore.evaluation.baselines import fit_baselines
from aecore.experiment.presets import PRESETS
from benchmarks.report import table

SEEDS = (0, 1, 2)
Row = tuple[str, str]


def sized(units: list[int], numbers: int, epochs: int, batch_size: int) -> dict[str, Any]:
    """Layers, code and pace, given so that figures can be compared whatever the defaults are."""
    return {
        "model__backbone": {"kind": "dense", "units": units},
        "model__encoding_dim": numbers,
        "training__epochs": epochs,
        "training__batch_size": batch_size,
    }


NO_WARM_UP = {"model__bottleneck__warm_up_epochs": 0}
SIZES = {
    "mnist-5k": sized([256, 128], 32, 50, 64),
    "faces": sized([256, 128], 32, 100, 32),
    "ecg-like": sized([70], 17, 50, 64),
    "wine": sized([6], 1, 100, 32),
    "breast-cancer": sized([15], 3, 100, 32),
}


def trained(source: str, preset: str, **changes: Any) -> Result:
    """A preset trained on a data set with some fields changed: `training__epochs=5`."""
    experiment: Experiment = PRESETS[preset].experiment(source)
    return train(
        experiment.replace({path.replace("__", "."): value for path, value in changes.items()})
    )


STOPS = ({"kind": "epochs"}, {"kind": "validation", "patience": 10})


def told(metrics: Mapping[str, Any], *names: str) -> str:
    """Some figures of a run, such as "mse 0.0310, r2 0.54"."""
    return ", ".join(f"{name} {metrics[name]:.4g}" for name in names)


def of_training_rows(result: Result, *names: str) -> str:
    """Figures of the codes of the rows trained on: of few rows held out they are half chance."""
    experiment = result.experiment
    x = prepare(experiment.preparation_options, load(experiment.data.source)).train
    seed = experiment.seed
    return told(experiment.bottleneck.diagnose(result.autoencoder, x, x, seed), *names)


def early_stopping() -> Iterator[Row]:
    """The adversarial autoencoder of digits, with and without early stopping."""
    for chosen in STOPS:
        result = trained("digits", "adversarial", training__stop=chosen)
        yield (
            f"digits, adversarial, stop {chosen}",
            told(result.metrics, "epochs", "best_epoch", "mse", "r2"),
        )


def warm_up() -> Iterator[Row]:
    """A VAE whose β grows over 40 epochs, with and without early stopping."""
    for chosen in STOPS:
        result = trained(
            "mnist-5k",
            "vae",
            training__stop=chosen,
            training__epochs=100,
            model__bottleneck__warm_up_epochs=40,
        )
        yield (
            f"MNIST 5,000, VAE, warm-up 40 of 100, stop {chosen}",
            told(result.metrics, "epochs", "best_epoch", "negative_elbo"),
        )


def cosine() -> Iterator[Row]:
    """The adversarial autoencoder of MNIST under two schedules."""
    for schedule in ("constant", "cosine"):
        result = trained("mnist-5k", "adversarial", training__schedule=schedule)
        yield (
            f"MNIST 5,000, adversarial, {schedule}",
            told(result.metrics, "mse", "mean_mse", "prior_mmd", "code_mean"),
        )


def adversarial() -> Iterator[Row]:
    """The adversarial autoencoder at its defaults, three seeds."""
    for source in ("digits", "mnist-5k", "faces", "breast-cancer"):
        for seed in SEEDS:
            result = trained(source, "adversarial", seed=seed)
            names = ("prior_mmd", "code_mean", "code_stddev")
            held_out = told(result.metrics, *names, "mse")
            yield (
                f"{source}, adversarial, seed {seed}",
                f"training rows: {of_training_rows(result, *names)}; held out: {held_out}",
            )


def variance() -> Iterator[Row]:
    """VAEs with a learned decoder variance; MNIST also before it is learned by heart."""
    patient = {"patience": 10}
    mnist = (("mnist-5k", 20, None), ("mnist-5k", 50, None), ("mnist-5k", 50, patient))
    others = (("ecg-like", 50, None), ("wine", 100, None), ("breast-cancer", 100, None))
    for source, epochs, stopping in (*mnist, *others):
        changes = {**SIZES[source], **NO_WARM_UP, "training__epochs": epochs}
        changes["training__early_stopping"] = stopping
        result = trained(source, "vae", training__loss="mse", **changes)
        yield (
            f"{source}, VAE, squared error, learned σ², {epochs} epochs, early stopping {stopping}",
            told(result.metrics, "negative_elbo", "kl", "mse", "pca_mse", "best_epoch"),
        )


def pca() -> Iterator[Row]:
    """The yardstick's error over that of an exact PCA, for data far from zero."""
    random = np.random.default_rng(0)
    x = random.standard_normal((500, 3)) @ random.standard_normal((3, 20))
    x += 0.1 * random.standard_normal(x.shape)
    for offset in (0.0, 1e3, 1e4):
        far = (x + offset).astype(np.float32)
        exact = far.astype(np.float64) - far.mean(axis=0, dtype=np.float64)
        least = np.square(np.linalg.svd(exact, compute_uv=False)[3:]).sum() / exact.size
        found = np.square(far - fit_baselines(far, 3).by_pca(far), dtype=np.float64).mean()
        yield f"500 × 20 values around {offset:g}, PCA of 3", f"{found / least:.4g} × the least"


def plateau() -> Iterator[Row]:
    """Small losses under the plateau schedule."""
    for source, scaling in (("faces", "per-sample"), ("ecg-like", None)):
        for schedule in ("constant", "plateau"):
            chosen = {"preprocessing__scaling": scaling} if scaling else {}
            loss = {"training__loss": "mse", "training__schedule": schedule}
            result = trained(source, "suggested", **loss, **chosen, **SIZES[source])
            rate = float(result.autoencoder.optimizer.learning_rate)
            figures = f"{told(result.metrics, 'mse')}, rate {rate:.2g}"
            yield f"{source}, {scaling or 'its own'} scaling, {schedule}", figures


def short_batches() -> Iterator[Row]:
    """A Wasserstein autoencoder whose last batch would have one row, and one without such."""
    for rows in (200, 201):
        result = trained("digits", "wasserstein", data__rows=rows, training__batch_size=32)
        yield (
            f"digits, Wasserstein, {rows - 40} training rows in batches of 32",
            of_training_rows(result, "code_stddev", "prior_mmd"),
        )


ROWS: dict[str, Callable[[], Iterator[Row]]] = {
    measure.__name__: measure
    for measure in (
        early_stopping,
        warm_up,
        cosine,
        adversarial,
        variance,
        pca,
        plateau,
        short_batches,
    )
}


def main(names: list[str]) -> None:
    """Measure and print some rows, or all."""
    found = []
    for name in names or ROWS:
        for row in ROWS[name]():
            print(*row, sep=": ", flush=True)
            found.append(row)
    print(f"\n{table(('Run', 'Figures'), found)}")


if __name__ == "__main__":
    main(sys.argv[1:])
