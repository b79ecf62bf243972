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
LEARNED_ALIKE = (
    "PCA has as many numbers as the code; it and the mean image are learned of the training rows, "
    "as the autoencoder is."
)
NOT_KEPT = (
    "PCA and the mean image are missing: this run was kept by an earlier version. Train it again "
    "to see them."
)


def show_image_figures(run_id: str, samples: Samples) -> None:
    """Mean SSIM and PSNR of images beside PCA's and the mean image's; nothing for other kinds."""
    if samples.kind != "image" or not len(samples.error):
        return
    found = _compared(run_id, samples)
    left, right = st.columns(2)
    for where, title, figure, help in (
        (left, "SSIM", "ssim", SSIM_HELP),
        (right, "PSNR (dB)", "psnr", PSNR_HELP),
    ):
        value = rounded(getattr(found.run, figure))
        show_beside(where, title, value, _simpler(found, figure), help)
    st.caption(
        f"Means of {count(found.images)} of the kept images; higher is better. "
        + (LEARNED_ALIKE if found.pca else NOT_KEPT)
    )


def image_quality_in_words(run_id: str, samples: Samples) -> str:
    """SSIM beside PCA's in a few words; nothing for other kinds."""
    if samples.kind != "image" or not len(samples.error):
        return ""
    found = _compared(run_id, samples)
    beside = f" (PCA {rounded(found.pca.ssim)})" if found.pca else ""
    return f"SSIM **{rounded(found.run.ssim)}**{beside}"


def _simpler(found: ImageComparison, figure: str) -> str:
    """What PCA and the mean image reach; nothing where the run kept neither."""
    beside = (("PCA", found.pca), ("mean image", found.mean))
    return " · ".join(f"{name} {rounded(getattr(q, figure))}" for name, q in beside if q)


@st.cache_data(show_spinner="Comparing images", max_entries=32)
def _compared(run_id: str, _samples: Samples) -> ImageComparison:
    return compare_images(_samples)
