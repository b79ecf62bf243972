"""Roles of columns: what is proposed for each, why, and what can not be."""

import numpy as np
import pandas as pd
import pytest

from aecore.data.columns.roles import propose

ROWS = 60
RANDOM = np.random.default_rng(0)
NUMBERS = RANDOM.normal(size=(ROWS, 4)).round(6)
COLOURS = np.array(["red", "green", "blue"], dtype=object)[np.arange(ROWS) % 3]
DAYS = pd.date_range("2024-01-01", periods=ROWS)
UUIDS = [f"{i:08x}-0000-4000-8000-000000000000" for i in range(ROWS)]
REVIEWS = [f"The {colour} one was good, number {i}." for i, colour in enumerate(COLOURS)]


def frame_of(**columns):
    """A frame of these columns, in their order."""
    return pd.DataFrame(columns)


def beside(values, name="it"):
    """What is proposed for a column between two of numbers."""
    frame = frame_of(a=NUMBERS[:, 0], **{name: values}, b=NUMBERS[:, 1])
    return propose(frame, {})[1]


def roles(frame, known=None):
    """Column -> proposed role."""
    return {column.name: column.role for column in propose(frame, known or {})}


@pytest.mark.parametrize(
    ("values", "kind", "role", "reason"),
    [
        pytest.param(NUMBERS[:, 2], "number", "feature", "", id="numbers"),
        pytest.param(RANDOM.permutation(ROWS), "number", "feature", "", id="shuffled integers"),
        pytest.param(np.arange(ROWS) % 2 == 0, "category", "feature", "", id="true and false"),
        pytest.param(COLOURS, "category", "feature", "", id="few texts"),
        pytest.param(REVIEWS, "text", "text", "sentences", id="sentences"),
        pytest.param(np.arange(ROWS), "number", "ignore", "unique in each row", id="from 0"),
        pytest.param(np.arange(ROWS) + 1, "number", "ignore", "unique in each row", id="from 1"),
        pytest.param(np.arange(ROWS) * 3, "number", "ignore", "unique in each row", id="gaps"),
        pytest.param(UUIDS, "text", "ignore", "unique in each row", id="uuid"),
        pytest.param(np.arange(ROWS) + 5, "number", "feature", "", id="from 5"),
        pytest.param(
            pd.Categorical(UUIDS), "category", "ignore", "unique in each row", id="listed"
        ),
        pytest.param(
            [f"The {colour} ones among them were by far the best of all." for colour in COLOURS],
            "text",
            "text",
            "sentences",
            id="few sentences",
        ),
        pytest.param([7] * ROWS, "number", "ignore", "the same in each row", id="constant"),
        pytest.param(["a"] * ROWS, "category", "ignore", "the same in each row", id="one text"),
        pytest.param([None] * ROWS, "text", "ignore", "no values", id="all missing"),
        pytest.param([np.nan] * ROWS, "number", "ignore", "no values", id="all nan"),
        pytest.param(NUMBERS[:, 0], "number", "ignore", 'the same values as "a"', id="copy"),
        pytest.param(
            [f"v{i // 2}" for i in range(ROWS)],
            "text",
            "ignore",
            "30 different texts, too many for categories",
            id="too many",
        ),
        pytest.param(
            DAYS, "time", "time", "times that rise from row to row: a stream", id="rising"
        ),
        pytest.param(
            DAYS[::-1], "time", "ignore", "times that do not rise from row to row", id="falling"
        ),
    ],
)
def test_a_column_has_a_type_a_role_and_a_reason(values, kind, role, reason):
    """Each rule of its own, in a table of numbers."""
    column = beside(values)
    assert (column.type, column.role, column.reason) == (kind, role, reason)


@pytest.mark.parametrize("name", ["id", "customer_id", "CustomerId", "Unnamed: 0", "index"])
def test_a_name_tells_an_id(name):
    """Whole numbers without order, each once; under another name they are measurements."""
    values = RANDOM.permutation(ROWS) + 5000
    assert beside(values, name).role == "ignore"
    assert beside(values, "width").role == beside(values + 0.5, name).role == "feature"


def test_few_numbers_may_count_up_by_chance():
    """Three do, four do not."""
    assert propose(frame_of(a=[0, 1, 2], b=[0.5, 0.7, 0.1]), {})[0].role == "feature"
    assert propose(frame_of(a=[0, 1, 2, 3], b=[0.5, 0.7, 0.1, 0.2]), {})[0].role == "ignore"


