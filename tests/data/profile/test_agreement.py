"""Training takes the roles of the check sheet that was seen, and refuses other columns."""

import os
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from aecore import Experiment, data, train
from aecore.data import loading
from aecore.data.loading import describe_source
from aecore.data.profile import stored_sheets
from aecore.errors import DataError

pytestmark = pytest.mark.usefixtures("home")


def frame(rows=60, **columns):
    """Two columns of numbers and one of classes."""
    random = np.random.default_rng(0)
    x = random.normal(size=(rows, 2))
    kind = np.array(["cat", "dog"])[np.arange(rows) % 2]
    return pd.DataFrame({"a": x[:, 0], "b": x[:, 1], "species": kind, **columns})


def written(path, rows):
    """A CSV that is seen to have changed, however coarse the clock of the file system."""
    before = path.stat().st_mtime_ns if path.exists() else 0
    rows.to_csv(path, index=False)
    os.utime(path, ns=(before + 10**9, before + 10**9))
    return str(path)


@pytest.fixture
def seen(tmp_path):
    """A file that was looked at, on whose sheet a column has another role than a guess gives it."""
    source = written(tmp_path / "animals.csv", frame())
    sheet = describe_source(source)
    columns = [replace(c, role="ignore") if c.name == "b" else c for c in sheet.columns]
    stored_sheets.save(source, replace(sheet, columns=tuple(columns)))
    return source


def test_training_takes_the_roles_of_the_sheet_that_was_seen(seen):
    """Not a fresh guess; what a user changed comes on top, and the run keeps the roles."""
    result = train(Experiment(data={"source": seen}, training={"epochs": 1}))
    assert result.preparation.roles == {"a": "feature", "b": "ignore", "species": "label"}
    assert result.preparation.sample_shape == result.experiment.facts.sample_shape == (1,)
    given = {"source": seen, "roles": {"b": "feature"}}
    again = train(Experiment(data=given, training={"epochs": 1}))
    assert again.preparation.feature_names == ("a", "b")


def test_rows_that_came_since_are_trained_on(tmp_path):
    """The columns are those that were seen."""
    source = written(tmp_path / "animals.csv", frame())
    stored_sheets.save(source, describe_source(source))
    written(tmp_path / "animals.csv", frame(80))
    raw, sheet = data.checked(source)
    assert len(raw.frame) == sheet.rows == 80


@pytest.mark.parametrize(
    "changed",
    [
        frame().rename(columns={"b": "c"}),
        frame().drop(columns="b"),
        frame(extra=np.arange(60.0) % 7),
        frame().assign(b=[f"a sentence of words number {i}" for i in range(60)]),
    ],
    ids=["renamed", "dropped", "added", "of another type"],
)
def test_other_columns_than_were_seen_are_refused_by_name(tmp_path, changed):
    """Before anything is trained, with what to do; looking at them again helps."""
    source = written(tmp_path / "animals.csv", frame())
    stored_sheets.save(source, describe_source(source))
    written(tmp_path / "animals.csv", changed)
    with pytest.raises(DataError, match=r"animals\.csv has changed since it was checked") as error:
        data.checked(source)
    assert "Data page" in error.value.remedy
    stored_sheets.save(source, describe_source(source))
    assert data.checked(source)[1].digest == describe_source(source).digest


def test_another_shape_is_refused(tmp_path):
    """Of arrays, which have no columns."""
    path = tmp_path / "a.npy"
    np.save(path, np.zeros((20, 4)))
    stored_sheets.save(str(path), describe_source(str(path)))
    np.save(path, np.zeros((20, 6)))
    with pytest.raises(DataError, match="samples have another shape"):
        data.checked(str(path))


def test_a_file_that_changes_while_it_is_read_is_told(tmp_path, monkeypatch):
    """What was read is not what the sheet says."""
    source = written(tmp_path / "animals.csv", frame())
    stale = replace(describe_source(source), digest="0" * 16)
    monkeypatch.setattr(loading, "_sheet_of_file", lambda *_: stale)
    with pytest.raises(DataError, match="is being changed while it is read"):
        data.checked(source)


def test_a_file_that_nobody_looked_at_is_taken_as_it_is(tmp_path):
    """As on the command line."""
    source = written(tmp_path / "animals.csv", frame())
    assert stored_sheets.outdated(source) is None
    assert data.checked(source)[1] == describe_source(source)
