"""`REQUIREMENTS`: what each option needs of the data set and of the rest of an experiment.

One table says whether the form offers an option, or one of its choices, and in which words an
experiment that has it all the same is refused; so the two cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from aecore.errors import Problem
from aecore.experiment.requirements import _of_data, _of_model, _of_penalties, _of_training
from aecore.experiment.requirements._requirement import Requirement
from aecore.settings import value_at

if TYPE_CHECKING:
    from aecore.experiment.tree import ExperimentTree

REQUIREMENTS: Mapping[str, tuple[Requirement, ...]] = {
    **_of_data.REQUIREMENTS,
    **_of_model.REQUIREMENTS,
    **_of_penalties.REQUIREMENTS,
    **_of_training.REQUIREMENTS,
}


def unmet(experiment: ExperimentTree, path: str, value: Any) -> Requirement | None:
    """The first thing that an option lacks to have this value; None if it may have it.

    Args:
        value: the name of a choice, a number, or True for what can only be switched on.
    """
    needed = REQUIREMENTS.get(path, ())
    return next((one for one in needed if not one.is_met(experiment, value)), None)


def refused(experiment: ExperimentTree) -> Iterator[Problem]:
    """Each option that lacks what it needs, with the reason and the way out."""
    for path in REQUIREMENTS:
        value = value_at(experiment, path)
        if value is None or value is False or value == ():
            continue
        missing = unmet(experiment, path, value)
        if missing is not None and missing.refusal is not None:
            yield Problem(path, " ".join(missing.refusal(experiment, value)).strip())


__all__ = ["REQUIREMENTS", "Requirement", "refused", "unmet"]
