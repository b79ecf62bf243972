"""How well probes tell a target by each side, with intervals, and how many labels it takes."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from aecore.evaluation.anomalies.detection import Estimate
from aecore.evaluation.features.figures import Draws, estimate, of_classes, of_numbers
from aecore.evaluation.features.sides import CODE, ProbedRows, Side
from aecore.evaluation.probing import NEIGHBOURS, classifier, one_thread, regressor

LINEAR, NEAREST, CHANCE = "linear", "nearest", "chance"
BUDGETS = (10, 50, 100, 1000)
DRAWS = 5


@dataclass(frozen=True)
class SideScore:
    """How well one probe does by one side.

    Attributes:
        side, probe: their names; `chance` is both of what looks at no value.
        figures: name -> figure on held-out rows, the first the one that is compared.
        gain: of the code over this side in the first figure, on the same rows; None of the code.
    """

    side: str
    probe: str
    figures: Mapping[str, Estimate]
    gain: Estimate | None = None

    @property
    def main(self) -> Estimate:
        """The figure that is compared."""
        return next(iter(self.figures.values()))


@dataclass(frozen=True)
class LabelCurve:
    """The first figure of a linear probe by how many labelled rows it learned from.

    Attributes:
        labels: ascending.
        sides: name -> (mean, least, most) over draws of that many rows, one a number of labels.
    """

    labels: tuple[int, ...]
    sides: Mapping[str, tuple[tuple[float, float, float], ...]]


def probe_scores(rows: ProbedRows, kind: str, seed: int) -> Iterator[tuple[str, list[SideScore]]]:
    """What is under way, in words, and the scores so far; the last is all of them.

    Chance names the most frequent class of the training rows, or their mean.
    """
    draws = Draws.of(len(rows.held_out), seed)
    figures = of_classes if kind == "classes" else of_numbers
    by_code: dict[str, np.ndarray] = {}
    found: list[SideScore] = []
    for probe in (LINEAR, NEAREST):
        for side in rows.sides:
            yield _doing(probe, kind, side), list(found)
            told = _told(probe, kind, rows, side)
            if told is None:
                continue
            values = figures(rows.held_out, told, draws)
            main = next(iter(values.values()))
            if side.name == CODE:
                by_code[probe] = main
            gain = None if side.name == CODE else estimate(by_code[probe] - main)
            named = {name: estimate(each) for name, each in values.items()}
            found.append(SideScore(side.name, probe, named, gain))
    values = figures(rows.held_out, _by_chance(rows, kind), draws)
    named = {name: estimate(each) for name, each in values.items()}
    found.append(SideScore(CHANCE, CHANCE, named))
    yield "", found


def label_curve(
    rows: ProbedRows, kind: str, seed: int, should_stop: Callable[[], bool] = lambda: False
) -> LabelCurve | None:
    """How a linear probe does with few labels, of five draws each; None of too few rows.

    Each number of labels is drawn anew from the training rows; draws of one class are left out.
    """
    budgets = [each for each in BUDGETS if each <= len(rows.train)]
    order = [
        np.random.default_rng((seed, draw)).permutation(len(rows.train)) for draw in range(DRAWS)
    ]
    whole = np.arange(len(rows.held_out))
    once = Draws(np.ones((1, len(whole)), np.float32))
    figures = of_classes if kind == "classes" else of_numbers
    found: dict[str, list[tuple[float, float, float]]] = {side.name: [] for side in rows.sides}
    done: list[int] = []
    for budget in budgets:
        chosen = [each[:budget] for each in order if len(np.unique(rows.train[each[:budget]])) > 1]
        if should_stop() or not chosen:
            break
        for side in rows.sides:
            values = []
            for few in chosen:
                told = _fitted(kind, side.train[few], rows.train[few]).predict(side.held_out)
                values.append(next(iter(figures(rows.held_out, told, once).values()))[0])
            found[side.name].append((float(np.mean(values)), min(values), max(values)))
        done.append(budget)
    if not done:
        return None
    return LabelCurve(tuple(done), {name: _floats(each) for name, each in found.items()})


def _floats(
    values: Sequence[tuple[float, float, float]],
) -> tuple[tuple[float, float, float], ...]:
    return tuple((float(mean), float(least), float(most)) for mean, least, most in values)


def _told(probe: str, kind: str, rows: ProbedRows, side: Side) -> np.ndarray | None:
    """(m,) what a probe tells of held-out rows; None where there are fewer rows than neighbours."""
    if probe == LINEAR:
        return np.asarray(_fitted(kind, side.train, rows.train).predict(side.held_out))
    if len(rows.train) < NEIGHBOURS:
        return None
    from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor

    nearest = KNeighborsClassifier if kind == "classes" else KNeighborsRegressor
    with one_thread():
        return np.asarray(nearest(NEIGHBOURS).fit(side.train, rows.train).predict(side.held_out))


def _fitted(kind: str, x: np.ndarray, y: np.ndarray) -> Any:
    """A linear probe; one that has not come to rest after its last step counts as it is."""
    with one_thread(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return (classifier() if kind == "classes" else regressor()).fit(x, y)


def _by_chance(rows: ProbedRows, kind: str) -> np.ndarray:
    if kind == "classes":
        found, counts = np.unique(rows.train, return_counts=True)
        return np.full(len(rows.held_out), found[counts.argmax()])
    return np.full(len(rows.held_out), rows.train.mean())


TITLES = {"code": "codes", "pca": "PCA", "random": "a random projection", "raw": "all values"}
PROBES = {
    (LINEAR, "classes"): "Logistic regression",
    (LINEAR, "numbers"): "Linear regression",
    (NEAREST, "classes"): "Nearest neighbours",
    (NEAREST, "numbers"): "Nearest neighbours",
}


def _doing(probe: str, kind: str, side: Side) -> str:
    return f"{PROBES[probe, kind]} on {TITLES[side.name]}"
