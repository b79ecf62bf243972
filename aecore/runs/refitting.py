"""Refitting: the preparation of a run that kept none, learned again from its data set."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from aecore import data
from aecore.data.prepare.fitted_preparation import FittedPreparation
from aecore.data.prepare.preparing import Prepared, prepare
from aecore.data.prepare.split import drawn_rows
from aecore.data.profile.digest import digest_of_arrays
from aecore.data.shards import Shards
from aecore.errors import DataError
from aecore.evaluation.samples import MAX_SAMPLES, Samples
from aecore.experiment.tree import ExperimentTree

# Kept samples may have three digits.
NEAR = 2e-3


def refitted(experiment: ExperimentTree, digest: str, samples: Samples) -> FittedPreparation:
    """What training learned of its rows, learned again.

    Args:
        digest: what named the run's data; empty in runs of 0.3 and before.
        samples: those that the run kept, which must come out of it again.

    Raises:
        DataError: the data set is not at hand or is another one by now.
    """
    source, reading = experiment.data.source, experiment.data.reading
    raw = data.load(source, reading)
    if digest and digest not in (data.digest(source, reading), _digest_in_single(raw)):
        raise DataError(f"The data set {data.title_of(source)} has changed since.")
    prepared = prepare(
        experiment.preparation_options, raw, columns=data.sheet(source, reading).columns
    )
    if not _agrees(prepared, samples, experiment.seed):
        raise DataError(
            f"The data set {data.title_of(source)} does not give the samples that the run kept."
        )
    return prepared.preparation


def _digest_in_single(raw: data.Raw | Shards) -> str:
    """What named arrays of 64 bits in version 0.4 and before, which read them as 32; else empty."""
    if not isinstance(raw, data.Dataset) or raw.x.dtype != np.float64:
        return ""
    return digest_of_arrays(replace(raw, x=raw.x.astype(np.float32)))


def _agrees(prepared: Prepared, samples: Samples, seed: int) -> bool:
    """Whether the kept samples come out again, to the digits that were kept."""
    name, x, rows = prepared.held_out
    chosen = drawn_rows(len(x), MAX_SAMPLES, seed)
    if name != samples.measured_on or not np.array_equal(rows[chosen], samples.index):
        return False
    if x[chosen].shape != samples.original.shape:
        return False
    size = float(np.abs(samples.original).max(initial=1.0))
    return bool(np.allclose(x[chosen], samples.original, rtol=NEAR, atol=NEAR * size))
