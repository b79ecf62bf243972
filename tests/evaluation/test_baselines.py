"""Yardsticks of data that have nothing to learn from."""

from __future__ import annotations

import numpy as np
import pytest

from aecore.evaluation.baselines import fit_baselines


@pytest.mark.parametrize("rows", [1, 2, 40])
def test_equal_rows_are_their_mean(rows: int) -> None:
    """One row, or rows without variance, are rebuilt exactly, and no warning is given."""
    x = np.full((rows, 6), 3.0, np.float32)
    found = fit_baselines(x, 2)
    np.testing.assert_allclose(found.by_mean(x), x)
    np.testing.assert_allclose(found.by_pca(x), x, rtol=1e-6)
