"""Codebook collapse: a few entries of the codebook stand for all samples."""

from __future__ import annotations

from aecore.diagnosis.facts import RunFacts
from aecore.diagnosis.rules._changes import changed
from aecore.diagnosis.rules._numbers import percent
from aecore.diagnosis.rules._spec import Finding, RuleSpec

LEAST_USED = 0.15
SMALLEST = 4


def check(facts: RunFacts) -> Finding | None:
    """Whether the effective number of entries in use is small beside the book."""
    used = facts.figure("perplexity")
    size = int(getattr(facts.experiment.model.bottleneck, "codebook_size", 0))
    if used is None or not size or used >= LEAST_USED * size:
        return None
    # Twice as many as are in use, as a power of two.
    smaller = max(SMALLEST, 1 << (max(1, round(2 * used)) - 1).bit_length())
    return Finding(
        "serious",
        f"Samples are described by {used:.0f} entries in effect, {percent(used / size)} of a "
        f"codebook of {size:,}.",
        f"Take a codebook of {smaller} entries.",
        changed(facts.experiment, {"model.bottleneck.codebook_size": smaller}),
    )


SPEC = RuleSpec(
    name="codebook-collapse",
    title="Codebook collapse",
    summary="A few entries of the codebook stand for all samples.",
    check=check,
    order=100,
)
