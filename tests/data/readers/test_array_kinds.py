"""Arrays of three axes: pictures or series, told from shape and values, and as chosen."""

import numpy as np
import pytest

from aecore.data.options import Preprocessing
from aecore.data.prepare.fitting import fit_arrays
from aecore.data.readers import npy, npz
from aecore.data.reading_options import ReadingOptions
from aecore.errors import DataError

RANDOM = np.random.default_rng(0)
SIZES = np.array([1.0, 600.0, 1e5])


def saved(folder, x):
    """The path of an array."""
    np.save(folder / "a.npy", x)
    return folder / "a.npy"


def noise(*shape):
    """Numbers of one size."""
    return RANDOM.normal(size=shape)


def unlike(*shape):
    """Channels each of which is four times as large as the one before."""
    return noise(*shape) * 4.0 ** np.arange(shape[-1])


@pytest.mark.parametrize(
    ("x", "kind", "shape"),
    [
        (noise(20, 32, 3) * SIZES, "series", (32, 3)),
        (noise(20, 140, 1), "series", (140, 1)),
        (noise(20, 140, 1) > 0, "series", (140, 1)),
        (noise(20, 1, 140), "series", (140, 1)),
        (noise(20, 128, 9), "series", (128, 9)),
        (noise(20, 9, 128), "series", (128, 9)),
        (unlike(20, 12, 8), "series", (12, 8)),
        (unlike(20, 30, 24), "series", (30, 24)),
        (RANDOM.integers(0, 256, (20, 64, 8)), "image", (64, 8, 1)),
        (RANDOM.integers(0, 256, (20, 64, 8)).astype(np.uint8), "image", (64, 8, 1)),
        (noise(20, 28, 28), "image", (28, 28, 1)),
        (noise(20, 8, 8), "image", (8, 8, 1)),
        (noise(20, 8, 8, 3), "image", (8, 8, 3)),
        (noise(20, 8), "table", (8,)),
    ],
)
def test_shape_and_values_tell_what_samples_are(tmp_path, x, kind, shape):
    """One channel, few long ones, and such as would be lost in one range for all, are series."""
    dataset = npy.read(saved(tmp_path, x.astype(np.int64) if x.dtype == bool else x))
    assert (dataset.kind, dataset.x.shape[1:]) == (kind, shape)


def test_dark_edges_of_pictures_do_not_make_series(tmp_path):
    """Columns of pixels at the edge hardly differ, as in scans of digits."""
    x = RANDOM.uniform(size=(30, 20, 20)) * np.r_[0, 0.01, 0.02, np.ones(14), 0.02, 0.01, 0]
    assert npy.read(saved(tmp_path, x)).kind == "image"


def test_a_channel_is_scaled_by_itself(tmp_path):
    """Each has mean 0 and standard deviation 1, and keeps its own units."""
    x = noise(40, 32, 3) * SIZES + SIZES
    dataset = npy.read(saved(tmp_path, x))
    fitted = fit_arrays(Preprocessing(scaling="standardize"), dataset, np.arange(40))
    scaled, _ = fitted.encoded(dataset)
    np.testing.assert_allclose(scaled.std(axis=(0, 1)), 1, rtol=1e-4)
    np.testing.assert_allclose(scaled.mean(axis=(0, 1)), 0, atol=1e-4)
    np.testing.assert_allclose((fitted.to_units(scaled) - x) / SIZES, 0, atol=1e-5)
    assert dataset.feature_names == ("channel 1", "channel 2", "channel 3")


@pytest.mark.parametrize(
    ("shape", "kind", "expected"),
    [
        ((5, 28, 28), "time-series", (28, 28)),
        ((5, 28, 20), "channels-first", (20, 28)),
        ((5, 28, 20), "rows", (560,)),
        ((5, 32, 3), "images", (32, 3, 1)),
        ((5, 4, 4, 3), "rows", (48,)),
        ((5, 49), "images", (7, 7, 1)),
        ((5, 49), "time-series", (49, 1)),
    ],
)
def test_the_choice_overrules_what_was_found(tmp_path, shape, kind, expected):
    """And nothing is told of a guess; each value stands where it belongs."""
    x = np.arange(np.prod(shape), dtype=np.float32).reshape(shape)
    dataset = npy.read(saved(tmp_path, x), ReadingOptions(sample_kind=kind))
    assert dataset.x.shape[1:] == expected
    moved = x.transpose(0, 2, 1) if kind == "channels-first" else x
    np.testing.assert_array_equal(dataset.x.ravel(), moved.ravel())
    assert dataset.notes == ()


@pytest.mark.parametrize(
    ("shape", "kind", "cause"),
    [
        ((5, 4, 4, 3), "time-series", "no series of steps and channels"),
        ((5, 50), "images", "no pictures that can be told apart"),
        ((5, 2, 2, 2, 2), "images", "no pictures that can be told apart"),
        ((5, 200, 200), "rows", "40,000 columns, and the limit"),
    ],
)
def test_what_an_array_cannot_be_is_refused(tmp_path, shape, kind, cause):
    """With its shape and what to do."""
    with pytest.raises(DataError, match=cause):
        npy.read(saved(tmp_path, np.ones(shape)), ReadingOptions(sample_kind=kind))


def test_the_guess_is_told_with_the_option_that_overrules_it(tmp_path):
    """In an archive as well, whose names of channels are used."""
    names = np.array(["x", "y", "z"])
    np.savez(tmp_path / "a.npz", x=noise(9, 32, 3) * SIZES, feature_names=names)
    dataset = npz.read(tmp_path / "a.npz")
    [note] = dataset.notes
    assert (note.about, note.option, note.value) == ("guess", "sample_kind", "time-series")
    assert "32 × 3" in note.sentence
    assert dataset.feature_names == ("x", "y", "z")


@pytest.mark.parametrize("suffix", ["npy", "npz"])
@pytest.mark.parametrize("scaling", ["standardize", "min-max", "robust"])
def test_an_offset_keeps_its_signal(tmp_path, suffix, scaling):
    """A thousand million and a small signal are scaled as the signal alone, and come back."""
    signal = noise(200, 3)
    path = tmp_path / f"a.{suffix}"
    np.savez(path, x=signal + 1e9) if suffix == "npz" else np.save(path, signal + 1e9)
    dataset = (npz if suffix == "npz" else npy).read(path)
    fitted = fit_arrays(Preprocessing(scaling=scaling), dataset, np.arange(200))
    alone = dataset.__class__(signal, None, "table")
    of_signal = fit_arrays(Preprocessing(scaling=scaling), alone, np.arange(200))
    scaled = fitted.encoded(dataset)[0]
    np.testing.assert_allclose(scaled, of_signal.encoded(alone)[0], atol=1e-5)
    np.testing.assert_allclose(fitted.to_units(scaled) - 1e9, signal, atol=1e-5)
