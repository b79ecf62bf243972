"""Layouts of text tables: what stands between values, above the samples, among and below them."""

import pytest

from aecore.data.readers.csv import read
from aecore.data.reading_options import ReadingOptions
from aecore.errors import DataError

BODY = "".join(f"{i}.5,{i * 3 % 7},w{i % 4}\n" for i in range(20))
NUMBERS = [[i + 0.5, i * 3 % 7] for i in range(20)]


@pytest.fixture
def path(tmp_path):
    """Where a table may be written."""
    return tmp_path / "a.csv"


def table_of(path, content, **options):
    """The table read from this text."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read(path, ReadingOptions(**options))


def rows_told(table):
    """Kinds of rows that were left out: the note's first words, how many, and where."""
    return [(n.sentence, n.count, n.lines) for n in table.notes if n.about == "rows"]


def assert_body(table, names=("a", "b", "c")):
    """All samples of `BODY` and no others."""
    assert list(table.frame.columns) == list(names)
    assert table.frame.iloc[:, :2].to_numpy().tolist() == NUMBERS


@pytest.mark.parametrize(
    ("sign", "name"),
    [
        *((",", "comma"), (";", "semicolon"), ("\t", "tab"), ("|", "bar"), ("^", "caret")),
        *(("~", "tilde"), ("::", "double-colon"), ("  ", "spaces"), (" \t ", "tab")),
        *((", ", "comma"), (",\t", "comma"), (" ; ", "semicolon"), (" | ", "bar")),
    ],
)
def test_values_are_parted_however_they_are(path, sign, name):
    """The note says by what, and naming it reads the same."""
    content = ("a,b,c\n" + BODY).replace(",", sign)
    table = table_of(path, content)
    assert_body(table)
    [note] = [note for note in table.notes if note.option == "separator"]
    assert note.value == name
    assert_body(table_of(path, content, separator=name))


@pytest.mark.parametrize("pad", ["{:>9}", "{:<9}", "   {:+.3e}"])
def test_numbers_in_columns_of_spaces_are_read(path, pad):
    """As NumPy and Fortran write them, aligned at either side, with spaces at the ends."""
    lines = ["".join(pad.format(value) for value in row) for row in NUMBERS]
    table = table_of(path, "\n".join(lines) + "\n")
    assert table.frame.to_numpy().tolist() == NUMBERS


@pytest.mark.parametrize("line", ["sep=;", '"sep=;"', "SEP=;"])
def test_a_line_that_names_the_separator_is_none_of_the_table(path, line):
    """Excel reads it, and writes it too."""
    assert_body(table_of(path, f"{line}\r\na;b;c\n" + BODY.replace(",", ";")))


@pytest.mark.parametrize(
    "above",
    [
        "# made by hand\n",
        "#one, two, three\n#\n",
        "% field log\n% v2\n",
        "Weather station\n\n",
        "Station;Lindenberg\nHeight;112\n",
        "Station,Lindenberg\nHeight,112\n\n",
        "Station,Lindenberg,\n,,\n",
        "// x\n// y\n",
    ],
)
def test_lines_above_the_heading_are_no_part_of_the_table(path, above):
    """Comments, titles, and what an instrument says of itself; told, and how many they are."""
    table = table_of(path, f"{above}a,b,c\n{BODY}")
    assert_body(table)
    heading = above.count("\n") + 1
    notes = {note.option: note for note in table.notes if note.about == "guess"}
    assert notes["heading_rows"].sentence == f"Line {heading} names the columns."
    told = notes["comment"] if above[0] in "#%/" else notes["skipped_lines"]
    assert told.value in (above[0], "//", above.rstrip("\n,").count("\n") + 1)


def test_a_heading_in_a_comment_names_the_columns(path):
    """As NumPy's savetxt writes it; a comment above a heading does not."""
    assert_body(table_of(path, "# a,b,c\n" + BODY))
    assert_body(table_of(path, "#a,b,c\n" + BODY))
    assert_body(table_of(path, "# north, wall, side\na,b,c\n" + BODY))


