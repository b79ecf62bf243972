"""`RunFormat`: what a format in which a run leaves says of itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class RunFormat:
    """A format in which a whole run, or one side of it, leaves as one file.

    Attributes:
        suffix: the end of a file's name.
        media: its media type.
        write: makes the file of a run's folder; raises `DataError` where the run lacks what it
            takes.
        needs_keras: whether writing it imports Keras, which a server does not.
    """

    name: str
    title: str
    summary: str
    suffix: str
    media: str
    write: Callable[[Path, Path], None]
    needs_keras: bool = False
    order: int = 50
