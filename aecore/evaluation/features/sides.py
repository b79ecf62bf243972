"""`Side`: a way to describe training and held-out rows by numbers; codes are one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aecore.data.prepare.prepared_data import Prepared
from aecore.data.prepare.split import drawn_rows
from aecore.errors import DataError
from aecore.evaluation.applied_rows import Model, given_to
from aecore.evaluation.baselines import fit_baselines
from aecore.evaluation.features.targets import Target
from aecore.evaluation.probing import MOST_ROWS
from aecore.experiment.tree import ExperimentTree

CODE, PCA, RANDOM, RAW = "code", "pca", "random", "raw"


@dataclass(frozen=True)
class Side:
    """Rows described in one way.

    Attributes:
        name: `code`, `pca`, `random` or `raw`.
        train, held_out: (n, numbers), (m, numbers).
    """

    name: str
    train: np.ndarray
    held_out: np.ndarray


@dataclass(frozen=True)
class ProbedRows:
    """Rows that a probe learns from and is tried on, with what it is to tell.

    Attributes:
        train, held_out: what is to be told, (n,) and (m,).
        measured_on: `test` or `validation`.
        sides: the same rows in each way.
    """

    train: np.ndarray
    held_out: np.ndarray
    measured_on: str
    sides: tuple[Side, ...]


def probed_rows(
    experiment: ExperimentTree, prepared: Prepared, model: Model, target: Target
) -> ProbedRows:
    """Codes, principal components, a random projection, and all values, of the same rows.

    Components and directions are as many as the code has numbers, or the data has values. PCA is
    fitted to all training rows, as the autoencoder was; no held-out row has a say in anything.

    Raises:
        DataError: nothing is held out, all training rows are of one class or have one value, or
            the encoder is told the class.
    """
    measured_on, held_out, held_rows = prepared.held_out
    if measured_on == "training":
        raise DataError(
            "The run held no rows out for a probe to be tried on.",
            "Train it again with a validation or test share.",
        )
    if target.kind == "classes" and experiment.model.conditional:
        raise DataError(
            "The encoder is told the class of each row, so that a probe would be told it too.",
            "Choose a run that is not conditional on the class.",
        )
    own = _chosen(target, prepared.split.train, experiment.seed)
    held = _chosen(target, held_rows, experiment.seed)
    train_values = target.values[prepared.split.train[own]]
    held_values = target.values[held_rows[held]]
    _refuse_one_value(target, train_values, len(held_values))
    x, tried = prepared.train[own], held_out[held]
    codes = [
        model.codes(given_to(model, part, prepared.labels(rows)))
        for part, rows in ((x, prepared.split.train[own]), (tried, held_rows[held]))
    ]
    sides = _beside(experiment, prepared, codes, x, tried)
    return ProbedRows(train_values, held_values, measured_on, sides)


def _beside(
    experiment: ExperimentTree,
    prepared: Prepared,
    codes: list[np.ndarray],
    x: np.ndarray,
    tried: np.ndarray,
) -> tuple[Side, ...]:
    flat = [part.reshape(len(part), -1) for part in (x, tried)]
    numbers = codes[0].shape[1]
    baselines = fit_baselines(prepared.train, numbers)
    directions = np.random.default_rng(experiment.seed).normal(size=(flat[0].shape[1], numbers))
    scale = np.sqrt(numbers)
    return (
        Side(CODE, *codes),
        Side(PCA, *((part - baselines.mean) @ baselines.components.T for part in flat)),
        Side(RANDOM, *((part - baselines.mean) @ directions / scale for part in flat)),
        Side(RAW, *flat),
    )


def _chosen(target: Target, rows: np.ndarray, seed: int) -> np.ndarray:
    """Places of the rows that have a value, up to a limit."""
    known = np.flatnonzero(target.known(rows))
    return known[drawn_rows(len(known), MOST_ROWS, seed)]


def _refuse_one_value(target: Target, train: np.ndarray, held_out: int) -> None:
    what = "class" if target.kind == "classes" else "value"
    if not len(train) or not held_out:
        raise DataError(
            f"Too few rows have a {what} for {target.name!r}: a probe needs some to learn from and "
            "some held-out ones.",
            "Use more rows, or hold more of them out.",
        )
    if len(np.unique(train)) < 2:
        raise DataError(
            f"All training rows have one {what} for {target.name!r}, so that a probe has nothing "
            "to tell.",
            "Choose rows of several classes on the Data page."
            if what == "class"
            else "Choose another target.",
        )
