"""Scaling: as scikit-learn's, undone exactly enough, and without loss of digits."""

import numpy as np
import pytest
from sklearn import preprocessing

from aecore.data.dataset import Dataset
from aecore.data.options import Preprocessing
from aecore.data.prepare.fitting import fit_arrays
from aecore.data.prepare.scaling import FittedScaler, fit_scaler
from aecore.data.scalings import SCALINGS

SHAPES = {"image": (4, 4, 1), "table": (4,), "series": (5, 2)}


def scaler_of(scaling, kind, x):
    """The scaling learned from samples."""
    return fit_arrays(
        Preprocessing(scaling=scaling), Dataset(x, None, kind), np.arange(len(x))
    ).scaler


@pytest.mark.parametrize("scaling", SCALINGS)
@pytest.mark.parametrize("kind", SHAPES)
def test_scaling_can_be_undone(scaling, kind):
    """The units of samples give the raw values back, and shapes are kept."""
    x = np.random.default_rng(0).normal(3, 5, (20, *SHAPES[kind]))
    scaler = scaler_of(scaling, kind, x)
    scaled, lengths = scaler.scaled(x)
    units = scaler.units(lengths, x.ndim)
    assert scaled.shape == x.shape
    assert scaled.dtype == np.float32
    np.testing.assert_allclose(units.raw(scaled), x, atol=1e-5)
    few = np.array([3, 8])
    np.testing.assert_allclose(units.of(few).raw(scaled[few]), x[few], atol=1e-5)


@pytest.mark.parametrize(
    ("scaling", "reference"),
    [
        ("min-max", preprocessing.MinMaxScaler),
        ("standardize", preprocessing.StandardScaler),
        ("robust", preprocessing.RobustScaler),
        ("per-sample", preprocessing.Normalizer),
    ],
)
def test_a_table_is_scaled_as_by_scikit_learn(scaling, reference):
    """Constant columns and rows of zeros too; rows that were not learned from go beyond."""
    random = np.random.default_rng(0)
    x = random.normal(10, 4, (50, 5))
    x[:, 2], x[7] = 0.0, 0.0
    new = random.normal(20, 9, (10, 5))
    scaler = scaler_of(scaling, "table", x)
    wanted = reference().fit(x)
    for rows in (x, new):
        np.testing.assert_allclose(scaler.scaled(rows)[0], wanted.transform(rows), atol=1e-6)


def test_a_column_whose_quartiles_are_equal_is_scaled_all_the_same():
    """By its standard deviation: as it came, a few large values would outweigh all columns."""
    x = np.zeros((100, 3))
    x[:10, 0], x[:, 1], x[:, 2] = 15_036.0, 7.0, np.arange(100)
    scaler = scaler_of("robust", "table", x)
    scaled, _ = scaler.scaled(x)
    assert scaler.scale == pytest.approx([x[:, 0].std(), 1.0, 49.5])
    assert np.unique(scaled[:, 0]) == pytest.approx([0.0, 1 / 0.3])
    assert not scaled[:, 1].any()


def test_images_have_one_range_and_tables_one_a_column():
    """Min-max of images keeps dark pixels dark; of a table it fills each column's range."""
    x = np.array([[[[0.0], [1.0]]], [[[0.0], [4.0]]]])
    assert scaler_of("min-max", "image", x).scaled(x)[0].ravel().tolist() == [0, 0.25, 0, 1]
    table = x.reshape(2, 2)
    assert scaler_of("min-max", "table", table).scaled(table)[0].ravel().tolist() == [0, 0, 0, 1]


@pytest.mark.parametrize("scaling", ["min-max", "standardize", "robust"])
def test_a_large_offset_keeps_its_signal(scaling):
    """Values of 1e9 that differ by thousandths are told apart, and come back to their digits."""
    signal = np.random.default_rng(0).normal(0, 0.01, (200, 1))
    x = 1e9 + signal
    scaler = scaler_of(scaling, "table", x)
    scaled, _ = scaler.scaled(x)
    centred = (signal - np.median(signal)) / np.ptp(signal)
    likeness = np.corrcoef(scaled[:, 0], centred[:, 0])[0, 1]
    assert likeness == pytest.approx(1.0, abs=1e-6)
    np.testing.assert_allclose(scaler.units(None, 2).raw(scaled), x, rtol=0, atol=1e-6)


def test_amounts_come_back_to_the_cent():
    """123456789.12 is no float32."""
    x = np.array([[123_456_789.12], [123_456_790.45], [123_456_791.0]])
    scaler = scaler_of("min-max", "table", x)
    assert scaler.units(None, 2).raw(scaler.scaled(x)[0]).round(2).tolist() == x.tolist()


@pytest.mark.parametrize("scaling", ["min-max", "standardize", "none"])
def test_parts_teach_what_the_whole_does(scaling):
    """A scaling learned block by block is that of all blocks."""
    x = np.random.default_rng(0).normal(1e6, 3, (90, 2))
    whole = fit_scaler(scaling, [x], 2)
    parts = fit_scaler(scaling, [x[:20], x[20:55], x[55:]], 2)
    np.testing.assert_allclose(parts.offset, whole.offset, rtol=1e-12)
    np.testing.assert_allclose(parts.scale, whole.scale, rtol=1e-9)


def test_what_stands_behind_the_numbers_is_left_alone():
    """Per-sample scaling takes the length of the numbers, and divides those alone."""
    scaler = FittedScaler("per-sample", np.zeros(3), np.ones(3), numbers=2)
    x = np.array([[3.0, 4.0, 1.0], [0.0, 0.0, 1.0]])
    scaled, lengths = scaler.scaled(x)
    np.testing.assert_allclose(scaled, [[0.6, 0.8, 1.0], [0.0, 0.0, 1.0]], rtol=1e-6)
    np.testing.assert_allclose(scaler.units(lengths, 2).raw(scaled), x, rtol=1e-6)


@pytest.mark.parametrize("scaling", ["min-max", "standardize", "robust", "none"])
def test_bytes_are_scaled_as_other_numbers(scaling):
    """Each byte is looked up instead of worked out."""
    x = np.random.default_rng(0).integers(3, 250, (20, 4, 4, 1)).astype(np.uint8)
    scaler = scaler_of(scaling, "image", x)
    every_byte = np.arange(256, dtype=np.uint8).reshape(16, 4, 4, 1)
    np.testing.assert_array_equal(
        scaler.scaled(every_byte)[0], scaler.scaled(every_byte.astype(np.float64))[0]
    )


@pytest.mark.parametrize("scaling", ["min-max", "standardize", "robust"])
@pytest.mark.parametrize("size", [1e-30, 1e-20, 1e-9, 1e20])
def test_numbers_of_any_size_are_scaled_as_those_around_one(scaling, size):
    """Widths below 1e-15 are no constants, such as masses in kilograms."""
    x = np.random.default_rng(0).normal(3, 5, (50, 4))
    wanted = scaler_of(scaling, "table", x).scaled(x)[0]
    scaler = scaler_of(scaling, "table", x * size)
    np.testing.assert_allclose(scaler.scaled(x * size)[0], wanted, atol=1e-5)
    np.testing.assert_allclose(scaler.scale, scaler_of(scaling, "table", x).scale * size, rtol=1e-9)


def test_a_constant_of_tiny_numbers_stays_one():
    """Its scale is 1, whatever its size."""
    x = np.full((9, 2), 3e-20)
    for scaling in ("min-max", "standardize"):
        assert (scaler_of(scaling, "table", x).scaled(x)[0] == 0).all()
