"""Tables of text: every dialect in use is found, and what was written is what is read."""

import csv as writer
import gzip

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from aecore.data.readers.csv import SPEC, read
from aecore.errors import DataError


def frame_of(path, content):
    """The frame read from a file of this text or these bytes."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read(path).frame


@pytest.fixture
def path(tmp_path):
    """Where a table may be written."""
    return tmp_path / "a.csv"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where many tables may be written in turn."""
    return tmp_path_factory.mktemp("tables")


whole = st.integers(-(2**63), 2**63 - 1)
real = st.floats(allow_nan=False, allow_infinity=False)
moment = st.datetimes(pd.Timestamp(1800, 1, 1), pd.Timestamp(2200, 1, 1))
# Begins and ends in a letter, so that it is no number, marker or padded text.
text = st.text(" ,;|\t\"'<>=é\nz", max_size=6).map(lambda middle: f"t{middle}x")
KINDS = {
    "int64": whole,
    "float64": real | st.none(),
    "bool": st.booleans(),
    "boolean": st.booleans() | st.none(),
    "datetime64[us]": moment,
    "str": text | st.none(),
}


@st.composite
def frames(draw):
    """Frames of two to five columns, each of one kind and with a value."""
    rows = draw(st.integers(1, 6))
    kinds = draw(st.lists(st.sampled_from(sorted(KINDS)), min_size=2, max_size=5))
    columns = {}
    for place, kind in enumerate(kinds):
        values = st.lists(KINDS[kind], min_size=rows, max_size=rows)
        drawn = draw(values.filter(lambda some: any(value is not None for value in some)))
        columns[f"name {place}"] = pd.Series(drawn, dtype=kind)
    # Empty rows are left out.
    columns["name 0"] = pd.Series(range(rows), dtype="int64")
    frame = pd.DataFrame(columns)
    # A nullable column without missing values is written, and so read, as a plain one.
    full = [name for name in frame if frame[name].dtype == "boolean" and frame[name].notna().all()]
    return frame.astype(dict.fromkeys(full, "bool"))


