"""Are kept samples read back as they were?"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from aecore.evaluation.samples import Samples
from tests.made import samples


@pytest.mark.parametrize("size", [1e-7, 1.0, 1e9])
def test_values_of_any_size_are_kept_to_three_digits(tmp_path: Path, size: float) -> None:
    """Unscaled values may be larger, or smaller, than half precision holds."""
    x = size * np.random.default_rng(0).uniform(0.1, 1.0, (20, 6))
    samples("table", x, x / 2, error=np.ones(20)).save(tmp_path / "samples.npz")
    read = Samples.load(tmp_path / "samples.npz")
    np.testing.assert_allclose(read.original, x, rtol=1e-3)
    np.testing.assert_allclose(read.reconstruction, x / 2, rtol=1e-3)


def test_some_of_the_samples_keep_what_is_their_own() -> None:
    """Labels, factors and scales of their own go along; what simpler ways make does not."""
    made = samples(
        "image",
        np.arange(16).reshape(4, 2, 2, 1),
        np.zeros((4, 2, 2, 1)),
        label=np.array([0, 1, 2, 3]),
        factors={"size": np.arange(4.0)},
        scale=np.arange(1.0, 5.0).reshape(4, 1, 1, 1),
        by_mean=np.zeros((2, 2, 1)),
    )
    some = made.of(np.array([3, 1]))
    assert some.label is not None
    assert (some.label.tolist(), some.factors["size"].tolist()) == ([3, 1], [3, 1])
    np.testing.assert_array_equal(some.raw(some.original), made.raw(made.original)[[3, 1]])
    assert some.by_mean is None and some.total == 4
