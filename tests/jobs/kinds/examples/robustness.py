"""Robustness to measure, for the tests of all kinds."""

from __future__ import annotations

from aecore.jobs.kinds.robustness import RobustnessRequest


def short(run_id: str) -> RobustnessRequest:
    """That of the run."""
    return RobustnessRequest(run_id)


def long(run_id: str) -> RobustnessRequest:
    """The same, which is stopped before anything is measured."""
    return RobustnessRequest(run_id)
