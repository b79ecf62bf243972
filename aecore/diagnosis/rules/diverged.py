"""Diverged: the loss grew beyond all bounds."""

from __future__ import annotations

from aecore.diagnosis.facts import RunFacts
from aecore.diagnosis.rules._changes import USUAL_RATE, changed
from aecore.diagnosis.rules._spec import Finding, RuleSpec
from aecore.training.events import DIVERGED

# Times the loss of answering with the mean sample.
FAR_ABOVE = 10.0
SMALLER = 0.1


def check(facts: RunFacts) -> Finding | None:
    """Whether the loss became no number, or ended far above that of the mean sample."""
    evidence = _evidence(facts)
    if not evidence:
        return None
    training = facts.experiment.training
    rate = min(USUAL_RATE, SMALLER * training.learning_rate)
    return Finding(
        "serious",
        evidence,
        f"Lower the learning rate to {rate:g}, and shorten steps with a long gradient.",
        changed(facts.experiment, {"training.learning_rate": rate, "training.clip_norm": 1.0}),
    )


def _evidence(facts: RunFacts) -> str:
    rate = facts.experiment.training.learning_rate
    if facts.state == "failed" and facts.cause.startswith(DIVERGED):
        return f"{facts.cause} The learning rate was {rate:g}."
    last, mean = facts.last_reconstruction, facts.yardsticks.get("mean", 0.0)
    if last is None or mean <= 0 or last <= FAR_ABOVE * mean:
        return ""
    return (
        f"The loss ended {last / mean:,.0f} times as high as that of answering with the mean. "
        f"The learning rate was {rate:g}."
    )


SPEC = RuleSpec(
    name="diverged",
    title="Diverged",
    summary="The loss grew beyond all bounds.",
    check=check,
    during=True,
    order=30,
)
