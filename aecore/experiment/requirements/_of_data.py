"""What the options of a data set and of its preprocessing need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from aecore.data.pictures import COLOURS
from aecore.data.prepare.streamable import refusals
from aecore.data.scalings import SCALINGS
from aecore.errors import DataError
from aecore.experiment.data_facts import (
    has_features,
    is_of_kind,
    is_stream,
    known_sheet,
    raw_channels,
)
from aecore.experiment.requirements._requirement import (
    Reason,
    Requirement,
    does_nothing_unless,
)

if TYPE_CHECKING:
    from aecore.experiment.tree import ExperimentTree


def a_table_in_memory(path: str) -> Requirement:
    """Of an option of which some values cannot be had of a table that is read in parts."""

    def found(experiment: ExperimentTree, value: Any) -> Reason | None:
        seen = known_sheet(experiment)
        if seen is None or not seen.in_parts:
            return None
        group, name = path.split(".")
        wanted = experiment.preparation_options
        changed = getattr(wanted, group).model_copy(update={name: value})
        try:
            told = refusals(replace(wanted, **{group: changed}), seen.columns)
            return next(((r.cause, r.remedy) for r in told if r.path == path), None)
        except DataError:
            # Roles that do not fit the columns are told of as such.
            return None

    return Requirement(
        lambda experiment, value: found(experiment, value) is None,
        lambda experiment, value: found(experiment, value) or ("", ""),
    )


def texts_stay_as_they_are() -> Requirement:
    """Of a scaling: there is none for texts."""
    return Requirement(
        lambda e, name: is_of_kind(e, "image", "table", "series") or SCALINGS[name].keeps_values,
        lambda e, name: (
            "Texts are weighted by TF-IDF, which is a scaling already.",
            "Choose none.",
        ),
    )


REQUIREMENTS: Mapping[str, tuple[Requirement, ...]] = {
    "data.rows": (a_table_in_memory("data.rows"),),
    "data.classes": (a_table_in_memory("data.classes"),),
    "data.contamination": (
        does_nothing_unless(lambda e: bool(e.data.classes) and not is_stream(e)),
    ),
    "data.left_out_rows": (a_table_in_memory("data.left_out_rows"),),
    "data.forced_rows": (
        does_nothing_unless(lambda e: not is_stream(e)),
        a_table_in_memory("data.forced_rows"),
    ),
    "data.split": (does_nothing_unless(lambda e: not is_stream(e)),),
    "preprocessing.missing": (
        does_nothing_unless(lambda e: has_features(e, "number", "category")),
        a_table_in_memory("preprocessing.missing"),
    ),
    "preprocessing.max_categories": (does_nothing_unless(lambda e: has_features(e, "category")),),
    "preprocessing.max_terms": (does_nothing_unless(lambda e: has_features(e, "text")),),
    "preprocessing.scaling": (
        texts_stay_as_they_are(),
        a_table_in_memory("preprocessing.scaling"),
    ),
    "preprocessing.image_size": (does_nothing_unless(lambda e: is_of_kind(e, "image")),),
    "preprocessing.colour": (does_nothing_unless(lambda e: raw_channels(e) == COLOURS),),
    "preprocessing.window_length": (does_nothing_unless(is_stream),),
    "preprocessing.window_stride": (does_nothing_unless(is_stream),),
}
