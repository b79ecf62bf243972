"""What a run kept, as the rules of diagnosis see it; also of runs of earlier versions."""

from __future__ import annotations

import math

import numpy as np

from aecore.diagnosis.facts import CodeFacts, RunFacts, relative_error_of
from aecore.errors import ExperimentError
from aecore.evaluation.samples import Samples
from aecore.experiment.data_facts import known_facts
from aecore.runs.run_view import RunView


def run_facts(view: RunView, samples: Samples | None = None) -> RunFacts | None:
    """The facts of a run as its events tell it; None where its settings cannot be read.

    Args:
        samples: what it kept of its held-out rows, once it has ended.
    """
    try:
        experiment = view.experiment.valid()
    except ExperimentError:
        return None
    known = known_facts(experiment)
    marks = view.yardsticks["values"] if view.yardsticks else {}
    return RunFacts(
        experiment,
        samples.kind if samples else known.kind if known else "table",
        view.rows,
        samples.original[0].size if samples else known.features if known else 0,
        view.parameters,
        view.state,
        view.cause,
        view.history,
        marks,
        view.metrics,
        relative_error_of(samples) if samples else math.nan,
        CodeFacts.of(samples.code) if samples else None,
        _column_variance(samples) if samples else (),
    )


def _column_variance(samples: Samples) -> tuple[float, ...]:
    """Of a table's values, one a column; of nothing else."""
    if samples.kind != "table" or len(samples.original) < 2:
        return ()
    flat = samples.original.reshape(len(samples.original), -1)
    return tuple(float(value) for value in flat.var(axis=0, dtype=np.float64))
