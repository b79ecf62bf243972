"""Features to measure, for the tests of all kinds."""

from __future__ import annotations

from aecore.jobs.kinds.features import FeaturesRequest


def short(run_id: str) -> FeaturesRequest:
    """Those of the run."""
    return FeaturesRequest(run_id)


def long(run_id: str) -> FeaturesRequest:
    """The same, which is stopped before anything is measured."""
    return FeaturesRequest(run_id)
