"""Is "at most so many normal rows raise an alarm" true, from the experiment to fresh rows?"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from functools import reduce
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import betabinom

from aecore import Experiment, Result, train
from aecore.evaluation.anomalies.conformal import promise
from aecore.evaluation.anomalies.gathering import gather
from aecore.evaluation.applied_rows import given_to
from aecore.runs.scoring import score_in_parts
from aecore.runs.training_data import training_data
from aecore.training.compiled_models import CompiledModelCache

ALPHAS = (0.01, 0.05, 0.10)
ROWS, CALIBRATION, FRESH, SPLITS = 200, 100, 300, 8
Normal = Callable[[np.random.Generator, int], np.ndarray]


def skewed_table(random: np.random.Generator, rows: int) -> np.ndarray:
    """Six columns with long tails, four of them made of the others."""
    free = random.lognormal(size=(rows, 2))
    return np.hstack([free, free @ mixing() + random.normal(0, 0.1, (rows, 4))])


def mixing() -> np.ndarray:
    """The same for every draw of rows."""
    return np.random.default_rng(7).normal(size=(2, 4))


def waves(random: np.random.Generator, rows: int) -> np.ndarray:
    """Series of 24 steps and one channel, each with a phase and a height of its own."""
    phase, height = random.uniform(0, 6, (rows, 1)), random.lognormal(0, 0.3, (rows, 1))
    series = height * np.sin(np.linspace(0, 6, 24) + phase)
    return (series + random.normal(0, 0.1, series.shape))[..., None]


def spots(random: np.random.Generator, rows: int) -> np.ndarray:
    """Pictures of 8 × 8 × 1 with a bright spot somewhere."""
    place = np.stack(np.meshgrid(np.arange(8), np.arange(8)), axis=-1)
    away = place - random.uniform(1, 6, (rows, 1, 1, 2))
    spot = np.exp(-np.square(away).sum(axis=-1) / 4)
    return (spot + random.normal(0, 0.1, spot.shape))[..., None]


@pytest.mark.parametrize("normal", [skewed_table, waves, spots])
def test_the_promise_holds_over_the_whole_way(normal: Normal, tmp_path: Path) -> None:
    """Runs on rows drawn anew, each prepared, trained, calibrated and given fresh normal rows.

    The alarms of all runs lie in the 95 % band of their number. If rows calibrated that training
    has seen they would not: these networks learn their rows by heart.
    """
    kept, by_heart = Counter[float](), Counter[float]()
    cache = CompiledModelCache()
    for split in range(SPLITS):
        random = np.random.default_rng(split)
        np.savez(tmp_path / "rows.npz", x=normal(random, ROWS).astype(np.float32))
        result = train(experiment(tmp_path / "rows.npz", split), model_cache=cache)
        scores = scored(result, normal(random, FRESH).astype(np.float32))
        unseen, seen = result.scorer.calibration[result.scorer.default], scored_in_training(result)
        assert len(unseen) == len(seen) == CALIBRATION and len(scores) == FRESH
        for alpha in ALPHAS:
            kept[alpha] += int((scores >= promise(unseen, alpha).threshold).sum())
            by_heart[alpha] += int((scores >= promise(seen, alpha).threshold).sum())
    for alpha in ALPHAS:
        low, high = band(alpha)
        assert low <= kept[alpha] <= high
        assert by_heart[alpha] > high


def experiment(path: Path, seed: int) -> Experiment:
    """Half of the rows calibrate; on the others it trains for so long that it knows them."""
    return Experiment.from_dict(
        {
            "data": {"source": str(path), "validation_fraction": 0.0, "calibration_fraction": 0.5},
            "model": {"encoding_dim": 5, "backbone": {"kind": "dense", "units": [128]}},
            "training": {"epochs": 60, "batch_size": 16},
            "seed": seed,
        }
    )


def scored(result: Result, rows: np.ndarray) -> np.ndarray:
    """The first score of new rows."""
    parts = score_in_parts(result, rows)
    return np.concatenate([part.scores[result.scorer.default] for part, _ in parts])


def scored_in_training(result: Result) -> np.ndarray:
    """The first score of the rows that the run was trained on."""
    model, x = result.autoencoder, training_data(result)[0].train
    return result.scorer.scores(gather(model, x, given_to(model, x, None)))[result.scorer.default]


def band(alpha: float) -> tuple[int, int]:
    """What the alarms of all runs together lie between in 95 % of all cases."""
    k = math.floor((CALIBRATION + 1) * alpha + 1e-9)
    one = betabinom.pmf(np.arange(FRESH + 1), FRESH, k, CALIBRATION + 1 - k)
    every = np.cumsum(reduce(np.convolve, [one] * SPLITS))
    low, high = np.searchsorted(every, [0.025, 0.975])
    return int(low), int(high)
