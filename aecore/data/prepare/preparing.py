"""A data set made ready for training: chosen, split, then changed by what training rows say."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from aecore.data import pictures
from aecore.data.columns.column import class_names
from aecore.data.columns.roles import propose, roles_of
from aecore.data.dataset import Dataset, Kind, Raw, Table
from aecore.data.prepare import table_transformer, windows
from aecore.data.prepare.prepared_data import Prepared, SampleMetadata
from aecore.data.prepare.scaling import Scaler, Units
from aecore.data.prepare.split import Split, drawn_rows, split_rows
from aecore.data.prepare.streamed import prepare_shards
from aecore.data.prepare.table_transformer import TableTransformer
from aecore.data.shards import Shards
from aecore.errors import DataError

if TYPE_CHECKING:
    import pandas as pd

    from aecore.data.options import DataSettings, PreparationOptions

__all__ = ["Prepared", "SampleMetadata", "prepare"]


def prepare(
    wanted: PreparationOptions, raw: Raw | Shards, should_stop: Callable[[], bool] = lambda: False
) -> Prepared:
    """Choose, split and scale a data set as is wanted.

    Args:
        should_stop: asked again and again where a table is read in parts.

    Raises:
        DataError: no row would be left to train on, the options do not fit the data, or it was
            stopped.
    """
    if isinstance(raw, Shards):
        return prepare_shards(wanted, raw, should_stop)
    if isinstance(raw, Table):
        return _of_table(wanted, raw)
    return _of_arrays(wanted, raw)


def _of_arrays(wanted: PreparationOptions, dataset: Dataset) -> Prepared:
    options = wanted.preprocessing
    rows = _chosen(wanted, len(dataset.x), dataset.y, dataset.class_names)
    split = _split(wanted, rows, dataset.y)

    def samples(of: np.ndarray) -> np.ndarray:
        x = dataset.x if len(of) == len(dataset.x) else dataset.x[of]
        if dataset.kind != "image":
            return x
        return pictures.changed(x, size=options.image_size, colour=options.colour)

    scaler = Scaler(options.scaling, dataset.kind).fit(samples(split.train))
    parts = {name: samples(of) for name, of in _parts(split)}
    train, validation, test = (
        scaler.transform(x) if len(x) else x.astype(np.float32) for x in parts.values()
    )
    metadata = SampleMetadata(
        dataset.kind, dataset.y, dataset.class_names, dataset.feature_names, dataset.factors
    )
    units = {name: scaler.units(x) for name, x in parts.items()}
    return Prepared(train, validation, test, split, metadata, units)


def _of_table(wanted: PreparationOptions, table: Table) -> Prepared:
    found = propose(table.frame, table.roles)
    roles = roles_of(found, wanted.data.roles)
    columns = table_transformer.sorted_out(found, roles)
    y = table_transformer.labels(table.frame, columns.label)
    if "time" in roles.values():
        return _of_stream(wanted, table, columns, y)
    names = class_names(columns.label)
    rows = _chosen(wanted, len(table.frame), y, names)
    if wanted.preprocessing.missing == "drop":
        rows = rows[table_transformer.complete_rows(table.frame, columns)[rows]]
        if not len(rows):
            raise DataError(
                "No row has a value in every column, and rows with gaps are dropped.",
                "Fill the gaps instead, or ignore the columns that have most of them.",
            )
    split = _split(wanted, rows, y)
    transformer = TableTransformer(columns, wanted.preprocessing)
    transformer.fit(table.frame.iloc[split.train])
    train, validation, test = (
        transformer.transform(table.frame.iloc[of])
        if len(of)
        else np.empty((0, len(transformer.feature_names)), np.float32)
        for _, of in _parts(split)
    )
    kind: Kind = "table" if columns.numbers or columns.categories else "text"
    metadata = SampleMetadata(
        kind, y, names, transformer.feature_names, table_transformer.factors(table.frame, columns)
    )
    return Prepared(train, validation, test, split, metadata, _same_units(transformer.units()))


def _of_stream(
    wanted: PreparationOptions,
    table: Table,
    columns: table_transformer.Columns,
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
    chosen = _windows_of(wanted, frame, columns, y)
    split = split_rows(
        len(chosen),
        None,
        validation_fraction=data.validation_fraction,
        test_fraction=data.test_fraction,
        how="ordered",
        seed=wanted.seed,
    )
    split = Split(chosen[split.train], chosen[split.validation], chosen[split.test])
    split = windows.without_overlap(split, length, stride)
    if not len(split.train):
        raise DataError(
            f"{len(frame)} rows make {len(chosen)} windows of {length}, too few to train on.",
            "Choose a shorter window or stride, or more rows.",
        )
    seen = windows.rows_in(split.train, length, stride)
    transformer = TableTransformer(columns, options).fit(frame.iloc[seen])
    everything = windows.windows(transformer.transform(frame), length, stride)
    metadata = SampleMetadata(
        "series",
        None if y is None else windows.rarest_labels(y[: len(frame)], length, stride),
        class_names(columns.label),
        transformer.feature_names,
        {"first row": np.arange(count) * stride},
    )
    train, validation, test = (everything[of] for _, of in _parts(split))
    return Prepared(train, validation, test, split, metadata, _same_units(transformer.units()))


def _windows_of(
    wanted: PreparationOptions,
    frame: pd.DataFrame,
    columns: table_transformer.Columns,
    y: np.ndarray | None,
) -> np.ndarray:
    """The numbers of a stream's windows that are made of the rows that are asked for alone.

    Raises:
        DataError: none is.
    """
    data, options = wanted.data, wanted.preprocessing
    allowed = np.ones(len(frame), bool)
    if data.classes:
        allowed &= _of_classes(data, y, class_names(columns.label))[: len(frame)]
    if options.missing == "drop":
        allowed &= table_transformer.complete_rows(frame, columns)
    if not allowed.any():
        raise DataError(
            "No row of the stream is of the chosen classes and without gaps.",
            "Choose more classes, or fill the gaps.",
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


def _chosen(
    wanted: PreparationOptions, rows: int, y: np.ndarray | None, class_names: tuple[str, ...]
) -> np.ndarray:
    """The row numbers left of those classes and that many that are asked for."""
    data = wanted.data
    chosen = np.arange(rows)
    if data.classes:
        chosen = chosen[_of_classes(data, y, class_names)]
    if data.rows is None:
        return chosen
    return chosen[drawn_rows(len(chosen), data.rows, wanted.seed)]


def _of_classes(
    data: DataSettings, y: np.ndarray | None, class_names: tuple[str, ...]
) -> np.ndarray:
    unknown = [name for name in data.classes if name not in class_names]
    if y is None or unknown:
        raise DataError(
            f"This data set has no class named {(unknown or list(data.classes))[0]!r}.",
            f"Its classes are {', '.join(class_names[:20])}."
            if class_names
            else "It has no classes: choose none.",
        )
    return np.isin(y, [class_names.index(name) for name in data.classes])


def _split(wanted: PreparationOptions, rows: np.ndarray, y: np.ndarray | None) -> Split:
    """The chosen rows, by their numbers in the whole data set."""
    data = wanted.data
    split = split_rows(
        len(rows),
        None if y is None else y[rows],
        validation_fraction=data.validation_fraction,
        test_fraction=data.test_fraction,
        how=data.split,
        seed=wanted.seed,
    )
    return Split(rows[split.train], rows[split.validation], rows[split.test])


def _parts(split: Split) -> tuple[tuple[str, np.ndarray], ...]:
    return ("training", split.train), ("validation", split.validation), ("test", split.test)


def _same_units(units: Units) -> dict[str, Units]:
    return dict.fromkeys(("training", "validation", "test"), units)
