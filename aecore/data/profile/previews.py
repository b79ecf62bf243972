"""A few samples of a data set, small enough to be sent and kept beside its check sheet."""

from __future__ import annotations

import base64
import math
from typing import Any

import numpy as np

from aecore.data import pictures
from aecore.data.dataset import Dataset, Raw, Table
from aecore.data.names import unique_names
from aecore.data.shards import Shards

PICTURES, PICTURE_SIZE = 30, 48
ROWS, COLUMNS = 8, 30
SERIES, STEPS, CHANNELS = 4, 200, 4
CELL_LENGTH, TEXT_LENGTH = 60, 300
FEWEST_DIGITS, MOST_DIGITS = 4, 15


def preview(raw: Raw | Shards, seed: int = 0) -> dict[str, Any]:
    """Plain data, at most about 100 KB, of samples drawn by the seed.

    For pictures `pixels` is the base64 of `shape` bytes, and `labels` their classes; for a table
    `columns` and `rows` of text; for series `values`, nested lists (samples, steps, channels), and
    `names` of the channels; for a table of texts the rows hold the beginnings of texts.
    """
    if isinstance(raw, Shards):
        return _of_table(Table(raw.sample))
    if isinstance(raw, Table):
        return _of_table(raw)
    rows = np.random.default_rng(seed).permutation(len(raw.x))
    if raw.kind == "image":
        return _of_pictures(raw, np.sort(rows[:PICTURES]))
    if raw.kind == "series":
        return _of_series(raw, np.sort(rows[:SERIES]))
    return _of_rows(raw, np.sort(rows[:ROWS]))


def _of_pictures(dataset: Dataset, rows: np.ndarray) -> dict[str, Any]:
    x = dataset.x[rows]
    height, width = x.shape[1:3]
    if max(height, width) > PICTURE_SIZE:
        x = pictures.changed(x, size=PICTURE_SIZE, colour="keep")
    if x.dtype != np.uint8:
        low, high = float(dataset.x.min()), float(dataset.x.max())
        x = np.rint((x - low) * (255 / ((high - low) or 1.0))).astype(np.uint8)
    return {
        "kind": "image",
        "shape": list(x.shape),
        "pixels": base64.b64encode(np.ascontiguousarray(x).tobytes()).decode(),
        "labels": _labels(dataset, rows),
    }


def _of_series(dataset: Dataset, rows: np.ndarray) -> dict[str, Any]:
    x = dataset.x[rows][..., :CHANNELS]
    step = -(-x.shape[1] // STEPS)
    names = list(dataset.feature_names[:CHANNELS])
    values = np.stack([_rounded(x[:, ::step, i]) for i in range(x.shape[-1])], axis=-1)
    return {
        "kind": "series",
        "values": values.tolist(),
        "names": names or [f"channel {i + 1}" for i in range(x.shape[-1])],
        "labels": _labels(dataset, rows),
    }


def _of_rows(dataset: Dataset, rows: np.ndarray) -> dict[str, Any]:
    names = dataset.feature_names or tuple(f"feature {i}" for i in range(dataset.x.shape[1]))
    labels = _labels(dataset, rows)
    x = dataset.x[rows][:, :COLUMNS]
    digits = [_digits(values) for values in x.T]
    shown = [[f"{value:.{d}g}" for value, d in zip(row, digits, strict=True)] for row in x]
    if labels:
        shown = [[label, *values] for label, values in zip(labels, shown, strict=True)]
    columns = unique_names([*(["class"] if labels else []), *names[:COLUMNS]])
    return {"kind": "table", "columns": columns, "rows": shown}


def _of_table(table: Table) -> dict[str, Any]:
    frame = table.frame.iloc[:ROWS, :COLUMNS]
    longest = TEXT_LENGTH if "text" in table.roles.values() else CELL_LENGTH
    # What is missing may be pandas.NA, which cannot be compared with anything.
    missing = frame.isna().to_numpy()
    rows = zip(frame.itertuples(index=False), missing, strict=True)
    return {
        "kind": "table",
        "columns": [str(name) for name in frame.columns],
        "rows": [
            ["" if gap else _cell(value, longest) for value, gap in zip(row, gaps, strict=True)]
            for row, gaps in rows
        ],
    }


def _cell(value: Any, longest: int) -> str:
    return f"{value:.12g}" if isinstance(value, float) else str(value)[:longest]


def _labels(dataset: Dataset, rows: np.ndarray) -> list[str]:
    if dataset.y is None:
        return []
    return [dataset.class_names[i] for i in dataset.y[rows]]


def _digits(values: np.ndarray) -> int:
    """Digits that show a thousandth of the spread of some numbers, four at least."""
    low, high = float(values.min()), float(values.max())
    largest, spread = max(abs(low), abs(high)), high - low
    if not spread or largest <= spread:
        return FEWEST_DIGITS
    return min(MOST_DIGITS, FEWEST_DIGITS + math.ceil(math.log10(largest / spread)))


def _rounded(values: np.ndarray) -> np.ndarray:
    """The same to so many digits of the largest."""
    values = values.astype(float)
    largest = float(np.abs(values).max())
    if not largest:
        return values
    return np.round(values, _digits(values) - 1 - math.floor(math.log10(largest)))