@pytest.mark.parametrize("units", ["°C,hPa,m", "[degC],[1],[-]", "(s),%,kW", "m/s,W/m2,ug/m3"])
def test_a_row_of_units_is_left_out_and_told(path, units):
    """It can be kept, as one can choose that both rows name the columns."""
    content = f"a,b,c\n{units}\n" + BODY.replace("w", "")
    table = table_of(path, content)
    assert_body(table)
    [(sentence, count, lines)] = rows_told(table)
    assert sentence.startswith("Line 2, below the heading, holds no values")
    assert (count, lines) == (1, (2,))
    both = table_of(path, content, heading_rows=2)
    assert both.frame.columns[0] == f"a {units.split(',')[0]}"
    assert_body(both, both.frame.columns)


@pytest.mark.parametrize(
    ("above", "names"),
    [
        ("inlet,,outlet\ntemp,press,temp\n", ["inlet temp", "inlet press", "outlet temp"]),
        ("inlet,inlet,outlet\ntemp,press,temp\n", ["inlet temp", "inlet press", "outlet temp"]),
        ("id,air,\n,temp,press\n", ["id", "air temp", "air press"]),
        ("x,,y\na,b,a\nm,s,m\n", ["x a", "x b", "y a"]),
    ],
)
def test_several_rows_may_name_the_columns(path, above, names):
    """Names of groups stand above all columns of the group; units still are units."""
    assert_body(table_of(path, above + BODY.replace("w", "")), names)


@pytest.mark.parametrize(
    "heading",
    [
        [400 + 2 * i for i in range(12)],
        [0.25 * i for i in range(12)],
        [1990 + i for i in range(12)],
    ],
)
def test_a_heading_of_numbers_names_the_columns(path, heading):
    """Wavelengths, seconds, years: evenly spaced, as no measurement is."""
    rows = [[((i * 7 + k * 5) % 11) / 10 for k in range(12)] for i in range(20)]
    lines = [",".join(map(str, row)) for row in [heading, *rows]]
    table = table_of(path, "\n".join(lines) + "\n")
    assert list(table.frame.columns) == [str(value) for value in heading]
    assert table.frame.to_numpy().tolist() == rows
    named = "\n".join([f"id,{lines[0]}", *(f"s{i},{line}" for i, line in enumerate(lines[1:]))])
    assert len(table_of(path, named + "\n").frame) == 20


def test_even_rows_of_samples_are_no_heading(path):
    """Answers from 1 to 5 count up now and then."""
    lines = ["1,2,3,4,5", "2,3,1,5,4", "5,4,3,2,1", "3,3,3,1,2"] * 5
    assert len(table_of(path, "\n".join(lines) + "\n").frame) in (19, 20)
    lines[0] = "2,3,3,4,4"
    assert len(table_of(path, "\n".join(lines) + "\n").frame) == 20


def test_a_heading_that_comes_again_is_left_out(path):
    """Files glued together; with their units, and each told with its line."""
    part = "a,b,c\nm,s,kg\n" + BODY.replace("w", "")
    table = table_of(path, part * 3)
    assert len(table.frame) == 60
    told = rows_told(table)
    assert [(count, lines) for _, count, lines in told] == [(1, (2,)), (2, (23, 45)), (2, (24, 46))]


def test_texts_without_a_heading_are_all_samples(path):
    """A first row, the words of which come again, names nothing."""
    lines = [
        f"{'spam' if i % 9 == 0 else 'ham'}\tsee you at place {i} later today" for i in range(30)
    ]
    table = table_of(path, "\n".join(lines) + "\n")
    assert table.frame.shape == (30, 2)
    headed = table_of(path, "kind\ttext\n" + "\n".join(lines) + "\n")
    assert list(headed.frame.columns) == ["kind", "text"]


@pytest.mark.parametrize("sign", [" ", "\t", ","])
def test_names_of_rows_are_no_feature(path, sign):
    """R writes them without a name for their column."""
    lines = [f'"g{i}"{sign}{i}.5{sign}{i % 3}' for i in range(20)]
    table = table_of(path, "\n".join([f'"x"{sign}"y"', *lines, ""]))
    assert list(table.frame.columns) == ["row name", "x", "y"]
    assert table.roles == {"row name": "ignore"}


