"""Probes: how well a simple classifier tells classes by codes of each length."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from aecore.data.prepare.preparing import Prepared
from aecore.data.prepare.split import drawn_rows
from aecore.errors import DataError
from aecore.evaluation.applied_rows import Model
from aecore.evaluation.baselines import fit_baselines
from aecore.evaluation.probing import MOST_ROWS, classifier, one_thread
from aecore.experiment.tree import ExperimentTree
from aecore.models.code_lengths import lengths

# Lengths that are probed.
MOST_PROBED = 12


@dataclass(frozen=True)
class ProbeCurve:
    """Accuracy of a logistic regression that was fitted to training rows, on held-out ones.

    Attributes:
        dimensions: ascending.
        code: of the first numbers of an ordered code; empty of another code.
        pca: of as many principal components.
        raw: of all values of a sample.
        chance: of always naming the class that is most frequent in training.
        rows: held-out rows that it was measured on.
    """

    dimensions: tuple[int, ...]
    code: tuple[float, ...]
    pca: tuple[float, ...]
    raw: float
    chance: float
    rows: int


def probe_accuracy(
    train: np.ndarray, train_labels: np.ndarray, held_out: np.ndarray, labels: np.ndarray
) -> float:
    """Share of held-out rows (m, k) whose class a logistic regression tells rightly.

    Its scaling and its weights are learned of training rows (n, k) alone.
    """
    with one_thread():
        return float(classifier().fit(train, train_labels).score(held_out, labels))


def measure_probes(
    experiment: ExperimentTree,
    prepared: Prepared,
    model: Model | None,
    should_stop: Callable[[], bool] = lambda: False,
) -> ProbeCurve:
    """Accuracy against the length of a code; a stop ends the curve before it is whole.

    Args:
        model: whose code is ordered; None for PCA alone.

    Raises:
        DataError: there are no labels, all are of one class, the encoder is told them, or no row
            is held out.
    """
    _refuse_none(experiment, prepared)
    _, held_out, rows = prepared.held_out
    train = _rows(prepared, prepared.train, prepared.split.train, experiment.seed)
    tried = _rows(prepared, held_out, rows, experiment.seed)
    asked = probed(experiment.model.encoding_dim)
    baselines = fit_baselines(prepared.train, asked[-1])
    flat = [each.x.reshape(len(each.x), -1) for each in (train, tried)]
    sides = {"pca": [(x - baselines.mean) @ baselines.components.T for x in flat]}
    if model is not None:
        sides["code"] = [model.codes(each.x) for each in (train, tried)]
    found: dict[str, list[float]] = {"pca": [], "code": []}
    for length in asked:
        if should_stop():
            break
        for side, (own, held) in sides.items():
            accuracy = probe_accuracy(own[:, :length], train.y, held[:, :length], tried.y)
            found[side].append(accuracy)
    return ProbeCurve(
        dimensions=tuple(asked[: len(found["pca"])]),
        code=tuple(found["code"]),
        pca=tuple(found["pca"]),
        raw=probe_accuracy(flat[0], train.y, flat[1], tried.y),
        chance=float(np.mean(tried.y == np.bincount(train.y).argmax())),
        rows=len(tried.y),
    )


def probed(encoding_dim: int) -> Sequence[int]:
    """Some of the lengths of a code, denser where it is short."""
    known = lengths(encoding_dim)
    wanted = np.geomspace(1, encoding_dim, MOST_PROBED)
    return sorted({min(known, key=lambda k: abs(k - each)) for each in wanted})


@dataclass(frozen=True)
class _Rows:
    """Samples (n, *shape) and their class indices (n,)."""

    x: np.ndarray
    y: np.ndarray


def _rows(prepared: Prepared, x: np.ndarray, numbers: np.ndarray, seed: int) -> _Rows:
    """Those of the rows whose class is known, up to a limit."""
    chosen = drawn_rows(len(x), MOST_ROWS, seed)
    y = prepared.labels(numbers[chosen])
    assert y is not None
    return _Rows(x[chosen][y >= 0], y[y >= 0])


def _refuse_none(experiment: ExperimentTree, prepared: Prepared) -> None:
    y = prepared.labels(prepared.split.train)
    if y is None:
        raise DataError("This data has no classes for a probe to tell.")
    if len(np.unique(y[y >= 0])) < 2:
        raise DataError("All training rows are of one class, so that a probe has nothing to tell.")
    if experiment.model.conditional:
        raise DataError("The encoder is told the class of each row, so that a probe would be too.")
    if prepared.held_out[0] == "training":
        raise DataError("The run held no rows out for a probe to be tried on.")
