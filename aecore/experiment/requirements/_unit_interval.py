"""Whether values lie in [0, 1] once they are scaled, for losses and outputs that need it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aecore.data.scalings import UNBOUNDED, in_unit_interval
from aecore.experiment.data_facts import known_facts

if TYPE_CHECKING:
    from aecore.experiment.tree import ExperimentTree


def outside_unit_interval(experiment: ExperimentTree) -> str:
    """Where scaled values lie, as half a sentence, if that is not in [0, 1]; or nothing."""
    known = known_facts(experiment)
    raw = known.value_range if known is not None else None
    scaled = experiment.scaling.scaled_range(raw)
    if in_unit_interval(scaled):
        return ""
    if raw is None or scaled == UNBOUNDED:
        return f"{experiment.scaling.result} values lie outside"
    return f"this data set's run from {raw[0]:g} to {raw[1]:g}"
