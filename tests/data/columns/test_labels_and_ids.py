"""Labels and ids: told by name, place and values; and features that stay features."""

import numpy as np
import pandas as pd
import pytest

from aecore.data.columns.roles import propose

ROWS = 60
RANDOM = np.random.default_rng(0)
NUMBERS = RANDOM.normal(size=(ROWS, 4)).round(6)
CLASSES = np.arange(ROWS) % 3 + 1
LETTERS = np.array(["M", "B"], dtype=object)[np.arange(ROWS) % 2]
UNIQUE = RANDOM.permutation(ROWS) + 5000


def first(name, values, more=None):
    """What is proposed for a column in front of four of numbers."""
    frame = pd.DataFrame(
        {name: values, **{f"v{i}": NUMBERS[:, i] for i in range(4)}, **(more or {})}
    )
    return propose(frame, {})[0]


def headless(*columns):
    """What is proposed for columns without names, in front of four of numbers."""
    values = [*columns, *NUMBERS.T]
    return propose(pd.DataFrame({f"column {i}": v for i, v in enumerate(values, 1)}), {})


@pytest.mark.parametrize(
    "name",
    [
        *(
            "PatientNo",
            "Sample_No",
            "SNo",
            "No",
            "nr",
            "row",
            "rownames",
            "case",
            "subject",
            "user",
        ),
        *("customer", "account", "recordnumber", "zip", "phone", "unit number", "passenger", "idx"),
    ],
)
def test_names_tell_ids(name):
    """Where each row has a whole number of its own."""
    assert first(name, UNIQUE).role == "ignore"
    assert first(name, UNIQUE + 0.5).role == "feature"


@pytest.mark.parametrize(
    "name",
    [
        *("Reynolds number", "number of rooms", "cases", "account balance", "rows per page", "key"),
        *("samples", "phone price", "user rating", "grid", "valid", "passenger_count"),
    ],
)
def test_other_names_tell_no_ids(name):
    """Counts and measures have such words too, and what comes again under a plain name."""
    values = UNIQUE if name not in ("key", "grid", "valid", "passenger_count") else UNIQUE // 7
    assert first(name, values).role == "feature"


