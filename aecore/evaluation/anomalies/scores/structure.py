"""Structural dissimilarity: 1 − SSIM of a picture and its reconstruction."""

from __future__ import annotations

import numpy as np

from aecore.evaluation.anomalies.scores._spec import Evidence, Fitted, ScoreSpec

# Wang et al. 2004: the window's standard deviation, in pixels, and its width.
SIGMA, LARGEST_WINDOW = 1.5, 11
LEAST_WINDOW = 3


def fit(evidence: Evidence) -> Fitted:
    """The least and the greatest value of the training pictures, as the range of grey."""
    return {"range": np.array([evidence.x.min(), evidence.x.max()], dtype=np.float64)}


def parts(evidence: Evidence, fitted: Fitted) -> np.ndarray:
    """(n, features) 1 − SSIM around each value, over the number of values."""
    from skimage.metrics import structural_similarity

    low, high = fitted["range"]
    sides = evidence.x.shape[1:3]
    window = min(LARGEST_WINDOW, min(sides) - (min(sides) + 1) % 2)
    options = {
        "data_range": float(high - low) or 1.0,
        "channel_axis": -1,
        "gaussian_weights": window == LARGEST_WINDOW,
        "sigma": SIGMA,
        "use_sample_covariance": False,
        "win_size": max(LEAST_WINDOW, window),
        "full": True,
    }
    # SSIM compares brightness, so it wants black to be 0.
    maps = [
        1.0 - structural_similarity(x - low, x_hat - low, **options)[1]
        for x, x_hat in zip(evidence.x.astype(np.float64), evidence.x_hat, strict=True)
    ]
    return np.reshape(maps, (len(evidence.x), -1)) / evidence.x[0].size


def score(evidence: Evidence, fitted: Fitted) -> np.ndarray:
    """(n,) 1 − SSIM, between 0 and 2."""
    return parts(evidence, fitted).sum(axis=1) if len(evidence.x) else np.zeros(0)


SPEC = ScoreSpec(
    name="structure",
    title="Structural dissimilarity",
    summary="1 − SSIM: sees changed patterns that are not much brighter or darker.",
    source="Bergmann et al., Improving Unsupervised Defect Segmentation by Applying Structural "
    "Similarity to Autoencoders, VISAPP 2019",
    score=score,
    fit=fit,
    parts=parts,
    kinds=("image",),
    order=60,
)