def test_more_names_than_values_are_refused(path):
    """Which of them is too many, nobody can tell."""
    with pytest.raises(DataError, match=r"Line 1 of a.csv has 4 values, where the lines below it"):
        table_of(path, "a,b,c,d\n" + BODY)


def test_empty_columns_are_left_out(path):
    """After a separator at the end without a word, in the middle with one."""
    trailing = BODY.replace("\n", ",\n")
    assert_body(table_of(path, "a,b,c\n" + trailing))
    assert_body(table_of(path, "a,b,c,\n" + trailing))
    table = table_of(path, "a,b,c,d\n" + trailing)
    assert_body(table)
    [note] = [note for note in table.notes if note.about == "columns"]
    assert (note.columns, note.sentence) == (("d",), '"d" holds no values and is left out.')


@pytest.mark.parametrize(
    ("row", "line", "word"),
    [
        (",,\n,,\n", 22, "empty rows"),
        ("Total,190,\n", 22, "A total"),
        ("Mean:,4.2,\n", 22, "A total"),
        ("Source: own measurements,,\n", 22, "A note"),
        ("\n(20 rows affected)\n", 23, "A note"),
        ("# the end\n", 22, "A comment"),
    ],
)
def test_what_stands_below_the_samples_is_left_out_and_told(path, row, line, word):
    """Empty rows, totals, notes and comments, by the line of the first."""
    table = table_of(path, f"a,b,c\n{BODY}{row}")
    assert_body(table)
    [(sentence, _, lines)] = rows_told(table)
    assert word in sentence and lines[0] == line


def test_rows_that_are_no_samples_can_be_kept(path):
    """Their cells are then gaps among numbers."""
    table = table_of(path, f"a,b,c\n{BODY}Total,190,\n", extra_rows="keep")
    assert len(table.frame) == 21


def test_a_row_of_another_length_among_samples_is_refused(path):
    """No value is lost in silence."""
    with pytest.raises(
        DataError, match=r"Line 22 of a.csv has 2 values, where the first line has 3"
    ):
        table_of(path, f"a,b,c\n{BODY}5,6\n{BODY}")


def test_lines_above_and_rows_of_names_can_be_given(path):
    """Both count from the top of the file."""
    content = f"x,y,z\nu,v,w\na,b,c\n{BODY}"
    assert_body(table_of(path, content, skipped_lines=2))
    named = table_of(path, content, skipped_lines=1, heading_rows=2)
    assert_body(named, ["u a", "v b", "w c"])
    without = table_of(path, BODY, heading_rows=0)
    assert_body(without, ["column 1", "column 2", "column 3"])


@pytest.mark.parametrize(
    ("quote", "given"), [("'", "auto"), ("'", "single"), ('"', "auto"), ('"', "double")]
)
def test_separators_in_quotes_part_nothing(path, quote, given):
    """Whichever quotes they are."""
    lines = [f"{quote}x, {i % 3}{quote},{quote}y{quote},{i}.5" for i in range(20)]
    table = table_of(path, "\n".join(["a,b,c", *lines, ""]), quote=given)
    assert table.frame["a"].tolist() == [f"x, {i % 3}" for i in range(20)]


def test_quotes_that_open_nothing_are_letters(path):
    """Messages that begin with a quote, as they come in collections of them."""
    lines = [f"ham\t{i}\t{chr(34) if i in (3, 8, 11) else ''}see you at {i}" for i in range(20)]
    table = table_of(path, "\n".join(["kind\tn\ttext", *lines, ""]))
    assert table.frame["text"].tolist()[3] == '"see you at 3'
    assert len(table.frame) == 20
    [note] = [note for note in table.notes if note.option == "quote"]
    assert note.value == "none"


def test_a_number_a_line_may_have_a_decimal_comma(path):
    """Below a name there is one column; without one, a note asks."""
    lines = "1,5\n2,25\n3,5\n" * 10
    assert table_of(path, f"x\n{lines}").frame["x"].tolist() == [1.5, 2.25, 3.5] * 10
    table = table_of(path, lines)
    assert table.frame.shape == (30, 2)
    [note] = [note for note in table.notes if note.about == "advice"]
    assert (note.option, note.value) == ("separator", "none")
    assert table_of(path, lines, separator="none").frame.shape == (30, 1)
