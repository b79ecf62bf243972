"""Fitting: what a `FittedPreparation` learns from training rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from aecore.data.columns.column import class_names
from aecore.data.dataset import Dataset, Kind
from aecore.data.options import Preprocessing
from aecore.data.prepare import windows
from aecore.data.prepare.checked_arrays import changed
from aecore.data.prepare.description import ArrayRows, Description, Window
from aecore.data.prepare.fitted_preparation import FittedPreparation
from aecore.data.prepare.row_blocks import block_rows, blocks
from aecore.data.prepare.scaling import FittedScaler, fit_scaler
from aecore.data.prepare.table_columns import Columns
from aecore.data.prepare.table_encoder import TableEncoder
from aecore.data.prepare.table_fitting import Learned, learn

if TYPE_CHECKING:
    import pandas as pd


def fit_arrays(options: Preprocessing, dataset: Dataset, train: np.ndarray) -> FittedPreparation:
    """Learn from training samples.

    Args:
        dataset: all samples, as they came.
        train: the row numbers of those to learn from.
    """
    rows = ArrayRows(
        shape=tuple(map(int, dataset.x.shape[1:])),
        bytes=dataset.x.dtype == np.uint8,
        image_size=options.image_size if dataset.kind == "image" else None,
        colour=options.colour,
        bits=dataset.bits,
    )
    samples = changed(dataset.x[train], rows, dataset.kind)
    columns = 1 if dataset.kind == "image" else samples.shape[-1]
    scaler = fit_scaler(options.scaling, _as_columns(samples, columns), columns)
    description = Description(
        kind=dataset.kind,
        scaling=options.scaling,
        sample_shape=tuple(map(int, samples.shape[1:])),
        feature_names=dataset.feature_names,
        class_names=dataset.class_names,
        rarity=_rarity(dataset.y, dataset.class_names),
        rows=rows,
    )
    return FittedPreparation(description, _arrays(scaler))


def fit_table(
    options: Preprocessing,
    columns: Columns,
    frame: pd.DataFrame,
    y: np.ndarray | None,
    window: Window | None = None,
) -> FittedPreparation:
    """Learn from the training rows of a table.

    Args:
        frame: the training rows.
        y: (rows,) class indices of all rows that count for how rare a class is; None without.
        window: of a stream.

    Raises:
        DataError: as `table_fitting.learn`.
    """
    learned = learn(columns, options, frame, window)
    encoder = TableEncoder(*learned)
    numbers = len(learned.rows.numbers)
    size = block_rows(encoder.features)
    parts = (encoder.numbers(frame.iloc[part]) for part in blocks(len(frame), size))
    scaler = fit_scaler(options.scaling, parts, numbers, encoder.features - numbers)
    return of_table(options, columns, learned, scaler, y)


def of_table(
    options: Preprocessing,
    columns: Columns,
    learned: Learned,
    scaler: FittedScaler,
    y: np.ndarray | None,
) -> FittedPreparation:
    """The preparation of a table of which everything is learned."""
    rows, names = learned.rows, learned.rows.feature_names
    classes = class_names(columns.label)
    kind: Kind = "table" if columns.numbers or columns.categories else "text"
    shape = (len(names),) if rows.window is None else (rows.window.length, len(names))
    description = Description(
        kind=kind if rows.window is None else "series",
        scaling=options.scaling,
        sample_shape=shape,
        feature_names=names,
        class_names=classes,
        rarity=_rarity(y, classes),
        rows=rows,
    )
    idf = {f"idf_{place}": weights for place, weights in enumerate(learned.idf)}
    return FittedPreparation(description, {**_arrays(scaler), "fill": learned.fill, **idf})


def _arrays(scaler: FittedScaler) -> dict[str, np.ndarray]:
    return {"offset": scaler.offset, "scale": scaler.scale}


def _rarity(y: np.ndarray | None, classes: tuple[str, ...]) -> tuple[int, ...]:
    if y is None or not classes:
        return ()
    return tuple(windows.rarity(y, len(classes)).tolist())


def _as_columns(samples: np.ndarray, columns: int) -> Iterator[np.ndarray]:
    """Raw values (rows, columns) in blocks; bytes as float32, which holds them exactly."""
    for part in blocks(len(samples), block_rows(int(np.prod(samples.shape[1:])))):
        values = samples[part]
        values = values.astype(np.float32) if values.dtype == np.uint8 else values
        yield values.reshape(-1, columns)
