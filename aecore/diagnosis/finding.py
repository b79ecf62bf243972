"""Findings on a run: what all rules say of it, the serious ones first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from aecore.diagnosis.facts import RunFacts, facts_before
from aecore.diagnosis.rules import RULES, Finding, RuleSpec
from aecore.errors import LabError
from aecore.experiment import Experiment


def findings(facts: RunFacts) -> list[Finding]:
    """What all rules find in a run that has ended, the serious ones first; none where all is well.

    Whatever follows from a loss that diverged is left out.
    """
    found = _said(facts, lambda rule: True)
    diverged = [each for each in found if each.rule == "diverged"]
    return diverged or found


def findings_during(facts: RunFacts) -> list[Finding]:
    """What rules that need nothing but the curve find in a run under way."""
    return _said(facts, lambda rule: rule.during)


def findings_before(experiment: Experiment) -> list[Finding]:
    """What can be said before Start; nothing of data that cannot be read."""
    try:
        facts = facts_before(experiment)
    except LabError:
        return []
    return _said(facts, lambda rule: rule.before)


def _said(facts: RunFacts, asked: Callable[[RuleSpec], bool]) -> list[Finding]:
    found = [
        replace(said, rule=rule.name, title=rule.title)
        for rule in RULES.values()
        if asked(rule) and (said := rule.check(facts)) is not None
    ]
    return sorted(found, key=lambda each: each.severity != "serious")
