"""A lab for a group on one server."""

from __future__ import annotations

from aecore.access.allowance import Allowance
from aecore.access.mode import Mode

SPEC = Mode(
    name="shared",
    title="Shared",
    summary="A group on one server: each has runs and files of their own, and may publish runs.",
    signs_in=True,
    publishes=True,
    allowance=Allowance(
        jobs=5,
        jobs_of_all=50,
        epochs=1_000,
        parameters=20_000_000,
        minutes=60,
        runs_bytes=2 * 2**30,
        uploads_bytes=2**30,
        maps_bytes=2**28,
        all_bytes=50 * 2**30,
    ),
    order=20,
)
