"""`Difference`: one option in which two experiments differ, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from aecore.data import title_of
from aecore.experiment.tree import ExperimentTree
from aecore.settings import Control, Settings, controls, value_at

SOURCE = "data.source"
NONE, ON, OFF = "none", "on", "off"


@dataclass(frozen=True)
class Difference:
    """One option that is not the same in two experiments.

    Attributes:
        path: of the option, such as `model.encoding_dim`.
        title: its name on screen.
        before, after: its values as a reader would say them; empty where they are too long to say.
    """

    path: str
    title: str
    before: str = ""
    after: str = ""

    @property
    def words(self) -> str:
        """Such as "encoding dimension 32 → 16"."""
        said = f" {self.before} → {self.after}" if self.before or self.after else ""
        return f"{_within_a_sentence(self.title)}{said}"


def differences(before: ExperimentTree, after: ExperimentTree) -> tuple[Difference, ...]:
    """The options in which two experiments differ, in order of declaration.

    Of a part that is of another kind, the kind alone is named, and of a group that is absent in
    one of them, the group: what only one of them has cannot differ.
    """
    theirs = {control.path for control in controls(before)}
    return tuple(
        _difference(control, before, after)
        for control in controls(after)
        if control.path in theirs and _differs(control, before, after)
    )


def in_words(found: Iterable[Difference], most: int = 3) -> str:
    """Such as "encoding dimension 32 → 16, epochs 30 → 60 and 2 more"; empty without any."""
    said = [difference.words for difference in found]
    more = len(said) - most
    return ", ".join(said[:most]) + (f" and {more} more" if more > 0 else "")


def _differs(control: Control, before: ExperimentTree, after: ExperimentTree) -> bool:
    mine, theirs = value_at(after, control.path), value_at(before, control.path)
    if control.kind == "optional":
        return (mine is None) != (theirs is None)
    return bool(mine != theirs)


def _difference(control: Control, before: ExperimentTree, after: ExperimentTree) -> Difference:
    say = _SAID.get(control.kind, _plainly)
    values = [value_at(tree, control.path) for tree in (before, after)]
    if control.path == SOURCE:
        return Difference(control.path, control.title, *(title_of(value) for value in values))
    return Difference(control.path, control.title, *(say(control, value) for value in values))


def _plainly(control: Control, value: Any) -> str:
    if value is None or value == "":
        return OFF if control.start is not None else NONE
    return f"{value:g}" if isinstance(value, float) else str(value)


def _choice(control: Control, value: Any) -> str:
    return next((choice.title for choice in control.choices if choice.value == value), str(value))


def _switch(control: Control, value: Any) -> str:
    return ON if value else OFF


def _group(control: Control, value: Settings | None) -> str:
    return OFF if value is None else ON


def _list(control: Control, value: Any) -> str:
    return "-".join(map(str, value or ())) or NONE


def _unsaid(control: Control, value: Any) -> str:
    return ""


_SAID: dict[str, Callable[[Control, Any], str]] = {
    "choice": _choice,
    "boolean": _switch,
    "optional": _group,
    "integers": _list,
    "names": _unsaid,
    "roles": _unsaid,
    "numbers": _unsaid,
}


def _within_a_sentence(title: str) -> str:
    """The title in small letters, unless it begins with an abbreviation such as L1."""
    return title if title[1:2].isupper() or title[1:2].isdigit() else title[:1].lower() + title[1:]
