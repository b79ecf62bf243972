"""Classes to hold out, for the tests of all kinds."""

from __future__ import annotations

from aecore.jobs.kinds.class_holdout import ClassHoldoutRequest


def short(run_id: str) -> ClassHoldoutRequest:
    """A run of a second for each of ten classes."""
    return ClassHoldoutRequest(run_id)


def long(run_id: str) -> ClassHoldoutRequest:
    """The same, which is stopped before the last."""
    return ClassHoldoutRequest(run_id)
