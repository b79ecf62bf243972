"""New rows: what does not fit is refused or told by name, and the rest goes on."""

import numpy as np
import pandas as pd
import pytest

from aecore.data.dataset import Dataset, Table
from aecore.data.options import Preprocessing
from aecore.data.prepare.fitting import fit_arrays
from aecore.data.prepare.new_rows import DISORDER
from aecore.data.prepare.preparing import prepare
from aecore.errors import DataError
from tests.data.prepare.kinds import options, prepared, raw, table


@pytest.fixture(scope="module")
def fitted(tmp_path_factory):
    """The preparation of a table with numbers, categories and a label."""
    return prepared("table", "standardize", tmp_path_factory.mktemp("table"))[1].preparation


@pytest.fixture(scope="module")
def stream(tmp_path_factory):
    """A stream and its preparation."""
    found, ready = prepared("stream", "standardize", tmp_path_factory.mktemp("stream"))
    return found.frame, ready.preparation


def test_columns_are_found_by_their_names(fitted):
    """In any order, without the label, and from dicts."""
    frame = table()
    whole = fitted.transform(frame)
    turned = fitted.transform(frame[["town", "colour", "account", "height"]])
    np.testing.assert_array_equal(turned.x, whole.x)
    assert turned.labels is None
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    np.testing.assert_array_equal(fitted.transform(rows).x, whole.x)
    one = fitted.transform(rows[3])
    np.testing.assert_array_equal(one.x, whole.x[3:4])
    columns = fitted.transform({name: frame[name].tolist() for name in frame})
    np.testing.assert_array_equal(columns.x, whole.x)


def test_missing_columns_are_refused_by_name(fitted):
    """With those that training had."""
    with pytest.raises(DataError, match='no column named "account", "town"') as error:
        fitted.transform(table().drop(columns=["account", "town"]))
    assert '"height"' in error.value.remedy


def test_extra_columns_are_ignored_and_told(fitted):
    """What training knew and did not learn from needs no word."""
    frame = table().assign(extra=1.0, note="x")
    found = fitted.transform(frame)
    np.testing.assert_array_equal(found.x, fitted.transform(table()).x)
    told = [note for note in found.notes if "ignored" in note]
    assert told == [
        '2 columns were ignored, for the training data had none of this name: "extra", "note".'
    ]


def test_text_in_a_column_of_numbers_leaves_its_rows_out(fitted):
    """By their numbers, and with an example; text that is a number is one."""
    frame = table().astype({"account": object})
    frame.loc[2, "account"], frame.loc[9, "account"] = "none of it", "??"
    frame.loc[4, "account"] = " 123456789.12 "
    frame.loc[6, "account"] = np.inf
    found = fitted.transform(frame)
    assert found.rows.tolist() == [row for row in range(120) if row not in (2, 6, 9)]
    assert found.original[3, 1] == 123_456_789.12
    assert found.notes[0] == (
        '3 rows were left out: column "account" holds no number there, such as "none of it" '
        "(rows 2, 6, 9)."
    )


def test_gaps_are_filled_as_in_training_and_told(fitted):
    """With the median of training rows, whatever the new rows hold."""
    frame = table().iloc[:3].assign(height=[None, 1.0, " "])
    found = fitted.transform(frame)
    assert found.original[0, 0] == found.original[2, 0] == fitted.arrays["fill"][0]
    assert '2 gaps were filled in column "height", with the value used in training.' in found.notes


def test_rows_with_gaps_are_left_out_where_training_dropped_them(tmp_path):
    """As the option said."""
    wanted = options("table")
    wanted = type(wanted)(
        wanted.data,
        Preprocessing.model_validate({**wanted.preprocessing.model_dump(), "missing": "drop"}),
        0,
    )
    fitted = prepare(wanted, raw("table", tmp_path)).preparation
    found = fitted.transform(table())
    whole = table()[["height", "colour"]].notna().all(axis=1)
    assert found.rows.tolist() == np.flatnonzero(whole).tolist()
    assert "rows with gaps were left out of training too" in found.notes[0]


