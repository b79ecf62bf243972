"""Under-trained: the loss was still falling when training ended."""

from __future__ import annotations

import numpy as np

from aecore.diagnosis.facts import RunFacts
from aecore.diagnosis.rules._changes import longer
from aecore.diagnosis.rules._numbers import percent
from aecore.diagnosis.rules._spec import Finding, RuleSpec

LEAST_FALL = 0.01
# Less than this, or with less error than PCA, and the run is worth something as it is.
GREAT_FALL = 0.1
FEWEST_EPOCHS = 3
LONGER = 4


def check(facts: RunFacts) -> Finding | None:
    """Whether the best epoch is at the end and the last tenth of them still brought something."""
    curve = facts.curve(held_out=facts.is_validated)
    if facts.state != "finished" or len(curve) < FEWEST_EPOCHS:
        return None
    tenth = max(1, len(curve) // 10)
    before, last = float(curve[-1 - tenth]), float(curve[-1])
    size = abs(before) if curve.min() > 0 else float(np.ptp(curve))
    fall = (before - last) / size if size > 0 else 0.0
    if last > curve.min() or fall <= LEAST_FALL:
        return None
    rows = "validation" if facts.is_validated else "training"
    return Finding(
        "serious" if fall > GREAT_FALL and not facts.beats_pca else "note",
        f"The {rows} loss was lowest after the last of {facts.epochs} epochs, and still fell by "
        f"{percent(fall)} over the last {'tenth of them' if tenth > 1 else 'one'}.",
        f"Train {LONGER} times as long.",
        longer(facts.experiment, LONGER),
    )


SPEC = RuleSpec(
    name="under-trained",
    title="Ended too early",
    summary="The loss was still falling when training ended.",
    check=check,
    order=10,
)
