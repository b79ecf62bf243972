"""An Excel workbook: its first sheet with values."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aecore.data.dataset import Table
from aecore.data.names import shown
from aecore.data.readers._archive import open_archive
from aecore.data.readers._content import HEAD_BYTES, reading, recognised, refuse_bomb
from aecore.data.readers._spec import ReaderSpec
from aecore.data.readers._tables import refuse_large, refuse_long_cell, table_of_text
from aecore.data.reading_notes import ReadingNote
from aecore.data.reading_options import AS_FOUND, ReadingOptions
from aecore.errors import DataError

if TYPE_CHECKING:
    import pyarrow as pa

ZIP = b"PK\x03\x04"
OLD = b"\xd0\xcf\x11\xe0"
FORMULAS = "If it holds formulas, open it in Excel and save it, so that their values are kept."
REMEDY = "Save it again as .xlsx, or save its sheet as CSV."
# Sheets of measurements, even of zeros alone, pack to a 30th at best.
MAX_RATIO = 100
HARMLESS_BYTES = 2**18
# Some 20 million cells: reading more takes minutes.
MAX_PART_BYTES = 2**29
# openpyxl makes up as many empty rows as are missing before one that says it is far down.
EXCEL_ROWS = 2**20
ROWS_AT_ONCE = 10_000
MAX_TITLES = 20
MAX_NAMED = 10


def read(path: Path, options: ReadingOptions = AS_FOUND) -> Table:
    """A table from the first sheet with values, those in sight first.

    Formulas count as the values that Excel last worked out; none is evaluated. Rows of a single
    value above the table, as titles are, and empty rows are left out.

    Raises:
        DataError: the file is no .xlsx, has a column without values or with infinite ones, no
            rows, or more than is accepted.
    """
    with reading(path, "an Excel workbook", REMEDY):
        _refuse_other(path)
        _refuse_bomb(path)
        columns, notes = _columns(path, options)
        return table_of_text(columns, path.name, options, notes, hint=FORMULAS)


def _refuse_other(path: Path) -> None:
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if head.startswith(ZIP):
        return
    what = recognised(head) or ("no Excel workbook" if head else "empty")
    remedy = "Save it as .xlsx without a password." if head.startswith(OLD) else REMEDY
    raise DataError(f"{shown(path.name)} is {what}.", remedy)


def _refuse_bomb(path: Path) -> None:
    with open_archive(path, REMEDY) as (_, members):
        if "xl/workbook.xml" not in members:
            raise DataError(f"{shown(path.name)} is a ZIP archive but no Excel workbook.", REMEDY)
        for name, member in members.items():
            refuse_bomb(
                f"{name} in {path.name}",
                min(member.compress_size, path.stat().st_size),
                member.file_size,
                ratio=MAX_RATIO,
                harmless=HARMLESS_BYTES,
            )
            if name.endswith(".xml") and member.file_size > MAX_PART_BYTES:
                raise DataError(
                    f"{shown(name)} in {shown(path.name)} is larger than {MAX_PART_BYTES:,} bytes.",
                    "Save the sheet as CSV, which is read much quicker.",
                )


def _columns(
    path: Path, options: ReadingOptions
) -> tuple[list[pa.ChunkedArray], tuple[ReadingNote, ...]]:
    """Every value of the sheet as text, a heading's among them, and which sheet it is."""
    with path.open("rb") as file, warnings.catch_warnings():
        # What openpyxl drops, such as colours by condition, is no value.
        warnings.simplefilter("ignore")
        sheets = _sheets(file, options.sheet)
        for sheet in sheets:
            columns = _columns_of_sheet(sheet, path.name)
            if columns:
                return columns, _about_sheet(sheet.title, [other.title for other in sheets])
    raise DataError(
        f"{shown(path.name)} holds no values on any sheet.",
        FORMULAS,
    )


def _about_sheet(title: str, titles: list[str]) -> tuple[ReadingNote, ...]:
    others = [shown(other) for other in titles if other != title]
    left = f" Left out: {', '.join(others[:MAX_NAMED])}." if others else ""
    return (ReadingNote("guess", f"Sheet {shown(title)} is read.{left}", "sheet", title),)


def _sheets(file: Any, chosen: str) -> list[Any]:
    from openpyxl import load_workbook

    book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
    if chosen:
        named = [sheet for sheet in book.worksheets if sheet.title == chosen]
        if named:
            return named
        titles = ", ".join(shown(sheet.title) for sheet in book.worksheets[:MAX_NAMED])
        raise DataError(f"There is no sheet named {shown(chosen)}.", f"The sheets are {titles}.")
    # Excel keeps lists for its menus on hidden sheets.
    return sorted(book.worksheets, key=lambda sheet: sheet.sheet_state != "visible")


def _columns_of_sheet(sheet: Any, file: str) -> list[pa.ChunkedArray]:
    import pyarrow as pa

    rows = _rows(sheet, file)
    parts = []
    while some := list(islice(rows, ROWS_AT_ONCE)):
        parts.append(_part(some))
        for place, column in enumerate(parts[-1].columns, 1):
            refuse_long_cell(column, f"column {place}", file)
    if not parts:
        return []
    return _without_titles(pa.concat_tables(parts, promote_options="default"))


def _rows(sheet: Any, file: str) -> Iterator[list[str | None]]:
    """Rows with a value, as text up to the last cell of each."""
    # What the sheet says of its own size may be anything.
    sheet.reset_dimensions()
    what = f"Sheet {shown(sheet.title)} of {shown(file)}"
    for number, row in enumerate(sheet.iter_rows(values_only=True)):
        if number == EXCEL_ROWS:
            raise DataError(f"{what} has more rows than Excel allows.", REMEDY)
        if row:
            refuse_large(number, len(row), what)
        if any(cell is not None for cell in row):
            yield [None if cell is None else str(cell) for cell in row]


def _part(rows: list[list[str | None]]) -> pa.Table:
    import pyarrow as pa

    width = max(len(row) for row in rows)
    columns = [
        pa.array([row[i] if i < len(row) else None for row in rows], pa.string())
        for i in range(width)
    ]
    return pa.Table.from_arrays(columns, names=[str(i) for i in range(width)])


def _without_titles(whole: pa.Table) -> list[pa.ChunkedArray]:
    """The columns without first rows that have but one value, in the leftmost column with any."""
    left = next(i for i, column in enumerate(whole.columns) if column.null_count < len(column))
    for titles, row in enumerate(whole.slice(0, MAX_TITLES).to_pylist()):
        filled = [place for place, cell in enumerate(row.values()) if cell is not None]
        if filled != [left]:
            return list(whole.slice(titles).columns)
    return list(whole.columns)


SPEC = ReaderSpec(
    name="excel",
    title="Excel workbook",
    summary="The first sheet with values, one row a sample; the first row may name the columns.",
    suffixes=(".xlsx", ".xlsm", ".xls"),
    read=read,
    tables=True,
    options=("sheet", "decimal", "heading_rows", "missing_words", "missing_numbers"),
    order=20,
)
