"""Data facts: what is known of an experiment's data set, where it can be known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aecore.data import Facts, sheet
from aecore.data.profile.check_sheet import Sheet
from aecore.errors import DataError

if TYPE_CHECKING:
    from aecore.experiment.tree import ExperimentTree


def known_facts(experiment: ExperimentTree) -> Facts | None:
    """What its samples are; None of a file that is gone, or where roles do not fit.

    A kept run's file may be gone; that is said when it is loaded.
    """
    try:
        return experiment.facts
    except DataError:
        return None


def known_sheet(experiment: ExperimentTree) -> Sheet | None:
    """The check sheet; None of a file that is gone."""
    try:
        return sheet(experiment.data.source, experiment.data.reading)
    except DataError:
        return None


def has_labels(experiment: ExperimentTree) -> bool:
    """Whether there are classes to tell apart, or nobody knows."""
    known = known_facts(experiment)
    return known is None or len(known.class_names) > 1


def has_features(experiment: ExperimentTree, *types: str) -> bool:
    """Whether the data set is a table with features of one of these types."""
    known = known_sheet(experiment)
    if known is None:
        return False
    given = experiment.data.roles
    return any(
        column.type in types and given.get(column.name, column.role) in ("feature", "text")
        for column in known.columns
    )


def is_of_kind(experiment: ExperimentTree, *kinds: str) -> bool:
    """Whether samples are of one of these kinds, or nobody knows."""
    known = known_facts(experiment)
    return known is None or known.kind in kinds


def is_stream(experiment: ExperimentTree) -> bool:
    """Whether samples are windows of a long series."""
    known, seen = known_facts(experiment), known_sheet(experiment)
    return known is not None and seen is not None and seen.is_table and known.kind == "series"


def is_in_parts(experiment: ExperimentTree) -> bool:
    """Whether samples come from a table that is too large to be read at once."""
    seen = known_sheet(experiment)
    return seen is not None and seen.in_parts


def raw_channels(experiment: ExperimentTree) -> int:
    """Channels of pictures before any change; 0 of anything else."""
    known = known_sheet(experiment)
    return known.sample_shape[-1] if known is not None and known.kind == "image" else 0
