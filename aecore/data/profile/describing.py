"""Description: from a data set to its check sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from aecore.data.columns.column import MISSING_LABEL, Column, class_names, learnable
from aecore.data.columns.measures import ColumnMeasures, Spread, spread
from aecore.data.columns.roles import assign, measure_columns
from aecore.data.columns.values import column_values, hashes, value_text
from aecore.data.dataset import Dataset, Kind, Raw, Table
from aecore.data.profile.advice import MOST_SENTENCES, advice
from aecore.data.profile.check_sheet import Sheet
from aecore.data.profile.digest import digest_of_arrays, digest_of_shards, digest_of_table
from aecore.data.profile.findings import Findings
from aecore.data.profile.leaks import leaks
from aecore.data.profile.sentinel_notes import about_sentinels
from aecore.data.profile.steps import steps_of
from aecore.data.shards import Shards

if TYPE_CHECKING:
    import pandas as pd

FLOAT_BYTES = 4
GREY = 255
# Values of images reach the upper half, and a row of pixels is not short.
LEAST_GREY_HIGH, LEAST_PIXELS = 128, 16
IN_PARTS = (
    "{rows:,} rows are read in parts while they train, in bounded memory; what is said here is "
    "what a sample of {sample:,} rows shows."
)
MIX = np.uint64(0x9E3779B97F4A7C15)


def describe(raw: Raw | Shards, title: str) -> Sheet:
    """The check sheet of a data set; whatever it holds, there is one.

    Args:
        title: its name on screen.
    """
    if isinstance(raw, Shards):
        return _of_shards(raw, title)
    sheet, found = _of_table(raw) if isinstance(raw, Table) else _of_arrays(raw)
    notes = (*raw.notes, *about_sentinels(found.spreads, sheet.rows))
    return replace(sheet, title=title, advice=advice(sheet, found), notes=notes)


def digest_of(raw: Raw | Shards) -> str:
    """What names a data set's content, without all else that a sheet says."""
    if isinstance(raw, Shards):
        return digest_of_shards(raw.footers, measure_columns(raw.sample))
    return (
        digest_of_table(measure_columns(raw.frame))
        if isinstance(raw, Table)
        else digest_of_arrays(raw)
    )


def _of_arrays(dataset: Dataset) -> tuple[Sheet, Findings]:
    value_range = _range(dataset.x)
    sheet = Sheet(
        title="",
        rows=len(dataset.x),
        kind=dataset.kind,
        sample_shape=tuple(int(side) for side in dataset.x.shape[1:]),
        value_range=value_range,
        bytes_of_grey=_are_bytes(dataset, value_range),
        classes=_class_counts(dataset),
        factors=tuple(dataset.factors),
        memory=dataset.x.size * FLOAT_BYTES,
        digest=digest_of_arrays(dataset),
    )
    return sheet, _found_in_arrays(dataset)


def _of_table(table: Table) -> tuple[Sheet, Findings]:
    measures = measure_columns(table.frame)
    return _of_columns(table.frame, measures, assign(measures, table.roles))


def _of_shards(shards: Shards, title: str) -> Sheet:
    """What a sample says, with what it counts brought up to all rows."""
    measures = measure_columns(shards.sample)
    seen, found = _of_columns(shards.sample, measures, learnable(assign(measures, {})))
    # Robust scaling, which far values call for, is not learned in parts.
    found = replace(found, spreads=tuple((name, replace(s, far=0)) for name, s in found.spreads))
    times = shards.rows / len(shards.sample)
    return replace(
        seen,
        title=title,
        rows=shards.rows,
        columns=tuple(replace(c, missing=round(c.missing * times)) for c in seen.columns),
        classes=tuple((name, round(count * times)) for name, count in seen.classes),
        memory=round(seen.memory * times),
        digest=digest_of_shards(shards.footers, measures),
        in_parts=True,
        notes=shards.notes,
        advice=(
            IN_PARTS.format(rows=shards.rows, sample=len(shards.sample)),
            *advice(seen, found)[: MOST_SENTENCES - 1],
        ),
    )


def _of_columns(
    frame: pd.DataFrame, measures: Sequence[ColumnMeasures], columns: tuple[Column, ...]
) -> tuple[Sheet, Findings]:
    rows = len(frame)
    kind = _kind(columns)
    spreads = _spreads(measures, columns)
    only_numbers = len(spreads) == len(_with_role(measures, columns, "feature", "text"))
    label = next((column for column in columns if column.role == "label"), None)
    sheet = Sheet(
        title="",
        rows=rows,
        kind=kind,
        value_range=_joint_range(spreads),
        bytes_of_grey=only_numbers and _are_grey_columns(spreads),
        columns=columns,
        classes=_label_counts(frame, label),
        factors=tuple(
            c.name
            for c in columns
            if c.role == "ignore" and c.type == "number" and not c.is_constant
        ),
        memory=sum(_memory(one, c) for one, c in zip(measures, columns, strict=True)),
        digest=digest_of_table(measures),
    )
    return sheet, _found_in_table(frame, measures, columns, kind)


def _range(x: np.ndarray) -> tuple[float, float] | None:
    if not x.size:
        return None
    low, high = float(x.min()), float(x.max())
    if np.isfinite([low, high]).all():
        return low, high
    finite = x[np.isfinite(x)]
    return (float(finite.min()), float(finite.max())) if finite.size else None


def _are_bytes(dataset: Dataset, value_range: tuple[float, float] | None) -> bool:
    if dataset.x.dtype == np.uint8:
        return True
    if dataset.kind != "image" or value_range is None:
        return False
    low, high = value_range
    return low >= 0 and LEAST_GREY_HIGH <= high <= GREY and bool((dataset.x % 1 == 0).all())


