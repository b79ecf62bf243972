"""The ordered code beside separate trainings: errors at each dimension, and time.

`python -m benchmarks.dimensions [SEEDS] [EPOCHS]` trains digits, MNIST 5,000, breast cancer and
faces at their defaults, once with an ordered code and once for each dimension and seed, and writes
the table into docs/results.md. With EPOCHS fewer, it shows that it works and writes nothing.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np

from aecore import Experiment, Result, train
from aecore.evaluation.dimensions.advice import Advice, Evidence, advise
from aecore.evaluation.dimensions.measuring import MeasuredDimensions, measure_dimensions
from aecore.runs.training_data import training_data
from aecore.search.encoding_dimensions import ladder, longest, ordered, separate
from benchmarks.report import RESULTS, publish, table

SETS = ("digits", "mnist-5k", "breast-cancer", "faces")
SEEDS = 3
TITLE = "One ordered training beside separate ones"


@dataclass(frozen=True)
class Compared:
    """What one data set gave.

    Attributes:
        errors: of separate trainings, one a seed, by dimension.
        seconds: of each separate training.
        ordered_seconds: of the ordered one.
    """

    source: str
    measured: MeasuredDimensions
    errors: dict[int, list[float]]
    seconds: list[float]
    ordered_seconds: float

    @property
    def advice(self) -> Advice:
        """As the page would give it."""
        return advise(Evidence(self.measured.curves, self.errors, self.measured.intrinsic))

    def rows(self) -> Iterator[list[str]]:
        """One for each dimension: ordered, separate, PCA, and the ratio."""
        curves = self.measured.curves
        assert curves.ordered is not None
        of_code = dict(zip(curves.ordered.dimensions, curves.ordered.error, strict=True))
        of_pca = dict(zip(curves.pca.dimensions, curves.pca.error, strict=True))
        for dimension, found in sorted(self.errors.items()):
            mean, spread = float(np.mean(found)), float(np.std(found))
            yield [
                self.source,
                str(dimension),
                f"{of_code[dimension]:.4g}",
                f"{mean:.4g} ± {spread:.2g}",
                f"{of_code[dimension] / mean:.2f}",
                f"{of_pca[dimension]:.4g}" if dimension in of_pca else "–",
            ]


def compared(source: str, seeds: int, epochs: int | None) -> Compared:
    """The ordered run and all separate ones of a data set, at its defaults."""
    chosen = {} if epochs is None else {"training.epochs": epochs}
    base = Experiment.from_dict({"data": {"source": source}}).replace(chosen)
    top = longest(base)
    # What is read and compiled for the first of a kind is no part of the comparison.
    train(base.replace({"training.epochs": 1}))
    result, ordered_seconds = timed(ordered(base, top))
    prepared, _ = training_data(result)
    *_, measured = measure_dimensions(result.experiment, prepared, result.autoencoder)
    errors: dict[int, list[float]] = {}
    seconds = []
    for each in separate(base, ladder(top), seeds):
        own, took = timed(each)
        seconds.append(took)
        errors.setdefault(each.model.encoding_dim, []).append(float(own.metrics["mse"]))
        print(f"{source} {each.model.encoding_dim} seed {each.seed}: {own.metrics['mse']:.5f}")
    return Compared(source, measured, errors, seconds, ordered_seconds)


def timed(experiment: Experiment) -> tuple[Result, float]:
    """A training in a process that has trained before, and its seconds from start to figures."""
    began = time.perf_counter()
    result = train(experiment)
    return result, time.perf_counter() - began


def report(found: list[Compared], seeds: int) -> str:
    """The section of docs/results.md."""
    errors = table(
        ["Data set", "Numbers", "Ordered code", "Separate trainings", "Ratio", "PCA"],
        [row for each in found for row in each.rows()],
    )
    times = table(
        ["Data set", "Ordered run", "One separate run", "Ratio", "All separate runs", "Advice"],
        [
            [
                each.source,
                f"{each.ordered_seconds:.1f} s",
                f"{np.median(each.seconds):.1f} s",
                f"{each.ordered_seconds / np.median(each.seconds):.2f}",
                f"{sum(each.seconds):.0f} s",
                f"{each.advice.low} to {each.advice.high}",
            ]
            for each in found
        ],
    )
    return (
        "Mean squared error on held-out rows, in squared scaled units: one run with an ordered "
        f"code, cut to its first numbers, beside separate trainings from {seeds} seeds (mean and "
        "standard deviation), all with the settings that suit the data set.\n\n"
        f"{errors}\n\nSeconds from start to figures, in a process that has trained before:\n\n"
        f"{times}"
    )


def main() -> None:
    """Compare all sets; publish what was trained as long as it should be."""
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else SEEDS
    epochs = int(sys.argv[2]) if len(sys.argv) > 2 else None
    sets = SETS if epochs is None else SETS[:1]
    text = report([compared(source, seeds, epochs) for source in sets], seeds)
    if epochs is not None:
        print(text)
    else:
        publish("dimensions", TITLE, text, RESULTS)


if __name__ == "__main__":
    main()
