"""Copies everything: the code has room for the whole sample, so nothing need be learned."""

from __future__ import annotations

from aecore.diagnosis.facts import RunFacts
from aecore.diagnosis.rules._changes import changed, has_penalties
from aecore.diagnosis.rules._spec import Finding, RuleSpec
from aecore.wording import counted

SHARE = 4


def check(facts: RunFacts) -> Finding | None:
    """Whether a code is as wide as a sample, and nothing else narrows it."""
    model, numbers = facts.experiment.model, facts.experiment.model.encoding_dim
    if not 1 < facts.features <= numbers:
        return None
    narrowed = (
        facts.experiment.bottleneck.shapes_code
        or facts.experiment.corruption.draws_noise
        or model.penalties.ordered
        or has_penalties(facts.experiment)
    )
    if narrowed:
        return None
    fewer = max(1, facts.features // SHARE)
    return Finding(
        "serious",
        f"A code of {numbers} numbers has room for all {facts.features} values of a sample: it can "
        "be copied without learning anything.",
        f"Take a code of {counted(fewer, 'number')}.",
        changed(facts.experiment, {"model.encoding_dim": fewer}),
    )


SPEC = RuleSpec(
    name="copies-everything",
    title="Copies everything",
    summary="The code has room for the whole sample, so nothing need be learned.",
    check=check,
    before=True,
    order=130,
)
