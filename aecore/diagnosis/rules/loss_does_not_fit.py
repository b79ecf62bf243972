"""Loss does not fit the scale: a few columns of large numbers are all that counts."""

from __future__ import annotations

import numpy as np

from aecore.diagnosis.facts import RunFacts
from aecore.diagnosis.rules._changes import changed
from aecore.diagnosis.rules._numbers import percent
from aecore.diagnosis.rules._spec import Finding, RuleSpec

# A column that varies less than this share of the largest one's variance does not count.
UNHEARD, MANY, FEWEST_COLUMNS = 0.01, 0.5, 3


def check(facts: RunFacts) -> Finding | None:
    """Whether half of the columns vary so little beside the largest that the loss ignores them."""
    variance = np.array(facts.column_variance, np.float64)
    varying = variance[variance > 0]
    if facts.kind != "table" or len(varying) < FEWEST_COLUMNS:
        return None
    unheard = int((varying < UNHEARD * varying.max()).sum())
    if unheard < MANY * len(varying):
        return None
    share = float(varying.max() / varying.sum())
    return Finding(
        "serious",
        f"{unheard} of {len(varying)} columns vary less than a hundredth of what the largest does, "
        f"which alone makes up {percent(share)} of the variance: the loss does not notice them.",
        "Standardise the columns, and use the mean squared error.",
        changed(
            facts.experiment,
            {"preprocessing.scaling": "standardize", "training.loss": "mse"},
        ),
    )


SPEC = RuleSpec(
    name="loss-does-not-fit",
    title="The loss does not fit the scale",
    summary="A few columns of large numbers are all that counts.",
    check=check,
    before=True,
    order=140,
)
