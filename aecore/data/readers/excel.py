"""An Excel workbook: one of its sheets."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from aecore.data.checked_archives import open_archive
from aecore.data.dataset import Table
from aecore.data.names import shown
from aecore.data.readers._cells import kind_of
from aecore.data.readers._content import HEAD_BYTES, reading, recognised, refuse_bomb
from aecore.data.readers._layout import layout
from aecore.data.readers._merged_cells import filled_down, merged_down
from aecore.data.readers._separators import Row
from aecore.data.readers._spec import ReaderSpec
from aecore.data.readers._tables import refuse_large, refuse_long_cell
from aecore.data.readers._text_tables import Sheet, table_of_text
from aecore.data.reading_notes import ReadingNote
from aecore.data.reading_options import AS_FOUND, ReadingOptions
from aecore.data.stopping import in_pieces
from aecore.errors import DataError
from aecore.wording import counted, verb

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
ROWS_TO_COMPARE, CELLS_TO_COMPARE, LEAST_ROWS = 400, 40_000, 40
MAX_NAMED = 10


def read(path: Path, options: ReadingOptions = AS_FOUND) -> Table:
    """A table from one sheet: the chosen one, or the first in sight that holds one.

    Formulas count as the values that Excel last worked out; none is evaluated. Cells that are
    merged down a column all have the value of the first.

    Raises:
        DataError: the file is no .xlsx, holds no such sheet, no values, no rows, or more than is
            accepted.
    """
    with reading(path, "an Excel workbook", REMEDY):
        _refuse_other(path)
        _refuse_bomb(path)
        return _table(path, options)


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


def _table(path: Path, options: ReadingOptions) -> Table:
    with path.open("rb") as file, warnings.catch_warnings():
        # What openpyxl drops, such as colours by condition, is no value.
        warnings.simplefilter("ignore")
        sheets = _sheets(file, options.sheet)
        sheet = _chosen(sheets, path.name, options.sheet)
        cells = _cells(sheet, path)
        titles = [other.title for other in sheets if other.sheet_state == "visible"]
    head = [row for row in cells.head() if row.first > (options.skipped_lines or 0)]
    if not any(cell.strip() for row in head for cell in row.cells):
        raise DataError(f"{shown(path.name)} holds no values below such rows.", FORMULAS)
    found = layout(head, options)
    below = np.flatnonzero(cells.numbers >= found.first)
    first = int(below[0]) if len(below) else len(cells.numbers)

    def lines(rows: Sequence[int]) -> dict[int, int]:
        return {row: int(cells.numbers[first + row]) for row in rows}

    read_sheet = Sheet(
        [column.slice(first) for column in cells.columns],
        found,
        path.name,
        lines,
        what="row",
        hint=FORMULAS,
        notes=_about_sheets(sheet.title, titles, int((cells.merged >= first).sum())),
    )
    return table_of_text(read_sheet, options)


@dataclass(frozen=True)
class _Cells:
    """The rows of a sheet with a value.

    Attributes:
        columns: of text or null, as many as the widest row has.
        numbers: (rows,) that of each row on the sheet, from 1.
        merged: the row, from 0, of each cell that got the value of the merged one above.
    """

    columns: list[pa.ChunkedArray]
    numbers: np.ndarray
    merged: np.ndarray

    def head(self) -> list[Row]:
        """The first rows."""
        most = max(LEAST_ROWS, min(ROWS_TO_COMPARE, CELLS_TO_COMPARE // max(1, len(self.columns))))
        tops = [column.slice(0, most).to_pylist() for column in self.columns]
        return [
            Row(int(number), int(number), tuple(cell or "" for cell in cells))
            for number, *cells in zip(self.numbers[:most], *tops, strict=True)
        ]


def _about_sheets(title: str, titles: Sequence[str], merged: int) -> list[ReadingNote]:
    others = [other for other in titles if other != title]
    said = f'The sheet "{shown(title)}" is read.'
    notes = [ReadingNote("guess", said, "sheet", title, choices=tuple(titles))]
    if others:
        named = ", ".join(f'"{shown(other)}"' for other in others[:MAX_NAMED])
        more = f" and {len(others) - MAX_NAMED:,} more" if len(others) > MAX_NAMED else ""
        are = "is" if len(others) == 1 else "are"
        said = f'The sheet "{shown(title)}" is read; {named}{more} {are} left out.'
        notes.append(ReadingNote("files", said, "sheet", count=len(others)))
    if merged:
        has = verb(merged, "has", "have")
        said = f"{counted(merged, 'cell')} {has} the value of the cell above, as merged cells do."
        notes.append(ReadingNote("guess", said, "sheet"))
    return notes


def _sheets(file: Any, chosen: str) -> list[Any]:
    """All sheets, those in sight first; only the chosen one where one is."""
    from openpyxl import load_workbook

    book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
    # Excel keeps lists for its menus on hidden sheets.
    sheets = sorted(book.worksheets, key=lambda sheet: sheet.sheet_state != "visible")
    if not chosen:
        return sheets
    named = [sheet for sheet in sheets if sheet.title == chosen]
    if named:
        return [*named, *(sheet for sheet in sheets if sheet.title != chosen)]
    titles = ", ".join(shown(sheet.title) for sheet in sheets[:MAX_NAMED])
    raise DataError(f"There is no sheet named {shown(chosen)}.", f"The sheets are {titles}.")


def _chosen(sheets: Sequence[Any], file: str, chosen: str) -> Any:
    """The first sheet that holds a table with a column of values, else the first with a cell."""
    filled = []
    for sheet in sheets:
        head = [row for _, row in islice(_rows(sheet, file), ROWS_TO_COMPARE)]
        if head and (chosen or _is_table(head)):
            return sheet
        if head:
            filled.append(sheet)
    if filled:
        return filled[0]
    raise DataError(f"{shown(file)} holds no values on any sheet.", FORMULAS)


def _is_table(head: Sequence[Sequence[str | None]]) -> bool:
    """Whether some column holds values in most of its rows."""
    lower = head[len(head) // 3 :]
    width = max(len(row) for row in head)
    for place in range(width):
        cells = [row[place] for row in lower if place < len(row) and row[place]]
        values = sum(kind_of(cell or "") == "value" for cell in cells)
        if len(cells) > 1 and 2 * values > len(cells):
            return True
    return False


def _cells(sheet: Any, path: Path) -> _Cells:
    """Every cell of a sheet as text."""
    import pyarrow as pa

    rows = _rows(sheet, path.name)
    parts, numbers = [], []
    while some := list(islice(rows, ROWS_AT_ONCE)):
        parts.append(_part([cells for _, cells in some]))
        numbers += [number for number, _ in some]
        for place, column in enumerate(parts[-1].columns, 1):
            refuse_long_cell(column, f"column {place}", path.name)
    whole = pa.concat_tables(parts, promote_options="default")
    # Read only, openpyxl keeps no merged cells, but knows which file of the workbook holds them.
    merged = merged_down(path, getattr(sheet, "_worksheet_path", ""), REMEDY)
    columns, filled = filled_down(whole.columns, np.array(numbers), merged)
    return _Cells(columns, np.array(numbers), filled)


def _rows(sheet: Any, file: str) -> Iterator[tuple[int, list[str | None]]]:
    """Rows with a value and their numbers, as text up to the last cell of each."""
    # What the sheet says of its own size may be anything.
    sheet.reset_dimensions()
    what, widest = f"Sheet {shown(sheet.title)} of {shown(file)}", 1
    for number, row in enumerate(in_pieces(sheet.iter_rows(values_only=True))):
        if number == EXCEL_ROWS:
            raise DataError(f"{what} has more rows than Excel allows.", REMEDY)
        # A cell far to the right may have been formatted and left empty.
        width = next((i for i in range(len(row), 0, -1) if row[i - 1] is not None), 0)
        widest = max(widest, width)
        refuse_large(number, widest, what)
        if width:
            yield number + 1, [None if cell is None else str(cell) for cell in row[:width]]


def _part(rows: list[list[str | None]]) -> pa.Table:
    import pyarrow as pa

    width = max(len(row) for row in rows)
    columns = [
        pa.array([row[i] if i < len(row) else None for row in rows], pa.string())
        for i in range(width)
    ]
    return pa.Table.from_arrays(columns, names=[str(i) for i in range(width)])


SPEC = ReaderSpec(
    name="excel",
    title="Excel workbook",
    summary="One sheet, by default the first with a table; rows above the samples may name the "
    "columns.",
    suffixes=(".xlsx", ".xlsm", ".xls"),
    read=read,
    tables=True,
    options=(
        *("sheet", "decimal", "skipped_lines", "heading_rows", "extra_rows", "text_columns"),
        *("missing_words", "missing_numbers"),
    ),
    order=20,
)
