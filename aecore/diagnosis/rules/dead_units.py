"""Dead units: numbers of the code that are the same for all samples."""

from __future__ import annotations

from aecore.diagnosis.facts import CodeFacts, RunFacts
from aecore.diagnosis.rules._changes import changed
from aecore.diagnosis.rules._spec import Finding, RuleSpec
from aecore.wording import counted

LEAST_ACTIVE = 0.01
# Of the variance of the liveliest unit: 3 % of its standard deviation.
LEAST_SHARE = 1e-3
# Fewer dead units than this share of the code are worth knowing, and no more.
MANY = 0.2


def check(facts: RunFacts) -> Finding | None:
    """Whether units hardly vary, or only on a few rows; of a prior's codes, which is usual."""
    if facts.code is None or facts.experiment.entry_size:
        return None
    units = len(facts.code.variance)
    dead = _dead(facts.code, facts.experiment.bottleneck.active_variance)
    if not dead or dead == units:
        return None
    prior = facts.experiment.bottleneck.has_prior
    numbers = units - dead
    return Finding(
        "serious" if dead >= MANY * units and not prior else "note",
        f"{dead} of {counted(units, 'number')} of the code hardly differ{'s' * (dead == 1)} "
        f"between {facts.code.rows:,} rows, so the code carries {counted(numbers, 'number')}.",
        f"Take a code of {counted(numbers, 'number')}.",
        changed(facts.experiment, _smaller(facts, numbers)),
    )


def _dead(code: CodeFacts, active_variance: float) -> int:
    least = max(active_variance, LEAST_SHARE * max(code.variance))
    pairs = zip(code.variance, code.active, strict=True)
    return sum(variance <= least or active < LEAST_ACTIVE for variance, active in pairs)


def _smaller(facts: RunFacts, numbers: int) -> dict[str, object]:
    """A code of as many numbers as are used; asked for less, or they would die as well."""
    asked = facts.experiment.model.penalties.activity_l1
    changes: dict[str, object] = {"model.encoding_dim": numbers}
    return changes if asked is None else {**changes, "model.penalties.activity_l1": asked / 30}


SPEC = RuleSpec(
    name="dead-units",
    title="Dead code units",
    summary="Some numbers of the code are the same for all samples.",
    check=check,
    order=60,
)
