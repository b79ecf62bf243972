"""What the options of training need."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from aecore.experiment.requirements._requirement import (
    Requirement,
    needs,
    suits_the_kind_of_data,
)
from aecore.experiment.requirements._unit_interval import outside_unit_interval
from aecore.models.losses import LOSSES
from aecore.training.schedules import SCHEDULES

if TYPE_CHECKING:
    from aecore.experiment.tree import ExperimentTree


def _has_validation_rows(experiment: ExperimentTree) -> bool:
    return experiment.data.validation_fraction > 0


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
        Requirement(
            lambda e, name: not SCHEDULES[name].watches_validation or _has_validation_rows(e),
            lambda e, name: (
                f"The {SCHEDULES[name].title.lower()} schedule needs validation rows, and none are "
                "held out.",
                "Raise the validation share or choose another schedule.",
            ),
        ),
    ),
    "training.early_stopping": (
        needs(
            _has_validation_rows,
            "Early stopping needs validation rows, and none are held out.",
            "Raise the validation share or turn early stopping off.",
        ),
    ),
}
