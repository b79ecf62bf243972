"""Incompatibilities: parts of an experiment that do not go together, each with the way out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from aecore.data.prepare.streamable import refusals
from aecore.data.row_numbers import numbers_of
from aecore.errors import DataError, Problem
from aecore.experiment.data_facts import is_stream, known_facts, known_sheet
from aecore.experiment.requirements import REQUIREMENTS, refused, unmet

if TYPE_CHECKING:
    from aecore.experiment.tree import ExperimentTree

HELD_OUT_AT_MOST = 0.9


def incompatibilities(experiment: ExperimentTree) -> Iterator[Problem]:
    """What no single field can see: parts that do not go together, each with the way out.

    An option that cannot be had at all is told of by `REQUIREMENTS`; the rest are values of
    options that can be had.
    """
    data = experiment.data
    held_out = data.validation_fraction + data.test_fraction + data.calibration_fraction
    if held_out > HELD_OUT_AT_MOST:
        yield Problem(
            "data.test_fraction",
            "The shares held out together leave too few rows to train on. Lower one of them.",
        )
    both = np.intersect1d(numbers_of(data.left_out_rows), numbers_of(data.forced_rows))
    if len(both):
        yield Problem(
            "data.forced_rows",
            f"Row {both[0]} is both left out and forced into training. Name it in one of the two.",
        )
    yield from _what_the_data_lacks(experiment)
    yield from refused(experiment)
    if experiment.training.batch_size < experiment.least_rows:
        yield Problem(
            "training.batch_size",
            "Training depends here on how each batch is spread, and fewer than "
            f"{experiment.least_rows} rows do not show that. "
            f"Choose a batch size of {experiment.least_rows} or more.",
        )
    yield from _what_does_not_divide(experiment)


def _what_the_data_lacks(experiment: ExperimentTree) -> Iterator[Problem]:
    """Roles, classes and windows that the data set does not have."""
    seen = known_sheet(experiment)
    if seen is None:
        return
    try:
        known = experiment.facts
    except DataError as error:
        yield Problem("data.roles", str(error))
        return
    unknown = [name for name in experiment.data.classes if name not in known.class_names]
    if unknown:
        yield Problem(
            "data.classes",
            f"This data set has no class named {unknown[0]!r}. "
            "Choose its classes on the Data page.",
        )
    if seen.in_parts:
        for refusal in refusals(experiment.preparation_options, seen.columns):
            if refusal.path not in REQUIREMENTS:
                yield Problem(refusal.path, f"{refusal.cause} {refusal.remedy}")
    if known.rows < 2 and not unknown:
        path = "preprocessing.window_length" if is_stream(experiment) else "data.classes"
        samples = "1 sample is" if known.rows == 1 else f"{known.rows} samples are"
        yield Problem(
            path,
            f"{samples} too few to train on. Choose shorter windows, or more rows or classes.",
        )


def _what_does_not_divide(experiment: ExperimentTree) -> Iterator[Problem]:
    """Stages that a sample is too small for, and codes that cannot be cut as is wanted."""
    model, known = experiment.model, known_facts(experiment)
    if known is None or unmet(experiment, "model.backbone.kind", model.backbone.kind):
        return
    problem = experiment.backbone.problem(model.backbone, known.sample_shape, model.encoding_dim)
    if problem:
        yield Problem("model.backbone", problem)
    bottleneck = experiment.bottleneck
    problem = bottleneck.problem(model.bottleneck, model.encoding_dim)
    if problem:
        yield Problem(f"model.bottleneck.{bottleneck.problem_with}", problem)
