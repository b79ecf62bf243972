"""Overfitted: the validation loss rose again while training rows were learned by heart."""

from __future__ import annotations

import math

from aecore.diagnosis.facts import RunFacts
from aecore.diagnosis.rules._changes import changed
from aecore.diagnosis.rules._numbers import percent
from aecore.diagnosis.rules._spec import Finding, RuleSpec
from aecore.training.stops import STOPS

EPOCHS, LEAST_GAP, FAR = 3, 0.1, 0.9
# In place of the standard error while a run trains and nobody knows it yet.
ASSUMED_ERROR = 0.1


def check(facts: RunFacts) -> Finding | None:
    """Whether validation ended above its best beyond chance, and far above training."""
    held_out, training = facts.curve(held_out=True), facts.curve(held_out=False)
    stop = facts.experiment.training.stop
    keeps_best = STOPS[stop.kind].watches_validation
    if keeps_best or len(held_out) < 2 * EPOCHS or len(training) != len(held_out):
        return None
    error = facts.relative_error if math.isfinite(facts.relative_error) else ASSUMED_ERROR
    best, last = float(held_out.min()), float(held_out[-1])
    bound = best + 2 * error * abs(best)
    gap = 1 - float(training[-1]) / last if last > 0 else 0.0
    if float(held_out[-EPOCHS:].min()) <= bound or gap <= LEAST_GAP:
        return None
    epoch = int(held_out.argmin()) + 1 + facts.epochs - len(held_out)
    return Finding(
        "note" if facts.beats_pca else "serious",
        f"The validation loss was lowest after epoch {epoch} and has risen by "
        f"{percent((last - best) / abs(best))} since, to {_times(gap)} the training loss.",
        "Stop early, and keep the best epoch.",
        changed(facts.experiment, {"training.stop": {"kind": "validation", "patience": 10}}),
    )


def _times(gap: float) -> str:
    """How many times the training loss; of training rows that are known by heart, many."""
    return f"{1 / (1 - gap):.1f} times" if gap < FAR else "more than ten times"


SPEC = RuleSpec(
    name="overfitted",
    title="Overfitted",
    summary="The validation loss rose again while the training loss fell.",
    check=check,
    during=True,
    order=20,
)
