"""Options of the vector-quantised bottleneck, and the perplexity of a codebook."""

from __future__ import annotations

from typing import Literal

import numpy as np

from aecore.settings import Settings, setting


class VectorQuantizedBottleneck(Settings):
    """The codebook, and how it is learned."""

    kind: Literal["vector-quantized"] = setting(
        "vector-quantized", "Bottleneck", "What becomes of the latent code."
    )
    codebook_size: int = setting(
        128, "Codebook size", "How many vectors there are to choose from.", ge=2, le=4096
    )
    vector_size: int = setting(
        4,
        "Vector size",
        "The code is cut into vectors of this many numbers; each becomes its nearest in the "
        "codebook.",
        ge=1,
        le=512,
    )
    commitment: float = setting(
        0.25,
        "Commitment",
        "How strongly the encoder is held to the codebook's vectors.",
        ge=0.0,
        le=10.0,
        step=0.05,
        advanced=True,
    )
    ema: bool = setting(
        True,
        "Moving averages",
        "The codebook follows the mean of what chose it, instead of a term in the loss.",
        advanced=True,
    )


def perplexity(counts: np.ndarray) -> float:
    """exp(−Σ p log p) for how often each of the codebook's vectors is used: (K,) counts."""
    share = counts[counts > 0] / max(counts.sum(), 1)
    return float(np.exp(-(share * np.log(share)).sum()))
