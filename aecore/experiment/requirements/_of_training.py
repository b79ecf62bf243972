"""What the options of training need."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from aecore.data.prepare.split import rows_of
from aecore.experiment.data_facts import known_facts
from aecore.experiment.requirements._requirement import (
    Reason,
    Requirement,
    suits_the_kind_of_data,
)
from aecore.experiment.requirements._unit_interval import outside_unit_interval
from aecore.models.losses import LOSSES
from aecore.training.schedules import SCHEDULES
from aecore.training.stops import STOPS

if TYPE_CHECKING:
    from aecore.experiment.tree import ExperimentTree


def _nothing_to_validate_on(experiment: ExperimentTree) -> Reason | None:
    """Why there is no validation loss to go by, as half a sentence, and what to do; or None."""
    data, known = experiment.data, known_facts(experiment)
    if data.validation_fraction == 0:
        return "and none are held out.", "Raise the validation share or"
    overlap = known.overlap if known is not None and data.test_fraction > 0 else 0
    if known is None or rows_of(known.rows, data.validation_fraction) > overlap:
        return None
    return (
        "and all windows held out for it share rows with those for testing.",
        "Raise the validation share, take shorter windows, or",
    )


def _needs_validation(
    watches: Callable[[Any], bool], what: Callable[[Any], str], otherwise: str
) -> Requirement:
    """Of an option that goes by the validation loss, with some of its values at least."""

    def refusal(experiment: ExperimentTree, value: Any) -> Reason:
        cause, remedy = _nothing_to_validate_on(experiment) or ("", "")
        return f"{what(value)} needs validation rows, {cause}", f"{remedy} {otherwise}."

    return Requirement(
        lambda e, value: not watches(value) or _nothing_to_validate_on(e) is None, refusal
    )


def _can_compare(experiment: ExperimentTree, loss: str) -> bool:
    return not LOSSES[loss].unit_interval or not outside_unit_interval(experiment)


REQUIREMENTS: Mapping[str, tuple[Requirement, ...]] = {
    "training.loss": (
        suits_the_kind_of_data(LOSSES, "{title} compares {kinds}", "Choose {title}."),
        Requirement(
            _can_compare,
            lambda e, loss: (
                f"{LOSSES[loss].title} needs values from 0 to 1, and {outside_unit_interval(e)}.",
                "Choose min-max scaling or mean squared error.",
            ),
        ),
    ),
    "training.schedule": (
        _needs_validation(
            lambda name: SCHEDULES[name].watches_validation,
            lambda name: f"The {SCHEDULES[name].title.lower()} schedule",
            "choose another schedule",
        ),
    ),
    "training.stop.kind": (
        _needs_validation(
            lambda name: STOPS[name].watches_validation,
            lambda name: STOPS[name].title,
            "choose another way to stop",
        ),
    ),
}
