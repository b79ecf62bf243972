"""`ReadingNote`: one thing that a reader guessed, left out or changed, told in a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

About = Literal["guess", "rows", "cells", "columns", "files", "advice"]
LEFT_OUT = ("rows", "cells", "columns", "files")


@dataclass(frozen=True)
class ReadingNote:
    """One sentence on how a file was read, and the option that overrules it.

    Attributes:
        about: `guess`, what was found out of how the file is written; `rows`, `cells`, `columns`
            or `files` that were left out or made missing; `advice`, what the user should decide.
        sentence: for a user; names an example and its line where there is one.
        option: the field of `ReadingOptions` that overrules it; empty where none does.
        value: of that option: for a guess what was found, else what the action sets, as JSON.
        action: what a button says that gives the option this value; empty without a button.
        count: rows, cells, columns or files concerned.
        columns: names of the columns concerned.
        lines: of the file, counted from 1, of the first few rows or cells concerned.
    """

    about: About
    sentence: str
    option: str = ""
    value: Any = None
    action: str = ""
    count: int = 0
    columns: tuple[str, ...] = ()
    lines: tuple[int, ...] = ()

    @classmethod
    def from_dict(cls, given: dict[str, Any]) -> ReadingNote:
        """A note from plain data, as JSON holds it.

        Raises:
            TypeError, KeyError: it is none.
        """
        tuples = {name: tuple(given[name]) for name in ("columns", "lines")}
        return cls(**{**given, **tuples})


def counted(notes: Iterable[ReadingNote], about: About) -> int:
    """How many rows, cells, columns or files were left out in all."""
    return sum(note.count for note in notes if note.about == about)


def guessed(notes: Iterable[ReadingNote], option: str) -> Any:
    """What was found out in place of an option; None where nothing was."""
    values = (note.value for note in notes if note.about == "guess" and note.option == option)
    return next(values, None)
