"""`Requirement`: one thing that an option of an experiment needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aecore.experiment.data_facts import is_of_kind, known_facts

if TYPE_CHECKING:
    from aecore.experiment.tree import ExperimentTree

KINDS = {"image": "images", "series": "series", "table": "tables", "text": "texts"}

Holds = Callable[["ExperimentTree"], bool]
IsMet = Callable[["ExperimentTree", Any], bool]
# The cause, a sentence, and what to do, another.
Reason = tuple[str, str]
Refusal = Callable[["ExperimentTree", Any], Reason]


@dataclass(frozen=True)
class Requirement:
    """One thing that an option needs.

    Attributes:
        is_met: (experiment, value) -> whether the option may have this value: the name of a
            choice, a number, or True for what can only be switched on.
        refusal: (experiment, value) -> why not, and what to do. None where the option would do
            nothing, and no harm: then it is not offered, and not refused either.
    """

    is_met: IsMet
    refusal: Refusal | None = None


def does_nothing_unless(holds: Holds) -> Requirement:
    """Of an option that has no effect unless this holds."""
    return Requirement(lambda experiment, value: holds(experiment))


def needs(
    holds: Holds, cause: str | Callable[[ExperimentTree], str], remedy: str = ""
) -> Requirement:
    """Of an option that cannot be had, whatever its value, unless this holds."""

    def refusal(experiment: ExperimentTree, value: Any) -> Reason:
        return cause if isinstance(cause, str) else cause(experiment), remedy

    return Requirement(lambda experiment, value: holds(experiment), refusal)


def suits_the_kind_of_data(family: Mapping[str, Any], claim: str, remedy: str) -> Requirement:
    """Of the name of a member that can take some kinds of samples alone.

    Args:
        claim: what a member does with its kinds, with places for its `title` and the `kinds`.
        remedy: what to choose, with a place for the `title` of a member that takes the data.
    """

    def is_met(experiment: ExperimentTree, name: str) -> bool:
        return is_of_kind(experiment, *family[name].kinds)

    def refusal(experiment: ExperimentTree, name: str) -> Reason:
        spec, known = family[name], known_facts(experiment)
        assert known is not None
        suited = next(member for member in family.values() if known.kind in member.kinds)
        said = claim.format(title=spec.title, kinds=" or ".join(KINDS[k] for k in spec.kinds))
        return (
            f"{said}, and this data set holds {KINDS[known.kind]}.",
            remedy.format(title=suited.title.lower()),
        )

    return Requirement(is_met, refusal)
