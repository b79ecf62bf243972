"""Available maps: what can be drawn of latent codes, with which settings."""

from __future__ import annotations

import numpy as np

MIN_PERPLEXITY = 2
MAX_PERPLEXITY = 100
MIN_NEIGHBOURS = 2
MAX_NEIGHBOURS = 100
# Fewer samples leave no perplexity to choose.
LEAST_ROWS_FOR_TSNE = 3 * MIN_PERPLEXITY + 1
# UMAP starts from eigenvectors: one more than axes, and fewer than samples.
LEAST_ROWS_FOR_UMAP = 5
MAX_DIMENSIONS = 3


def dimensions_for(code: np.ndarray) -> tuple[int, ...]:
    """How many dimensions a map of codes (n, k) can have, of 2 and 3; at least 2 is offered."""
    most = min(MAX_DIMENSIONS, *code.shape)
    return tuple(range(2, max(2, most) + 1))


def is_collapsed(code: np.ndarray) -> bool:
    """Whether all codes (n, k) are the same, so that no map can tell samples apart."""
    return len(code) == 0 or bool((np.ptp(code, axis=0) == 0).all())


def largest_perplexity(rows: int) -> int:
    """The largest sensible perplexity of t-SNE: each sample needs three times as many others.

    Source: van der Maaten and Hinton 2008; the neighbours that implementations look at.
    """
    return min(MAX_PERPLEXITY, (rows - 1) // 3)


def largest_neighbourhood(rows: int) -> int:
    """The most neighbours that UMAP can look at: all other samples, within reason."""
    return min(MAX_NEIGHBOURS, rows - 1)
