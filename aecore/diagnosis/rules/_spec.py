"""What every rule of diagnosis declares."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from aecore.diagnosis.facts import RunFacts
from aecore.experiment import Experiment

# A serious finding spoils the run; a note is worth knowing, and may be as it should be.
Severity = Literal["serious", "note"]


@dataclass(frozen=True)
class Finding:
    """What a rule found in a run.

    Attributes:
        severity: how much it weighs.
        evidence: what was seen, with its numbers, in a sentence.
        advice: what to do about it, in a sentence.
        change: the experiment with that done; None where no change of settings would do.
        rule: the name of the rule; filled in by it.
        title: the same as on screen.
    """

    severity: Severity
    evidence: str
    advice: str
    change: Experiment | None = None
    rule: str = ""
    title: str = ""


@dataclass(frozen=True)
class RuleSpec:
    """One rule: name, title, what it says in a sentence, and how it looks at a run.

    Attributes:
        check: what it finds in the facts of a run; None where all is well or too little is known.
        before: whether it can speak before Start, from settings and data alone.
        during: whether it can speak while a run trains.
        source: where its threshold comes from.
    """

    name: str
    title: str
    summary: str
    check: Callable[[RunFacts], Finding | None]
    before: bool = False
    during: bool = False
    source: str = ""
    order: int = 100
