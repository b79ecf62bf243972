"""Step too large: weights are thrown about instead of settling down."""

from __future__ import annotations

import math

from aecore.diagnosis.facts import RunFacts
from aecore.diagnosis.rules._changes import LARGEST_RATE, USUAL_RATE, changed
from aecore.diagnosis.rules._numbers import falls_apart, percent, step_share
from aecore.diagnosis.rules._spec import Finding, RuleSpec

# log10 of a step beside a weight, and the share of epochs that swing.
LARGEST_STEP, MOST_SWINGS = -0.7, 0.2
FEWEST_EPOCHS = 10


def check(facts: RunFacts) -> Finding | None:
    """Whether steps are as large as weights, or validation swings, in a run that is no good."""
    if not facts.ended or facts.beats_pca:
        return None
    evidence = _steps(facts) or _swings(facts)
    rate = facts.experiment.training.learning_rate
    smaller = USUAL_RATE if rate > LARGEST_RATE else rate / 5
    if not evidence:
        return None
    return Finding(
        "serious",
        evidence,
        f"Lower the learning rate from {rate:g} to {smaller:g}.",
        changed(facts.experiment, {"training.learning_rate": smaller}),
    )


def _steps(facts: RunFacts) -> str:
    share = step_share(facts.experiment)
    if share is None or share <= LARGEST_STEP:
        return ""
    return (
        f"A step changed a weight by about {percent(10**share)} of its size at the start; "
        "0.1 to 1 % is usual."
    )


def _swings(facts: RunFacts) -> str:
    curve = facts.curve(held_out=facts.is_validated)
    if len(curve) < FEWEST_EPOCHS or not math.isfinite(facts.relative_error):
        return ""
    share = falls_apart(curve, facts.relative_error)
    if share < MOST_SWINGS:
        return ""
    return f"In {percent(share)} of the epochs the loss rose by more than chance would have it."


SPEC = RuleSpec(
    name="step-too-large",
    title="Steps too large",
    summary="Weights are thrown about instead of settling down.",
    check=check,
    order=40,
)
