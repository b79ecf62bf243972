"""Tables made to harm or mislabelled: each is refused with a sentence, soon, in little memory."""

import errno
import gzip
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aecore.data.limits import limits
from aecore.data.readers._content import reading
from aecore.errors import DataError
from tests.data.readers.crafted_tables import (
    READ,
    cells,
    declaring,
    expanding,
    parquet_of,
    repeated,
    sheet,
    styled,
    with_strings,
    workbook,
)
from tests.data.readers.measured import assert_refused_soon

MIB = 2**20
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
# In no order, so that it is no bomb.
LETTERS = np.random.default_rng(0).integers(97, 123, 200_000, np.uint8).tobytes()

MISLABELLED = {
    "picture.csv": (PNG, "is a PNG picture, not a table of text"),
    "book.csv": (workbook(), "is a ZIP archive or a document packed as one"),
    "old.csv": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "is an old Excel workbook"),
    "columns.csv": (parquet_of(a=[1]), "is a Parquet file, not"),
    "page.csv": (b"\n<!DOCTYPE html><html><body>a,b</body>", "is a web page, not"),
    "marked-page.csv": (b"\xef\xbb\xbf<html>,", "is a web page, not"),
    "paper.csv": (b"%PDF-1.7\n1,2\n", "is a PDF document, not"),
    "noise.csv": (bytes(range(256)) * 20, "is no text: it holds bytes that no text has"),
    "late-noise.csv": (b"a,b\n" + b"1,2\n" * 300_000 + b"\0", "is no text"),
    "unmarked.csv": ("a,b\n1,2\n".encode("utf-16-le"), "is no text"),
    "mismarked.csv": (b"\xef\xbb\xbfa,b\n1,\xff\n", "marked as UTF-8, but some of its bytes"),
    "half.csv": ("a,b\n1,2\n".encode("utf-16")[:-1], "marked as UTF-16, but some of its bytes"),
    "empty.csv": (b"", "empty.csv is empty"),
    "blank.csv": (b"\n \r\n", "blank.csv is empty"),
    "mark.csv": (b"\xef\xbb\xbf", "mark.csv is empty"),
    "heading.csv": (b"a,b\n", "has no rows, only names of columns"),
    "all-missing.csv": (b"a,b\n,NA\n,\n", "every cell is empty or marked as missing"),
    "overflow.csv": (b"a\n1e999\n-inf\n", "every cell is empty or marked as missing"),
    "wide.csv": (b"1," * 30_000 + b"1\n", "30,001 columns, and the limit is 25,000"),
    "long.csv": (b"a,b\n1," + b"x" * 200_000 + b"\n", "column 2 of long.csv has 200,000 text byt"),
    "cut.csv.gz": (gzip.compress(b"a,b\n1,2\n" * 1000)[:-20], "damaged and cannot be read"),
    "twice.csv.gz": (gzip.compress(gzip.compress(b"a,b\n1,2\n")), "is an archive packed by gzip"),
    "picture.parquet": (PNG, "is a PNG picture"),
    "text.parquet": (b"a,b\n1,2\n", "is no Parquet file"),
    "empty.parquet": (b"", "is empty"),
    "cut.parquet": (parquet_of(a=[1, 2])[:-9], "damaged and cannot be read as a Parquet file"),
    "start.parquet": (b"PAR1" * 3, "damaged and cannot be read as a Parquet file"),
    "long.parquet": (parquet_of(a=["x" * 200_000]), 'column "a" of long.parquet has 200,000 text'),
    "wide.parquet": (parquet_of(**{f"{i}": [1] for i in range(25_001)}), "25,001 columns, and"),
    "picture.xlsx": (PNG, "is a PNG picture"),
    "cut.xlsx": (workbook()[:-30], "damaged"),
    "other.xlsx": (b"PK\x03\x04", "damaged"),
    "broken.xlsx": (sheet(b"<row><c><v>1</row>"), "damaged and cannot be read as an Excel"),
    "numberless.xlsx": (sheet(b'<row r="1"><c r="A1"><v>x</v></c></row>'), "damaged and cannot"),
    "far.xlsx": (sheet(b'<row r="1"><c r="ZZZZZ1"><v>1</v></c></row>'), "damaged and cannot"),
    "infinite.xlsx": (
        sheet(b'<row r="1"><c r="A1"><v>1E999</v></c></row>'),
        "every cell is empty or marked as missing",
    ),
    "long.xlsx": (
        sheet(b'<row><c t="str"><v>' + LETTERS + b"</v></c></row>"),
        "column 1 of long.xlsx has 200,000 text bytes",
    ),
}


