"""Sentinel notes: numbers that likely stand for missing values, each with the way to say so."""

from __future__ import annotations

from collections.abc import Sequence

from aecore.data.columns.measures import Spread
from aecore.data.names import shown
from aecore.data.reading_notes import ReadingNote
from aecore.wording import counted

NAMED = 3


def about_sentinels(spreads: Sequence[tuple[str, Spread]], rows: int) -> list[ReadingNote]:
    """A note for each such number, with the columns that hold it.

    Args:
        spreads: of columns, by their names.
    """
    held: dict[float, dict[str, int]] = {}
    for name, spread in spreads:
        for value, count in spread.sentinels:
            held.setdefault(value, {})[name] = count
    return [_about(value, columns, rows) for value, columns in sorted(held.items())]


def _about(value: float, columns: dict[str, int], rows: int) -> ReadingNote:
    names, count = list(columns), sum(columns.values())
    listed = ", ".join(f'"{shown(name)}"' for name in names[:NAMED])
    more = f" and {len(names) - NAMED:,} more" if len(names) > NAMED else ""
    holds = "holds" if len(names) == 1 else "hold"
    where = (
        f"in {count:,} of {counted(rows, 'row')}"
        if len(names) == 1
        else f"in {counted(count, 'cell')}"
    )
    number = f"{value:.15g}"
    return ReadingNote(
        "advice",
        f"{listed}{more} {holds} {number} {where}, far from all else: likely a missing value.",
        "missing_numbers",
        [value],
        f"Count {number} as missing",
        count,
        tuple(names),
    )
