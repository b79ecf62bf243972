"""Splits and scaling: partitions, and nothing learned from held-out rows."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aecore.data import load
from aecore.data.dataset import Dataset
from aecore.data.prepare.preparing import prepare
from aecore.data.prepare.split import drawn_rows, split_rows
from aecore.data.scalings import SCALINGS
from aecore.errors import DataError
from aecore.experiment import Experiment


@given(
    st.integers(10, 300),
    st.floats(0, 0.4),
    st.floats(0, 0.4),
    st.sampled_from(["random", "ordered"]),
)
@settings(deadline=None, max_examples=50)
def test_split_is_a_partition(rows, validation, test, how):
    """Every row is in one part, and the same arguments give the same parts."""
    labels = np.arange(rows) % 3
    arguments = {"validation_fraction": validation, "test_fraction": test, "how": how, "seed": 1}
    split = split_rows(rows, labels, **arguments)
    together = np.concatenate([split.train, split.validation, split.test])
    assert sorted(together) == list(range(rows))
    assert (split_rows(rows, labels, **arguments).train == split.train).all()


def test_random_split_keeps_the_mix_and_follows_the_seed():
    """Classes are equally frequent in each part, and another seed holds out other rows."""
    labels = np.repeat([0, 1], [80, 20])
    split = split_rows(
        100, labels, validation_fraction=0.2, test_fraction=0.0, how="random", seed=0
    )
    other = split_rows(
        100, labels, validation_fraction=0.2, test_fraction=0.0, how="random", seed=1
    )
    assert np.bincount(labels[split.validation]).tolist() == [16, 4]
    assert (split.validation != other.validation).any()


def test_ordered_split_takes_the_end():
    """The first rows train, the next validate, the last test."""
    split = split_rows(10, None, validation_fraction=0.2, test_fraction=0.1, how="ordered", seed=0)
    assert [split.train.tolist(), split.validation.tolist(), split.test.tolist()] == [
        [0, 1, 2, 3, 4, 5, 6],
        [7, 8],
        [9],
    ]


def test_too_few_rows_are_refused():
    """One row cannot be both held out and trained on."""
    with pytest.raises(DataError, match="too few"):
        split_rows(1, None, validation_fraction=0.2, test_fraction=0.0, how="random", seed=0)


@pytest.mark.parametrize("scaling", ["min-max", "standardize"])
def test_scaling_never_sees_held_out_rows(scaling):
    """Changing held-out rows leaves the scaled training rows as they were."""
    experiment = Experiment.from_dict(
        {
            "data": {"source": "breast-cancer", "split": "ordered"},
            "preprocessing": {"scaling": scaling},
            "training": {"loss": "mse"},
        }
    )
    dataset = load("breast-cancer")
    spoiled = dataset.x.copy()
    spoiled[prepare(experiment.preparation_options, dataset).split.validation] *= 1000
    after = prepare(experiment.preparation_options, Dataset(spoiled, dataset.y, "table"))
    assert np.array_equal(after.train, prepare(experiment.preparation_options, dataset).train)


@pytest.mark.parametrize("scaling", SCALINGS)
def test_every_scaling_does_without_rows_held_out(scaling):
    """A part that holds no rows, as the test part does by default, has units of no samples."""
    chosen = {"data.source": "digits", "preprocessing.scaling": scaling, "training.loss": "mse"}
    prepared = prepare(Experiment().replace(chosen).preparation_options, load("digits"))
    assert prepared.rows == {"train": 1438, "validation": 359, "test": 0}
    assert prepared.units("test").raw(prepared.test).shape == (0, 8, 8, 1)
    raw = prepared.units("validation").raw(prepared.validation)
    assert np.allclose(raw, load("digits").x[prepared.split.validation], atol=1e-4)


def test_mnist_is_shuffled_and_balanced():
    """500 of each digit, and not in order of class."""
    y = load("mnist-5k").y
    assert np.bincount(y).tolist() == [500] * 10
    assert len(set(y[:100])) == 10


def test_rows_are_sampled_only_where_there_are_too_many() -> None:
    """Few are all taken; of many, different ones in order, the same for one seed."""
    assert drawn_rows(5, 10, seed=0).tolist() == [0, 1, 2, 3, 4]

    rows = drawn_rows(1000, 100, seed=1)
    assert len(rows) == 100
    assert (np.diff(rows) > 0).all()
    np.testing.assert_array_equal(rows, drawn_rows(1000, 100, seed=1))
    assert not np.array_equal(rows, drawn_rows(1000, 100, seed=2))
