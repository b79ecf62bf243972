"""Groups of samples, with an attribute and without it."""

from __future__ import annotations

import re

import numpy as np

from aecore.errors import LatentError
from aecore.evaluation.reconstruction import feature_names
from aecore.evaluation.samples import Samples

# A number, or two with a dash between them.
PART = re.compile(r"(\d{1,9})(?:-(\d{1,9}))?")
DASH = re.compile(r"\s*[-–—]\s*")


def attributes(samples: Samples) -> dict[str, np.ndarray]:
    """Title -> (n,) numbers that samples can be told apart by, those of the data's own first.

    They are the factors that the data set knows, the columns of a table in scaled units, the mean
    of the values of anything else, and the error.
    """
    found = {name: np.asarray(values) for name, values in samples.factors.items()}
    flat = samples.original.reshape(len(samples.original), -1)
    if samples.kind == "table":
        found |= dict(zip(feature_names(samples), flat.T, strict=True))
    else:
        found["Mean of its values"] = flat.mean(axis=1)
    return {**found, "Reconstruction error": samples.error}


def halves(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Masks (n,) of the samples whose value (n,) is below the median, and above it.

    What equals the median is in neither: it does not tell the attribute from its absence.

    Raises:
        LatentError: no value is below, or none above, such as where more than half are equal.
    """
    below, above = _sides(values)
    if not below.any() or not above.any():
        raise LatentError(
            "Half or more of the samples have the same value, so they do not fall into two groups.",
            "Choose another column.",
        )
    return below, above


def falls_in_two(values: np.ndarray) -> bool:
    """Whether `halves` finds two groups by these values (n,)."""
    return all(side.any() for side in _sides(values))


def rows_named(text: str, index: np.ndarray) -> np.ndarray:
    """Mask (n,) of the samples whose rows a text names, such as "3, 17, 40-52".

    Args:
        index: (n,) row of each sample in the data set; a range takes those of its rows that exist.

    Raises:
        LatentError: the text is no such list, or names a row that no sample has.
    """
    parts = [part for part in re.split(r"[,;\s]+", DASH.sub("-", text)) if part]
    if not parts:
        raise LatentError("No rows are named.", "Type some, such as 3, 17, 40-52.")
    found = np.zeros(len(index), dtype=bool)
    for part in parts:
        found |= _named(part, index)
    return found


def names_of_rows(rows: np.ndarray) -> str:
    """What `rows_named` finds these rows (n,) by, and no others, as short as can be."""
    rows = np.unique(rows)
    runs = np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1) if len(rows) else []
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def _sides(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    values = np.asarray(values, dtype=np.float64)
    median = np.nanmedian(values) if np.isfinite(values).any() else np.nan
    return values < median, values > median


def _named(part: str, index: np.ndarray) -> np.ndarray:
    match = PART.fullmatch(part)
    if match is None:
        raise LatentError(f"{part[:40]!r} is no row.", "Type rows such as 3, 17, 40-52.")
    first = int(match[1])
    last = int(match[2] or first)
    found = (index >= first) & (index <= last)
    if not found.any():
        raise LatentError(
            f"No kept sample is from {'row' if first == last else 'rows'} {part}.",
            "The rows stand under the samples on the Reconstructions and Latent space pages.",
        )
    return np.asarray(found)
