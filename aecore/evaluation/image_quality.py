"""Image quality: SSIM and PSNR of reconstructions, beside PCA and the mean image."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from aecore.data.prepare.split import drawn_rows
from aecore.evaluation.baselines import fit_baselines
from aecore.evaluation.samples import Samples, sample_errors

WINDOW = 11
SMALLEST_WINDOW = 3
# SSIM takes about a quarter of a millisecond an image, and is worked out three times.
COMPARED_AT_MOST = 500


@dataclass(frozen=True)
class ImageQuality:
    """Means over images of one way to reconstruct them.

    Attributes:
        ssim: mean of the images' SSIM, at most 1; nan where images are too small for it.
        psnr: mean of the images' PSNR in decibels, of those that differ from their originals at
            all; nan where there are none. It is not the PSNR of the mean error.
    """

    ssim: float
    psnr: float


@dataclass(frozen=True)
class ImageComparison:
    """The run beside two simpler ways, on the same images.

    Attributes:
        run: what the autoencoder makes of them.
        pca: PCA with as many numbers as the code, fitted to the kept images themselves, which
            favours it.
        mean: the mean of the kept images, for each of them.
        images: how many were compared.
    """

    run: ImageQuality
    pca: ImageQuality
    mean: ImageQuality
    images: int


def ssim(original: np.ndarray, reconstruction: np.ndarray, data_range: float) -> np.ndarray:
    """(n,) structural similarity of images (n, h, w, channels), at most 1; nan under 3 pixels.

    Gaussian weights of σ 1.5, K1 0.01, K2 0.03, population covariance; a window of 11 pixels, or
    the largest odd one that the image has room for. Channels are averaged.
    Source: Wang, Bovik, Sheikh and Simoncelli 2004, as in scikit-image.
    """
    from skimage.metrics import structural_similarity

    side = min(original.shape[1:3])
    window = min(WINDOW, side - 1 + side % 2)
    if window < SMALLEST_WINDOW or data_range <= 0:
        return np.full(len(original), math.nan)
    found = [
        structural_similarity(
            before,
            after,
            win_size=window,
            gaussian_weights=True,
            sigma=1.5,
            use_sample_covariance=False,
            data_range=data_range,
            channel_axis=-1,
        )
        for before, after in zip(original, reconstruction, strict=True)
    ]
    return np.array(found, dtype=np.float64)


def psnr(original: np.ndarray, reconstruction: np.ndarray, data_range: float) -> np.ndarray:
    """(n,) peak signal-to-noise ratio of images in decibels: 10 log₁₀(range² / MSE).

    nan where image and reconstruction are the same: the ratio is undefined at an error of 0.
    """
    error = sample_errors(original, reconstruction)
    error = np.where(error > 0, error, math.nan)
    return 10 * np.log10(data_range**2 / error) if data_range > 0 else np.full_like(error, math.nan)


def data_range(samples: Samples) -> float:
    """The span from black to white in scaled units, which both figures are relative to."""
    low, high = samples.display_range
    return high - low


def compare_images(samples: Samples, most: int = COMPARED_AT_MOST) -> ImageComparison:
    """Mean SSIM and PSNR of at most so many kept images, beside PCA and the mean image."""
    simpler = fit_baselines(samples.original, samples.code.shape[1])
    chosen = drawn_rows(len(samples.error), most, seed=0)
    original, span = samples.original[chosen], data_range(samples)
    return ImageComparison(
        run=_quality(original, samples.reconstruction[chosen], span),
        pca=_quality(original, simpler.by_pca(original), span),
        mean=_quality(original, simpler.by_mean(original), span),
        images=len(chosen),
    )


def _quality(original: np.ndarray, made: np.ndarray, span: float) -> ImageQuality:
    return ImageQuality(
        _mean(ssim(original, np.ascontiguousarray(made, np.float32), span)),
        _mean(psnr(original, made, span)),
    )


def _mean(values: np.ndarray) -> float:
    known = values[np.isfinite(values)]
    return float(known.mean()) if len(known) else math.nan
