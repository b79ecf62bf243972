"""Step too small: weights hardly moved away from where they began."""

from __future__ import annotations

from aecore.diagnosis.facts import RunFacts
from aecore.diagnosis.rules._changes import USUAL_RATE, changed
from aecore.diagnosis.rules._numbers import step_share
from aecore.diagnosis.rules._spec import Finding, RuleSpec

# log10 of a step beside a weight.
SMALLEST_STEP = -4.0


def check(facts: RunFacts) -> Finding | None:
    """Whether steps are tiny beside weights, in a run that is no good."""
    share = step_share(facts.experiment)
    if share is None or share >= SMALLEST_STEP or not facts.ended:
        return None
    if facts.beats_pca:
        return None
    rate = facts.experiment.training.learning_rate
    return Finding(
        "serious",
        f"A step changed a weight by about a {_whole(10**-share)}th of its size; a hundredth to a "
        "thousandth is usual.",
        f"Raise the learning rate from {rate:g} to {USUAL_RATE:g}.",
        changed(facts.experiment, {"training.learning_rate": USUAL_RATE}),
    )


def _whole(number: float) -> str:
    """A large number without digits that mean nothing."""
    size = 10 ** max(0, len(str(int(number))) - 1)
    return f"{int(number / size) * size:,}"


SPEC = RuleSpec(
    name="step-too-small",
    title="Steps too small",
    summary="Weights hardly moved away from where they began.",
    check=check,
    order=50,
)
