"""Sampling of discrete codes: distributions of codebook entries."""

from __future__ import annotations

import numpy as np

from aecore.errors import LatentError
from aecore.generation.sampling import Prior

# Observations of a position's own frequencies that are added to those after each entry.
ADDED = 1.0


def independent(choices: np.ndarray, entries: np.ndarray) -> Prior:
    """Each position by how often its entries were chosen there, whatever stands beside it.

    Args:
        choices: (n, positions) index of the entry that each sample chose at each position.
        entries: (size, width) the codebook; codes drawn are (count, positions·width).

    Raises:
        LatentError: there are no choices, or one names no entry.
    """
    choices, entries = _checked(choices, entries)

    def draw(n: int, random: np.random.Generator) -> np.ndarray:
        rows = random.integers(len(choices), size=(n, choices.shape[1]))
        return codes_of(np.take_along_axis(choices, rows, axis=0), entries)

    return Prior(
        "independent-choices",
        "Each position by itself",
        "What entries there are at each position, put together at random; what fits together here "
        "does so by chance.",
        draw,
    )


def markov_chain(choices: np.ndarray, entries: np.ndarray) -> Prior:
    """Each position by what followed the entry before it, as a first-order chain.

    P(b | a) = (count(a, b) + p(b)) / (count(a) + 1), with p(b) the share of b at its position: one
    observation is added, spread as the position's own frequencies are, so that what was never
    chosen at a position is never drawn there. Source: MacKay and Peto 1995.

    Args:
        choices: (n, positions) index of the entry that each sample chose at each position.
        entries: (size, width) the codebook; codes drawn are (count, positions·width).

    Raises:
        LatentError: there are no choices, or one names no entry.
    """
    choices, entries = _checked(choices, entries)

    def draw(n: int, random: np.random.Generator) -> np.ndarray:
        drawn = np.empty((n, choices.shape[1]), dtype=np.int64)
        drawn[:, 0] = random.choice(choices[:, 0], size=n)
        for position in range(1, choices.shape[1]):
            before, own = choices[:, position - 1], choices[:, position]
            drawn[:, position] = _following(before, own, drawn[:, position - 1], random)
        return codes_of(drawn, entries)

    return Prior(
        "markov-chain",
        "Each position by the one before",
        "Entries that were seen side by side, in a row; only neighbours fit together, so large "
        "shapes still fall apart.",
        draw,
    )


def codes_of(choices: np.ndarray, entries: np.ndarray) -> np.ndarray:
    """(n, positions·width) the codes that choices (n, positions) of entries (size, width) make."""
    return entries[choices].reshape(len(choices), -1)


def _following(
    before: np.ndarray, own: np.ndarray, given: np.ndarray, random: np.random.Generator
) -> np.ndarray:
    """(n,) what stands after the entries `given`: as after one of their occurrences, or as in any.

    Taking a random occurrence draws from the counts without a table of size² of them.
    """
    order = np.argsort(before, kind="stable")
    first = np.searchsorted(before[order], given, side="left")
    count = np.searchsorted(before[order], given, side="right") - first
    occurrence = first + np.floor(random.random(len(given)) * count).astype(np.int64)
    anywhere = random.choice(own, size=len(given))
    added = random.random(len(given)) * (count + ADDED) < ADDED
    return np.where(added, anywhere, own[order][np.minimum(occurrence, len(own) - 1)])


def _checked(choices: np.ndarray, entries: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    choices, entries = np.asarray(choices), np.asarray(entries)
    if choices.ndim != 2 or not choices.size or choices.dtype.kind not in "iu":
        raise LatentError(
            "There are no choices of codebook entries.", "Choose a run that kept samples."
        )
    if choices.min() < 0 or choices.max() >= len(entries):
        raise LatentError(
            f"The choices name entries from {choices.min()} to {choices.max()}, and the codebook "
            f"has {len(entries)}.",
            "Take choices and codebook from the same run.",
        )
    return choices, entries
