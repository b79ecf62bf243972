"""Does every option of how a file is read change what is read of a file in which it matters?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from aecore import Experiment, data
from aecore.data.dataset import Table
from aecore.data.reading_options import AS_FOUND, ReadingOptions
from aecore.errors import DataError

ROWS = 12


def lines(*head: str, row: str, end: tuple[str, ...] = ()) -> bytes:
    """A text table: what stands above, a row for each number in place of `{i}`, what follows."""
    rows = [row.format(i=i, day=i % 9 + 1, next=i + 1, hour=i % 24) for i in range(ROWS)]
    return "\n".join([*head, *rows, *end, ""]).encode()


# Option -> a value, and a file that is read otherwise with it than as found.
CASES: dict[str, tuple[Any, bytes]] = {
    "separator": ("comma", lines("a,b;c", row="{i},5;{i}")),
    "quote": ("none", lines("a,b", row='"x{i}",{i}')),
    "decimal": ("comma", lines("a;b", row="1.{i:03};{i}")),
    "skipped_lines": (2, lines("a,b", "7,8", row="{i},{i}5")),
    "comment": ("none", lines("# lab 7", "# site 5", "a,b", row="{i},{i}5", end=("#9,95",))),
    "heading_rows": (0, lines("a,b", row="{i},x{i}")),
    "extra_rows": ("keep", lines("a,b", row="{i},{i}5", end=("Total,999",))),
    "text_columns": (("a",), lines("a,b", row="{i},{i}5")),
    "missing_words": (("x3",), lines("a,b", row="{i},x{i}")),
    "missing_numbers": ((3.0,), lines("a,b", row="{i},{i}5")),
    "encoding": ("latin-1", lines("a,b", row="{i},ä{i}")),
    "date_order": ("day", lines("t,b", row="0{day}/02/2024,{i}")),
    "two_digit_years": ("1900", lines("t,b", row="{day:02}.02.24,{i}")),
    "time_columns": (("d",), lines("d,t,b", row="2024-02-01,{hour:02}:00,{i}")),
    "row_order": ("file", lines("t,b", row="2024-02-{day:02} {hour:02}:00,{i}")),
    "long_format": (
        "keep",
        lines("t,meter,b", row="2024-02-{next:02},1,{i}\n2024-02-{next:02},2,{i}5"),
    ),
}


def read(path: Path, options: ReadingOptions) -> str:
    """All that was read: names, types and values."""
    try:
        raw = data.load(str(path), options)
    except DataError as error:
        return str(error)
    assert isinstance(raw, Table)
    return f"{dict(raw.frame.dtypes)}\n{raw.frame.to_csv()}"


@pytest.mark.parametrize("name", CASES)
def test_an_option_changes_what_is_read(name: str, tmp_path: Path) -> None:
    """Alone, against the file as found."""
    value, content = CASES[name]
    path = tmp_path / "table.csv"
    path.write_bytes(content)

    assert read(path, ReadingOptions(**{name: value})) != read(path, AS_FOUND)


def test_the_sheet_changes_what_is_read(tmp_path: Path) -> None:
    """The second sheet of a workbook instead of the first."""
    book, path = openpyxl.Workbook(), tmp_path / "book.xlsx"
    for name, first in (("May", 1.0), ("June", 2.0)):
        sheet = book.create_sheet(name)
        for row in (("a", "b"), *((first * i, i) for i in range(ROWS))):
            sheet.append(row)
    book.remove(book.worksheets[0])
    book.save(path)

    assert read(path, ReadingOptions(sheet="June")) != read(path, AS_FOUND)


def test_every_option_is_tried() -> None:
    """A new one must have its file here."""
    assert {*CASES, "sheet"} == set(ReadingOptions.model_fields)


def test_what_is_chosen_reaches_training(tmp_path: Path) -> None:
    """The options stand in the experiment, from which training reads."""
    path = tmp_path / "table.csv"
    path.write_bytes(CASES["missing_numbers"][1])
    chosen = Experiment.from_dict(
        {"data": {"source": str(path), "reading": {"missing_numbers": [3.0]}}}
    )

    raw, sheet = data.checked(chosen.data.source, chosen.data.reading)

    assert isinstance(raw, Table)
    assert int(raw.frame["a"].isna().sum()) == 1
    assert sheet.columns[0].missing == 1
