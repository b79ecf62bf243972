"""Memory: how much of this machine's is free, also inside a container."""

from __future__ import annotations

from pathlib import Path

import psutil

# The same two figures under the names that Linux has given them: version 2 and version 1.
CONTAINERS = (
    ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory.current"),
    (
        "/sys/fs/cgroup/memory/memory.limit_in_bytes",
        "/sys/fs/cgroup/memory/memory.usage_in_bytes",
    ),
)


def free_bytes() -> int:
    """Bytes that a process can still take: of the machine, or of a container with a limit."""
    free = int(psutil.virtual_memory().available)
    for limit, used in CONTAINERS:
        left = _left(Path(limit), Path(used))
        if left is not None:
            free = min(free, left)
    return max(0, free)


def in_gigabytes(size: float) -> str:
    """A number of bytes in a sentence, such as 2.4 GB."""
    return f"{size / 1e9:.1f} GB"


def _left(limit: Path, used: Path) -> int | None:
    """What a container may still take; None where there is no limit, or no container."""
    try:
        most, now = limit.read_text("ascii").strip(), used.read_text("ascii").strip()
    except (OSError, ValueError):
        return None
    return int(most) - int(now) if most.isdecimal() and now.isdecimal() else None
