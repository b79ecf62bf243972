"""Clusters of codes by k-means, and how far they agree with labels."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np

from aecore.errors import LatentError
from aecore.evaluation.probing import one_thread
from aecore.evaluation.samples import Samples
from aecore.latent.codes import checked
from aecore.wording import counted

RUNS = 10
# Rows that all values are clustered of, times values of a row: more take over a second.
MOST_VALUES = 2_000_000


@dataclass(frozen=True)
class Clusters:
    """Samples in groups, the largest first.

    Attributes:
        assigned: (n,) the cluster of each sample, from 0.
        centres: (k, numbers).
        distance: (n,) Euclidean, of each code from its centre.
    """

    assigned: np.ndarray
    centres: np.ndarray
    distance: np.ndarray

    def members(self, cluster: int) -> np.ndarray:
        """Positions of the samples of a cluster, the nearest to its centre first."""
        own = np.flatnonzero(self.assigned == cluster)
        return own[np.argsort(self.distance[own], kind="stable")]


@dataclass(frozen=True)
class Agreement:
    """How far clusters and classes are the same groups; 1 where they are.

    Attributes:
        accuracy: share of samples in the cluster of their class, at the matching of clusters to
            classes that makes it largest (Hungarian method).
        nmi: normalised mutual information, by the arithmetic mean of both entropies.
        ari: adjusted Rand index; 0 where groups agree as much as drawn ones.
    """

    accuracy: float
    nmi: float
    ari: float


def clusters_of(values: np.ndarray, count: int, seed: int = 0) -> Clusters:
    """k-means of codes, or of anything else, (n, …); the best of ten beginnings.

    Raises:
        LatentError: there are fewer rows, or fewer different ones, than clusters; or none.
    """
    from sklearn.cluster import KMeans

    code = checked(values.reshape(len(values), -1))
    if count > len(code):
        raise LatentError(
            f"{counted(len(code), 'sample')} cannot make {count:,} clusters.",
            f"Ask for at most {len(code):,}.",
        )
    with one_thread(), warnings.catch_warnings():
        # Of copies, fewer clusters come out, which is told below.
        warnings.simplefilter("ignore")
        found = KMeans(count, n_init=RUNS, random_state=seed).fit(code)
    sizes = np.bincount(found.labels_, minlength=count)
    if not sizes.all():
        there = int((sizes > 0).sum())
        raise LatentError(
            f"The samples have only {there:,} different codes, too few for {count:,} clusters.",
            f"Ask for at most {there:,}.",
        )
    order = np.argsort(-sizes, kind="stable")
    place = np.empty(count, np.intp)
    place[order] = np.arange(count)
    assigned = place[found.labels_]
    centres = found.cluster_centers_[order]
    return Clusters(assigned, centres, np.linalg.norm(code - centres[assigned], axis=1))


def agreement(assigned: np.ndarray, label: np.ndarray) -> Agreement:
    """Of the clusters (n,) of samples with their class indices (n,)."""
    from scipy.optimize import linear_sum_assignment
    from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score
    from sklearn.metrics.cluster import contingency_matrix

    table = contingency_matrix(label, assigned)
    matched = table[linear_sum_assignment(-table)].sum()
    return Agreement(
        float(matched / len(label)),
        float(normalized_mutual_info_score(label, assigned)),
        float(adjusted_rand_score(label, assigned)),
    )


def by_all_values(samples: Samples, count: int) -> Agreement | None:
    """How far clusters of all values, instead of codes, agree with labels; None of large data."""
    if samples.label is None or samples.original.size > MOST_VALUES:
        return None
    flat = samples.original.reshape(len(samples.original), -1)
    try:
        return agreement(clusters_of(flat, count).assigned, samples.label)
    except LatentError:
        return None