def _are_grey_columns(spreads: Sequence[tuple[str, Spread]]) -> bool:
    """Whether columns of numbers look like the pixels of grey images."""
    value_range = _joint_range(spreads)
    if value_range is None or len(spreads) < LEAST_PIXELS:
        return False
    low, high = value_range
    return low >= 0 and LEAST_GREY_HIGH <= high <= GREY and all(s.whole for _, s in spreads)


def _class_counts(dataset: Dataset) -> tuple[tuple[str, int], ...]:
    if dataset.y is None:
        return ()
    counts = np.bincount(dataset.y, minlength=len(dataset.class_names))
    return tuple(zip(dataset.class_names, counts.tolist(), strict=False))


def _label_counts(frame: pd.DataFrame, label: Column | None) -> tuple[tuple[str, int], ...]:
    if label is None:
        return ()
    texts = frame[label.name].map(value_text, na_action="ignore").astype(object)
    counts = texts.fillna(MISSING_LABEL).value_counts()
    return tuple((name, int(counts[name])) for name in class_names(label))


def _found_in_arrays(dataset: Dataset) -> Findings:
    x = dataset.x
    if not x.size:
        return Findings()
    flat = x.reshape(len(x), -1)
    columns_count = dataset.kind in ("image", "table")
    return Findings(
        features=flat.shape[1],
        spreads=_spreads_of_arrays(dataset),
        copies=len(x) - _different_samples(flat),
        one_colour=_of_one_colour(x) if dataset.kind == "image" else 0,
        constant=int((flat.min(axis=0) == flat.max(axis=0)).sum()) if columns_count else 0,
    )


def _found_in_table(
    frame: pd.DataFrame, measures: Sequence[ColumnMeasures], columns: Sequence[Column], kind: Kind
) -> Findings:
    learned = _with_role(measures, columns, "feature", "text")
    listed = _with_role(measures, columns, "feature")
    times = [frame.iloc[:, i] for i, column in enumerate(columns) if column.role == "time"]
    holes = [frame.iloc[:, i].isna() for i, c in enumerate(columns) if c.role == "feature"]
    stream = kind == "series"
    return Findings(
        features=sum(_width(one.column) for one in listed) if learned == listed else 0,
        spreads=_spreads(measures, columns),
        gaps=tuple((one.column.name, one.column.missing) for one in listed if one.column.missing),
        incomplete=int(np.any(holes, axis=0).sum()) if holes else 0,
        unlabelled=sum(column.missing for column in columns if column.role == "label"),
        copies=0 if stream else _copies_of_rows(frame, columns),
        empty_texts=sum(
            one.empty_texts + one.column.missing for one in _with_role(measures, columns, "text")
        ),
        steps=steps_of(times[0]) if times else None,
        leaks=() if stream else leaks(frame, measures, columns),
    )


def _with_role(
    measures: Sequence[ColumnMeasures], columns: Sequence[Column], *roles: str
) -> list[ColumnMeasures]:
    return [one for one, column in zip(measures, columns, strict=True) if column.role in roles]


def _kind(columns: Sequence[Column]) -> Kind:
    roles = {column.role for column in columns}
    if "time" in roles:
        return "series"
    return "text" if "text" in roles and "feature" not in roles else "table"


def _width(column: Column) -> int:
    """Values of a sample that a feature becomes, before rare categories are put together."""
    return 1 if column.type == "number" else column.distinct


def _memory(one: ColumnMeasures, column: Column) -> int:
    """Texts by their length: how many words describe them is not chosen yet."""
    if column.role == "text":
        return one.text_bytes
    return one.rows * FLOAT_BYTES * _width(column) if column.role == "feature" else 0


def _spreads(
    measures: Sequence[ColumnMeasures], columns: Sequence[Column]
) -> tuple[tuple[str, Spread], ...]:
    """Of the features that are numbers."""
    features = _with_role(measures, columns, "feature")
    return tuple((one.column.name, one.spread) for one in features if one.spread is not None)


def _spreads_of_arrays(dataset: Dataset) -> tuple[tuple[str, Spread], ...]:
    """Of the columns of a table or the channels of a series."""
    if dataset.kind not in ("table", "series"):
        return ()
    columns = np.moveaxis(dataset.x, -1, 0)
    names = dataset.feature_names or tuple(f"feature {i}" for i in range(len(columns)))
    found = ((name, spread(values.ravel())) for name, values in zip(names, columns, strict=True))
    return tuple((name, one) for name, one in found if one is not None)


def _joint_range(spreads: Sequence[tuple[str, Spread]]) -> tuple[float, float] | None:
    if not spreads:
        return None
    return min(one.low for _, one in spreads), max(one.high for _, one in spreads)


def _of_one_colour(x: np.ndarray) -> int:
    pixels = x.reshape(len(x), -1, x.shape[-1])
    return int((pixels.min(axis=1) == pixels.max(axis=1)).all(axis=1).sum())


def _different_samples(flat: np.ndarray) -> int:
    """Samples (n, values) that differ, told apart by 64 bits each."""
    return len({hash(sample.tobytes()) for sample in flat})


def _copies_of_rows(frame: pd.DataFrame, columns: Sequence[Column]) -> int:
    """Rows that equal an earlier one in all that is learned from, told apart by 64 bits each."""
    import pandas as pd

    learned = [i for i, column in enumerate(columns) if column.role in ("feature", "text")]
    if not learned:
        return 0
    mixed = np.zeros(len(frame), dtype=np.uint64)
    for place in learned:
        mixed = mixed * MIX + hashes(column_values(frame.iloc[:, place]))
    return len(mixed) - len(pd.unique(mixed))
