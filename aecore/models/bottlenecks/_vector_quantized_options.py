"""Options of the vector-quantised bottleneck, and the perplexity of a codebook."""

from __future__ import annotations

from typing import Literal

import numpy as np

from aecore.settings import Settings, setting


class VectorQuantizedBottleneck(Settings):
    """The codebook, and how it is learned."""

    kind: Literal["vector-quantized"] = setting(
        "vector-quantized", "Bottleneck", "How the latent code is constrained."
    )
    codebook_size: int = setting(
        128, "Codebook size", "How many vectors the codebook holds.", ge=2, le=4096
    )
    vector_size: int = setting(
        4,
        "Vector size",
        "The code is divided into vectors of this length; each is replaced by the "
        "nearest codebook entry.",
        ge=1,
        le=512,
    )
    commitment: float = setting(
        0.25,
        "Commitment",
        "How strongly the encoder is pulled to the codebook's vectors.",
        ge=0.0,
        le=10.0,
        step=0.05,
        advanced=True,
    )
    ema: bool = setting(
        True,
        "Moving averages",
        (
            "Each codebook entry follows a moving average of the vectors assigned to it, "
            "instead of a term in the loss."
        ),
        advanced=True,
    )


def perplexity(counts: np.ndarray) -> float:
    """exp(−Σ p log p) for how often each of the codebook's vectors is used: (K,) counts."""
    share = counts[counts > 0] / max(counts.sum(), 1)
    return float(np.exp(-(share * np.log(share)).sum()))
