"""Finding a data set by its name or, for a file of the user's, by its path."""

from __future__ import annotations

from functools import lru_cache

from aecore.data import npz
from aecore.data.dataset import Dataset, Facts
from aecore.data.sources import DATASETS
from aecore.errors import DataError


def facts(source: str) -> Facts:
    """What is known of a data set before it is loaded.

    Raises:
        DataError: there is no such data set, or the file cannot be read.
    """
    if source in DATASETS:
        return DATASETS[source].facts
    _refuse_unless_npz(source)
    return npz.facts(source)


def load(source: str) -> Dataset:
    """A data set by name or path; bundled ones are kept in memory once loaded.

    Raises:
        DataError: there is no such data set, or the file cannot be read.
    """
    if source in DATASETS:
        return _bundled(source)
    _refuse_unless_npz(source)
    return npz.load(source)


@lru_cache(maxsize=4)
def _bundled(name: str) -> Dataset:
    dataset = DATASETS[name].load()
    dataset.x.flags.writeable = False
    return dataset


def _refuse_unless_npz(source: str) -> None:
    if source.lower().endswith(".npz"):
        return
    raise DataError(
        f"There is no data set named {source!r}.",
        f"Choose one of {', '.join(DATASETS)}, or give the path of an .npz file.",
    )
