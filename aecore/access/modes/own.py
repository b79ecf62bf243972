"""A lab of one's own: whoever reaches the server is its owner."""

from __future__ import annotations

from aecore.access.mode import Mode

SPEC = Mode(
    name="own",
    title="Own",
    summary="One person on their own machine: everything, and nobody is told apart.",
    tells_apart=False,
    order=10,
)