@pytest.mark.parametrize("name", MISLABELLED)
def test_bad_tables_are_refused_with_cause_and_remedy(tmp_path, name):
    """Whatever a file holds, the sentence names it and says what to do."""
    content, sentence = MISLABELLED[name]
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DataError, match=sentence) as refused:
        READ[path.suffix](path)
    assert name in refused.value.cause
    assert refused.value.remedy.endswith(".")


@pytest.mark.parametrize("suffix", READ)
def test_what_is_no_file_is_refused(tmp_path, suffix):
    """A path to nothing and a folder get a sentence too."""
    for path in (tmp_path / f"none{suffix}", tmp_path):
        with pytest.raises(DataError, match=r"There is no file|cannot be read"):
            READ[suffix](path)


@pytest.mark.parametrize("suffix", READ)
def test_names_of_files_are_shown_as_plain_text(tmp_path, suffix):
    """Markup stays as it is, and what cannot be printed is replaced."""
    path = tmp_path / f"<b>\x1b[31m{suffix}"
    path.write_bytes(b"")
    with pytest.raises(DataError) as refused:
        READ[suffix](path)
    assert "<b>" in refused.value.cause
    assert "\x1b" not in refused.value.cause


@pytest.mark.parametrize(("suffix", "limit"), [(".csv", 3), (".parquet", 3), (".xlsx", 3)])
def test_the_limit_of_rows_leaves_out_the_heading(tmp_path, monkeypatch, suffix, limit):
    """As many rows as are allowed are read, one more is refused."""
    monkeypatch.setenv("AECORE_MAX_ROWS", str(limit))
    write = {".csv": "to_csv", ".parquet": "to_parquet", ".xlsx": "to_excel"}[suffix]
    path = tmp_path / f"a{suffix}"
    for rows in (limit, limit + 1):
        getattr(pd.DataFrame({"a": range(rows)}), write)(path, index=False)
        limits.cache_clear()
        if rows == limit:
            assert len(READ[suffix](path).frame) == limit
        else:
            with pytest.raises(DataError, match="4 rows, and the limit is 3"):
                READ[suffix](path)
    monkeypatch.undo()
    limits.cache_clear()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where many files may be written in turn."""
    return tmp_path_factory.mktemp("tables")


VALID = {
    ".csv": b'name,b\n1,"x\ny"\n2.5,z\n',
    ".gz": gzip.compress(b"name;b\n1,5;x\n2,5;z\n"),
    ".parquet": parquet_of(name=[1, None], b=["x", "y"]),
    ".xlsx": workbook(),
}
# What means something to one of the parsers.
PIECES = [b'"', b"\n", b",", b";", b"\r", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"1e999", b"PAR1"]


def sound(path, content):
    """Whether a file of these bytes is read as rows, or refused with a cause and a remedy."""
    path.write_bytes(content)
    try:
        return len(READ[path.suffix](path).frame) > 0
    except DataError as error:
        return bool(error.cause and error.remedy)


@pytest.mark.parametrize("suffix", READ)
@given(content=st.binary(max_size=200) | st.lists(st.sampled_from(PIECES)).map(b"".join))
def test_no_bytes_raise_anything_but_a_refusal(folder, suffix, content):
    """Bytes of any kind are read as rows, or refused with both sentences."""
    assert sound(folder / f"a{suffix}", content)


@pytest.mark.parametrize("suffix", READ)
@given(data=st.data())
def test_no_damage_raises_anything_but_a_refusal(folder, suffix, data):
    """Nor do files that were good before a few bytes of them changed."""
    content = bytearray(VALID[suffix])
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content)))
        stop = data.draw(st.integers(start, min(start + 4, len(content))))
        content[start:stop] = data.draw(st.binary(max_size=4) | st.sampled_from(PIECES))
    assert sound(folder / f"a{suffix}", bytes(content))


NULLS = pa.nulls(4_000_000, pa.float64())
WORST = {
    # 16 GiB in 16 MiB.
    "bomb.csv.gz": (lambda: gzip.compress(b"1,2\n" * 4 * MIB) * 1000, "more than 200 times"),
    "line.csv": (lambda: b"1," * 32 * MIB, "first line of line.csv is longer than"),
    "cell.csv": (lambda: b"a,b\n1," + b"x" * 64 * MIB, "A line of cell.csv is longer than"),
    "quote.csv": (lambda: b'a,b\n1,"' + b"x\n1,2,3" * 10 * MIB, "a quote is opened and never clo"),
    "row.csv": (lambda: b"a,b\n1,2\n" + b"," * 3 * MIB, "Line 3 of row.csv has 3,145,729 values"),
    "rows.csv": (lambda: b"a,b\n" + b",\n" * 5_100_000, "rows, and the limit is 5,000,000"),
    "late.csv": (
        lambda: b"a,b\n" + b"1,2\n" * 999_999 + b"3",
        "Line 1,000,001 of late.csv has 1 va",
    ),
    "noise.csv": (lambda: b"a,b\n" + b"1,2\n" * 10 * MIB + b"\0", "is no text"),
    "rows.parquet": (lambda: parquet_of(a=np.zeros(6_000_000)), "has 6,000,000 rows"),
    "text.parquet": (
        lambda: parquet_of(a=repeated("x" * 90_000)),
        "Text in text.parquet has .* un",
    ),
    "large.parquet": (
        lambda: parquet_of(**{f"{i}": NULLS for i in range(150)}),
        "4,800,000,000 unpacked bytes",
    ),
    "bomb.xlsx": (lambda: sheet(cells(50 * MIB)), "sheet1.xml in bomb.xlsx unpacks to more than"),
    "small-by-its-word.xlsx": (
        lambda: declaring(sheet(cells(MIB)), unpacked=1000),
        "small-by-its-word.xlsx is damaged",
    ),
    "large-by-its-word.xlsx": (
        lambda: declaring(sheet(cells(MIB)), packed=MIB),
        "sheet1.xml in large-by-its-word.xlsx unpacks to more than",
    ),
    "far-row.xlsx": (
        lambda: sheet(
            b'<row r="1"><c r="A1"><v>1</v></c></row><row r="2000000000"><c><v>1</v></c></row>',
            size=b"A1:XFD1048576",
        ),
        "more rows than Excel allows",
    ),
    "wide.xlsx": (lambda: sheet(cells(60_000)), "wide.xlsx holds no values on any sheet"),
    "expanding.xlsx": (expanding, "expanding.xlsx is damaged"),
    "styles.xlsx": (lambda: styled(5 * MIB), "styles.xml in styles.xlsx unpacks to more than"),
    "strings.xlsx": (lambda: with_strings(5 * MIB), "sharedStrings.xml in strings.xlsx unpacks to"),
}

MEASURE = """
import json, pathlib, sys, time
from aecore.data.readers import csv, excel, parquet
from aecore.errors import DataError

