"""The vector-quantised bottleneck: a code is made of entries of a learned codebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from aecore.models.bottlenecks._spec import BottleneckSpec, Figure
from aecore.settings import Settings, setting

if TYPE_CHECKING:
    from aecore.models.autoencoder import Autoencoder


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


def autoencoder() -> type[Autoencoder]:
    """The Keras class; importing it imports Keras."""
    from aecore.models.bottlenecks._vector_quantized import VectorQuantizedAutoencoder

    return VectorQuantizedAutoencoder


def parameters(settings: VectorQuantizedBottleneck, encoding_dim: int, loss: str) -> int:
    """The codebook, where it is trained and not averaged."""
    return 0 if settings.ema else settings.codebook_size * settings.vector_size


def problem(settings: VectorQuantizedBottleneck, encoding_dim: int) -> str:
    """A code must be cut into whole vectors."""
    if encoding_dim % settings.vector_size == 0:
        return ""
    return (
        f"A code of {encoding_dim} numbers cannot be cut into vectors of {settings.vector_size}. "
        "Choose a vector size that divides the encoding dimension."
    )


def perplexity(counts: np.ndarray) -> float:
    """exp(−Σ p log p) for how often each of the codebook's vectors is used: (K,) counts."""
    share = counts[counts > 0] / max(counts.sum(), 1)
    return float(np.exp(-(share * np.log(share)).sum()))


def diagnose(model: Any, seen: np.ndarray, clean: np.ndarray, seed: int) -> dict[str, Any]:
    """How much of the codebook the samples use."""
    counts = np.bincount(model.choices(seen).ravel(), minlength=model.settings.codebook_size)
    return {"perplexity": perplexity(counts), "dead_codes": int((counts == 0).sum())}


SPEC = BottleneckSpec(
    name="vector-quantized",
    title="Vector-quantised",
    summary="The code is made of entries of a learned codebook, as a word is of letters: a VQ-VAE.",
    settings=VectorQuantizedBottleneck,
    autoencoder=autoencoder,
    source="van den Oord et al., Neural Discrete Representation Learning, NeurIPS 2017",
    parameters=parameters,
    problem=problem,
    terms={"codebook": "codebook", "commitment": "commitment", "perplexity": "perplexity"},
    figures=(
        Figure(
            "perplexity",
            "Codebook perplexity",
            "vectors",
            "How many of the codebook's vectors are used as if equally often; its size at most.",
        ),
        Figure(
            "dead_codes",
            "Dead codes",
            "vectors",
            "Vectors of the codebook that no held-out sample uses.",
        ),
    ),
    diagnose=diagnose,
    order=50,
)
