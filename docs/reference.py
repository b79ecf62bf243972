"""Writes docs/reference.md: every option, data set, model part, loss, metric, from their specs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from aecore import environment
from aecore.access import MODES
from aecore.access.allowance import Allowance
from aecore.data import DATASETS
from aecore.data.columns.column import ROLES
from aecore.data.readers import READERS
from aecore.data.scalings import SCALINGS
from aecore.evaluation.metrics import METRICS
from aecore.evaluation.robustness.disturbances import DISTURBANCES
from aecore.experiment import Experiment
from aecore.experiment.presets import PRESETS
from aecore.models.activations import HIDDEN_ACTIVATIONS, OUTPUT_ACTIVATIONS
from aecore.models.backbones import BACKBONES
from aecore.models.bottlenecks import BOTTLENECKS
from aecore.models.corruptions import CORRUPTIONS
from aecore.models.losses import LOSSES
from aecore.settings import Control, controls, value_at
from aecore.training.optimizers import OPTIMIZERS
from aecore.training.schedules import SCHEDULES
from benchmarks.report import table

PAGE = Path(__file__).with_name("reference.md")
INTRODUCTION = """# Reference

Written from the code by `make docs`. The default of an option is the one for MNIST; some of them
suit themselves to the data set.
"""

# Title, members, and the attributes that are shown beside name, title and summary.
FAMILIES: tuple[tuple[str, Mapping[str, Any], tuple[str, ...]], ...] = (
    ("Data sets", DATASETS, ("source",)),
    ("Files that can be read", READERS, ("suffixes",)),
    ("Scalings", SCALINGS, ()),
    ("Backbones", BACKBONES, ("source",)),
    ("Bottlenecks", BOTTLENECKS, ("source",)),
    ("Corruptions", CORRUPTIONS, ("source",)),
    ("Activations of hidden layers", HIDDEN_ACTIVATIONS, ()),
    ("Activations of the output", OUTPUT_ACTIVATIONS, ()),
    ("Losses", LOSSES, ("unit",)),
    ("Optimizers", OPTIMIZERS, ()),
    ("Schedules of the learning rate", SCHEDULES, ()),
    ("Metrics", METRICS, ("unit", "better", "yardstick")),
    ("Disturbances by which robustness is measured", DISTURBANCES, ("unit",)),
    ("Presets", PRESETS, ()),
    ("Modes of a server", MODES, ()),
)


def every_control() -> Iterator[Control]:
    """Every option of an experiment, those of optional groups and other members included."""
    for control in controls(Experiment()):
        yield control
        if control.group is not None:
            yield from controls(control.group(), f"{control.path}.")
    yield from _of_other_members("model.backbone.", BACKBONES)
    yield from _of_other_members("model.bottleneck.", BOTTLENECKS)
    yield from _of_other_members("model.corruption.", CORRUPTIONS)


def render() -> str:
    """The whole page as Markdown."""
    sections = [INTRODUCTION, _options(), *(_family(*family) for family in FAMILIES), _limits()]
    return "\n".join(sections)


def _options() -> str:
    rows = [
        (f"`{c.path}`", c.title, _allowed(c), _shown(_default(c)), c.help) for c in every_control()
    ]
    columns = ("Field", "On screen", "Allowed", "Default", "What it does")
    return f"## Options of an experiment\n\n{table(columns, rows)}\n"


def _family(title: str, members: Mapping[str, Any], more: Sequence[str]) -> str:
    columns = ("Name", "On screen", "In a sentence", *(name.capitalize() for name in more))
    rows = [
        (f"`{m.name}`", m.title, m.summary, *(_cell(getattr(m, name)) for name in more))
        for m in members.values()
    ]
    return f"## {title}\n\n{table(columns, rows)}\n"


def _limits() -> str:
    """What visitors may ask for in each mode, where the environment says no other."""
    rows = [
        (
            f"`{environment.limit_variable(limit.name)}`",
            *(_most(getattr(mode.allowance, limit.name)) for mode in MODES.values()),
        )
        for limit in fields(Allowance)
    ]
    return f"## Limits of the modes\n\n{table(('Variable', *MODES), rows)}\n"


def _most(number: int | None) -> str:
    return "no limit" if number is None else f"{number:,}"


def _cell(value: Any) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _of_other_members(prefix: str, family: Mapping[str, Any]) -> Iterator[Control]:
    """Options of the members that a default experiment does not show."""
    seen = {control.path for control in controls(Experiment())}
    for spec in family.values():
        yield from (c for c in controls(spec.settings(), prefix) if c.path not in seen)


def _default(control: Control) -> Any:
    """What an experiment on MNIST has, or an option's own default where its group is absent."""
    value = value_at(Experiment(), control.path)
    return control.default if value is None else value


def _allowed(control: Control) -> str:
    if control.choices:
        return ", ".join(f"`{choice.value}`" for choice in control.choices)
    if control.kind == "optional":
        return "`null` or a group"
    if control.kind == "roles":
        return "columns, each with one of " + ", ".join(f"`{role}`" for role in ROLES)
    if control.kind == "names":
        return "names"
    if control.kind == "integers":
        return f"up to {control.max_length} whole numbers"
    if control.ge is not None and control.le is not None:
        return f"{_shown(control.ge)} to {_shown(control.le)}"
    return control.kind


def _shown(value: Any) -> str:
    if value is None:
        return "`null`"
    if isinstance(value, dict):
        return f"`{value}`"
    if isinstance(value, tuple):
        return f"`{list(value)}`"
    if isinstance(value, str):
        return f"`{value}`"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,}" if isinstance(value, int) or value.is_integer() else f"{value:g}"


if __name__ == "__main__":
    PAGE.write_text(render(), encoding="utf-8")