@given(
    frame=frames(),
    sep=st.sampled_from([",", ";", "\t", "|"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    lineterminator=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([writer.QUOTE_MINIMAL, writer.QUOTE_ALL]),
    compression=st.sampled_from([None, "gzip"]),
    comma=st.booleans(),
)
def test_what_is_written_in_any_dialect_is_read(folder, frame, sep, comma, **dialect):
    """Delimiter, encoding, ends of lines, quotes, packing and decimal comma are all found."""
    path = folder / "a.csv"
    decimal = "," if comma and sep == ";" else "."
    frame.to_csv(path, index=False, sep=sep, decimal=decimal, **dialect)
    assert_frame_equal(read(path).frame, frame)


def test_spec_names_packed_and_tabbed_files():
    """A reader is chosen by these endings."""
    assert {".csv", ".tsv", ".csv.gz"} <= set(SPEC.suffixes)
    assert SPEC.read is read


def test_roles_are_left_open(path):
    """What a column is for is decided later."""
    path.write_text("a,b\n1,2\n")
    assert read(path).roles == {}


@pytest.mark.parametrize(
    ("content", "names"),
    [
        ("age,job\n3,x\n4,y\n", ["age", "job"]),
        ("5.1,3.5,setosa\n4.9,3.0,setosa\n", ["column 1", "column 2", "column 3"]),
        ("city,job\nRome,x\nOslo,y\n", ["city", "job"]),
        (",a,b\n0,1,2\n1,3,4\n", ["column 1", "a", "b"]),
        ("0,1,2\n7,5,9\n", ["0", "1", "2"]),
        ("land,1990,1991,1992\nNo,3,1,2\n", ["land", "1990", "1991", "1992"]),
        ("1,2,3\n4,5,6\n", ["column 1", "column 2", "column 3"]),
        ("2024-01-01,x\n2024-01-02,y\n", ["column 1", "column 2"]),
        ("true,x\nfalse,y\n", ["column 1", "column 2"]),
        ("NA,K\n1.5,2\n", ["NA", "K"]),
    ],
)
def test_a_heading_is_found_or_made(path, content, names):
    """Text over numbers is a heading, and numbers that count up are; a sample is none."""
    frame = frame_of(path, content)
    assert list(frame.columns) == names
    assert len(frame) == content.count("\n") - (
        0 if "column 1" in names and "a" not in names else 1
    )


def test_names_become_unique_text(path):
    """Repeated and empty names are told apart, and line ends in them become spaces."""
    frame = frame_of(path, 'a,a, a ,,"b\nc"\n1,2,3,4,5\n')
    assert list(frame.columns) == ["a", "a (2)", "a (3)", "column 4", "b c"]


def test_nameless_columns_without_values_are_dropped(path):
    """A delimiter at the end of every line makes no column."""
    frame = frame_of(path, "a,b,\n1,2,\n3,4,\n")
    assert frame.to_dict("list") == {"a": [1, 3], "b": [2, 4]}


@pytest.mark.parametrize("marker", ["", " ", "NA", "n/a", "NaN", "null", "None", "?", "#N/A"])
def test_markers_of_missing_values_are_missing(path, marker):
    """Among numbers and among text alike, spaces around them or not."""
    frame = frame_of(path, f"a,b,c\n1.5,x,1\n {marker} ,{marker},1\n")
    assert frame["a"].dtype == np.float64
    assert frame.isna().to_numpy().tolist() == [[False, False, False], [True, True, False]]


def test_spaces_around_values_are_dropped(path):
    """The same word with and without a space before it is the same."""
    frame = frame_of(path, "39, Private, 2\n40,Private,3\n")
    assert frame.iloc[:, 1].tolist() == ["Private", "Private"]
    assert frame.iloc[:, 2].tolist() == [2, 3]


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["+5", "-3"], [5.0, -3.0]),
        (["1e3", ".5"], [1000.0, 0.5]),
        (["1", "99999999999999999999"], [1.0, 1e20]),
        (["0x10", "0x11"], ["0x10", "0x11"]),
        (["1,5", "2,5"], [1.5, 2.5]),
        (["TRUE", "false"], [True, False]),
        (["12:30", "13:00"], ["12:30", "13:00"]),
        (["3.4.2024", "5.4.2024"], ["3.4.2024", "5.4.2024"]),
        (["inf", "superior"], ["inf", "superior"]),
    ],
)
def test_a_column_is_of_one_kind(path, cells, values):
    """All its values are numbers, true or false, or else they stay text."""
    content = "name\tother\n" + "".join(f"{cell}\tx\n" for cell in cells)
    assert frame_of(path, content)["name"].tolist() == values


def test_moments_with_a_zone_are_turned_to_utc(path):
    """Two zones in one column are one clock."""
    frame = frame_of(path, "a,b\n2024-01-01T02:00:00+02:00,1\n2024-01-01T00:00:00Z,2\n")
    assert frame["a"].nunique() == 1
    assert str(frame["a"].dtype.tz) == "UTC"


def test_moments_keep_their_fractions(path):
    """Down to the billionth of a second."""
    frame = frame_of(path, "a,b\n2024-01-01 00:00:00.123456789,1\n")
    assert frame["a"][0].nanosecond == 789


@pytest.mark.parametrize(("byte", "sign"), [(b"\x80", "€"), (b"\xe9", "é"), (b"\x81", "\x81")])
def test_other_bytes_than_utf_8_are_of_windows_or_else_latin(path, byte, sign):
    """Windows-1252 gives every byte but five a sign, Latin-1 each."""
    assert frame_of(path, b"a,b\n1,x" + byte + b"y\n")["b"].tolist() == [f"x{sign}y"]


def test_points_part_thousands_where_commas_are_decimal(path):
    """In a file with 1,5 a 1.234 is more than a thousand; in one without it is not."""
    german = frame_of(path, "a;b;c\n1.234,5;1.234;0.125\n2,5e1;5.678;0.250\n")
    assert german["a"].tolist() == [1234.5, 25.0]
    assert german["b"].tolist() == [1234, 5678]
    assert german["c"].tolist() == [0.125, 0.25]
    assert frame_of(path, "a;b\nx;1.234\ny;5.678\n")["b"].tolist() == [1.234, 5.678]


