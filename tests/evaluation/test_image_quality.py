"""Do the figures for images agree with theory, and with one another?"""

from __future__ import annotations

import numpy as np
import pytest

from aecore.evaluation import image_quality
from tests.made import samples

IMAGES = np.random.default_rng(0).random((6, 12, 12, 1)).astype(np.float32)


def test_an_image_is_most_like_itself() -> None:
    """SSIM is 1 and PSNR, a ratio to an error of 0, undefined."""
    np.testing.assert_allclose(image_quality.ssim(IMAGES, IMAGES, 1.0), 1.0)
    assert np.isnan(image_quality.psnr(IMAGES, IMAGES, 1.0)).all()


def test_ssim_of_flat_images_is_its_luminance_term() -> None:
    """Without contrast, (2 a b + C1) / (a² + b² + C1) is left, with C1 = (0.01 range)²."""
    a, b, span = 0.25, 0.75, 2.0
    flat = np.ones((1, 16, 16, 3), np.float32)

    found = image_quality.ssim(a * flat, b * flat, span)

    constant = (0.01 * span) ** 2
    assert found == pytest.approx((2 * a * b + constant) / (a**2 + b**2 + constant), rel=1e-4)


@pytest.mark.parametrize(("error", "span", "decibels"), [(0.1, 1.0, 20.0), (0.1, 10.0, 40.0)])
def test_psnr_is_the_range_over_the_error_in_decibels(
    error: float, span: float, decibels: float
) -> None:
    """An MSE of 0.01 is 20 dB below a range of 1, and 40 dB below one of 10."""
    assert image_quality.psnr(IMAGES, IMAGES + error, span) == pytest.approx(decibels, rel=1e-4)


@pytest.mark.parametrize("side", [2, 3, 8, 11])
def test_small_images_get_a_small_window(side: int) -> None:
    """An odd one that fits; under three pixels there is no figure."""
    small = IMAGES[:, :side, :side]

    found = image_quality.ssim(small, 1 - small, 1.0)

    assert np.isnan(found).all() == (side < 3)
    assert side < 3 or (found < 0.5).all()


def test_the_run_stands_beside_pca_and_the_mean_image() -> None:
    """PCA of as many numbers as there are images has no error; images without one are left out."""
    made = IMAGES + 0.1
    made[0] = IMAGES[0]

    found = image_quality.compare_images(
        samples("image", IMAGES, made, code=np.zeros((6, 6), np.float32))
    )

    assert found.run.psnr == pytest.approx(20.0, rel=1e-3)
    assert found.pca.ssim == pytest.approx(1.0, abs=1e-3)
    by_mean = np.broadcast_to(IMAGES.mean(axis=0), IMAGES.shape)
    assert found.mean.ssim == pytest.approx(image_quality.ssim(IMAGES, by_mean, 1.0).mean())
    assert found.mean.psnr < found.run.psnr < found.pca.psnr
    assert found.images == 6
