"""A lab of one's own: whoever reaches the server is its owner."""

from __future__ import annotations

from aecore.access.allowance import Allowance
from aecore.access.mode import Mode

SPEC = Mode(
    name="own",
    title="Own",
    summary="One person on their own machine: everything, and nobody is told apart.",
    tells_apart=False,
    # No disk should fill unseen; whoever has a larger one says so.
    allowance=Allowance(runs_bytes=20 * 2**30, uploads_bytes=5 * 2**30, maps_bytes=2 * 2**30),
    order=10,
)
