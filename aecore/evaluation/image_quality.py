"""Image quality: SSIM and PSNR of reconstructions, beside PCA and the mean image."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from aecore.data.scalings import Range
from aecore.evaluation.samples import Samples, sample_errors

WINDOW = 11
SMALLEST_WINDOW = 3


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
        pca: PCA with as many numbers as the code, fitted on training rows; None where the run
            kept nothing of it.
        mean: the mean training image, for each of them; None as `pca`.
        images: how many were compared.
    """

    run: ImageQuality
    pca: ImageQuality | None
    mean: ImageQuality | None
    images: int


def ssim(original: np.ndarray, reconstruction: np.ndarray, black_white: Range) -> np.ndarray:
    """(n,) structural similarity of images (n, h, w, channels), at most 1; nan under 3 pixels.

    Gaussian weights of σ 1.5, K1 0.01, K2 0.03, population covariance; a window of 11 pixels, or
    the largest odd one that the image has room for. Channels are averaged. Brightness is measured
    from black: a mean of 0 that stands for grey, as after standardising, would read as darkness.
    Source: Wang, Bovik, Sheikh and Simoncelli 2004, as in scikit-image.
    """
    from skimage.metrics import structural_similarity

    (black, white), side = black_white, min(original.shape[1:3])
    window = min(WINDOW, side - 1 + side % 2)
    if window < SMALLEST_WINDOW or white <= black:
        return np.full(len(original), math.nan)
    found = [
        structural_similarity(
            before - black,
            after - black,
            win_size=window,
            gaussian_weights=True,
            sigma=1.5,
            use_sample_covariance=False,
            data_range=white - black,
            channel_axis=-1,
        )
        for before, after in zip(original, reconstruction, strict=True)
    ]
    return np.array(found, dtype=np.float64)


def psnr(original: np.ndarray, reconstruction: np.ndarray, black_white: Range) -> np.ndarray:
    """(n,) peak signal-to-noise ratio of images in decibels: 10 log₁₀(range² / MSE).

    nan where image and reconstruction are the same: the ratio is undefined at an error of 0.
    """
    error = sample_errors(original, reconstruction)
    error = np.where(error > 0, error, math.nan)
    span = black_white[1] - black_white[0]
    return 10 * np.log10(span**2 / error) if span > 0 else np.full_like(error, math.nan)


def compare_images(samples: Samples) -> ImageComparison:
    """Mean SSIM and PSNR of some hundred kept images, beside PCA's and the mean image's."""
    chosen = samples.compared
    original, span = samples.original[chosen], samples.display_range

    def quality(made: np.ndarray | None) -> ImageQuality | None:
        return None if made is None else _quality(original, made, span)

    return ImageComparison(
        run=_quality(original, samples.reconstruction[chosen], span),
        pca=quality(samples.by_pca),
        mean=quality(samples.by_mean),
        images=len(chosen),
    )


def _quality(original: np.ndarray, made: np.ndarray, span: Range) -> ImageQuality:
    made = np.ascontiguousarray(np.broadcast_to(made, original.shape), np.float32)
    return ImageQuality(_mean(ssim(original, made, span)), _mean(psnr(original, made, span)))


def _mean(values: np.ndarray) -> float:
    known = values[np.isfinite(values)]
    return float(known.mean()) if len(known) else math.nan
