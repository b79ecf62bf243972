"""Check sheets of data sets: what one look finds, whatever it looks at."""

import datetime as dt
import json
import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from aecore.data import DATASETS
from aecore.data.dataset import Dataset, Table
from aecore.data.profile.check_sheet import Sheet
from aecore.data.profile.describing import describe
from tests.data.made import COLOURS, HOURS, NUMBERS, REVIEWS, ROWS, of_arrays, only, table

RANDOM = np.random.default_rng(0)
GREY = RANDOM.integers(1, 255, (ROWS, 4, 4, 1)).astype(np.uint8)


def test_a_table_is_described():
    """Rows, kind, range, classes, factors, and memory: a float a number, one a category."""
    sheet = table(
        id=np.arange(ROWS),
        one=[1] * ROWS,
        colour=COLOURS,
        target=NUMBERS[:, 2] * 7,
        label=COLOURS == "red",
    )
    assert (sheet.title, sheet.rows, sheet.kind, sheet.sample_shape) == ("a.csv", ROWS, "table", ())
    assert sheet.value_range == (NUMBERS[:, :2].min(), NUMBERS[:, :2].max())
    assert sheet.classes == (("False", 75), ("True", 25))
    assert sheet.factors == ("id", "target")
    assert sheet.memory == ROWS * (2 + 4) * 4
    roles = {column.name: column.role for column in sheet.columns}
    assert roles == {
        "a": "feature",
        "b": "feature",
        "id": "ignore",
        "one": "ignore",
        "colour": "feature",
        "target": "ignore",
        "label": "label",
    }


def test_arrays_are_described():
    """Shape, range, classes with none of the rows too, factors, and memory as float32."""
    y = np.zeros(ROWS, dtype=np.int64)
    factors = {"angle": NUMBERS[:, 0]}
    sheet = of_arrays(GREY, y, class_names=("cat", "dog"), factors=factors)
    assert (sheet.rows, sheet.kind, sheet.sample_shape) == (ROWS, "image", (4, 4, 1))
    assert sheet.value_range == (1, 254)
    assert sheet.bytes_of_grey
    assert sheet.classes == (("cat", ROWS), ("dog", 0))
    assert sheet.factors == ("angle",)
    assert sheet.memory == ROWS * 16 * 4
    assert sheet.columns == ()


@pytest.mark.parametrize(
    ("columns", "kind"),
    [
        ({"a": NUMBERS[:, 0], "b": COLOURS}, "table"),
        ({"t": HOURS, "a": NUMBERS[:, 0]}, "series"),
        ({"a": REVIEWS}, "text"),
        ({"a": REVIEWS, "label": COLOURS}, "text"),
        ({"a": REVIEWS, "b": NUMBERS[:, 0]}, "table"),
    ],
)
def test_roles_make_the_kind_of_a_table(columns, kind):
    """A time makes a stream, texts alone make texts, all else is a table."""
    assert only(**columns).kind == kind


def test_rows_without_a_label_are_a_class():
    """As training takes them."""
    label = COLOURS.copy()
    label[:3] = None
    sheet = table(label=label)
    assert sheet.classes == (
        ("blue", 24),
        ("green", 24),
        ("grey", 25),
        ("red", 24),
        ("(missing)", 3),
    )
    assert "3 rows have no label: a class of their own." in sheet.advice