@pytest.mark.parametrize(
    ("content", "names", "rows"),
    [
        ("text\nHello, world\nbye\n", ["text"], 2),
        ("x\n1\n2\n3\n", ["x"], 3),
        ("1\n2\n", ["column 1"], 2),
        ('x\n""\n1\n', ["x"], 2),
        ("a,b\r1,2\r3,4", ["a", "b"], 2),
        ("\n\na,b\n\n1,2\n\n", ["a", "b"], 1),
        ("a|b,c\n1,2\n", ["a|b", "c"], 1),
        ('a;b\n"x;y\nz";1\n', ["a", "b"], 1),
        ('size,n\n5" pipe,1\n', ["size", "n"], 1),
        ("par1,b\n1,2\n", ["par1", "b"], 1),
        ("1,5;2,5\n3,5;4,5\n", ["column 1", "column 2"], 2),
    ],
)
def test_unusual_files_are_read(path, content, names, rows):
    """One column, empty lines, ends of lines of old, and delimiters inside values."""
    frame = frame_of(path, content)
    assert list(frame.columns) == names
    assert len(frame) == rows


def test_markup_and_formulas_are_plain_text(path):
    """Nothing in a name or a value is evaluated or changed."""
    frame = frame_of(path, "<b>x</b>,=cmd|'/c'!A0\n=1+1,<script>\n")
    assert list(frame.columns) == ["<b>x</b>", "=cmd|'/c'!A0"]
    assert frame.iloc[0].tolist() == ["=1+1", "<script>"]


def test_packed_files_are_known_by_their_content(path):
    """A .csv that is packed is unpacked, and a .csv.gz that is not is read as it is."""
    assert frame_of(path, gzip.compress(b"a,b\n1,2\n")).shape == (1, 2)
    assert frame_of(path.with_name("a.csv.gz"), b"a,b\n1,2\n").shape == (1, 2)


def test_a_million_categories_are_read(path):
    """Whether such a column is of use is decided later."""
    frame = frame_of(path, "name\n" + "".join(f"person {i}\n" for i in range(1_000_000)))
    assert frame["name"].nunique() == 1_000_000


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("a,b\n1,2\n3,4,5\n", 3),
        ("a,b\n1,2\n3\n", 3),
        ("a,b\n\n1,2\n\n\n3\n", 6),
        ('a,b\n"x\ny",2\n3\n', 4),
        ("a,b\r\n1,2\r\n3\r\n", 3),
        ("a|b,c\n1,2\n3,4\n5\n", 4),
        ("a,b\n" + "1,2\n" * 100_000 + "3\n", 100_002),
    ],
)
def test_a_ragged_row_is_named_by_its_line(path, content, line):
    """Empty lines and line ends inside quotes count, as in a text editor."""
    with pytest.raises(DataError, match=rf"^Line {line:,} of a.csv has \d values?, where the"):
        frame_of(path, content)


@pytest.mark.parametrize(
    ("content", "line"),
    [('a,b\n1,2\n3,"x\n4,5\n', 3), ('a,b\n1,2\n"x\n4,5\n6,7\n', 3), ('a\n"x\ny\n', 2)],
)
def test_an_open_quote_is_named_by_its_line(path, content, line):
    """Unnoticed, it would take all the rows below into one value."""
    with pytest.raises(DataError, match=f"Line {line} of a.csv opens a quote that is never closed"):
        frame_of(path, content)


def test_a_quote_closed_lines_later_is_read(path):
    """Line ends inside the last value of a file are no open quote."""
    assert frame_of(path, 'a,b\n1,"x\ny"\n')["b"].tolist() == ["x\ny"]
    assert frame_of(path, 'a,b\n1,"x\ny"'.encode("utf-16"))["b"].tolist() == ["x\ny"]
