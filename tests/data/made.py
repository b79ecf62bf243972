"""Columns of made-up tables, and the check sheets of tables and arrays made of them."""

import numpy as np
import pandas as pd

from aecore.data.dataset import Dataset, Table
from aecore.data.profile.describing import describe

ROWS = 100
NUMBERS = np.random.default_rng(0).normal(size=(ROWS, 4)).round(6)
COLOURS = np.array(["red", "green", "blue", "grey"], dtype=object)[np.arange(ROWS) % 4]
HOURS = pd.date_range("2024-01-01", periods=ROWS, freq="h")
REVIEWS = [f"The {colour} one was good, number {i}." for i, colour in enumerate(COLOURS)]


def table(**columns):
    """The sheet of a table of two columns of numbers and these."""
    plain = {"a": NUMBERS[:, 0], "b": NUMBERS[:, 1]}
    return describe(Table(pd.DataFrame({**plain, **columns})), "a.csv")


def only(**columns):
    """The sheet of a table of these columns alone."""
    return describe(Table(pd.DataFrame(columns)), "a.csv")


def of_arrays(x, y=None, kind="image", **known):
    """The sheet of arrays."""
    return describe(Dataset(x, y, kind, **known), "a.npz")
