"""`Sheet`: the cells of a text or workbook, and the table that they become."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from aecore.data.columns.column import Role
from aecore.data.dataset import Table
from aecore.data.names import unique_names
from aecore.data.readers._extra_rows import ExtraRows, empty_rows, extra_rows
from aecore.data.readers._layout import Layout
from aecore.data.readers._tables import all_missing, refuse_empty, table
from aecore.data.readers._text_columns import ReadColumn, typed, without_numbers
from aecore.data.readers._told import about_layout, about_rows
from aecore.data.readers._told_columns import about_columns, between_tables, without_values
from aecore.data.reading_notes import ReadingNote
from aecore.data.reading_options import AUTO, ReadingOptions

if TYPE_CHECKING:
    import pyarrow as pa

# So many rows of one kind are named by their lines.
NAMED = 3
ROW_NAMES = "row name"


@dataclass(frozen=True)
class Sheet:
    """The cells of a table below its heading, as a reader of text or of sheets found them.

    Attributes:
        columns: of text or null, equally long.
        layout: what stands above them.
        file: its name.
        lines: row -> line of the file, for some rows counted from 0.
        what: "line" of a text, or "row" of a sheet.
        mark: the sign that begins comments; empty without one.
        point: whether commas part the values.
        hint: a sentence on what else to try where values are missing.
        notes: what was found out of how the file is written.
        ragged: rows with another number of cells, which were left out.
    """

    columns: Sequence[pa.ChunkedArray]
    layout: Layout
    file: str
    lines: Callable[[Sequence[int]], Mapping[int, int]]
    what: str = "line"
    mark: str = ""
    point: bool = False
    hint: str = ""
    notes: Sequence[ReadingNote] = ()
    ragged: Sequence[ExtraRows] = ()


def table_of_text(sheet: Sheet, options: ReadingOptions) -> Table:
    """A table from columns of text, each as what its cells hold.

    Rows that are no samples are left out, columns without names are called "column 1" and so on,
    and columns without a value are left out. The table's notes tell of all of it.

    Raises:
        DataError: there is a heading alone, or as `table`.
    """
    found, extra, kept = sheet.layout, _extra_rows(sheet, options), None
    columns = list(sheet.columns)
    if extra:
        kept = np.ones(len(columns[0]), dtype=bool)
        kept[np.concatenate([one.rows for one in extra])] = False
        columns = [_kept(column, kept) for column in columns]
    refuse_empty(columns, sheet.file, sheet.hint)
    names = unique_names([ROW_NAMES, *found.names[1:]] if found.row_names else found.names)
    as_text = [i for i, name in enumerate(names) if name in options.text_columns]
    read = typed(columns, options, point=sheet.point, as_text=as_text)
    read = [without_numbers(one, options.missing_numbers) for one in read]
    empty = [i for i, one in enumerate(read) if all_missing(one.values)]
    used = [i for i in range(len(read)) if i not in empty]
    if not used:
        refuse_empty([one.values for one in read], sheet.file, sheet.hint)
    between = range(min(used), max(used))
    all_lines, kept_lines = _lines(sheet, extra, read, kept)
    notes = (
        *sheet.notes,
        *about_layout(found, sheet.what),
        *about_rows(extra, sheet.ragged, all_lines, sheet.what),
        *without_values([names[i] for i in empty if found.names[i].strip()], sheet.hint),
        *between_tables([names[i] for i in empty if not found.names[i].strip() and i in between]),
        *about_columns([names[i] for i in used], [read[i] for i in used], kept_lines, sheet.what),
    )
    made = table([names[i] for i in used], [read[i].values for i in used], sheet.file)
    roles: dict[str, Role] = {names[0]: "ignore"} if found.row_names else {}
    return replace(made, roles=roles, notes=notes)


def _extra_rows(sheet: Sheet, options: ReadingOptions) -> list[ExtraRows]:
    if options.extra_rows != AUTO:
        return empty_rows(sheet.columns)
    found = sheet.layout
    return extra_rows(
        sheet.columns,
        [row.cells for row in found.headings],
        [row.cells for row in found.units],
        sheet.mark,
    )


def _kept(column: pa.ChunkedArray, kept: np.ndarray) -> pa.ChunkedArray:
    import pyarrow as pa

    return column.filter(pa.array(kept))


def _lines(
    sheet: Sheet, extra: Sequence[ExtraRows], read: Sequence[ReadColumn], kept: np.ndarray | None
) -> tuple[dict[int, int], dict[int, int]]:
    """Row -> line of those that notes name: of all rows, and of those that were kept."""
    of_extra = [int(row) for one in (*extra, *sheet.ragged) for row in one.rows[:NAMED]]
    of_kept = [row for one in read for cells in one.gaps for row in cells.rows]
    places = np.arange(len(kept))[kept] if kept is not None else None
    before = {row: row if places is None else int(places[row]) for row in of_kept}
    lines = sheet.lines(sorted({*of_extra, *before.values()}))
    return dict(lines), {row: lines[was] for row, was in before.items() if was in lines}
