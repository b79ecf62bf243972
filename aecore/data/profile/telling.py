"""Telling: a check sheet and what a run takes of it, as plain data for other programs."""

from __future__ import annotations

import math
from typing import Any

from aecore.data.columns.column import Column
from aecore.data.options import DataSettings, PreparationOptions
from aecore.data.profile.check_sheet import Sheet
from aecore.data.profile.role_notes import about_time

# An event must stay small, however wide the table.
MOST_COLUMNS, MOST_NOTES = 200, 50
COLUMN_FIELDS = ("name", "type", "role", "missing", "low", "high", "examples", "reason")


def sheet_told(sheet: Sheet) -> dict[str, Any]:
    """A check sheet as plain data: what is there, each column, and sentences under `notes`."""
    return {
        "title": sheet.title,
        "kind": sheet.kind,
        "rows": sheet.rows,
        "rows_left_out": sheet.rows_left_out,
        "sample_shape": list(sheet.sample_shape),
        "columns": [_column_told(column) for column in sheet.columns],
        "classes": dict(sheet.classes),
        "notes": [*(note.sentence for note in sheet.notes), *sheet.advice],
    }


def data_told(sheet: Sheet, wanted: PreparationOptions, taken: int) -> dict[str, Any]:
    """What was read of a data set for a run, what was left out of it, and why.

    Args:
        taken: samples of all parts of the run.
    """
    data = wanted.data
    roles = {column.name: data.roles.get(column.name, column.role) for column in sheet.columns}
    ignored = [column for column in sheet.columns if roles[column.name] == "ignore"]
    left_out = [
        *(
            {"name": name, "why": n.sentence}
            for n in _about(sheet, "columns")
            for name in n.columns
        ),
        *({"name": c.name, "why": _why_ignored(c, data)} for c in ignored),
    ]
    sorting = about_time(sheet.columns, data.roles, data.reading)
    return {
        "rows": sheet.rows + sheet.rows_left_out,
        "rows_left_out": [
            *({"count": n.count, "why": n.sentence} for n in _about(sheet, "rows")),
            *_not_taken(sheet, wanted, taken),
        ],
        "columns": len(sheet.columns) or math.prod(sheet.sample_shape),
        "columns_left_out": left_out[:MOST_COLUMNS],
        "notes": [*filter(None, [sorting]), *(n.sentence for n in sheet.notes[:MOST_NOTES])],
    }


def _column_told(column: Column) -> dict[str, Any]:
    return {
        name: list(value) if isinstance(value := getattr(column, name), tuple) else value
        for name in COLUMN_FIELDS
    }


def _about(sheet: Sheet, about: str) -> list[Any]:
    return [note for note in sheet.notes if note.about == about]


def _why_ignored(column: Column, data: DataSettings) -> str:
    return "ignored, as chosen" if column.name in data.roles else column.reason or "ignored"


def _not_taken(sheet: Sheet, wanted: PreparationOptions, taken: int) -> list[dict[str, Any]]:
    """Rows of the table, or samples, that the options of the run leave out; not of a stream."""
    data = wanted.data
    times = [c for c in sheet.columns if data.roles.get(c.name, c.role) == "time"]
    if times or taken >= sheet.rows:
        return []
    reasons = [
        *(["not of the chosen classes"] if data.classes else []),
        *(["with a gap"] if wanted.preprocessing.missing == "drop" else []),
        *(["beyond the chosen number of rows"] if data.rows else []),
    ]
    return [{"count": sheet.rows - taken, "why": " or ".join(reasons)}]
