"""What tells a run from others: its model in a few words, and the options in which it differs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from aecore.experiment.stored import StoredExperiment
from aecore.runs.layout import RunSummary
from aecore.settings import Control, Settings, controls, value_at
from aecore.wording import counted

# More of what two runs differ in would not be read in a line.
MOST_DIFFERENCES = 3
# Each takes a millisecond, every time that a page is drawn.
MOST_COMPARED = 20
# Said in the first words already.
SAID = (
    "data.source",
    "model.encoding_dim",
    "training.epochs",
    "model.backbone.kind",
    "model.bottleneck.kind",
)
OFF, ON, NONE = "off", "on", "none"
LONGEST_VALUE = 40


@dataclass(frozen=True)
class ToldOption:
    """One option of a run as a person reads it.

    Attributes:
        path: its dotted path in the experiment.
        title: its name on screen.
        value: what it was set to.
        default: what it is by itself; empty where it is left as it is.
    """

    path: str
    title: str
    value: str
    default: str = ""


def in_few_words(experiment: StoredExperiment) -> str:
    """A run's model, code and epochs, such as "Dense · variational · code 16 · 20 epochs"."""
    tree, said = experiment.tree, []
    if experiment.knows("model.backbone"):
        said.append(tree.backbone.title)
    if tree.bottleneck.shapes_code:
        said.append(tree.bottleneck.title.lower())
    if experiment.encoding_dim:
        said.append(f"code {experiment.encoding_dim}")
    if experiment.epochs:
        said.append(counted(experiment.epochs, "epoch"))
    return " · ".join(said)


def differences(run: RunSummary, others: Iterable[RunSummary]) -> list[str]:
    """The options in which a run differs from the nearest other one of the same data.

    The nearest is the one that differs in the fewest; none are told where there is no other. Of
    very many, the first are looked at.
    """
    own = _values(run.experiment)
    alike = (
        other
        for other in others
        if other.run_id != run.run_id and other.experiment.source == run.experiment.source
    )
    beside = islice(alike, MOST_COMPARED)
    apart = [_differing(own, _values(other.experiment)) for other in beside]
    nearest = min(apart, key=len, default=[])
    return [f"{own[path].title} {own[path].value}" for path in nearest[:MOST_DIFFERENCES]]


def told_options(experiment: StoredExperiment) -> list[ToldOption]:
    """Every option of a run, with its default where it is another one."""
    return list(_told(experiment))


def _values(experiment: StoredExperiment) -> Mapping[str, ToldOption]:
    return {told.path: told for told in _told(experiment)}


def _differing(own: Mapping[str, ToldOption], other: Mapping[str, ToldOption]) -> list[str]:
    return [
        path
        for path, told in own.items()
        if path not in SAID and path in other and other[path].value != told.value
    ]


def _told(experiment: StoredExperiment) -> Iterator[ToldOption]:
    for control in controls(experiment.tree):
        if not experiment.knows(control.path):
            continue
        value = value_at(experiment.tree, control.path)
        shown, default = _shown(control, value), _shown(control, control.default)
        yield ToldOption(control.path, control.title, shown, "" if shown == default else default)


def _shown(control: Control, value: Any) -> str:
    """A value as a person writes it; a choice by its name on screen."""
    titles = {choice.value: choice.title for choice in control.choices}
    if control.kind == "optional":
        return OFF if value is None else ON
    if value is None or value == () or value == "":
        return NONE
    if isinstance(value, bool):
        return ON if value else OFF
    if isinstance(value, str) and value in titles:
        return titles[value]
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, tuple):
        return _shortened(", ".join(str(item) for item in value))
    if isinstance(value, Mapping):
        return f"{len(value)} chosen" if value else NONE
    return _shortened("" if isinstance(value, Settings) else str(value))


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else f"{text[: LONGEST_VALUE - 1]}…"
