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
