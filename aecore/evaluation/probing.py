"""Probes: simple models that tell a class or a number from codes, or from anything else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from sklearn.pipeline import Pipeline

# Rows that a probe learns from, and is tried on, at most.
MOST_ROWS = 5000
ITERATIONS = 1000
NEIGHBOURS = 5
RIDGES = np.logspace(-3, 3, 7)


def classifier() -> Pipeline:
    """A logistic regression, of values that it scales as its own training rows say."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    return make_pipeline(StandardScaler(), LogisticRegression(max_iter=ITERATIONS))


def regressor() -> Pipeline:
    """A linear regression whose ridge is chosen by leaving one out, of scaled values likewise."""
    from sklearn.linear_model import RidgeCV
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    return make_pipeline(StandardScaler(), RidgeCV(RIDGES))


@contextmanager
def one_thread() -> Iterator[None]:
    """Linear algebra by one thread: in products this small, several wait for each other."""
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        yield
