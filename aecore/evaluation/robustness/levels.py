"""`Level`: how well a code and PCA do at one strength of a disturbance, with intervals."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from aecore.evaluation.anomalies.detection import Estimate
from aecore.evaluation.applied_rows import Model, given_to
from aecore.evaluation.baselines import Baselines
from aecore.evaluation.features.figures import Draws, estimate, of_classes, of_numbers
from aecore.evaluation.features.sides import CODE, PCA
from aecore.evaluation.probing import classifier, one_thread, regressor
from aecore.evaluation.samples import sample_errors

Told = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Level:
    """What is measured at one strength.

    Attributes:
        strength: 0 for clean rows.
        error: side -> mean squared error, in squared scaled units.
        told: side -> accuracy of a linear probe that learned from clean codes, of numbers its R²;
            empty where there is nothing to tell.
        error_ahead, told_ahead: by how much the code is better than PCA, on the same draws of
            rows.
    """

    strength: float
    error: Mapping[str, Estimate]
    error_ahead: Estimate
    told: Mapping[str, Estimate] = field(default_factory=dict)
    told_ahead: Estimate | None = None


@dataclass(frozen=True)
class Probes:
    """What simple models tell by codes, and by principal components.

    Attributes:
        kind: `classes` or `numbers`.
        truth: (n,) of the rows that are tried; class indices, or numbers.
        known: (n,) whether the truth is.
        models: side -> what it tells of codes (n, k).
    """

    kind: str
    truth: np.ndarray
    known: np.ndarray
    models: Mapping[str, Told]


@dataclass(frozen=True)
class Sides:
    """A trained model and PCA of as many numbers, fitted on clean training rows.

    Attributes:
        labels: (n,) class indices of the rows that are tried, for a model that is told them.
    """

    model: Model
    baselines: Baselines
    labels: np.ndarray | None = None

    def codes(self, x: np.ndarray) -> dict[str, np.ndarray]:
        """Side -> (n, k) of samples (n, *sample_shape), in the order of `labels`."""
        flat = x.reshape(len(x), -1) - self.baselines.mean
        return {
            CODE: self.model.codes(given_to(self.model, x, self.labels)),
            PCA: flat @ self.baselines.components.T,
        }

    def level(
        self,
        strength: float,
        seen: np.ndarray,
        wanted: np.ndarray,
        draws: Draws,
        probes: Probes | None,
    ) -> Level:
        """What comes of samples as they are seen, beside what is wanted of them."""
        codes = self.codes(seen)
        given = given_to(self.model, seen, self.labels)
        made = self.model.reconstructions(given, codes[CODE])
        own = _mean(sample_errors(wanted, made), draws)
        pca = _mean(sample_errors(wanted, self.baselines.by_pca(seen)), draws)
        error = {CODE: estimate(own), PCA: estimate(pca)}
        ahead = estimate(pca - own)
        if probes is None:
            return Level(strength, error, ahead)
        told = {side: _told(probes, model(codes[side])) for side, model in probes.models.items()}
        named = {side: estimate(values) for side, values in told.items()}
        return Level(strength, error, ahead, named, estimate(told[CODE] - told[PCA]))


def fitted(kind: str, x: np.ndarray, y: np.ndarray) -> Told:
    """A linear probe that learned from codes (n, k) of what to tell, (n,)."""
    with one_thread():
        probe: Any = (classifier() if kind == "classes" else regressor()).fit(x, y)

    def tell(codes: np.ndarray) -> np.ndarray:
        with one_thread():
            return np.asarray(probe.predict(codes))

    return tell


def _mean(values: np.ndarray, draws: Draws) -> np.ndarray:
    """(1 + draws,), of the rows as they are and as they are drawn."""
    return np.asarray(draws.weights @ values.astype(np.float64) / len(values))


def _told(probes: Probes, told: np.ndarray) -> np.ndarray:
    # The same seed draws the same rows at every strength and for both sides.
    truth, told = probes.truth[probes.known], told[probes.known]
    draws = Draws.of(len(truth), seed=0)
    figures = of_classes if probes.kind == "classes" else of_numbers
    return next(iter(figures(truth, told, draws).values()))
