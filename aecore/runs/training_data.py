"""The data that a run was trained on, read and prepared again as it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from aecore import data
from aecore.data.dataset import Raw, Table
from aecore.data.prepare.given_rows import part_of
from aecore.data.prepare.preparing import Prepared, prepare
from aecore.data.shards import Shards
from aecore.errors import DataError
from aecore.runs.result import Result


@dataclass(frozen=True)
class LeftOut:
    """Samples of classes that the run was not to train on.

    Attributes:
        x: (n, *sample_shape), scaled.
        rows: (n,) their numbers in the data set; of a stream, those of its windows.
        lengths: what per-sample scaling divided them by; None under other scalings.
    """

    x: np.ndarray
    rows: np.ndarray
    lengths: np.ndarray | None


def training_data(
    result: Result, should_stop: Callable[[], bool] = lambda: False
) -> tuple[Prepared, Raw | Shards]:
    """What the run trained, validated, calibrated and tested on, and the data set as it came.

    Raises:
        DataError: the data set is not at hand, is another one by now, or it was stopped.
    """
    experiment = result.experiment
    source, reading = experiment.data.source, experiment.data.reading
    raw, sheet = data.checked(source, reading)
    kept = result.metrics.get("data_digest")
    if kept and kept != data.digest(source, reading):
        raise DataError(
            f"The data set {data.title_of(source)} has changed since this run was trained on it.",
            "Train the run again, or score other rows.",
        )
    options = experiment.preparation_options
    return prepare(options, raw, should_stop, columns=sheet.columns), raw


def left_out(result: Result, prepared: Prepared, raw: Raw | Shards) -> LeftOut | None:
    """Samples of the classes that were not chosen to train on; None where there are none."""
    chosen, y = result.experiment.data.classes, prepared.dataset.y
    if not chosen or y is None or isinstance(raw, Shards):
        return None
    known = [prepared.dataset.class_names.index(name) for name in chosen]
    # Some may have trained all the same, as contamination.
    rows = np.setdiff1d(np.flatnonzero(~np.isin(y, known)), prepared.split.train)
    if not len(rows):
        return None
    preparation = prepared.preparation
    if preparation.window is None:
        x, lengths = preparation.encoded(part_of(raw, rows))
        return LeftOut(x, rows, lengths)
    assert isinstance(raw, Table)
    x, lengths = preparation.encoded(raw)
    return LeftOut(x[rows], rows, None if lengths is None else lengths[rows])
