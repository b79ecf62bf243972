"""A data set made ready for training: chosen, split, then changed by what training rows say."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from aecore.data import pictures, tables, windows
from aecore.data.dataset import Dataset, Kind, Raw, Table
from aecore.data.parts import About, Prepared
from aecore.data.prepared_shards import prepare_shards
from aecore.data.roles import propose, roles_of
from aecore.data.scaling import Scaler, Units
from aecore.data.shaping import class_names
from aecore.data.shards import Shards
from aecore.data.split import Split, drawn_rows, split_rows
from aecore.data.tables import TableTransformer
from aecore.errors import DataError

if TYPE_CHECKING:
    from aecore.data.options import DataSettings
    from aecore.experiment import Experiment

__all__ = ["About", "Prepared", "prepare"]


def prepare(
    experiment: Experiment, raw: Raw | Shards, should_stop: Callable[[], bool] = lambda: False
) -> Prepared:
    """Choose, split and scale a data set as an experiment says.

    Args:
        should_stop: asked again and again where a table is read in parts.

    Raises:
        DataError: no row would be left to train on, the options do not fit the data, or it was
            stopped.
    """
    if isinstance(raw, Shards):
        return prepare_shards(experiment, raw, should_stop)
    if isinstance(raw, Table):
        return _of_table(experiment, raw)
    return _of_arrays(experiment, raw)


def _of_arrays(experiment: Experiment, dataset: Dataset) -> Prepared:
    options = experiment.preprocessing
    rows = _chosen(experiment, len(dataset.x), dataset.y, dataset.class_names)
    split = _split(experiment, rows, dataset.y)

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
    about = About(
        dataset.kind, dataset.y, dataset.class_names, dataset.feature_names, dataset.factors
    )
    units = {name: scaler.units(x) for name, x in parts.items()}
    return Prepared(train, validation, test, split, about, units)


def _of_table(experiment: Experiment, table: Table) -> Prepared:
    found = propose(table.frame, table.roles)
    roles = roles_of(found, experiment.data.roles)
    columns = tables.sorted_out(found, roles)
    y = tables.labels(table.frame, columns.label)
    if "time" in roles.values():
        return _of_stream(experiment, table, columns, y)
    names = class_names(columns.label)
    rows = _chosen(experiment, len(table.frame), y, names)
    if experiment.preprocessing.missing == "drop":
        rows = rows[tables.complete_rows(table.frame, columns)[rows]]
        if not len(rows):
            raise DataError(
                "No row has a value in every column, and rows with gaps are dropped.",
                "Fill the gaps instead, or ignore the columns that have most of them.",
            )
    split = _split(experiment, rows, y)
    transformer = TableTransformer(columns, experiment.preprocessing)
    transformer.fit(table.frame.iloc[split.train])
    train, validation, test = (
        transformer.transform(table.frame.iloc[of])
        if len(of)
        else np.empty((0, len(transformer.feature_names)), np.float32)
        for _, of in _parts(split)
    )
    kind: Kind = "table" if columns.numbers or columns.categories else "text"
    about = About(kind, y, names, transformer.feature_names, tables.factors(table.frame, columns))
    return Prepared(train, validation, test, split, about, _same_units(transformer.units()))


def _of_stream(
    experiment: Experiment, table: Table, columns: tables.Columns, y: np.ndarray | None
) -> Prepared:
    """Windows of a stream, held out by time; what lies in two parts is left out of the earlier."""
    options, data = experiment.preprocessing, experiment.data
    length, stride = options.window_length, options.window_stride
    frame = table.frame.iloc[: data.rows]
    count = windows.window_count(len(frame), length, stride)
    split = split_rows(
        count,
        None,
        validation_fraction=data.validation_fraction,
        test_fraction=data.test_fraction,
        how="ordered",
        seed=experiment.seed,
    )
    split = windows.without_overlap(split, length, stride)
    if not len(split.train):
        raise DataError(
            f"{len(frame)} rows make {count} windows of {length}, too few to train on.",
            "Choose a shorter window or stride, or more rows.",
        )
    seen = int(split.train[-1]) * stride + length
    transformer = TableTransformer(columns, options).fit(frame.iloc[:seen])
    everything = windows.windows(transformer.transform(frame), length, stride)
    about = About(
        "series",
        None if y is None else windows.rarest_labels(y[: len(frame)], length, stride),
        class_names(columns.label),
        transformer.feature_names,
        {"first row": np.arange(count) * stride},
    )
    train, validation, test = (everything[of] for _, of in _parts(split))
    return Prepared(train, validation, test, split, about, _same_units(transformer.units()))


def _chosen(
    experiment: Experiment, rows: int, y: np.ndarray | None, class_names: tuple[str, ...]
) -> np.ndarray:
    """The row numbers left of those classes and that many that are asked for."""
    data = experiment.data
    chosen = np.arange(rows)
    if data.classes:
        chosen = chosen[_of_classes(data, y, class_names)]
    if data.rows is None:
        return chosen
    return chosen[drawn_rows(len(chosen), data.rows, experiment.seed)]


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


def _split(experiment: Experiment, rows: np.ndarray, y: np.ndarray | None) -> Split:
    """The chosen rows, by their numbers in the whole data set."""
    data = experiment.data
    split = split_rows(
        len(rows),
        None if y is None else y[rows],
        validation_fraction=data.validation_fraction,
        test_fraction=data.test_fraction,
        how=data.split,
        seed=experiment.seed,
    )
    return Split(rows[split.train], rows[split.validation], rows[split.test])


def _parts(split: Split) -> tuple[tuple[str, np.ndarray], ...]:
    return ("training", split.train), ("validation", split.validation), ("test", split.test)


def _same_units(units: Units) -> dict[str, Units]:
    return dict.fromkeys(("training", "validation", "test"), units)
