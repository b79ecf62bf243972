"""Worse than PCA: a straight projection with as many numbers loses less."""

from __future__ import annotations

from aecore.diagnosis.facts import RunFacts
from aecore.diagnosis.rules._changes import has_penalties, longer, suited
from aecore.diagnosis.rules._numbers import percent
from aecore.diagnosis.rules._spec import Finding, RuleSpec

# What runs that kept no interval must be above.
CLEARLY = 1.1


def check(facts: RunFacts) -> Finding | None:
    """Whether the error is above PCA's beyond 95 % of bootstrap draws.

    What is asked of codes beside to reconstruct has its price, which is no fault.
    """
    ratio, low = facts.figure("relative_to_pca"), facts.figure("relative_to_pca_low")
    experiment = facts.experiment
    if ratio is None or facts.metrics.get("measured_on") == "training":
        return None
    if (low if low is not None else ratio / CLEARLY) <= 1:
        return None
    if experiment.bottleneck.shapes_code or has_penalties(experiment):
        return None
    more = f"{percent(ratio - 1)} more than" if ratio < 2 else f"{ratio:.1f} times"
    within = ""
    if low is not None:
        within = f", and above it in 95 of 100 draws of the rows ({low:.2f} times or more)"
    better = suited(experiment)
    return Finding(
        "serious",
        f"The held-out error is {more} that of PCA with {experiment.model.encoding_dim} numbers"
        f"{within}.",
        "Take the layers, loss and pace that suit this data."
        if better
        else "Train longer, or use PCA: it is the better tool here.",
        better or longer(experiment, 2),
    )


SPEC = RuleSpec(
    name="worse-than-pca",
    title="Worse than PCA",
    summary="A straight projection with as many numbers loses less.",
    check=check,
    order=120,
)
