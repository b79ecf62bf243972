"""Names of files and columns that strangers chose, made safe to show and to tell apart."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

MAX_SHOWN = 80


def shown(name: str) -> str:
    """A stranger's file name as plain text for a sentence: printable and not long."""
    text = "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in name
    )
    return text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]}…"


def unique_names(names: Sequence[str]) -> list[str]:
    """Names on one line each; empty ones become "column 1", repeated ones get a number."""
    unique: dict[str, None] = {}
    numbers: dict[str, count[int]] = {}
    for place, given in enumerate(names, 1):
        name = plain = " ".join(given.split()) or f"column {place}"
        while name in unique:
            name = f"{plain} ({next(numbers.setdefault(plain, count(2)))})"
        unique[name] = None
    return list(unique)
