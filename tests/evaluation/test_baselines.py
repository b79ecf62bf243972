"""Yardsticks of data that have nothing to learn from."""

from __future__ import annotations

import numpy as np
import pytest

from aecore.evaluation.baselines import fit_baselines, yardsticks
from aecore.models.losses import LOSSES, mean_loss


@pytest.mark.parametrize("rows", [30, 500])
@pytest.mark.parametrize("offset", [0.0, 1e3, 1e4, -1e5])
def test_pca_is_as_good_far_from_zero(rows: int, offset: float) -> None:
    """Its error is that of the singular values left out, worked out in float64."""
    random = np.random.default_rng(0)
    x = random.standard_normal((rows, 3)) @ random.standard_normal((3, 40))
    x = (x + 0.1 * random.standard_normal(x.shape) + offset).astype(np.float32)
    centred = x - x.mean(axis=0, dtype=np.float64)
    least = np.square(np.linalg.svd(centred, compute_uv=False)[3:]).sum() / x.size
    found = np.square(x - fit_baselines(x, 3).by_pca(x), dtype=np.float64).mean()
    assert found == pytest.approx(least, rel=0.01)
    by_mean = np.square(x - fit_baselines(x, 3).by_mean(x)).mean()
    assert by_mean == pytest.approx(np.square(centred).mean(), rel=1e-6)


@pytest.mark.parametrize("rows", [1, 2, 40])
def test_equal_rows_are_their_mean(rows: int) -> None:
    """One row, or rows without variance, are rebuilt exactly, and no warning is given."""
    x = np.full((rows, 6), 3.0, np.float32)
    found = fit_baselines(x, 2)
    np.testing.assert_allclose(found.by_mean(x), x)
    np.testing.assert_allclose(found.by_pca(x), x, rtol=1e-6)


@pytest.mark.parametrize("loss", ["mse", "mae", "binary_crossentropy"])
def test_the_yardstick_is_the_one_answer_that_costs_least(loss: str) -> None:
    """For absolute errors the median, and named so; a little beside it costs more."""
    x = np.random.default_rng(0).beta(0.3, 2.0, (301, 4, 4, 1)).astype(np.float32)
    baselines = fit_baselines(x, 2, loss)
    found = yardsticks(loss, baselines, x, x)
    answer = baselines.by_centre(x)
    assert found[LOSSES[loss].centre] == mean_loss(loss, x, answer)
    assert ("median" in found, "mean" in found) == (loss == "mae", loss != "mae")
    for beside in (answer * 0.95, answer + 0.005):
        assert mean_loss(loss, x, beside) > mean_loss(loss, x, answer)