def test_categories_never_seen_are_told(fitted):
    """By name, and they count as the rare ones do, such as the few that are empty."""
    frame = table().iloc[:4].assign(colour=["red", "mauve", "teal", "mauve"])
    found = fitted.transform(frame)
    assert any('"mauve", "teal"' in note and 'Column "colour"' in note for note in found.notes)
    names = fitted.feature_names
    hot = [i for i, name in enumerate(names) if name.startswith("colour")]
    rare = names.index("colour = other")
    assert found.x[:, hot].sum(axis=1).tolist() == [1, 1, 1, 1]
    assert found.x[:, rare].tolist() == [0, 1, 1, 1]


def test_none_of_the_rows_is_an_error_with_the_reason(fitted):
    """And so are no rows."""
    with pytest.raises(DataError, match=r"None of the rows can be used\. 2 rows were left out"):
        fitted.transform(table().iloc[:2].assign(account="x"))
    with pytest.raises(DataError, match="No rows were given"):
        fitted.transform(table().iloc[:0])


def test_labels_are_taken_by_name_or_by_index(fitted):
    """From the label column, or as they are given; a class that training lacks is none."""
    frame = table().iloc[:3].assign(species=["dog", "cow", "cat"])
    assert fitted.transform(frame).labels.tolist() == [1, -1, 0]
    assert fitted.transform(frame, ["cat", "cat", "dog"]).labels.tolist() == [0, 0, 1]
    assert fitted.transform(frame, np.array([1, 0, 7])).labels.tolist() == [1, 0, -1]
    with pytest.raises(DataError, match="For 3 rows there came 2 labels"):
        fitted.transform(frame, ["cat", "dog"])


def test_a_model_that_needs_classes_hears_of_those_that_are_missing(fitted):
    """Rows without one are left out; without any it is an error that names the column."""
    frame = table().iloc[:3].assign(species=["dog", "cow", None])
    found = fitted.transform(frame, needs_labels=True)
    assert found.rows.tolist() == [0]
    assert "their class is none that the model was trained with (rows 1, 2)" in found.notes[0]
    with pytest.raises(DataError, match="no classes were given") as error:
        fitted.transform(frame.drop(columns="species"), needs_labels=True)
    assert 'Give the column "species"' in error.value.remedy
    assert '"cat", "dog"' in error.value.remedy


def test_a_window_with_a_row_that_cannot_be_used_is_left_out(stream):
    """And the others go on."""
    frame, fitted = stream
    spoiled = frame.astype({"p": object})
    spoiled.loc[21, "p"] = "broken"
    whole, found = fitted.transform(frame), fitted.transform(spoiled)
    touched = [row for row in whole.rows if row <= 21 < row + 10]
    assert touched == [12, 16, 20]
    assert found.rows.tolist() == [row for row in whole.rows if row not in touched]
    said = "With rows that were left out, 3 windows had to go"
    assert any(note.startswith(said) for note in found.notes)
    kept = np.isin(whole.rows, found.rows)
    np.testing.assert_array_equal(found.x, whole.x[kept])


def test_a_window_has_the_class_that_was_rarest_in_training(stream):
    """Also where it is the commonest of the new rows."""
    frame, fitted = stream
    new = frame.iloc[:20].assign(state=["fault"] * 19 + ["good"])
    assert fitted.transform(new).labels.tolist() == [0, 0, 0]


def test_times_out_of_order_are_told(stream):
    """Windows are of rows that follow one another."""
    frame, fitted = stream
    assert fitted.transform(frame).notes == ()
    turned = fitted.transform(frame[::-1])
    assert turned.notes == (DISORDER,)
    assert fitted.transform(frame.drop(columns="time")).notes == ()


def test_too_few_rows_for_a_window_are_refused(stream):
    """With how many there must be."""
    frame, fitted = stream
    with pytest.raises(DataError, match="a window of 10 rows"):
        fitted.transform(frame.iloc[:9])


