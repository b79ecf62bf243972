"""Dimensions to measure, for the tests of all kinds."""

from __future__ import annotations

from aecore.jobs.kinds.dimensions import DimensionsRequest


def short(run_id: str) -> DimensionsRequest:
    """Those of the run."""
    return DimensionsRequest(run_id)


def long(run_id: str) -> DimensionsRequest:
    """The same, which is stopped before anything is measured."""
    return DimensionsRequest(run_id)
