"""A data set to inspect, for the tests of all kinds."""

from __future__ import annotations

from aecore.jobs.kinds.inspection import InspectionRequest


def short(run_id: str) -> InspectionRequest:
    """A second's work."""
    return InspectionRequest("iris")


def long(run_id: str) -> InspectionRequest:
    """What is stopped before its end."""
    return InspectionRequest("digits")
