"""`RunFormat`: what a format in which a run leaves says of itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from aecore.errors import DataError


@dataclass(frozen=True)
class RunFormat:
    """A format in which a whole run, or one side of it, leaves as one file.

    Attributes:
        suffix: the end of a file's name.
        media: its media type.
        write: makes the file of a run's folder; raises `DataError` where the run lacks what it
            takes.
        needs: the names of the run's files that it is made of.
    """

    name: str
    title: str
    summary: str
    suffix: str
    media: str
    write: Callable[[Path, Path], None]
    needs: tuple[str, ...]
    order: int = 50

    def missing(self, folder: Path) -> DataError | None:
        """Why it cannot be made of a run's folder; None if it can."""
        lacking = [name for name in self.needs if not (folder / name).is_file()]
        if not lacking:
            return None
        cause = f"This run kept no {lacking[0]}, as runs of earlier versions."
        return DataError(cause, "Train it again, or choose another format.")
