"""Answers with the mean: every reconstruction is as good as the mean sample, and no better."""

from __future__ import annotations

from aecore.diagnosis.facts import RunFacts
from aecore.diagnosis.rules._changes import (
    LARGEST_RATE,
    LEAST_RATE,
    USUAL_RATE,
    changed,
    has_penalties,
    longer,
    suited,
    without_penalties,
)
from aecore.diagnosis.rules._spec import Finding, RuleSpec
from aecore.diagnosis.verdict import LEAST_R2
from aecore.experiment import Experiment


def check(facts: RunFacts) -> Finding | None:
    """Whether held-out rows are explained no better than by the mean training sample."""
    r2 = facts.figure("r2")
    if r2 is None or r2 >= LEAST_R2:
        return None
    advice, change = _way_out(facts.experiment)
    return Finding(
        "serious",
        f"The reconstructions explain {100 * r2:.1f} % of the variation; the mean training sample "
        "explains 0 %.",
        advice,
        change,
    )


def _way_out(experiment: Experiment) -> tuple[str, Experiment | None]:
    rate = experiment.training.learning_rate
    if has_penalties(experiment):
        return "Take the penalties away.", without_penalties(experiment)
    if not LEAST_RATE <= rate <= LARGEST_RATE:
        change = changed(experiment, {"training.learning_rate": USUAL_RATE})
        return f"Set the learning rate to {USUAL_RATE:g}.", change
    beta = float(getattr(experiment.model.bottleneck, "beta", 0.0))
    if beta > 1:
        return "Lower β to 1.", changed(experiment, {"model.bottleneck.beta": 1.0})
    change = suited(experiment)
    if change is not None:
        return "Take the layers and the pace that suit this data.", change
    return "Train longer.", longer(experiment, 4)


SPEC = RuleSpec(
    name="answers-with-the-mean",
    title="Answers with the mean",
    summary="Every reconstruction is as good as the mean sample, and no better.",
    check=check,
    order=110,
)