@pytest.mark.parametrize(
    ("x", "kind", "grey"),
    [
        (GREY, "image", True),
        (GREY.reshape(ROWS, 16), "table", True),
        (GREY.astype(np.float32), "image", True),
        (GREY.astype(np.float32) + 0.5, "image", False),
        (GREY.astype(np.float32) - 2, "image", False),
        (GREY / 255, "image", False),
        (GREY // 16.0, "image", False),
        (GREY.reshape(ROWS, 16).astype(np.float32), "table", False),
    ],
)
def test_bytes_of_grey_are_known(x, kind, grey):
    """By their type, or as images by whole numbers up to 255."""
    sheet = of_arrays(x, kind=kind)
    sentence = "Values run from 0 to 255: min-max scaling and binary cross-entropy suit them."
    assert sheet.bytes_of_grey == (sentence in sheet.advice) == grey


def test_columns_of_pixels_are_bytes_of_grey():
    """Sixteen and more columns of nothing else."""
    pixels = {f"p{i}": GREY.reshape(ROWS, 16)[:, i].astype(int) for i in range(16)}
    assert only(**pixels).bytes_of_grey
    assert not only(colour=COLOURS, **pixels).bytes_of_grey
    assert not only(**{name: pixels[name] for name in list(pixels)[1:]}).bytes_of_grey


@pytest.mark.parametrize("name", [n for n, s in DATASETS.items() if s.origin != "downloaded"])
def test_bundled_and_generated_sets_are_described(name):
    """As their facts say, and the sheet comes back equal through JSON."""
    spec = DATASETS[name]
    sheet = describe(spec.load(), spec.title)
    facts = spec.facts
    assert (sheet.title, sheet.kind, sheet.rows) == (
        spec.title,
        facts.kind,
        spec.table_rows or facts.rows,
    )
    assert tuple(label for label, _ in sheet.classes) == facts.class_names
    assert sum(count for _, count in sheet.classes) in (0, sheet.rows)
    assert sheet.bytes_of_grey == facts.bytes_of_grey
    low, high = np.float32(facts.value_range)
    assert low <= sheet.value_range[0] < sheet.value_range[1] <= high
    assert [(c.name, c.type, c.role) for c in sheet.columns] == [
        (c.name, c.type, c.role) for c in spec.columns
    ]
    assert len(sheet.advice) <= 2
    assert round_trip(sheet) == sheet


def round_trip(sheet):
    """The sheet through JSON and back."""
    return Sheet.from_dict(json.loads(json.dumps(sheet.to_dict())))


ANY_NUMBER = st.floats() | st.integers() | st.integers(-(10**400), 10**400)
ANY_TIME = st.datetimes(timezones=st.none() | st.just(dt.UTC)) | st.dates() | st.times()
ANY_TEXT = st.text() | st.text(st.characters(categories=["Cs", "Lu"])) | st.binary()
CELLS = (
    st.floats(width=32),
    st.integers(-3, 3),
    st.integers(-(2**63), 2**63 - 1),
    ANY_NUMBER,
    st.decimals(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.complex_numbers(),
    ANY_TIME,
    st.timedeltas(),
    st.sampled_from(["red", "green", "2024-01-02", "03.04.2024", "one two three four five"]),
    ANY_TEXT,
    st.lists(st.integers(), max_size=2) | st.dictionaries(st.text(), st.integers(), max_size=1),
    ANY_NUMBER | ANY_TIME | ANY_TEXT | st.booleans() | st.just(pd.NA) | st.just(pd.NaT),
)
TYPES = ("object", "category", "Int8", "float16", "boolean", "str", "Sparse[float]", "period[D]")


@st.composite
def frames(draw):
    """A frame of a few columns, each of cells of one sort or of several, some of them missing."""
    rows = draw(st.integers(0, 12))
    names = draw(st.lists(st.text(), max_size=5, unique=True))
    return pd.DataFrame({name: draw(columns(rows)) for name in names}, index=range(rows))


@st.composite
def columns(draw, rows):
    """A column of some type that pandas makes of its cells."""
    cells = draw(st.sampled_from(CELLS))
    cells = draw(st.sampled_from([cells, cells | st.none()]))
    values = draw(st.lists(cells, min_size=rows, max_size=rows))
    column = pd.Series(values, dtype=object)
    wanted, inferred = draw(st.sampled_from(TYPES)), draw(st.booleans())
    # What pandas warns of while it makes a column is no matter here.
    with warnings.catch_warnings(action="ignore"):
        try:
            return column.infer_objects() if inferred else column.astype(wanted)
        except (TypeError, ValueError, ArithmeticError):
            return column


@given(frames())
@settings(max_examples=400)
def test_every_frame_is_described(frame):
    """Whatever pandas holds, and the sheet is plain data."""
    sheet = describe(Table(frame), "x")
    assert round_trip(sheet) == sheet
    assert sheet.rows == len(frame)
    assert tuple(column.name for column in sheet.columns) == tuple(frame.columns)
    assert sum(count for _, count in sheet.classes) in (0, len(frame))
    for column in sheet.columns:
        assert column.missing == frame[column.name].isna().sum()
        assert 0 <= column.distinct <= len(frame) - column.missing
        assert len(set(column.categories)) == len(column.categories)
    assert describe(Table(frame.copy()), "y").digest == sheet.digest


@given(
    arrays.arrays(
        st.sampled_from([np.uint8, np.int64, np.float32, np.float64]),
        st.tuples(st.integers(0, 4), st.integers(1, 3), st.integers(1, 3), st.integers(1, 3)),
    ),
    st.sampled_from(["image", "table", "series", "text"]),
)
def test_arrays_of_every_size_are_described(x, kind):
    """Of any kind, empty ones too."""
    if kind != "image":
        x = x[..., 0] if kind == "series" else x[:, :, 0, 0]
    sheet = describe(Dataset(x, None, kind), "x")
    assert round_trip(sheet) == sheet
    assert sheet.memory == x.size * 4
