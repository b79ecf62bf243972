"""Do the figures for images agree with theory, and with one another?"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from aecore.evaluation import image_quality
from aecore.evaluation.baselines import fit_baselines
from aecore.evaluation.measuring import beside_simpler
from aecore.evaluation.samples import Samples
from tests.made import samples

UNIT = (0.0, 1.0)
IMAGES = np.random.default_rng(0).random((6, 12, 12, 1)).astype(np.float32)


def test_an_image_is_most_like_itself() -> None:
    """SSIM is 1 and PSNR, a ratio to an error of 0, undefined."""
    np.testing.assert_allclose(image_quality.ssim(IMAGES, IMAGES, UNIT), 1.0)
    assert np.isnan(image_quality.psnr(IMAGES, IMAGES, UNIT)).all()


def test_ssim_of_flat_images_is_its_luminance_term() -> None:
    """Without contrast, (2 a b + C1) / (a² + b² + C1) is left, with C1 = (0.01 range)²."""
    a, b, span = 0.25, 0.75, 2.0
    flat = np.ones((1, 16, 16, 3), np.float32)

    found = image_quality.ssim(a * flat, b * flat, (0.0, span))

    constant = (0.01 * span) ** 2
    assert found == pytest.approx((2 * a * b + constant) / (a**2 + b**2 + constant), rel=1e-4)


@pytest.mark.parametrize(("error", "span", "decibels"), [(0.1, 1.0, 20.0), (0.1, 10.0, 40.0)])
def test_psnr_is_the_range_over_the_error_in_decibels(
    error: float, span: float, decibels: float
) -> None:
    """An MSE of 0.01 is 20 dB below a range of 1, and 40 dB below one of 10."""
    assert image_quality.psnr(IMAGES, IMAGES + error, (-span, 0.0)) == pytest.approx(
        decibels, rel=1e-4
    )


@pytest.mark.parametrize("side", [2, 3, 8, 11])
def test_small_images_get_a_small_window(side: int) -> None:
    """An odd one that fits; under three pixels there is no figure."""
    small = IMAGES[:, :side, :side]

    found = image_quality.ssim(small, 1 - small, UNIT)

    assert np.isnan(found).all() == (side < 3)
    assert side < 3 or (found < 0.5).all()


def test_standardised_images_are_as_alike_as_they_were() -> None:
    """Brightness counts from black, wherever that lies: shift and scale change nothing."""
    made = np.clip(IMAGES + 0.2 * IMAGES[::-1], 0, 1)

    found = image_quality.ssim(4 * IMAGES - 2, 4 * made - 2, (-2.0, 2.0))

    np.testing.assert_allclose(found, image_quality.ssim(IMAGES, made, UNIT), atol=1e-4)


def test_the_run_stands_beside_pca_and_the_mean_image() -> None:
    """Both as they were learned of training rows; images without an error are left out of PSNR."""
    made = IMAGES + 0.1
    made[0] = IMAGES[0]
    mean = np.full(IMAGES.shape[1:], 0.5, np.float32)
    kept = samples("image", IMAGES, made, by_mean=mean, by_pca=IMAGES + 0.01)

    found = image_quality.compare_images(kept)

    assert found.pca is not None
    assert found.mean is not None
    assert found.run.psnr == pytest.approx(20.0, rel=1e-3)
    assert found.pca.psnr == pytest.approx(40.0, rel=1e-3)
    by_mean = np.broadcast_to(mean, IMAGES.shape)
    assert found.mean.ssim == pytest.approx(image_quality.ssim(IMAGES, by_mean, UNIT).mean())
    assert found.images == 6


def test_pca_and_mean_are_those_of_the_training_rows(tmp_path: Path) -> None:
    """With as many numbers as there are kept images, PCA of these would have no error at all."""
    random = np.random.default_rng(1)
    train, seen = random.random((2, 40, 12, 12, 1), dtype=np.float32)
    baselines = fit_baselines(train, 6)

    beside_simpler(samples("image", IMAGES, IMAGES), baselines, seen[:6]).save(tmp_path / "s.npz")

    kept = Samples.load(tmp_path / "s.npz")
    np.testing.assert_allclose(kept.by_mean, train.mean(axis=0), atol=1e-3)
    np.testing.assert_allclose(kept.by_pca, baselines.by_pca(seen[:6]), atol=1e-2)
    found = image_quality.compare_images(kept)
    assert found.pca is not None
    assert found.pca.psnr < 20


def test_a_run_that_kept_neither_has_figures_of_its_own_alone() -> None:
    """As those of earlier versions."""
    found = image_quality.compare_images(samples("image", IMAGES, IMAGES + 0.1))

    assert found.run.psnr == pytest.approx(20.0, rel=1e-3)
    assert (found.pca, found.mean) == (None, None)
