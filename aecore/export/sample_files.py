"""Kept samples and what became of them as files: arrays, or a table where samples are rows."""

from __future__ import annotations

import io

import numpy as np

from aecore.data.formula_cells import neutral_frame
from aecore.evaluation.reconstruction import class_name, feature_names
from aecore.evaluation.samples import Samples

# Of data in more columns a spreadsheet is of no use.
MOST_COLUMNS = 2_000


def as_arrays(samples: Samples) -> bytes:
    """An `.npz` with row numbers, labels, errors, codes, originals and reconstructions.

    Samples are (n, *sample_shape), in the data's own units; labels are names.
    """
    arrays = {
        "row": samples.index,
        "error": samples.error,
        "code": samples.code,
        "original": samples.raw(samples.original),
        "reconstruction": samples.raw(samples.reconstruction),
    }
    if samples.label is not None:
        arrays["label"] = np.array(_labels(samples), dtype=np.str_)
    return packed(**arrays)


def packed(**arrays: np.ndarray) -> bytes:
    """Arrays as one compressed `.npz`, without anything that would run when it is read."""
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **arrays)
    return buffer.getvalue()


def fits_table(samples: Samples) -> bool:
    """Whether originals and reconstructions fit the columns of a table."""
    return 2 * int(np.prod(samples.original.shape[1:])) <= MOST_COLUMNS


def as_table(samples: Samples) -> bytes:
    """A CSV: row number, label, error, then each value as it was and as it was reconstructed.

    In the data's own units. For samples of which `fits_table` says so.
    """
    import pandas as pd

    columns: dict[str, object] = {"row": samples.index}
    if samples.label is not None:
        columns["label"] = _labels(samples)
    columns["error"] = samples.error
    names = _value_names(samples)
    for title, x in (("original", samples.original), ("reconstruction", samples.reconstruction)):
        flat = samples.raw(x).reshape(len(x), -1)
        columns |= {f"{title} {name}": flat[:, i] for i, name in enumerate(names)}
    return neutral_frame(pd.DataFrame(columns)).to_csv(index=False).encode("utf-8")


def _labels(samples: Samples) -> list[str]:
    assert samples.label is not None
    return [class_name(samples, int(label)) for label in samples.label]


def _value_names(samples: Samples) -> list[str]:
    """A name for each value of a sample, in the order of its flat form."""
    shape = samples.original.shape[1:]
    if len(shape) == 1:
        return list(feature_names(samples))
    return ["-".join(str(place + 1) for place in where) for where in np.ndindex(*shape)]
