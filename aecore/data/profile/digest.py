"""Digests: the content of a data set as a short name, whatever its file is called."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

import numpy as np

from aecore.data.columns.measures import ColumnMeasures
from aecore.data.dataset import Dataset

DIGEST_BYTES = 8

Part = bytes | memoryview


def digest_of_arrays(dataset: Dataset) -> str:
    """16 hexadecimal digits of BLAKE2b, from arrays, their shapes and types, and all names."""
    y = np.zeros(0) if dataset.y is None else dataset.y
    parts: list[Part] = [dataset.kind.encode(), *_array(dataset.x), *_array(y)]
    parts += _names(dataset.class_names) + _names(dataset.feature_names)
    for name, values in dataset.factors.items():
        parts += [name.encode(), *_array(np.asarray(values))]
    return _digest(parts)


def digest_of_table(measures: Sequence[ColumnMeasures]) -> str:
    """16 hexadecimal digits of BLAKE2b, from the values and names of columns in their order."""
    parts = _names([one.column.name for one in measures])
    return _digest(
        [str(measures[0].rows if measures else 0).encode(), *parts, *(o.key for o in measures)]
    )


def digest_of_shards(footers: Sequence[bytes], sample: Sequence[ColumnMeasures]) -> str:
    """16 hexadecimal digits of BLAKE2b, of files too large to be read for a name.

    From their footers, which tell the sizes and ranges of all columns, and a sample's values.
    """
    return _digest([*footers, digest_of_table(sample).encode()])


def _array(values: np.ndarray) -> list[Part]:
    about = f"{values.dtype.str} {values.shape}".encode()
    return [about, np.ascontiguousarray(values).reshape(-1).view(np.uint8).data]


def _names(names: Sequence[str]) -> list[Part]:
    # Surrogates that stand alone are no UTF-8.
    return [str(len(names)).encode(), *(name.encode(errors="backslashreplace") for name in names)]


def _digest(parts: Iterable[Part]) -> str:
    """With the length before each part, so that no two lists of parts read the same."""
    found = hashlib.blake2b(digest_size=DIGEST_BYTES)
    for part in parts:
        found.update(len(part).to_bytes(8, "little"))
        found.update(part)
    return found.hexdigest()
