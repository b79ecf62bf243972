"""Rows to score, for the tests of all kinds."""

from __future__ import annotations

from aecore.jobs.kinds.scoring import ScoringRequest


def short(run_id: str) -> ScoringRequest:
    """The rows that the run held out."""
    return ScoringRequest(run_id)


def long(run_id: str) -> ScoringRequest:
    """All rows, which is stopped before detectors are compared."""
    return ScoringRequest(run_id, "digits")
