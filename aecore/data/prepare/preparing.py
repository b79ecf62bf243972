"""A data set made ready for training: chosen, split, then changed by what training rows say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from aecore.data.columns.column import Column, class_names
from aecore.data.columns.roles import propose, roles_of
from aecore.data.columns.time_order import sorted_rows, time_order
from aecore.data.columns.values import column_values
from aecore.data.dataset import Dataset, Raw, Table
from aecore.data.prepare import table_columns, windows
from aecore.data.prepare.choosing import chosen_rows, forced_rows, of_classes, split_chosen
from aecore.data.prepare.description import Window
from aecore.data.prepare.fitted_preparation import FittedPreparation
from aecore.data.prepare.fitting import fit_arrays, fit_table
from aecore.data.prepare.given_rows import part_of
from aecore.data.prepare.prepared_data import Prepared, SampleMetadata
from aecore.data.prepare.split import Split, split_rows
from aecore.data.prepare.streamed import prepare_shards
from aecore.data.reading_options import AS_IN_FILE
from aecore.data.row_numbers import numbers_of
from aecore.data.shards import Shards
from aecore.errors import DataError

if TYPE_CHECKING:
    import pandas as pd

    from aecore.data.options import PreparationOptions

__all__ = ["Prepared", "SampleMetadata", "prepare"]


def prepare(
    wanted: PreparationOptions,
    raw: Raw | Shards,
    should_stop: Callable[[], bool] = lambda: False,
    *,
    columns: Sequence[Column] = (),
) -> Prepared:
    """Choose, split and scale a data set as is wanted.

    Args:
        should_stop: asked again and again where a table is read in parts.
        columns: of a table, with their roles, as its check sheet shows them; without them they are
            measured, and roles are proposed, here.

    Raises:
        DataError: no row would be left to train on, the options do not fit the data, or it was
            stopped.
    """
    if isinstance(raw, Shards):
        return prepare_shards(wanted, raw, columns, should_stop)
    if isinstance(raw, Table):
        return _of_table(wanted, raw, columns or propose(raw.frame, raw.roles))
    return _of_arrays(wanted, raw)


def _of_arrays(wanted: PreparationOptions, dataset: Dataset) -> Prepared:
    rows = chosen_rows(wanted, len(dataset.x), dataset.y, dataset.class_names)
    split = split_chosen(wanted, rows, dataset.y, forced_rows(wanted.data, len(dataset.x)))
    preparation = fit_arrays(wanted.preprocessing, dataset, split.train)
    metadata = SampleMetadata(
        dataset.kind, dataset.y, dataset.class_names, dataset.feature_names, dataset.factors
    )
    return _of_rows(preparation, dataset, split, metadata)


def _of_table(wanted: PreparationOptions, table: Table, found: Sequence[Column]) -> Prepared:
    columns = table_columns.sorted_out(found, roles_of(found, wanted.data.roles))
    table = _in_time_order(wanted, table, columns)
    y = table_columns.labels(table.frame, columns.label)
    if "time" in columns.roles.values():
        return _of_stream(wanted, table, columns, y)
    names = class_names(columns.label)
    rows = chosen_rows(wanted, len(table.frame), y, names)
    forced = forced_rows(wanted.data, len(table.frame))
    if wanted.preprocessing.missing == "drop":
        whole = table_columns.complete_rows(table.frame, _learned(columns))
        rows, forced = rows[whole[rows]], forced[whole[forced]]
        if not len(rows):
            raise DataError(
                "No row has a value in every column, and rows with gaps are dropped.",
                "Fill the gaps instead, or ignore the columns that have most of them.",
            )
    split = split_chosen(wanted, rows, y, forced)
    train = table.frame.iloc[split.train]
    preparation = fit_table(wanted.preprocessing, columns, train, y)
    metadata = SampleMetadata(
        preparation.kind,
        y,
        names,
        preparation.feature_names,
        table_columns.factors(table.frame, columns),
    )
    return _of_rows(preparation, table, split, metadata)


def _in_time_order(
    wanted: PreparationOptions, table: Table, columns: table_columns.Columns
) -> Table:
    """Rows of a stream in the order of its time, unless they are to stay as in the file."""
    times = [name for name, role in columns.roles.items() if role == "time"]
    if not times or wanted.data.reading.row_order == AS_IN_FILE:
        return table
    values = column_values(table.frame[times[0]]).values
    order = time_order(values)
    if order.never_falls or order.of_a_stream:
        return table
    return replace(table, frame=table.frame.iloc[sorted_rows(values)])


def _of_rows(
    preparation: FittedPreparation, raw: Raw, split: Split, metadata: SampleMetadata
) -> Prepared:
    """The parts of a data set, each made by what is kept with the run."""
    made = {name: preparation.encoded(part_of(raw, rows)) for name, rows in _parts(split)}
    train, validation, test, calibration = (x for x, _ in made.values())
    return Prepared(
        train,
        validation,
        test,
        calibration,
        split,
        metadata,
        preparation,
        {name: lengths for name, (_, lengths) in made.items()},
    )


def _of_stream(
    wanted: PreparationOptions,
    table: Table,
    columns: table_columns.Columns,
    y: np.ndarray | None,
) -> Prepared:
    """Windows of a stream, held out by time; what lies in two parts is left out of the earlier.

    A window with a row of another class than those chosen, or with a gap where rows with gaps are
    dropped, is left out.
    """
    options, data = wanted.preprocessing, wanted.data
    length, stride = options.window_length, options.window_stride
    frame = table.frame.iloc[: data.rows]
    count = windows.window_count(len(frame), length, stride)
    split = _split_windows(wanted, _windows_of(wanted, frame, columns, y), len(frame))
    seen = windows.rows_in(split.train, length, stride)
    own = None if y is None else y[: len(frame)]
    train = frame.iloc[seen]
    preparation = fit_table(options, columns, train, own, Window(length, stride))
    metadata = SampleMetadata(
        "series",
        None if own is None else windows.rarest_labels(own, length, stride),
        class_names(columns.label),
        preparation.feature_names,
        {"first row": np.arange(count) * stride},
    )
    everything, lengths = preparation.encoded(Table(frame))
    parts = _parts(split)
    train, validation, test, calibration = (everything[rows] for _, rows in parts)
    return Prepared(
        train,
        validation,
        test,
        calibration,
        split,
        metadata,
        preparation,
        {name: None if lengths is None else lengths[rows] for name, rows in parts},
    )


def _split_windows(wanted: PreparationOptions, chosen: np.ndarray, rows: int) -> Split:
    """The windows of each part, by their numbers; the last are held out.

    Raises:
        DataError: none would be left to train on.
    """
    data, options = wanted.data, wanted.preprocessing
    split = split_rows(
        len(chosen),
        None,
        validation_fraction=data.validation_fraction,
        test_fraction=data.test_fraction,
        how="ordered",
        seed=wanted.seed,
        calibration_fraction=data.calibration_fraction,
    )
    split = split.among(chosen)
    split = windows.without_overlap(split, options.window_length, options.window_stride)
    if not len(split.train):
        raise DataError(
            f"{rows} rows make {len(chosen)} windows of {options.window_length}, too few to train "
            "on.",
            "Choose a shorter window or stride, or more rows.",
        )
    return split


def _windows_of(
    wanted: PreparationOptions,
    frame: pd.DataFrame,
    columns: table_columns.Columns,
    y: np.ndarray | None,
) -> np.ndarray:
    """The numbers of a stream's windows that are made of the rows that are asked for alone.

    Raises:
        DataError: none is.
    """
    data, options = wanted.data, wanted.preprocessing
    allowed = np.ones(len(frame), bool)
    if data.classes:
        allowed &= of_classes(data, y, class_names(columns.label))[: len(frame)]
    if options.missing == "drop":
        allowed &= table_columns.complete_rows(frame, _learned(columns))
    named = numbers_of(data.left_out_rows)
    allowed[named[named < len(allowed)]] = False
    if not allowed.any():
        raise DataError(
            "No row of the stream is left: of the chosen classes, without gaps, and not left out.",
            "Choose more classes, fill the gaps, or leave fewer rows out.",
        )
    length, stride = options.window_length, options.window_stride
    if len(frame) < length:
        return np.arange(0)
    found = windows.whole(allowed, length, stride)
    if not len(found):
        raise DataError(
            f"No {length} rows in a row are all of the chosen classes and without gaps.",
            "Choose a shorter window or more classes, or fill the gaps.",
        )
    return found


def _learned(columns: table_columns.Columns) -> list[str]:
    """Columns that must have a value where rows with gaps are dropped."""
    return [column.name for column in (*columns.numbers, *columns.categories)]


def _parts(split: Split) -> tuple[tuple[str, np.ndarray], ...]:
    return (
        ("training", split.train),
        ("validation", split.validation),
        ("test", split.test),
        ("calibration", split.calibration),
    )
