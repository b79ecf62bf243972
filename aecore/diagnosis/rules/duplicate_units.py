"""Duplicate units: numbers of the code that say the same as others."""

from __future__ import annotations

from aecore.diagnosis.facts import SAME, RunFacts
from aecore.diagnosis.rules._changes import changed
from aecore.diagnosis.rules._spec import Finding, RuleSpec
from aecore.wording import counted

# Fewer twins than this share of the code are worth knowing, and no more.
MANY = 0.25


def check(facts: RunFacts) -> Finding | None:
    """Whether units are correlated so closely that one would do."""
    if facts.code is None or not facts.code.twins or facts.experiment.entry_size:
        return None
    units, twins = len(facts.code.variance), len(facts.code.twins)
    later, earlier = facts.code.twins[0]
    different = max(1, units - twins)
    return Finding(
        "serious" if twins >= MANY * units else "note",
        f"{counted(twins, 'number')} of the {units} in the code say{'s' * (twins == 1)} what "
        f"another says already (correlation above {SAME}), such as {later + 1} and {earlier + 1}.",
        f"Take a code of {counted(different, 'number')}.",
        changed(facts.experiment, {"model.encoding_dim": different}),
    )


SPEC = RuleSpec(
    name="duplicate-units",
    title="Duplicate code units",
    summary="Some numbers of the code say the same as others.",
    check=check,
    order=70,
)
