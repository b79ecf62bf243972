"""`Helped`: whether a change did away with what was found, and what became of the error."""

from __future__ import annotations

from dataclasses import dataclass

from aecore.diagnosis.facts import RunFacts
from aecore.diagnosis.finding import findings
from aecore.diagnosis.rules import RULES

# Changes of the error below this share are none that matter.
NOTABLE = 0.02


@dataclass(frozen=True)
class Helped:
    """Did it help, in words.

    Attributes:
        sentence: the answer with its numbers.
        gone: whether the finding is gone.
        better: whether the held-out error fell; None where the two cannot be compared.
    """

    sentence: str
    gone: bool
    better: bool | None


def helped(rule: str, before: RunFacts, after: RunFacts) -> Helped:
    """What a change did to a finding and to the held-out error.

    Args:
        rule: the name of the rule that found something before.
    """
    gone = rule not in {found.rule for found in findings(after)}
    title = RULES[rule].title if rule in RULES else rule
    first = f"“{title}” is {'gone' if gone else 'still there'}"
    better, second = _compared(before, after)
    if better is None:
        return Helped(f"{first}. {second}", gone, better)
    answer = "It helped" if gone and better else "It did not help" if not gone else "In part"
    joint = "and" if gone == better else "but"
    return Helped(f"{answer}: {first}, {joint} {second}", gone, better)


def _compared(before: RunFacts, after: RunFacts) -> tuple[bool | None, str]:
    """Whether the error fell, and by how much, in words."""
    earlier, later = _explained(before), _explained(after)
    if later is None:
        return None, "There is no held-out error to compare."
    if earlier is None:
        return later > 0, f"{100 * later:.0f} % of the variation is explained now."
    was, now = 1 - earlier, 1 - later
    change = now / was - 1 if was > 0 else 0.0
    how = (
        "the held-out error is the same"
        if abs(change) < NOTABLE
        else f"the held-out error {'fell' if change < 0 else 'rose'} by {100 * abs(change):.0f} %"
    )
    return change < NOTABLE, f"{how} (R² {earlier:.2f} before, {later:.2f} now)."


def _explained(facts: RunFacts) -> float | None:
    """R², which can be compared between scalings; None of training rows alone."""
    return None if facts.metrics.get("measured_on") == "training" else facts.figure("r2")
