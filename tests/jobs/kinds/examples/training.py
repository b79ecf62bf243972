"""A run to train, for the tests of all kinds."""

from __future__ import annotations

from aecore.jobs.kinds.training import TrainingRequest
from tests.jobs import conftest


def short(run_id: str) -> TrainingRequest:
    """A second's work."""
    return TrainingRequest(conftest.short(1))


def long(run_id: str) -> TrainingRequest:
    """What is stopped long before its end."""
    return TrainingRequest(conftest.endless())
