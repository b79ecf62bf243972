"""Which rows are used, and for what."""

import numpy as np
import pandas as pd
import pytest

from aecore import Experiment
from aecore.data import load
from aecore.data.dataset import Table
from aecore.data.prepare.preparing import prepare
from aecore.errors import DataError, ExperimentError


def prepared(**changes):
    """A data set made ready, and its labels."""
    given = {"data.source": "breast-cancer", "preprocessing.scaling": "standardize"}
    given["training.loss"] = "mse"
    given |= {path.replace("__", "."): value for path, value in changes.items()}
    options = Experiment().replace(given).preparation_options
    return prepare(options, load(options.data.source))


def used(ready):
    """The numbers of all rows that are used."""
    split = ready.split
    return np.concatenate([split.train, split.validation, split.test, split.calibration])


def test_rows_that_are_named_are_not_used():
    """Of a table by their numbers; of a stream no window that holds one."""
    ready = prepared(data__left_out_rows="0, 100-199", data__calibration_fraction=0.1)
    assert len(used(ready)) == 569 - 101 == len(set(used(ready)))
    assert not set(used(ready)) & {0, *range(100, 200)}
    stream = {"data__source": "sensor-stream", "data__rows": 2000}
    whole, without = prepared(**stream), prepared(**stream, data__left_out_rows="640")
    window = without.preparation.window
    gone = set(used(whole)) - set(used(without))
    holds = {n for n in used(whole) if n * window.stride <= 640 < n * window.stride + window.length}
    assert holds and holds <= gone


def test_rows_that_calibrate_have_no_say_in_anything():
    """They are in no other part, and the scaling is that of the training rows alone."""
    ready = prepared(data__calibration_fraction=0.2)
    assert len(ready.calibration) == len(ready.split.calibration) == 114
    assert len(used(ready)) == len(set(used(ready))) == 569
    np.testing.assert_allclose(ready.train.mean(axis=0), 0, atol=1e-5)
    assert abs(ready.calibration.mean(axis=0)).max() > 1e-3


def test_a_share_of_the_training_rows_is_of_other_classes():
    """None of those held out is, and it stays the same share of more rows."""
    ready = prepared(data__classes=["benign"], data__contamination=0.1)
    malignant = ready.dataset.class_names.index("malignant")
    share = (ready.labels(ready.split.train) == malignant).mean()
    assert share == pytest.approx(0.1, abs=0.005)
    assert len(set(ready.labels(ready.split.validation))) == 1
    with pytest.raises(DataError, match="rows of the other classes"):
        prepared(data__classes=["benign"], data__contamination=0.5)


def test_rows_forced_in_train_unless_they_calibrate():
    """From validation, test and other classes; the parts else are as they were."""
    asked = {
        "data__classes": ["benign"],
        "data__calibration_fraction": 0.2,
        "data__test_fraction": 0.1,
        "data__rows": 200,
    }
    ready = prepared(**asked)
    before, odd = ready.split, ready.dataset.class_names.index("malignant")
    malignant = int(np.flatnonzero(ready.dataset.y == odd)[0])
    wanted = [before.validation[0], before.test[0], before.train[0], malignant]
    named = ", ".join(map(str, [*wanted, before.calibration[0]]))
    after = prepared(**asked, data__forced_rows=named).split
    assert set(after.train) == {*before.train, *wanted}
    np.testing.assert_array_equal(after.calibration, before.calibration)
    assert set(after.validation) == set(before.validation[1:])
    assert set(after.test) == set(before.test[1:])


def test_rows_forced_in_that_cannot_be_are_told():
    """A row with a gap where those are dropped is none; one that is not there is refused."""
    with pytest.raises(DataError, match="Row 569 cannot be forced into training"):
        prepared(data__forced_rows="3, 569")
    with pytest.raises(ExperimentError, match="Row 17 is both left out and forced"):
        Experiment().replace({"data.left_out_rows": "4, 17", "data.forced_rows": "10-20"})
    frame = pd.DataFrame({"a": [*range(1, 40), np.nan], "b": range(40)})
    options = Experiment().replace({"data.forced_rows": "39", "preprocessing.missing": "drop"})
    ready = prepare(options.preparation_options, Table(frame))
    assert set(used(ready)) == set(range(39))


def test_what_names_no_rows_is_told_of_its_option():
    """In a sentence, as for any option."""
    with pytest.raises(ExperimentError, match=r"data.left_out_rows must name rows: 'x' is no row"):
        Experiment().replace({"data.left_out_rows": "x"})
