"""A disk without room, as processes meet it: no write to any file succeeds."""

from __future__ import annotations

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def full_disk(*processes: int) -> Iterator[None]:
    """No process of these, by default this one, can write to a file meanwhile.

    The kernel's limit on the size of a file, at zero: it needs no rights and no disk of its own,
    and can be lifted again.
    """
    limited = processes or (os.getpid(),)
    before = {each: resource.prlimit(each, resource.RLIMIT_FSIZE) for each in limited}
    for each, (_, most) in before.items():
        resource.prlimit(each, resource.RLIMIT_FSIZE, (0, most))
    try:
        yield
    finally:
        for each, limits in before.items():
            lift(each, limits)


def lift(process: int, limits: tuple[int, int]) -> None:
    """Give a process its room back, if it still lives."""
    try:
        resource.prlimit(process, resource.RLIMIT_FSIZE, limits)
    except ProcessLookupError:
        return
