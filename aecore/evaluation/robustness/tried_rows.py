"""`TriedRows`: the rows that are disturbed, and the probes that learned of clean ones."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from aecore.data.prepare.prepared_data import Prepared
from aecore.data.prepare.split import drawn_rows
from aecore.errors import DataError
from aecore.evaluation.applied_rows import Model, given_to
from aecore.evaluation.baselines import Baselines
from aecore.evaluation.features.sides import CODE, PCA
from aecore.evaluation.features.targets import LABEL, Target, target_of
from aecore.evaluation.probing import MOST_ROWS
from aecore.evaluation.robustness.levels import Probes, fitted
from aecore.experiment.tree import ExperimentTree

# An interval of fewer rows says nothing.
FEWEST_ROWS = 10
# Rows that are disturbed at most.
MOST_TRIED = 2000


@dataclass(frozen=True)
class TriedRows:
    """Scaled samples, and what is known of them.

    Attributes:
        x: (n, *sample_shape).
        measured_on: `test`, `validation`, or the title of other data.
        labels: (n,) class indices, -1 for an unknown class; None without labels.
        numbers: (n,) of each row in its own data set; None of other data than the run's.
        notes: sentences on what was left out.
    """

    x: np.ndarray
    measured_on: str
    labels: np.ndarray | None
    numbers: np.ndarray | None = None
    notes: tuple[str, ...] = ()

    def chosen(self, seed: int) -> TriedRows:
        """Some of them, drawn, where they are many.

        Raises:
            DataError: they are too few.
        """
        if len(self.x) < FEWEST_ROWS:
            raise DataError(
                f"There are only {len(self.x)} rows to disturb, and an interval takes at least "
                f"{FEWEST_ROWS}.",
                "Use more rows, or hold more of them out.",
            )
        few = drawn_rows(len(self.x), MOST_TRIED, seed)
        return replace(
            self,
            x=self.x[few],
            labels=None if self.labels is None else self.labels[few],
            numbers=None if self.numbers is None else self.numbers[few],
        )


def own_rows(prepared: Prepared) -> TriedRows:
    """The rows that a run held out.

    Raises:
        DataError: it held none out.
    """
    name, x, rows = prepared.held_out
    if name == "training":
        raise DataError(
            "The run held no rows out, and on training rows robustness would flatter it.",
            "Train it again with a validation or test share.",
        )
    return TriedRows(x, name, prepared.labels(rows), rows)


def probes_for(
    experiment: ExperimentTree,
    prepared: Prepared,
    model: Model,
    baselines: Baselines,
    tried: TriedRows,
) -> tuple[str, Probes | None, str]:
    """The name of what probes tell and the probes, or why there are none, in a sentence."""
    try:
        target = target_of(prepared)
        truth = _truth(target, tried)
        known = np.isfinite(truth) if target.kind == "numbers" else truth >= 0
        _refuse(experiment, target, known)
        own = _training_rows(prepared, target, experiment.seed)
        x, rows = prepared.train[own], prepared.split.train[own]
        told = target.values[rows]
        if len(np.unique(told)) < 2:
            raise DataError("All training rows are of one class, or have one value.")
    except DataError as error:
        return "", None, f"No probe was tried: {error.cause}"
    codes = model.codes(given_to(model, x, prepared.labels(rows)))
    parts = (x.reshape(len(x), -1) - baselines.mean) @ baselines.components.T
    models = {CODE: fitted(target.kind, codes, told), PCA: fitted(target.kind, parts, told)}
    return target.name, Probes(target.kind, truth, known, models), ""


def _truth(target: Target, tried: TriedRows) -> np.ndarray:
    if tried.numbers is not None:
        return target.values[tried.numbers]
    if target.name != LABEL or tried.labels is None:
        raise DataError("The other data say nothing of what the run's own rows are told by.")
    return tried.labels


def _refuse(experiment: ExperimentTree, target: Target, known: np.ndarray) -> None:
    if target.kind == "classes" and experiment.model.conditional:
        raise DataError("The encoder is told the class of each row, so that a probe would be too.")
    if known.sum() < FEWEST_ROWS:
        raise DataError(
            f"Only {known.sum()} rows have a known {target.name!r}, and an interval takes at least "
            f"{FEWEST_ROWS}."
        )


def _training_rows(prepared: Prepared, target: Target, seed: int) -> np.ndarray:
    """Places of the training rows that have a value, up to a limit."""
    known = np.flatnonzero(target.known(prepared.split.train))
    return known[drawn_rows(len(known), MOST_ROWS, seed)]