def test_as_many_categories_as_classes_are_told_apart(monkeypatch):
    """The limit holds, and above it there are none to list."""
    from aecore.data import limits

    values = [f"v{i}" for i in np.arange(ROWS) % 6]
    assert beside(values).type == "category"
    monkeypatch.setenv("AECORE_MAX_CLASSES", "5")
    limits.limits.cache_clear()
    above = beside(values)
    limits.limits.cache_clear()
    assert (above.type, above.role, above.categories) == ("text", "ignore", ())


def test_a_column_is_measured():
    """Missing and different values, the range, examples, and the column that it repeats."""
    frame = frame_of(a=[3.5, None, -1, 3.5], b=["x", "y", None, "x"], c=[3.5, None, -1, 3.5])
    a, b, c = propose(frame, {})
    assert (a.missing, a.distinct, a.low, a.high, a.examples) == (
        1,
        2,
        -1,
        3.5,
        ("3.5", "-1", "3.5"),
    )
    assert (b.missing, b.distinct, b.low, b.categories) == (1, 2, None, ("x", "y"))
    assert (a.duplicate_of, c.duplicate_of) == ("", "a")


@pytest.mark.parametrize(
    "name",
    ["label", "Class", "target", "y", "species", "Diagnosis", "is_ill", "isIll", "true_label"],
)
@pytest.mark.parametrize("values", [COLOURS == "red", np.arange(ROWS) % 2])
def test_a_name_tells_the_label(name, values):
    """Where there are few values."""
    column = beside(values, name)
    assert (column.role, column.reason) == ("label", "named like a label")


@pytest.mark.parametrize(("classes", "role"), [(100, "label"), (101, "feature")])
def test_a_named_label_has_at_most_a_hundred_numbers(classes, role):
    """More are measurements; texts may be as many as classes are told apart."""
    code = np.arange(404) % classes
    names = [f"v{i}" for i in code]
    width = RANDOM.normal(size=404)
    assert roles(frame_of(label=code, a=width))["label"] == role
    assert roles(frame_of(label=names, a=width))["label"] == "label"


def test_there_is_one_label():
    """The earlier name on the list of names, wherever its column stands; the other is a feature."""
    frame = frame_of(
        species=COLOURS, a=NUMBERS[:, 0], label=np.arange(ROWS) % 2, is_old=COLOURS == "red"
    )
    assert roles(frame) == {
        "species": "feature",
        "a": "feature",
        "label": "label",
        "is_old": "feature",
    }
    several = frame_of(is_old=COLOURS, is_red=COLOURS == "red", a=NUMBERS[:, 0])
    assert "label" not in roles(several).values()


def test_what_tells_the_label_is_no_feature():
    """A code beside the names of the classes, unless it is known to be one; a coarser one may."""
    code = np.unique(COLOURS, return_inverse=True)[1]
    frame = frame_of(a=NUMBERS[:, 0], code=code, red=COLOURS == "red", species=COLOURS)
    column = propose(frame, {})[1]
    assert (column.role, column.reason) == ("ignore", 'tells the label "species"')
    assert roles(frame)["red"] == "feature"
    assert roles(frame, {"species": "label"})["code"] == "ignore"
    assert roles(frame, {"code": "feature"})["code"] == "feature"
    assert roles(frame, {"species": "ignore"})["code"] == "feature"


@pytest.mark.parametrize(("classes", "role"), [(20, "label"), (21, "feature")])
def test_the_last_column_has_at_most_twenty_numbers(classes, role):
    """More are measurements, unless it is named as labels are."""
    width = RANDOM.normal(size=(2, 420))
    frame = frame_of(a=width[0], b=width[1], it=np.arange(420) % classes)
    assert roles(frame)["it"] == role


