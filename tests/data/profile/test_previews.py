"""Previews of tables: every cell as text, and empty where there is no value."""

import openpyxl
import pandas as pd
import pytest

from aecore.data.loading import describe_source, load
from aecore.data.profile.previews import preview

ROWS = 60
# None in the first rows, and in the last alone.
EARLY = [(True, False, None)[i % 3] for i in range(ROWS)]
LATE = [*([True, False] * (ROWS // 2))[:-1], None]


def as_csv(folder, frame):
    """A table of text."""
    frame.to_csv(folder / "a.csv", index=False)
    return folder / "a.csv"


def as_excel(folder, frame):
    """A workbook with cells of true and false."""
    book = openpyxl.Workbook()
    for row in (list(frame.columns), *frame.itertuples(index=False)):
        book.active.append([None if pd.isna(value) else value for value in row])
    book.save(folder / "a.xlsx")
    return folder / "a.xlsx"


def as_parquet(folder, frame):
    """A file that says that the column is true or false."""
    frame.astype({"smoker": "boolean"}).to_parquet(folder / "a.parquet")
    return folder / "a.parquet"


def as_folder(folder, frame):
    """The same in two files of one folder."""
    (folder / "t").mkdir()
    frame = frame.astype({"smoker": "boolean"})
    frame.iloc[:20].to_parquet(folder / "t" / "0.parquet")
    frame.iloc[20:].to_parquet(folder / "t" / "1.parquet")
    return folder / "t"


@pytest.mark.parametrize("written", [as_csv, as_excel, as_parquet, as_folder])
@pytest.mark.parametrize("smoker", [EARLY, LATE])
def test_true_and_false_with_gaps_have_a_sheet_and_a_preview(tmp_path, written, smoker):
    """A category of True and False, its gaps counted, and an empty cell for each of them."""
    frame = pd.DataFrame(
        {"age": [20 + i * 37 % 40 for i in range(ROWS)], "smoker": smoker, "dose": range(5, 65)}
    )
    source = str(written(tmp_path, frame))
    column = next(c for c in describe_source(source).columns if c.name == "smoker")
    assert (column.type, column.categories) == ("category", ("False", "True"))
    assert column.missing == smoker.count(None)
    shown = preview(load(source))
    place = shown["columns"].index("smoker")
    cells = [row[place] for row in shown["rows"]]
    assert cells == ["" if value is None else str(value) for value in smoker[: len(cells)]]


def test_cells_of_any_type_are_text(tmp_path):
    """Moments, numbers and texts that are missing are empty cells."""
    frame = pd.DataFrame(
        {
            "when": pd.to_datetime(["2024-01-02", None]),
            "count": pd.array([None, 7], "Int64"),
            "word": [None, "x" * 100],
            "real": [0.1 + 0.2, None],
        }
    )
    frame.to_parquet(tmp_path / "a.parquet")
    rows = preview(load(str(tmp_path / "a.parquet")))["rows"]
    assert rows == [["2024-01-02 00:00:00", "", "", "0.3"], ["", "7", "x" * 60, ""]]
