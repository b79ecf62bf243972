"""What is said of a data set before it is loaded must be what loading it gives."""

from functools import cache

import numpy as np
import pytest

from aecore.data.dataset import Dataset
from aecore.data.sources import DATASETS, sensor_stream

HERE = [spec for spec in DATASETS.values() if spec.origin != "downloaded"]
SETS = [spec for spec in HERE if spec.name != "sensor-stream"]


@cache
def loaded(name):
    """The data set, loaded once for all tests."""
    return DATASETS[name].load()


def name_of(spec):
    """The name, as shown in test ids."""
    return spec.name


@pytest.mark.parametrize("spec", SETS, ids=name_of)
def test_facts_are_what_loading_gives(spec):
    """Rows, shape, kind, classes and the range of values."""
    dataset = loaded(spec.name)
    facts = spec.facts
    assert isinstance(dataset, Dataset)
    assert dataset.x.shape == (facts.rows, *facts.sample_shape)
    assert dataset.kind == facts.kind
    assert dataset.class_names == facts.class_names
    assert facts.bytes_of_grey == (dataset.x.dtype == np.uint8)
    assert np.isfinite(dataset.x).all()
    assert_range(dataset.x, facts.value_range)


def assert_range(x, value_range):
    """The range holds every value, with at most a hundredth to spare."""
    low, high = np.float32(value_range[0]), np.float32(value_range[1])
    spare = 0.01 * (high - low)
    assert low <= x.min() <= low + spare
    assert high - spare <= x.max() <= high


@pytest.mark.parametrize("spec", SETS, ids=name_of)
def test_labels_and_factors_belong_to_the_rows(spec):
    """Every class has samples, a name for each column, and a finite number for each factor."""
    dataset = loaded(spec.name)
    if dataset.y is None:
        assert dataset.class_names == ()
    else:
        assert np.unique(dataset.y).tolist() == list(range(len(dataset.class_names)))
    columns = () if dataset.kind == "image" else dataset.x.shape[-1:]
    assert len(set(dataset.feature_names)) == len(dataset.feature_names) == sum(columns)
    for values in dataset.factors.values():
        assert values.shape == (len(dataset.x),)
        assert np.isfinite(values).all()


def test_facts_of_the_stream_are_those_of_its_windows():
    """Windows of 64 rows every 16, of three channels, whose labels are those of the column."""
    spec = DATASETS["sensor-stream"]
    frame = loaded(spec.name).frame
    channels = frame[list(sensor_stream.CHANNELS)].to_numpy()
    windows = np.lib.stride_tricks.sliding_window_view(channels, 64, axis=0)[::16]
    assert (len(windows), spec.facts.sample_shape) == (spec.facts.rows, (64, channels.shape[1]))
    assert tuple(sorted(frame["anomaly"].unique())) == spec.facts.class_names
    assert spec.facts.kind == "series"
    assert_range(channels, spec.facts.value_range)


@pytest.mark.parametrize("spec", HERE, ids=name_of)
def test_loading_twice_gives_the_same(spec):
    """What is made by a formula or shuffled comes from a seed of its own."""
    first, second = loaded(spec.name), spec.load()
    if isinstance(first, Dataset):
        assert (first.x == second.x).all()
        assert first.y is None or (first.y == second.y).all()
    else:
        assert first.frame.equals(second.frame)


@pytest.mark.parametrize(
    "spec", [spec for spec in SETS if spec.facts.class_names], ids=lambda spec: spec.name
)
def test_no_set_is_sorted_by_class(spec):
    """The first half and the second hold every class, so that an ordered split is of use."""
    y = loaded(spec.name).y
    for half in (y[: len(y) // 2], y[len(y) // 2 :]):
        assert len(np.unique(half)) == len(spec.facts.class_names)


@pytest.mark.parametrize("spec", DATASETS.values(), ids=name_of)
def test_origin_goes_with_files(spec):
    """What is downloaded names its files and their checksums; nothing else does."""
    assert (spec.origin == "downloaded") == bool(spec.files)
    for download in spec.files:
        algorithm, checksum = download.known_hash.split(":")
        assert len(checksum) == {"sha256": 64, "md5": 32}[algorithm]
        assert download.url.startswith("https://")
        assert download.size > 0
    assert spec.known == "" or spec.origin == "generated"
