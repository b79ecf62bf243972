"""Hot columns: those of zeros and ones that a column of categories became, found together again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import numpy as np

IS = " = "


def source_columns(names: Sequence[str], x: np.ndarray) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The columns of a table, each with the places of the features that it became.

    Args:
        names: (features,), such as "age" or "smoker = yes".
        x: (n, features) samples, which tell categories from numbers whose names look alike.
    """
    for column, found in groupby(range(len(names)), lambda i: names[i].split(IS, 1)[0]):
        places = tuple(found)
        if len(places) > 1 and _is_one_hot(x[:, list(places)]):
            yield column, places
        else:
            yield from ((names[i], (i,)) for i in places)


def category_of(name: str) -> str:
    """The category that a feature such as "smoker = yes" stands for."""
    return name.split(IS, 1)[1]


def _is_one_hot(x: np.ndarray) -> bool:
    return bool(np.isin(x, (0, 1)).all() and (x.sum(axis=1) <= 1).all())
