"""A fitted preparation: kept in plain files, it makes of raw rows what training made of them."""

import json

import numpy as np
import pytest

from aecore.data.prepare.fitted_preparation import ARRAYS_FILE, JSON_FILE, FittedPreparation
from aecore.errors import DataError
from tests.data.prepare.kinds import PAIRS, held_out_rows, prepared, raw


@pytest.mark.parametrize(("kind", "scaling"), PAIRS)
def test_rows_given_again_are_what_training_made_of_them(tmp_path, kind, scaling):
    """To the last bit, from files, for every kind of raw rows and every scaling."""
    found, ready = prepared(kind, scaling, tmp_path)
    ready.preparation.save(tmp_path)
    kept = FittedPreparation.load(tmp_path)
    assert kept.description == ready.preparation.description
    again = kept.transform(held_out_rows(kind, found, ready))
    name, x, rows = ready.held_out
    np.testing.assert_array_equal(again.x, x)
    if again.labels is not None:
        np.testing.assert_array_equal(again.labels, ready.labels(rows))
    assert again.x.dtype == np.float32
    assert kept.sample_shape == x.shape[1:]
    np.testing.assert_array_equal(again.units.raw(x), ready.units(name).raw(x))


@pytest.mark.parametrize(("kind", "scaling"), PAIRS)
def test_samples_come_back_in_their_own_units(tmp_path, kind, scaling):
    """Scaled values have seven digits of a range, or of a value where no range was learned."""
    found, ready = prepared(kind, scaling, tmp_path)
    again = ready.preparation.transform(held_out_rows(kind, found, ready))
    back, wanted = ready.preparation.to_units(again.x, again), again.original.astype(np.float64)
    assert back.dtype == np.float64
    columns = wanted.reshape(-1, wanted.shape[-1])
    ranged = scaling not in ("none", "per-sample")
    size = np.ptp(columns, axis=0) if ranged else np.abs(columns).max()
    assert (np.abs(back - wanted) <= 1e-6 * size).all()


def test_the_original_keeps_all_its_digits(tmp_path):
    """Of a table as the file has them; gaps are filled with the median that training learned."""
    found, ready = prepared("table", "min-max", tmp_path)
    again = ready.preparation.transform(found.frame)
    assert again.original[:, 1].tolist() == found.frame["account"].tolist()
    median = found.frame["height"].iloc[ready.split.train].median()
    assert again.original[0, 0] == pytest.approx(median)


def test_roles_columns_and_windows_are_in_it(tmp_path):
    """All that is needed to know which columns a new table must have."""
    _, ready = prepared("stream", "standardize", tmp_path)
    fitted = ready.preparation
    assert fitted.roles == {"time": "time", "p": "feature", "q": "feature", "state": "label"}
    assert (fitted.window.length, fitted.window.stride) == (10, 4)
    assert fitted.class_names == ("fault", "good")
    assert fitted.description.rarity == (0, 1)


def test_it_is_plain_data(tmp_path):
    """JSON, and arrays of numbers that need no unpickling."""
    _, ready = prepared("text", "none", tmp_path)
    ready.preparation.save(tmp_path)
    plain = json.loads((tmp_path / JSON_FILE).read_text())
    assert plain["rows"]["texts"][0]["terms"] == list(ready.dataset.feature_names)
    with np.load(tmp_path / ARRAYS_FILE, allow_pickle=False) as arrays:
        assert sorted(arrays.files) == ["fill", "idf_0", "offset", "scale"]
        assert {arrays[name].dtype for name in arrays.files} == {np.dtype(np.float64)}


def _emptied(folder):
    (folder / JSON_FILE).write_text("")


def _of_another_version(folder):
    plain = json.loads((folder / JSON_FILE).read_text())
    (folder / JSON_FILE).write_text(json.dumps({**plain, "version": 99}))


def _cut(folder):
    (folder / ARRAYS_FILE).write_bytes((folder / ARRAYS_FILE).read_bytes()[:100])


def _of_other_sizes(folder):
    np.savez(folder / ARRAYS_FILE, offset=np.zeros(3), scale=np.ones(3), fill=np.zeros(9))


def _without_arrays(folder):
    np.savez(folder / ARRAYS_FILE, offset=np.zeros(1))


@pytest.mark.parametrize(
    "damage", [_emptied, _of_another_version, _cut, _of_other_sizes, _without_arrays]
)
def test_damaged_files_are_told_in_a_sentence(tmp_path, damage):
    """Never a traceback, and never numbers of the wrong columns."""
    _, ready = prepared("table", "min-max", tmp_path)
    ready.preparation.save(tmp_path)
    damage(tmp_path)
    with pytest.raises(DataError, match="cannot be read") as error:
        FittedPreparation.load(tmp_path)
    assert error.value.remedy


def test_a_folder_without_one_says_so(tmp_path):
    """As those of runs of earlier versions."""
    with pytest.raises(DataError, match="kept no preparation"):
        FittedPreparation.load(tmp_path)


def test_large_tables_come_in_parts(tmp_path):
    """Together they are what is made at once, and each has the numbers of its rows."""
    found, ready = prepared("table", "standardize", tmp_path)
    whole = ready.preparation.transform(found.frame)
    parts = list(ready.preparation.parts(found.frame, size=7))
    assert {len(part.x) for part in parts[:-1]} == {7}
    np.testing.assert_array_equal(np.concatenate([part.x for part in parts]), whole.x)
    np.testing.assert_array_equal(np.concatenate([part.rows for part in parts]), whole.rows)


def test_shards_are_read_part_by_part(tmp_path):
    """A table that memory cannot hold is applied to as one that it can."""
    _, ready = prepared("table", "none", tmp_path)
    streamed, fitted = prepared("shards", "standardize", tmp_path)
    parts = list(fitted.preparation.parts(streamed, size=64))
    assert max(len(part.x) for part in parts) <= 64
    rows = np.concatenate([part.rows for part in parts])
    assert rows.tolist() == list(range(600))
    x = np.concatenate([part.x for part in parts])
    np.testing.assert_array_equal(x[fitted.held_out[2]], fitted.held_out[1])
    with pytest.raises(DataError, match="no column named"):
        ready.preparation.transform(raw("shards", tmp_path))