READ = {".csv": csv.read, ".gz": csv.read, ".parquet": parquet.read, ".xlsx": excel.read}
told = {}
for line in sys.stdin:
    path = pathlib.Path(line.rstrip())
    start = time.process_time()
    try:
        READ[path.suffix](path)
    except DataError as error:
        told[path.name] = [time.process_time() - start, str(error)]
status = pathlib.Path("/proc/self/status").read_text().split()
print(json.dumps({"peak": int(status[status.index("VmHWM:") + 1]), "told": told}))
"""


def test_the_worst_tables_are_refused_soon_and_in_little_memory(tmp_path):
    """Within two seconds of work each, and 300 MiB for the process that reads them all."""
    for name, (content, _) in WORST.items():
        (tmp_path / name).write_bytes(content())
    assert_refused_soon(MEASURE, "\n".join(str(tmp_path / name) for name in WORST), WORST)


def test_a_file_that_may_not_be_read_is_not_called_damaged():
    """Whoever runs the program can put that right; the file is as good as it was."""
    with (
        pytest.raises(DataError, match=r"^t\.csv may not be read by this program\. Allow it to"),
        reading(Path("t.csv"), "a table", "Save it again."),
    ):
        raise PermissionError(errno.EACCES, "Permission denied", "t.csv")
