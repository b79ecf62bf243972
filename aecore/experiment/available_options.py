"""Available options: those that do something for an experiment, with the choices that suit it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from aecore.data import DATASETS
from aecore.data.downloading import is_here
from aecore.data.uploads import Upload
from aecore.experiment.requirements import unmet
from aecore.models.bottlenecks import WATCHED
from aecore.settings import Choice, Control, value_at

if TYPE_CHECKING:
    from aecore.experiment.tree import ExperimentTree


# What they watch depends on the bottleneck.
WATCHING = ("training.stop.kind", "training.schedule")


def available_options(
    experiment: ExperimentTree, control: Control, own: tuple[Upload, ...] = ()
) -> Control | None:
    """An option with those of its choices that can be had now; None if it would do nothing.

    What is chosen already is offered in any case, so that it can be seen and changed.

    Args:
        own: the uploads among the data sets to choose from.
    """
    value = value_at(experiment, control.path)
    if control.path == "data.source":
        return _sources(control, value, own)
    if control.path in WATCHING:
        control = _with_what_is_watched(control, experiment.bottleneck.watched)
    if control.kind == "choice":
        return _with_choices_that_can_be_had(experiment, control, value)
    wanted = True if control.start is None else control.start
    if _is_on(control, value) or unmet(experiment, control.path, wanted) is None:
        return control
    return None


def _with_choices_that_can_be_had(
    experiment: ExperimentTree, control: Control, value: Any
) -> Control | None:
    kept: list[Choice] = []
    left_out: list[str] = []
    for choice in control.choices:
        missing = unmet(experiment, control.path, choice.value)
        if missing is None or (missing.refusal is not None and choice.value == value):
            kept.append(choice)
        elif missing.refusal is not None:
            left_out.append(missing.refusal(experiment, choice.value)[0])
    if not kept:
        return None
    return replace(control, choices=tuple(kept), left_out=tuple(left_out))


def _with_what_is_watched(control: Control, watched: str) -> Control:
    """An option whose help says what it watches with this bottleneck."""
    choices = (replace(c, summary=c.summary.replace(WATCHED, watched)) for c in control.choices)
    return replace(control, help=control.help.replace(WATCHED, watched), choices=tuple(choices))


def _is_on(control: Control, value: Any) -> bool:
    """Whether something is chosen that can also be off or empty."""
    if control.start is not None or control.kind == "optional":
        return value is not None
    return bool(value) if control.kind in ("boolean", "names", "roles") else False


def _sources(control: Control, chosen: str, own: tuple[Upload, ...]) -> Control:
    """Data sets that are at hand: bundled, made, downloaded already, or uploaded."""
    named = tuple(
        choice
        for choice in control.choices
        if choice.value == chosen or is_here(DATASETS[choice.value])
    )
    uploaded = tuple(Choice(upload.source, upload.title) for upload in own)
    return replace(control, choices=(*named, *uploaded))
