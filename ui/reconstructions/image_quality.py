"""Image quality of reconstructions, beside PCA and the mean image."""

from __future__ import annotations

import streamlit as st

from aecore.evaluation.image_quality import ImageComparison, compare_images
from aecore.evaluation.samples import Samples
from ui.base.text import count, rounded
from ui.shared.metric_row import show_beside

SSIM_HELP = (
    "Structural similarity: how alike brightness, contrast and pattern are in small windows. 1 is "
    "the same image. Blur costs little MSE and much SSIM."
)
PSNR_HELP = (
    "Peak signal-to-noise ratio: the range from black to white over the error, on a logarithmic "
    "scale; 3 dB more is half the squared error. The mean of the images’ ratios, which is not the "
    "ratio of their mean error; images without any error are left out."
)


def show_image_figures(run_id: str, samples: Samples) -> None:
    """Mean SSIM and PSNR of images beside PCA's and the mean image's; nothing for other kinds."""
    if samples.kind != "image" or not len(samples.error):
        return
    found = _compared(run_id, samples)
    run, pca, mean = found.run, found.pca, found.mean
    left, right = st.columns(2)
    simpler = f"PCA {rounded(pca.ssim)} · mean image {rounded(mean.ssim)}"
    show_beside(left, "SSIM", rounded(run.ssim), simpler, SSIM_HELP)
    simpler = f"PCA {rounded(pca.psnr)} · mean image {rounded(mean.psnr)}"
    show_beside(right, "PSNR (dB)", rounded(run.psnr), simpler, PSNR_HELP)
    st.caption(
        f"Means of {count(found.images)} of the kept images; higher is better. PCA has as many "
        "numbers as the code and is fitted to the kept images themselves, which favours it."
    )


@st.cache_data(show_spinner="Comparing images", max_entries=32)
def _compared(run_id: str, _samples: Samples) -> ImageComparison:
    return compare_images(_samples)
