"""Reconstruction errors by sample, class and feature.

Everything here reads the `Samples` that a run keeps; errors are mean squared differences per
value, in squared scaled units.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from aecore.data.terms import TextPair, absent_weights, compare_terms
from aecore.evaluation.samples import Samples

ORDERS = {"data": "Data order", "worst": "Worst first", "best": "Best first"}
MAX_BINS = 60
# Of thousands of terms, as many as can be read.
MAX_TERMS = 100


@dataclass(frozen=True)
class ClassError:
    """How well one class is reconstructed.

    Attributes:
        name: of the class.
        rows: samples of the class that were measured.
        mean: their mean error, in squared scaled units.
        relative: `mean` over the mean error of all samples; nan where that is 0.
    """

    name: str
    rows: int
    mean: float
    relative: float


@dataclass(frozen=True)
class FeatureError:
    """How well one column of a table, channel of a series or term of texts is reconstructed.

    Attributes:
        name: of the column, channel or term.
        mean: mean squared difference over all samples and steps, in squared scaled units.
        bias: mean of reconstruction minus original, in scaled units.
        relative: `mean` over the mean error of all of them; nan where that is 0.
    """

    name: str
    mean: float
    bias: float
    relative: float


@dataclass(frozen=True)
class Histogram:
    """How errors are spread.

    Attributes:
        edges: (bins + 1,), ascending, in squared scaled units; empty without samples.
        counts: (bins,), samples in each bin.
        mean: mean error.
        median: the error that half of the samples stay below.
    """

    edges: np.ndarray
    counts: np.ndarray
    mean: float
    median: float


def difference(samples: Samples) -> np.ndarray:
    """Reconstruction minus original, (n, *sample_shape), in scaled units."""
    return np.subtract(samples.reconstruction, samples.original)


def difference_limit(samples: Samples, share: float = 0.995) -> float:
    """The size of difference that this share of all values stays within, for one colour scale."""
    sizes = np.abs(difference(samples))
    sizes = sizes[np.isfinite(sizes)]
    limit = float(np.quantile(sizes, share)) if sizes.size else 0.0
    return limit or 1.0


def ordered(samples: Samples, order: str = "worst", label: int | None = None) -> np.ndarray:
    """Positions of the samples to show, (m,), in one of `ORDERS`; of one class if one is given.

    Equal errors keep the data's order; an error that is no number counts as worst.

    Raises:
        KeyError: there is no such order.
    """
    positions = np.arange(len(samples.error))
    if label is not None and samples.label is not None:
        positions = positions[samples.label == label]
    error = np.nan_to_num(samples.error[positions], nan=np.inf)
    keys = {"worst": -error, "best": error, "data": samples.index[positions]}
    return positions[np.argsort(keys[order], kind="stable")]


def page_count(items: int, size: int) -> int:
    """Pages that so many items fill; one, empty, for none."""
    return max(1, math.ceil(items / size))


def page(positions: np.ndarray, number: int, size: int) -> np.ndarray:
    """The positions on one page (from 1); the nearest page where there is no such one."""
    number = min(max(number, 1), page_count(len(positions), size))
    return positions[(number - 1) * size : number * size]


def best_and_worst(samples: Samples, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Positions of the `count` smallest and largest errors; no sample is in both."""
    order = ordered(samples, "best")
    count = min(count, len(order) // 2)
    return order[:count], order[::-1][:count]


def errors_by_class(samples: Samples) -> list[ClassError]:
    """One entry a class that has samples, worst first; empty without labels."""
    if samples.label is None:
        return []
    overall = float(samples.error.mean()) if len(samples.error) else 0.0
    found = []
    for label in np.unique(samples.label):
        errors = samples.error[samples.label == label]
        mean = float(errors.mean())
        name = class_name(samples, int(label))
        found.append(ClassError(name, len(errors), mean, _ratio(mean, overall)))
    return sorted(found, key=lambda item: -item.mean)


def feature_names(samples: Samples) -> tuple[str, ...]:
    """What the last axis of tables, series and texts is called; numbered where it has no names."""
    if samples.feature_names:
        return samples.feature_names
    return tuple(str(number) for number in range(1, samples.original.shape[-1] + 1))


def errors_by_feature(samples: Samples) -> list[FeatureError]:
    """One entry a column of a table, a channel of a series or a term of texts, worst first.

    Of terms the worst `MAX_TERMS`; empty for images and without samples.
    """
    if samples.kind == "image" or not len(samples.error):
        return []
    names = feature_names(samples)
    deviations = difference(samples).reshape(-1, len(names))
    means = np.square(deviations).mean(axis=0, dtype=np.float64)
    biases = deviations.mean(axis=0, dtype=np.float64)
    overall = float(means.mean())
    worst = np.argsort(-means, kind="stable")
    return [
        FeatureError(names[i], float(means[i]), float(biases[i]), _ratio(float(means[i]), overall))
        for i in (worst[:MAX_TERMS] if samples.kind == "text" else worst)
    ]


def errors_by_step(samples: Samples) -> np.ndarray:
    """(steps,) mean squared difference at each step of series over all samples and channels.

    In squared scaled units; empty for other kinds and without samples.
    """
    if samples.kind != "series" or not len(samples.error):
        return np.empty(0)
    return np.square(difference(samples)).mean(axis=(0, 2), dtype=np.float64)


def worst_features(samples: Samples, position: int, count: int = 3) -> list[tuple[str, float]]:
    """Columns or terms of one sample that deviate most: name, reconstruction minus original."""
    deviations = samples.reconstruction[position] - samples.original[position]
    largest = np.argsort(-np.abs(deviations), kind="stable")[:count]
    names = feature_names(samples)
    return [(names[i], float(deviations[i])) for i in largest]


def worst_channels(samples: Samples, position: int, count: int) -> np.ndarray:
    """The channels of one series with the largest errors, at most `count`, in the data's order."""
    deviations = samples.reconstruction[position] - samples.original[position]
    largest = np.argsort(-np.square(deviations).mean(axis=0), kind="stable")[:count]
    return np.sort(largest)


def telling_steps(original: np.ndarray, reconstruction: np.ndarray, most: int) -> np.ndarray:
    """At most so many steps of two lines (steps,), ascending, that show where they differ.

    Of each of as many equal stretches the step with the largest difference.
    """
    steps = len(original)
    if steps <= most:
        return np.arange(steps)
    sizes = np.nan_to_num(np.abs(reconstruction - original), nan=np.inf)
    ends = np.linspace(0, steps, most + 1).round().astype(int)
    return np.array([start + sizes[start:end].argmax() for start, end in pairwise(ends)])


def text_pairs(samples: Samples, positions: Iterable[int], count: int) -> list[TextPair]:
    """The heaviest terms, at most `count`, of each of some texts and of its reconstruction."""
    absent, names = absent_weights(samples.original), feature_names(samples)
    return [
        compare_terms(samples.original[i], samples.reconstruction[i], absent, names, count)
        for i in positions
    ]


def histogram(samples: Samples, max_bins: int = MAX_BINS) -> Histogram:
    """The spread of errors in equal bins, as many as the square root of the samples, within limits.

    Errors that are no finite number are left out.
    """
    error = samples.error[np.isfinite(samples.error)].astype(np.float64)
    if not len(error):
        return Histogram(np.empty(0), np.empty(0, dtype=np.int64), math.nan, math.nan)
    low, high = float(error.min()), float(error.max())
    bins = min(max_bins, math.ceil(math.sqrt(len(error))))
    if low == high:
        bins, high = 1, low + (low * 0.1 or 1.0)
    counts, edges = np.histogram(error, bins=bins, range=(low, high))
    return Histogram(edges, counts, float(error.mean()), float(np.median(error)))


def in_bins(samples: Samples, spread: Histogram, bins: Iterable[int]) -> np.ndarray:
    """Positions of the samples (m,) whose errors lie in some bins of a histogram, worst first.

    A bin holds what its lower edge begins; the last holds its upper edge too. Bins that the
    histogram does not have hold nothing.
    """
    if not len(spread.counts):
        return np.empty(0, dtype=np.intp)
    order = ordered(samples, "worst")
    order = order[np.isfinite(samples.error[order])]
    places = np.searchsorted(spread.edges, samples.error[order], side="right") - 1
    return order[np.isin(np.minimum(places, len(spread.counts) - 1), list(bins))]


def class_name(samples: Samples, label: int) -> str:
    """The name of a class index, or the index itself where it has none."""
    names = samples.class_names
    return names[label] if 0 <= label < len(names) else str(label)


def _ratio(value: float, overall: float) -> float:
    return value / overall if overall > 0 else math.nan