@pytest.mark.parametrize("name", ["subject_id", "customer no", "patient", "buildingId"])
def test_an_id_may_come_again(name):
    """Whom rows belong to is nothing to learn, be it a number or a name."""
    for values in (UNIQUE // 7, [f"s{i}" for i in np.arange(ROWS) % 6]):
        column = first(name, values)
        assert (column.role, column.reason) == (
            "ignore",
            "named like an id: the same for several rows",
        )


@pytest.mark.parametrize("name", ["column 1", "Unnamed: 0"])
@pytest.mark.parametrize("values", [UNIQUE, np.arange(ROWS) % 30, np.sort(UNIQUE)])
def test_a_first_column_without_a_name_numbers_rows(name, values):
    """Shuffled, or counted anew in each of several tables; measurements do not."""
    assert first(name, values).role == "ignore"
    assert first("column 1", NUMBERS[:, 0] * 7).role == "feature"


def test_numbers_of_many_digits_are_names():
    """No float tells them apart; they are counted and shown digit by digit."""
    column = first("card", 1_234_567_890_123_456_000 + np.arange(ROWS) // 2)
    assert (column.role, column.distinct) == ("ignore", ROWS // 2)
    assert column.reason == "whole numbers of more than 15 digits: names rather than numbers"
    assert column.examples == ("1234567890123456000",) * 2 + ("1234567890123456001",)
    assert first("card", 123_456_789_012 + np.arange(ROWS) // 2).role == "feature"


def test_whole_numbers_of_their_own_are_doubted():
    """In the first column, before measurements, under a name that says nothing."""
    column = first("width", UNIQUE)
    assert (column.role, column.reason) == (
        "feature",
        "may be an id: a whole number of its own in each row",
    )
    assert first("width", UNIQUE % 50).reason == ""


def test_a_table_without_names_may_have_its_class_first():
    """Whole numbers or letters before measurements; an id in front of them is left out."""
    assert [c.role for c in headless(CLASSES)] == ["label", *["feature"] * 4]
    found = headless(842_300 + np.arange(ROWS) ** 2, LETTERS)
    assert [c.role for c in found[:3]] == ["ignore", "label", "feature"]
    assert found[1].reason == "the first column of a table without names, with few different values"
    assert headless(CLASSES * 10.5)[0].role == "feature"
    whole = pd.DataFrame({f"column {i}": RANDOM.integers(0, 9, ROWS) for i in range(1, 6)})
    assert propose(whole, {})[0].role == "feature"


@pytest.mark.parametrize(
    "name",
    [
        *("Survived", "Exited", "Churn", "Activity", "attack_cat", "fault", "defect", "fraud"),
        *("ground_truth", "gt", "y_true", "Klasse", "etikett", "Type of glass", "normal/attack"),
        *("type", "state", "status", "group", "quality", "cat"),
    ],
)
def test_usual_names_of_labels(name):
    """Where values come again as those of classes; measurements under such a name are learned."""
    assert first(name, CLASSES).role == "label"
    assert first(name, NUMBERS[:, 0] * 3).role == "feature"


@pytest.mark.parametrize("name", ["type", "status", "mode"])
def test_names_that_features_have_too_are_doubted(name):
    """Between or beside other categories they stay features, with a word on it."""
    more = {"colour": CLASSES.astype(str), "width": NUMBERS[:, 0] * 2}
    column = first(name, LETTERS, more)
    assert (column.role, column.reason) == ("feature", "may be the label, by its name")
    assert first(name, LETTERS, {"label": CLASSES}).reason == ""


def test_one_of_two_names_is_the_label():
    """The other is a feature that should be looked at."""
    column = first("attack_cat", RANDOM.integers(0, 4, ROWS), {"label": CLASSES})
    assert (column.role, column.reason) == ("feature", "may be a label, too, by its name")


@pytest.mark.parametrize("value", ["x", "anomaly", 1])
def test_a_label_may_be_given_for_some_rows(value):
    """The others are a class of their own; under a plain name there is nothing to learn."""
    values = pd.Series([None] * ROWS, dtype=object)
    values[::10] = value
    values = values.infer_objects()
    label, plain = first("fraud", values), first("mark", values)
    assert (label.role, label.categories, label.missing) == ("label", (str(value),), 54)
    assert (plain.role, plain.reason) == (
        "ignore",
        "no value in 54 rows, and all others the same",
    )


def test_one_value_in_all_rows_is_no_label():
    """And that it is the same in each row is true."""
    column = first("label", ["normal"] * ROWS)
    assert (column.role, column.reason) == ("ignore", "the same in each row")


@pytest.mark.parametrize("values", [["train", "test"], ["Training", "Validation"]])
def test_a_split_of_the_file_is_left_out(values):
    """It is told, and is no class."""
    column = first("Usage", np.array(values, dtype=object)[np.arange(ROWS) % 2])
    assert (column.role, column.reason) == (
        "ignore",
        "names the rows for training and those for tests",
    )
    assert first("Usage", LETTERS).role == "ignore"
    assert first("usage hours", LETTERS).role == "feature"


@pytest.mark.parametrize("kind", [int, bool])
def test_one_category_in_several_columns_has_no_label_among_them(kind):
    """The last of them is no label; last or named like labels they are doubted."""
    parts = {f"cls_{name}": (i == CLASSES).astype(kind) for i, name in enumerate("xyz", 1)}
    frame = pd.DataFrame({"a": NUMBERS[:, 0], "b": NUMBERS[:, 1], **parts})
    columns = propose(frame, {})
    assert {c.role for c in columns} == {"feature"}
    assert columns[-1].reason == "may be the label: just one of 3 such columns is 1 in each row"
    among = propose(
        frame.rename(columns=lambda n: n.replace("cls", "colour")).assign(z=NUMBERS[:, 2]), {}
    )
    assert all(c.reason == "" for c in among)


@pytest.mark.parametrize("name", ["visits", "item count", "age", "s3"])
def test_what_counts_or_goes_on_is_no_label(name):
    """Few whole numbers in the last column, by its name or as one more of its kind."""
    few = np.arange(ROWS) % 6
    columns = propose(pd.DataFrame({"s1": NUMBERS[:, 0], "s2": NUMBERS[:, 1], name: few}), {})
    assert columns[-1].role == "feature"
    columns = propose(pd.DataFrame({"s1": NUMBERS[:, 0], "s2": NUMBERS[:, 1], "grade": few}), {})
    assert columns[-1].role == "label"
    headless = pd.DataFrame({f"column {i}": NUMBERS[:, i] for i in (1, 2)} | {"column 3": few})
    assert propose(headless, {})[-1].role == "label"


@pytest.mark.parametrize("names", [("opinion", "text"), ("column 1", "column 2")])
def test_few_values_beside_texts_are_the_classes(names):
    """With names or without, before the texts or after them; not beside further features."""
    texts = [f"this is the sentence number {i}" for i in range(ROWS)]
    kinds = np.array(["good", "bad"], dtype=object)[np.arange(ROWS) % 2]
    pair = dict(zip(names, (kinds, texts), strict=True))
    for frame in (pd.DataFrame(pair), pd.DataFrame(dict(reversed(pair.items())))):
        roles = {c.name: (c.role, c.reason) for c in propose(frame, {})}
        assert roles[names[0]] == ("label", "a few different values beside texts")
        assert roles[names[1]][0] == "text"
    more = propose(pd.DataFrame(pair).assign(length=NUMBERS[:, 0]), {})
    assert {column.role for column in more} == {"feature", "text"}