@pytest.mark.parametrize(
    ("last", "is_label"),
    [
        pytest.param(COLOURS, True, id="category"),
        pytest.param(np.arange(ROWS) % 20, True, id="20 classes"),
        pytest.param(np.arange(ROWS) % 3 + 1, True, id="from 1"),
        pytest.param(np.arange(ROWS) % 2 * 4 + 2, True, id="2 and 4"),
        pytest.param(np.arange(ROWS) % 3 * 10, False, id="0, 10 and 20"),
        pytest.param(NUMBERS[:, 3], False, id="measurements"),
        pytest.param(REVIEWS, False, id="sentences"),
        pytest.param(["same"] * ROWS, False, id="constant"),
    ],
)
def test_the_last_column_may_be_the_label(last, is_label):
    """If it has few values that could be classes, behind numbers; not so the first."""
    frame = frame_of(a=NUMBERS[:, 0], b=NUMBERS[:, 1], it=last)
    found = propose(frame, {})[-1]
    assert (found.role == "label") == is_label
    assert (found.reason == "the last column, with few different values") == is_label
    assert "label" not in roles(frame[["it", "a", "b"]]).values()


def test_the_last_of_like_columns_is_no_label():
    """Answers from 1 to 5 to ten questions, categories beside categories, or two columns."""
    answers = pd.DataFrame(RANDOM.integers(1, 6, (300, 10))).rename(columns=lambda i: f"q{i}")
    assert set(roles(answers).values()) == {"feature"}
    categories = frame_of(a=COLOURS, b=COLOURS == "red", c=np.roll(COLOURS, 7))
    assert set(roles(categories).values()) == {"feature"}
    assert roles(frame_of(a=NUMBERS[:, 0], b=COLOURS)) == {"a": "feature", "b": "feature"}


def test_y_beside_x_is_a_coordinate():
    """A table of pixels has no label."""
    frame = frame_of(x=np.arange(ROWS) // 6 + 2, y=np.arange(ROWS) % 6, a=NUMBERS[:, 0])
    assert roles(frame)["y"] == "feature"
    assert roles(frame.rename(columns={"x": "z"}))["y"] == "label"


def test_a_target_of_measurements_is_kept_for_maps():
    """It is no feature, for it is what others predict; under another name it is one."""
    column = beside(NUMBERS[:, 2], "target")
    assert column.role == "ignore"
    assert column.reason.startswith("looks like a target to predict")
    assert beside(NUMBERS[:, 2], "target temperature").role == "feature"


def test_a_stream_has_one_time_and_numbers():
    """A second time is left out, and beside categories rows are no stream."""
    frame = frame_of(t=DAYS, a=NUMBERS[:, 0], later=DAYS + pd.Timedelta(hours=1), label=COLOURS)
    assert roles(frame) == {"t": "time", "a": "feature", "later": "ignore", "label": "label"}
    mixed = frame.assign(colour=sorted(COLOURS))
    assert roles(mixed)["t"] == roles(mixed)["later"] == "ignore"
    assert roles(frame_of(t=DAYS))["t"] == "ignore"
    assert roles(frame.assign(t=[*[None] * 3, *DAYS[3:]]))["t"] == "time"
    assert roles(frame.assign(t=[*[None] * 4, *DAYS[4:]]))["t"] == "ignore"
    assert roles(frame.assign(t=DAYS.strftime("%d.%m.%Y")))["t"] == "time"


def test_what_is_known_is_not_guessed():
    """A known role stands, with its reason, and leaves no second label or time."""
    frame = frame_of(t=DAYS, a=NUMBERS[:, 0], species=COLOURS, b=np.arange(ROWS) % 4)
    known = {"b": "label", "species": "ignore"}
    assert roles(frame, known) == {"t": "time", "a": "feature", "species": "ignore", "b": "label"}
    assert propose(frame, known)[2].reason == "as the data set says"
    assert roles(frame.assign(u=DAYS), {"u": "time"}) == {
        "t": "ignore",
        "a": "feature",
        "species": "label",
        "b": "feature",
        "u": "time",
    }


def test_a_million_categories_take_no_quadratic_time():
    """Different texts are counted by hashing; their list is left out."""
    frame = frame_of(a=[f"v{i // 2}" for i in range(400_000)], b=np.arange(400_000) % 7)
    a, b = propose(frame, {})
    assert (a.type, a.role, a.distinct, a.categories) == ("text", "ignore", 200_000, ())
    assert b.distinct == 7


def test_large_whole_numbers_are_told_apart():
    """Two that are one as floats are no copies of each other."""
    large = 2**60 + RANDOM.permutation(ROWS)
    a, b = propose(frame_of(a=large, b=large + 1), {})
    assert (a.duplicate_of, b.duplicate_of) == ("", "")
