"""Discriminator won: it tells codes from the prior's, so the codes do not follow the prior."""

from __future__ import annotations

import numpy as np

from aecore.diagnosis.facts import RunFacts
from aecore.diagnosis.rules._changes import changed
from aecore.diagnosis.rules._numbers import percent
from aecore.diagnosis.rules._spec import Finding, RuleSpec

MOST_RIGHT, EPOCHS = 0.95, 3
ACCURACY = "discriminator_accuracy"


def check(facts: RunFacts) -> Finding | None:
    """Whether it was right about nearly all codes in the last epochs."""
    logged = facts.history.get(ACCURACY, ())
    if not facts.ended or len(logged) < EPOCHS:
        return None
    latest = np.array(logged[-EPOCHS:], np.float64)
    if float(latest.min()) <= MOST_RIGHT:
        return None
    return Finding(
        "serious",
        f"In the last {EPOCHS} epochs the discriminator was right about "
        f"{percent(float(latest.min()))} of the codes or more: they do not follow the prior, and "
        "samples drawn from it will look like none.",
        "Give the encoder's answer to it, and the distance to the prior, their usual weight.",
        changed(facts.experiment, _balanced(facts)),
    )


def _balanced(facts: RunFacts) -> dict[str, object]:
    """The bottleneck with its own defaults; a slower discriminator where it has them already."""
    chosen = facts.experiment.model.bottleneck
    usual = type(chosen)()
    if chosen != usual:
        return {"model.bottleneck": usual.model_dump(mode="json")}
    rate = float(getattr(chosen, "discriminator_learning_rate", 0.0))
    return {"model.bottleneck.discriminator_learning_rate": rate / 4}


SPEC = RuleSpec(
    name="discriminator-won",
    title="The discriminator has won",
    summary="It tells the codes from the prior's, so the codes do not follow the prior.",
    check=check,
    order=90,
)