@pytest.mark.parametrize("kind", ["image", "series", "array"])
def test_other_shapes_are_refused_with_what_was_expected(tmp_path, kind):
    """And the shape that was given."""
    found, ready = prepared(kind, "min-max", tmp_path)
    shape = found.x.shape[1:]
    with pytest.raises(DataError, match=r"trained on .* of shape \(") as error:
        ready.preparation.transform(np.zeros((2, 3, 3, 3, 3)))
    assert f"(n, {', '.join(map(str, shape))})" in error.value.remedy


def test_a_last_axis_of_one_may_be_missing():
    """Grey images come without their channel, and series of one channel as rows."""
    x = np.arange(2 * 16, dtype=np.uint8).reshape(2, 4, 4, 1)
    fitted = fit_arrays(Preprocessing(), Dataset(x, None, "image"), np.arange(2))
    np.testing.assert_array_equal(fitted.transform(x[..., 0]).x, fitted.transform(x).x)


def test_bytes_stay_bytes(tmp_path):
    """Whole numbers of another type are greyed and resized as training did; others are told."""
    found, ready = prepared("resized", "min-max", tmp_path)
    fitted = ready.preparation
    np.testing.assert_array_equal(
        fitted.transform(found.x.astype(np.int64)).x, fitted.transform(found.x).x
    )
    told = fitted.transform(found.x / 255).notes
    assert any("check that they are on the same scale" in note for note in told)


def test_samples_with_missing_values_are_left_out(tmp_path):
    """By their numbers."""
    found, ready = prepared("series", "standardize", tmp_path)
    x = found.x.copy()
    x[3, 5, 1], x[7, 0, 0] = np.nan, np.inf
    again = ready.preparation.transform(x)
    assert len(again.x) == 118
    assert "missing or infinite (rows 3, 7)" in again.notes[0]


def test_values_beyond_32_bits_are_left_out(tmp_path):
    """After scaling, for that is what the encoder takes."""
    found, ready = prepared("array", "none", tmp_path)
    x = found.x[:3].astype(np.float64)
    x[1, 2] = 1e300
    again = ready.preparation.transform(x)
    assert again.rows.tolist() == [0, 2]
    assert "32 bits" in again.notes[0]


def test_an_array_with_names_stands_for_a_table_and_the_other_way_round(tmp_path, fitted):
    """A table by the names of an array's columns; an array without names is refused."""
    found, ready = prepared("array", "min-max", tmp_path)
    frame = pd.DataFrame(found.x, columns=list("abcd")).assign(e=1)[list("edcba")]
    again = ready.preparation.transform(frame)
    np.testing.assert_array_equal(again.x, ready.preparation.transform(found.x).x)
    assert '"e"' in again.notes[0]
    with pytest.raises(DataError, match='no column named "a"'):
        ready.preparation.transform(frame.drop(columns="a"))
    with pytest.raises(DataError, match="an array has no names"):
        fitted.transform(np.zeros((3, 4)))


@pytest.mark.parametrize("given", ["text", [["a", "b"]], None, [object()], 3.0])
def test_what_are_no_rows_is_refused(fitted, given):
    """With what can be given."""
    with pytest.raises(DataError, match="neither a table nor an array") as error:
        fitted.transform(given)
    assert "DataFrame" in error.value.remedy


def test_two_columns_of_one_name_are_refused(fitted):
    """Nobody knows which is meant."""
    frame = table()
    twice = pd.concat([frame, frame[["height"]]], axis=1)
    with pytest.raises(DataError, match="Two columns are named 'height'"):
        fitted.transform(twice)


def test_class_names_of_another_file_are_matched_by_name(tmp_path):
    """Whatever their order there."""
    found, ready = prepared("image", "min-max", tmp_path)
    other = Dataset(found.x, found.y, "image", ("b", "c"))
    labels = ready.preparation.transform(other).labels
    assert labels.tolist() == np.where(found.y == 0, 1, -1).tolist()


def test_a_data_set_is_taken_as_it_was_read(tmp_path, fitted):
    """What the readers give."""
    np.testing.assert_array_equal(fitted.transform(Table(table())).x, fitted.transform(table()).x)
