"""Do downloaded samples hold what the run kept, in the data's own units and safe to open?"""

from __future__ import annotations

import io

import numpy as np
import pandas as pd
import pytest

from aecore.evaluation.samples import Samples
from aecore.export.sample_files import as_arrays, as_table, fits_table


@pytest.fixture
def samples() -> Samples:
    """Three rows of two columns, scaled by half, one class with a name like a formula."""
    original = np.array([[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]], dtype=np.float32)
    return Samples(
        measured_on="validation",
        kind="table",
        index=np.array([7, 8, 9]),
        original=original,
        reconstruction=original + 0.5,
        code=np.ones((3, 1), dtype=np.float32),
        error=np.full(3, 0.25),
        label=np.array([0, 1, 0]),
        class_names=("good", "=odd()"),
        feature_names=("width", "-height"),
        display_range=(0.0, 1.0),
        total=3,
        scale=np.array([[2.0, 10.0]]),
        offset=np.array([[1.0, 0.0]]),
    )


def test_a_table_has_each_value_before_and_after(samples: Samples) -> None:
    """In own units; neither a name nor a label is taken for a formula."""
    table = pd.read_csv(io.BytesIO(as_table(samples)))

    assert table["row"].tolist() == [7, 8, 9]
    assert table["label"].tolist() == ["good", "'=odd()", "good"]
    assert table["original width"].tolist() == [1.0, 5.0, 9.0]
    assert table["reconstruction -height"].tolist() == [15.0, 35.0, 55.0]


def test_arrays_are_read_without_pickle(samples: Samples) -> None:
    """Names of classes, codes and errors beside the samples."""
    with np.load(io.BytesIO(as_arrays(samples)), allow_pickle=False) as arrays:
        assert arrays["label"].tolist() == ["good", "=odd()", "good"]
        np.testing.assert_allclose(arrays["original"][:, 0], [1.0, 5.0, 9.0])
        np.testing.assert_allclose(arrays["reconstruction"][:, 1], [15.0, 35.0, 55.0])
        assert arrays["code"].shape == (3, 1) and arrays["row"].tolist() == [7, 8, 9]


def test_very_wide_samples_have_no_table(samples: Samples) -> None:
    """A spreadsheet could not open it; series are flattened step by step."""
    assert fits_table(samples)
    assert not fits_table(Samples(**{**vars(samples), "original": np.zeros((3, 40, 40))}))
    one = np.zeros((3, 2, 1))
    series = Samples(
        **{
            **vars(samples),
            "kind": "series",
            "original": one,
            "reconstruction": one,
            "scale": np.ones((1, 1, 1)),
            "offset": np.zeros((1, 1, 1)),
        }
    )
    assert "original 2-1" in pd.read_csv(io.BytesIO(as_table(series))).columns
