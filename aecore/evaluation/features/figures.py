"""Figures of predictions, with intervals from drawing the same rows again for all compared."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aecore.evaluation.anomalies.detection import Estimate

RESAMPLES, LEVEL = 1000, 0.95
ACCURACY, MACRO_F1, R2 = "accuracy", "macro_f1", "r2"


@dataclass(frozen=True)
class Draws:
    """How often each row is drawn: all once in the first line, and at random in the others.

    Attributes:
        weights: (1 + draws, n) float32, each line adding up to n.
    """

    weights: np.ndarray

    @classmethod
    def of(cls, rows: int, seed: int) -> Draws:
        """So many rows, drawn with replacement."""
        random = np.random.default_rng(seed)
        drawn = random.multinomial(rows, np.full(rows, 1 / rows), size=RESAMPLES)
        return cls(np.concatenate([np.ones((1, rows)), drawn]).astype(np.float32))


def of_classes(truth: np.ndarray, told: np.ndarray, draws: Draws) -> dict[str, np.ndarray]:
    """Accuracy and macro F1, (1 + draws,) each, of class indices (n,).

    F1 is averaged over the classes that are there or told, as scikit-learn has it.
    """
    classes = np.unique(np.concatenate([truth, told]))
    is_true, is_told = truth[:, None] == classes, told[:, None] == classes
    both = draws.weights @ (is_true & is_told).astype(np.float32)
    either = draws.weights @ (is_true.astype(np.float32) + is_told)
    with np.errstate(invalid="ignore"):
        # What is in no drawn row, and told of none, counts for nothing.
        f1 = np.nanmean(np.where(either > 0, 2 * both / either, np.nan), axis=1)
    return {ACCURACY: both.sum(axis=1) / len(truth), MACRO_F1: f1}


def of_numbers(truth: np.ndarray, told: np.ndarray, draws: Draws) -> dict[str, np.ndarray]:
    """R², (1 + draws,), of numbers (n,): 1 less squared residuals over those of the mean."""
    weights = draws.weights.astype(np.float64)
    mean = weights @ truth / len(truth)
    total = weights @ np.square(truth) - len(truth) * np.square(mean)
    residual = weights @ np.square(truth - told)
    with np.errstate(invalid="ignore", divide="ignore"):
        return {R2: np.where(total > 0, 1 - residual / total, np.nan)}


def estimate(values: np.ndarray) -> Estimate:
    """A figure (1 + draws,), of all rows first, as a number with its interval."""
    finite = values[1:][np.isfinite(values[1:])]
    if not len(finite):
        return Estimate(float(values[0]), float("nan"), float("nan"))
    low, high = np.quantile(finite, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Estimate(float(values[0]), float(low), float(high))
