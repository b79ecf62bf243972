"""Streams: windows of the chosen classes, without gaps, and scaled by what is trained on."""

import numpy as np
import pandas as pd
import pytest

from aecore.data import load
from aecore.data.prepare.preparing import prepare
from aecore.errors import DataError
from aecore.experiment import Experiment

ROWS, LENGTH = 400, 8


@pytest.fixture
def source(tmp_path):
    """Two channels a minute apart: 5 % faults, whose values are a thousand times as large."""
    random = np.random.default_rng(0)
    fault = np.zeros(ROWS, bool)
    fault[90:100] = fault[210:220] = True
    frame = pd.DataFrame(
        {
            "time": pd.date_range("2024-01-01", periods=ROWS, freq="min"),
            "flow": np.where(fault, 1000.0, 1.0) * random.normal(size=ROWS),
            "heat": random.normal(size=ROWS),
            "state": np.where(fault, "fault", "normal"),
        }
    )
    frame.loc[[50, 150, 151], "heat"] = np.nan
    frame.to_csv(tmp_path / "plant.csv", index=False)
    return str(tmp_path / "plant.csv")


def prepared(source, **changes):
    """Windows of eight rows, two apart."""
    base = {
        "data.source": source,
        "data.roles": {"time": "time", "state": "label"},
        "preprocessing.window_length": LENGTH,
        "preprocessing.window_stride": 2,
        "preprocessing.scaling": "standardize",
        "training.loss": "mse",
    }
    chosen = Experiment(data={"source": source}).replace(base | changes)
    return prepare(chosen.preparation_options, load(source))


def rows_of(found, *parts):
    """The rows of the stream in the windows of these parts."""
    numbers = np.concatenate([getattr(found.split, part) for part in parts])
    return np.unique(numbers[:, None] * 2 + np.arange(LENGTH))


def test_windows_are_of_the_chosen_classes(source):
    """Whoever wants normals gets no row of a fault, in any part, nor faults' scale."""
    both, normal = prepared(source), prepared(source, **{"data.classes": ["normal"]})
    faults = [*range(90, 100), *range(210, 220)]
    assert np.isin(faults, rows_of(both, "train", "validation")).all()
    assert not np.isin(faults, rows_of(normal, "train", "validation")).any()
    assert np.abs(normal.train).max() < 6 < np.abs(both.train).max()
    assert normal.train[..., 0].std() == pytest.approx(1.0, abs=0.1)
    assert set(normal.dataset.y[normal.split.train]) == {1}
    held_out = normal.rows["validation"] / sum(normal.rows.values())
    assert held_out == pytest.approx(0.2, abs=0.03)


def test_windows_with_gaps_are_dropped(source):
    """Where rows with gaps are to be left out, no window has one; else gaps are filled."""
    filled, dropped = prepared(source), prepared(source, **{"preprocessing.missing": "drop"})
    gaps = [50, 150, 151]
    assert np.isin(gaps, rows_of(filled, "train")).all()
    assert not np.isin(gaps, rows_of(dropped, "train", "validation")).any()
    assert len(dropped.train) < len(filled.train)


def test_no_window_of_the_chosen_rows_is_told(source):
    """Faults last ten rows: windows of twelve have none."""
    with pytest.raises(DataError, match="No 12 rows in a row are all of the chosen classes"):
        prepared(source, **{"data.classes": ["fault"], "preprocessing.window_length": 12})


def test_all_classes_are_all_windows(source):
    """Choosing everything changes nothing."""
    every, none = prepared(source, **{"data.classes": ["fault", "normal"]}), prepared(source)
    assert np.array_equal(every.train, none.train)
    assert np.array_equal(every.split.validation, none.split.validation)


@pytest.mark.parametrize(("order", "rises"), [("auto", True), ("file", False)])
def test_a_time_that_is_chosen_orders_the_rows(tmp_path, order, rises):
    """Numbers that count down are no time by themselves; chosen, they sort, unless told not to."""
    path = tmp_path / "down.csv"
    down = np.arange(ROWS)[::-1] * 0.25
    pd.DataFrame({"left": down, "flow": np.sin(down), "heat": down % 7}).to_csv(path, index=False)
    base = {"source": str(path), "roles": {"left": "time"}, "reading": {"row_order": order}}
    chosen = Experiment(data=base, preprocessing={"scaling": "none"})
    found = prepare(chosen.preparation_options, load(str(path), chosen.data.reading))
    first = found.train[0, :, list(found.dataset.feature_names).index("flow")]
    wanted = np.sin(down[::-1] if rises else down)[: len(first)]
    np.testing.assert_allclose(first, wanted, atol=1e-6)
