"""Rules of diagnosis: what may have gone wrong in a run, one a module, with a `SPEC`."""

from __future__ import annotations

from aecore.diagnosis.rules._changes import has_penalties
from aecore.diagnosis.rules._spec import Finding, RuleSpec, Severity
from aecore.specs import collect

RULES: dict[str, RuleSpec] = collect(__name__, __path__)

__all__ = ["RULES", "Finding", "RuleSpec", "Severity", "has_penalties"]
