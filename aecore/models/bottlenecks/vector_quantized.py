"""The vector-quantised bottleneck: a code is made of entries of a learned codebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from aecore.models.bottlenecks._spec import BottleneckSpec
from aecore.models.bottlenecks._vector_quantized_options import (
    VectorQuantizedBottleneck,
    perplexity,
)
from aecore.specs import Quantity

if TYPE_CHECKING:
    from aecore.models.autoencoder import Autoencoder

SMALLEST_CODEBOOK, ROWS_AN_ENTRY = 8, 12


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


def suited_dimension(encoding_dim: int) -> int:
    """As many whole vectors of the default size as go into the code; one at least."""
    size = VectorQuantizedBottleneck().vector_size
    return max(size, encoding_dim // size * size)


def suited_settings(rows: int, values: int) -> dict[str, Any]:
    """A codebook whose entries are all chosen, some dozen times: a power of two, 128 at most."""
    largest = VectorQuantizedBottleneck().codebook_size
    entries = max(SMALLEST_CODEBOOK, rows // ROWS_AN_ENTRY)
    return {"codebook_size": min(largest, 1 << (entries.bit_length() - 1))}


def diagnose(model: Any, seen: np.ndarray, clean: np.ndarray, seed: int) -> dict[str, Any]:
    """How much of the codebook the samples use."""
    counts = np.bincount(model.choices(seen).ravel(), minlength=model.settings.codebook_size)
    return {"perplexity": perplexity(counts), "dead_codes": int((counts == 0).sum())}


SPEC = BottleneckSpec(
    name="vector-quantized",
    title="Vector-quantised",
    summary="The code is a sequence of entries from a learned codebook: a VQ-VAE.",
    settings=VectorQuantizedBottleneck,
    autoencoder=autoencoder,
    source="van den Oord et al., Neural Discrete Representation Learning, NeurIPS 2017",
    parameters=parameters,
    problem=problem,
    problem_with="vector_size",
    unordered="A vector-quantised code is made of entries of a codebook, which are not to be cut.",
    differentiable=False,
    entry_size=lambda settings: int(settings.vector_size),
    suited_dimension=suited_dimension,
    suited_settings=suited_settings,
    terms={"codebook": "codebook", "commitment": "commitment"},
    logged={"perplexity": "perplexity"},
    quantities=(
        Quantity(
            "perplexity",
            "Codebook perplexity",
            "vectors",
            "The effective number of codebook entries in use; at most the codebook's size.",
        ),
        Quantity(
            "dead_codes",
            "Dead codes",
            "vectors",
            "Codebook entries that no held-out sample uses.",
        ),
    ),
    diagnose=diagnose,
    order=50,
)
