"""Too many parameters: so many for each training row that rows can be learned by heart."""

from __future__ import annotations

from collections.abc import Mapping

from aecore.diagnosis.facts import RunFacts
from aecore.diagnosis.rules._changes import changed
from aecore.diagnosis.rules._spec import Finding, RuleSpec

# Parameters a training row: many more, and held-out rows gain nothing from them.
MOST_A_ROW = 20_000
WANTED_A_ROW = 5_000
SMALLEST_WIDTH = 8


def check(facts: RunFacts) -> Finding | None:
    """Whether parameters a row are far beyond what rows can fix."""
    rows = facts.rows.get("train", 0)
    if not rows or facts.parameters <= MOST_A_ROW * rows:
        return None
    if facts.beats_pca:
        return None
    widths = _narrower(facts, rows)
    said = ", ".join(str(width) for width in next(iter(widths.values()), ()))
    return Finding(
        "serious",
        f"{facts.parameters:,} parameters are set by {rows:,} training rows, "
        f"{facts.parameters // rows:,} a row.",
        f"Take narrower layers: {said}." if widths else "Take fewer or narrower layers.",
        changed(facts.experiment, widths) if widths else None,
    )


def _narrower(facts: RunFacts, rows: int) -> Mapping[str, tuple[int, ...]]:
    """One hidden layer of a size that so few rows can fix; of filters half as many."""
    backbone = facts.experiment.model.backbone
    if hasattr(backbone, "filters"):
        return {"model.backbone.filters": tuple(max(4, n // 2) for n in backbone.filters)}
    if not getattr(backbone, "units", ()):
        return {}
    width = WANTED_A_ROW * rows // max(1, 2 * facts.features)
    return {"model.backbone.units": (max(SMALLEST_WIDTH, min(width, 256)),)}


SPEC = RuleSpec(
    name="too-many-parameters",
    title="Too many parameters for the rows",
    summary="There are so many for each training row that rows can be learned by heart.",
    check=check,
    before=True,
    order=150,
)
