"""Stopping: whoever waits for data can have its reading ended at the next piece of it.

Readers and the check sheet call `go_on` between pieces: lines, pictures, columns. Outside of
`stoppable` that does nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from aecore.data.limits import limits
from aecore.environment import limit_variable
from aecore.errors import DataError

Piece = TypeVar("Piece")
# Asked before each piece; raises to end the reading.
_ask: ContextVar[Callable[[], None] | None] = ContextVar("ask_before_each_piece", default=None)


@contextmanager
def stoppable(should_stop: Callable[[], bool]) -> Iterator[None]:
    """Let reading inside be stopped, and give up after as many seconds as the limit allows.

    Raises:
        DataError: a stop was heard, or it took too long.
    """
    deadline = time.monotonic() + limits().reading_seconds

    def ask() -> None:
        if should_stop():
            raise DataError("Reading the data was stopped.", "Open it again to go on.")
        if time.monotonic() > deadline:
            raise _too_long()

    token = _ask.set(ask)
    try:
        yield
    finally:
        _ask.reset(token)


def go_on() -> None:
    """Called between pieces: whether to go on is for `stoppable` to say."""
    ask = _ask.get()
    if ask is not None:
        ask()


def in_pieces(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces, asking before each whether to go on."""
    for piece in pieces:
        go_on()
        yield piece


def _too_long() -> DataError:
    return DataError(
        f"Reading the data took longer than {limits().reading_seconds:,} seconds, which is the "
        f"limit ({limit_variable('reading_seconds')}).",
        "Take fewer rows or columns, or smaller pictures, or raise the limit.",
    )
