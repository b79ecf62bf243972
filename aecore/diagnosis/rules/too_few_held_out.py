"""Too few held-out rows to tell: figures of other rows could be quite different."""

from __future__ import annotations

from aecore.diagnosis.facts import RunFacts
from aecore.diagnosis.rules._changes import changed
from aecore.diagnosis.rules._numbers import percent
from aecore.diagnosis.rules._spec import Finding, RuleSpec
from aecore.wording import counted

FEWEST = 10
WANTED = 30
LARGEST_SHARE = 0.4
# Of the ratio to PCA: an interval this wide that holds 1 decides nothing.
TOO_WIDE = 0.5


def check(facts: RunFacts) -> Finding | None:
    """Whether a figure rests on a handful of rows, or its interval decides nothing."""
    held_out = facts.held_out
    rows = held_out + facts.rows.get("train", 0)
    if not held_out or rows < FEWEST:
        return None
    share = min(LARGEST_SHARE, max(0.2, WANTED / rows))
    advice = f"Hold {percent(share)} of the rows out."
    name = "data.test_fraction" if facts.rows.get("test", 0) else "data.validation_fraction"
    change = changed(facts.experiment, {name: round(share, 2)})
    if held_out < FEWEST:
        evidence = (
            f"The figures rest on {counted(held_out, 'held-out row')}; "
            "other rows could give quite different ones."
        )
        return Finding("serious", evidence, advice, change)
    low, high = facts.figure("relative_to_pca_low"), facts.figure("relative_to_pca_high")
    if low is None or high is None or not low < 1 < high or high - low <= TOO_WIDE:
        return None
    evidence = (
        f"On {held_out} held-out rows the error may be anything from {low:.2f} to {high:.2f} "
        "times that of PCA."
    )
    return Finding("note", evidence, advice, change)


SPEC = RuleSpec(
    name="too-few-held-out",
    title="Too few held-out rows to tell",
    summary="Figures of other held-out rows could be quite different.",
    check=check,
    before=True,
    order=160,
)
