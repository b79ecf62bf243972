"""The promise about false alarms, kept or not: normal rows that raise an alarm, split after split.

`python -m benchmarks.promise [SPLITS]` trains runs on generated data, each on another random split
of it, and scores rows that the run has not seen; it writes its section of docs/results.md.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np

from aecore import train
from aecore.evaluation.anomalies.conformal import p_values, promise, rows_needed
from aecore.experiment.presets import PRESETS
from aecore.runs.scoring import score_held_out
from aecore.runs.training_data import training_data
from aecore.training.compiled_models import CompiledModelCache
from benchmarks.report import RESULTS, publish, table

PRESET = "anomaly-detection"
# Generated sets, and what of each is normal.
SETS: Mapping[str, tuple[str, ...]] = {"swiss-roll": (), "ecg-like": ("normal",), "shapes": ()}
SPLITS = 200
EPOCHS = 20
TEST_FRACTION = 0.3
ALPHAS = (0.01, 0.05, 0.10)
HEAD = ("Set", "Promised", "Expected", "Normal rows flagged", "Splits within the band")


@dataclass(frozen=True)
class Kept:
    """What became of one promise about normal rows that nothing was learned from.

    Attributes:
        expected: the share of them that raises an alarm on average, at most what was promised.
        rate: the share that did.
        is_within: whether it lies in the band that holds 95 % of all splits.
    """

    expected: float
    rate: float
    is_within: bool


def keep_promise(calibration: np.ndarray, others: np.ndarray, alpha: float) -> Kept | None:
    """A promise by the scores of some normal rows, beside those of others; None if refused.

    Of `others` that are exchangeable with n rows that calibrate, the number that raises an alarm
    is distributed as BetaBinomial(len(others), k, n + 1 − k) with k = ⌊(n + 1)α⌋.
    """
    from scipy.stats import betabinom

    n = len(calibration)
    if n < rows_needed(alpha):
        return None
    expected = promise(calibration, alpha).expected
    flagged = int((p_values(calibration, others) <= alpha).sum())
    k = round(expected * (n + 1))
    low, high = betabinom.ppf([0.025, 0.975], len(others), k, n + 1 - k)
    return Kept(expected, flagged / len(others), bool(low <= flagged <= high))


def promise_rows(kept: Mapping[tuple[str, float], Iterable[Kept]]) -> Iterator[list[str]]:
    """A line of the table for each set and promise."""
    for (name, alpha), splits in kept.items():
        own = list(splits)
        expected, rate, within = (
            np.mean([getattr(each, of) for each in own]) for of in ("expected", "rate", "is_within")
        )
        yield [name, f"{alpha:.0%}", f"{expected:.2%}", f"{rate:.2%}", f"{within:.1%}"]


def scored_runs(
    source: str, normal: tuple[str, ...], splits: int
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Of one run after another, the scores of its calibration rows and of its test rows.

    Each is the whole way: the experiment, with a seed of its own, is prepared, trained and
    calibrated, and scores normal rows that were held out of all that.
    """
    preset = PRESETS[PRESET].experiment(source)
    changed = {
        "data.classes": list(normal),
        "data.test_fraction": TEST_FRACTION,
        "training.epochs": EPOCHS,
    }
    cache = CompiledModelCache()
    for seed in range(splits):
        result = train(preset.replace({**changed, "seed": seed}), model_cache=cache)
        scored, _ = score_held_out(result, *training_data(result))
        is_normal = np.ones(len(scored.rows), dtype=bool)
        if normal and scored.label is not None:
            is_normal = np.isin(scored.label, [scored.class_names.index(name) for name in normal])
        name = result.scorer.default
        yield result.scorer.calibration[name], scored.scores[name][is_normal]


def main(splits: int = SPLITS) -> None:
    """Measure and write the section of docs/results.md."""
    kept: dict[tuple[str, float], list[Kept]] = {}
    for name, normal in SETS.items():
        for seed, (calibration, fresh) in enumerate(scored_runs(name, normal, splits)):
            for alpha in ALPHAS:
                found = keep_promise(calibration, fresh, alpha)
                if found is not None:
                    kept.setdefault((name, alpha), []).append(found)
            print(f"{name}, split {seed}", flush=True)
    every = [each.is_within for own in kept.values() for each in own]
    text = (
        f"Three generated sets, {splits} random splits of each, and for each split the whole way: "
        f"the preset *{PRESETS[PRESET].title}*, for {EPOCHS} epochs, is prepared, trained and "
        f"calibrated, and scores the {TEST_FRACTION:.0%} of the rows that were held out to test; "
        "of the heartbeats normal ones alone. Nothing is split again on the scores of a network. "
        "*Expected* is what so many calibration rows can promise, ⌊(n + 1)α⌋ / (n + 1). The band "
        "holds 95 % of all splits by the beta-binomial distribution that theory gives; "
        f"{np.mean(every):.1%} of all {len(every):,} lie within.\n\n"
        f"{table(HEAD, list(promise_rows(kept)))}"
    )
    publish("promise", "The promise about false alarms", text, RESULTS)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
