"""Posterior collapse: the code of a variational autoencoder says nothing about its sample."""

from __future__ import annotations

from aecore.diagnosis.facts import RunFacts
from aecore.diagnosis.rules._changes import changed
from aecore.diagnosis.rules._spec import Finding, RuleSpec

# Nats a unit, and the variance of its means over the samples.
LEAST_KL, LEAST_VARIANCE = 0.02, 0.02
USUAL_BETA, LIGHTER = 1.0, 0.2


def check(facts: RunFacts) -> Finding | None:
    """Whether no unit tells anything of its sample."""
    kl = facts.figure("kl")
    if kl is None or facts.code is None:
        return None
    units = len(facts.code.variance)
    if kl >= LEAST_KL * units or max(facts.code.variance) >= LEAST_VARIANCE:
        return None
    beta = float(getattr(facts.experiment.model.bottleneck, "beta", USUAL_BETA))
    lighter = USUAL_BETA if beta > USUAL_BETA else LIGHTER * beta
    return Finding(
        "serious",
        f"A code carries {kl:.2g} nats about its sample, and no unit's mean varies by more than "
        f"{max(facts.code.variance):.2g}: the decoder answers every code alike.",
        f"Lower β, the weight of the prior, from {beta:g} to {lighter:g}.",
        changed(facts.experiment, {"model.bottleneck.beta": lighter}),
    )


SPEC = RuleSpec(
    name="posterior-collapse",
    title="Posterior collapse",
    summary="The codes of a variational autoencoder say nothing about their samples.",
    check=check,
    order=80,
)
