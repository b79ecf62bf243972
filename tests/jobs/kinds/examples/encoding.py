"""Rows to encode, for the tests of all kinds."""

from __future__ import annotations

from aecore.jobs.kinds.encoding import EncodingRequest


def short(run_id: str) -> EncodingRequest:
    """All digits."""
    return EncodingRequest(run_id, "digits")


def long(run_id: str) -> EncodingRequest:
    """The same, which is stopped before anything is written."""
    return EncodingRequest(run_id, "digits")
