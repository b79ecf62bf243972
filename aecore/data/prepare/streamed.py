"""Preparation of a table that is read in parts: what is held out, what is learned of the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from aecore.data.columns.column import Column, class_names, learnable
from aecore.data.columns.roles import propose, roles_of
from aecore.data.columns.values import in_order
from aecore.data.limits import refuse_above
from aecore.data.prepare import table_transformer
from aecore.data.prepare.prepared_data import Prepared, SampleMetadata
from aecore.data.prepare.split import NumberedSplit, Split, drawn_rows, draws
from aecore.data.prepare.streamable import refusals
from aecore.data.prepare.table_transformer import Columns, TableTransformer
from aecore.data.prepare.training_rows import Reading, TrainingRows, block_rows
from aecore.data.shards import Shards
from aecore.errors import DataError

if TYPE_CHECKING:
    import pandas as pd

    from aecore.data.options import PreparationOptions

# Rows of each part that are kept in memory: to fill gaps and draw yardsticks by, and to measure on.
KEPT_ROWS = 50_000
# More are drawn, by chance too few, and cut to that number.
OVERDRAWN = 1.1
PARTS = ("training", "validation", "test")

Piece = TypeVar("Piece")


@dataclass(frozen=True, kw_only=True)
class StreamedPrepared(Prepared):
    """Some rows of each part in memory, and all training rows from files.

    Attributes:
        train: of the training rows a sample, for yardsticks; not what is trained on.
        dataset: what is known of the rows kept.
        numbers: ascending, of the rows kept in their table.
        stream: all training rows.
        counts: rows of each part in all files: `train`, `validation` and `test`.
        scaled_range: the least and the greatest scaled value of all training rows.
    """

    numbers: np.ndarray
    stream: TrainingRows
    counts: Mapping[str, int]
    scaled_range: tuple[float, float]

    @property
    def rows(self) -> dict[str, int]:
        """Number of rows in each part: of those held out, the rows that are measured on."""
        return {**super().rows, "train": self.stream.rows}

    def total(self, part: str) -> int:
        """Rows of a part in all files."""
        return self.counts["train" if part == "training" else part]

    @property
    def value_range(self) -> tuple[float, float]:
        """The least and the greatest scaled value of all training rows."""
        return self.scaled_range

    def labels(self, rows: np.ndarray) -> np.ndarray | None:
        """Class indices of some of the rows kept, by their numbers; None without labels."""
        return super().labels(np.searchsorted(self.numbers, rows))

    def factors(self, rows: np.ndarray) -> dict[str, np.ndarray]:
        """Name -> what is known of some of the rows kept besides, by their numbers."""
        return super().factors(np.searchsorted(self.numbers, rows))


def prepare_shards(
    wanted: PreparationOptions, shards: Shards, should_stop: Callable[[], bool]
) -> StreamedPrepared:
    """Hold rows out by their numbers, learn scaling of all others, and stream those.

    The files are read twice: once for samples of up to KEPT_ROWS rows of each part, and once for
    the scaling. Gaps are filled, and rare categories told, by the training sample.

    Raises:
        DataError: an option does not go with such a table, no row would be left to train on, or it
            was stopped.
    """
    columns = _columns(wanted, shards)
    learned = _reading(wanted, shards, columns, [c.name for c in columns.features])
    label = [columns.label] if columns.label else []
    names = [c.name for c in (*columns.features, *label, *columns.factors)]
    kept, counts = _kept(_reading(wanted, shards, columns, names), should_stop)
    if not counts[0]:
        raise DataError(
            f"None of {shards.rows} rows would be left to train on.",
            "Lower the validation or test share, or use more rows.",
        )
    transformer = TableTransformer(columns, wanted.preprocessing).fit(kept[0])
    most = block_rows(len(transformer.feature_names))
    training = learned.training(shards.groups, most)
    scaled_range = transformer.refit(_until_stopped(training, should_stop))
    train, validation, test = (_transformed(transformer, frame) for frame in kept)
    together = _sorted(kept)
    return StreamedPrepared(
        train,
        validation,
        test,
        Split(*(frame.index.to_numpy() for frame in kept)),
        _metadata(together, columns, transformer.feature_names),
        dict.fromkeys(PARTS, transformer.units()),
        numbers=together.index.to_numpy(),
        stream=TrainingRows(learned, transformer, counts[0]),
        counts=dict(zip(("train", "validation", "test"), counts, strict=True)),
        scaled_range=scaled_range,
    )


def _columns(wanted: PreparationOptions, shards: Shards) -> Columns:
    """The columns by what they are for, as a sample of their rows looks."""
    found = learnable(propose(shards.sample, {}))
    for refusal in refusals(wanted, found):
        raise DataError(refusal.cause, refusal.remedy)
    return table_transformer.sorted_out(found, roles_of(found, wanted.data.roles))


def _reading(
    wanted: PreparationOptions, shards: Shards, columns: Columns, names: Sequence[str]
) -> Reading:
    data = wanted.data
    return Reading(
        shards,
        {name: shards.names[name] for name in names},
        NumberedSplit(
            shards.rows, data.validation_fraction, data.test_fraction, data.split, wanted.seed
        ),
        columns if wanted.preprocessing.missing == "drop" else None,
    )


def _until_stopped(pieces: Iterable[Piece], should_stop: Callable[[], bool]) -> Iterator[Piece]:
    for piece in pieces:
        if should_stop():
            raise DataError("Stopped while its data was read, before training.", "Start it again.")
        yield piece


def _kept(
    reading: Reading, should_stop: Callable[[], bool]
) -> tuple[list[pd.DataFrame], list[int]]:
    """Of each part up to KEPT_ROWS rows, drawn by the seed, and how many rows each part has."""
    import pandas as pd

    shards, split = reading.shards, reading.split
    share = _shares_kept(split)
    pieces: tuple[list[pd.DataFrame], ...] = ([], [], [])
    counts = [0, 0, 0]
    read = reading.pieces(shards.groups, block_rows(len(reading.names)))
    for frame, parts in _until_stopped(read, should_stop):
        if not len(frame):
            continue
        first = int(frame.index[0])
        # A stream of its own: what is kept of a part has nothing to do with what is in it.
        drawn = draws((split.seed, 1), first, int(frame.index[-1]) - first + 1)
        chosen = drawn[frame.index.to_numpy() - first] < share[parts]
        for part, found in enumerate(pieces):
            counts[part] += int((parts == part).sum())
            if (chosen & (parts == part)).any():
                found.append(frame[chosen & (parts == part)])
    empty = shards.sample[list(reading.names)].iloc[:0]
    drawn_of = [pd.concat(found) if found else empty for found in pieces]
    return [f.iloc[drawn_rows(len(f), KEPT_ROWS, split.seed)] for f in drawn_of], counts


def _shares_kept(split: NumberedSplit) -> np.ndarray:
    """(3,) the share of each part's rows to draw."""
    held_out = np.array([split.validation, split.test])
    expected = split.rows * np.array([1 - held_out.sum(), *held_out])
    return np.minimum(1.0, OVERDRAWN * KEPT_ROWS / np.maximum(expected, 1.0))


def _transformed(transformer: TableTransformer, frame: pd.DataFrame) -> np.ndarray:
    if not len(frame):
        return np.empty((0, len(transformer.feature_names)), np.float32)
    return transformer.transform(frame)


def _sorted(kept: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The rows of all parts, by their numbers."""
    import pandas as pd

    return pd.concat([frame for frame in kept if len(frame)]).sort_index()


def _metadata(
    kept: pd.DataFrame, columns: Columns, feature_names: tuple[str, ...]
) -> SampleMetadata:
    label = None if columns.label is None else _as_kept(columns.label, kept)
    return SampleMetadata(
        "table",
        table_transformer.labels(kept, label),
        class_names(label),
        feature_names,
        table_transformer.factors(kept, columns),
    )


def _as_kept(label: Column, kept: pd.DataFrame) -> Column:
    """The label with the classes of the rows kept, of which a sample may have missed some."""
    values = kept[label.name]
    found = in_order(table_transformer.as_text(values.dropna()).unique())
    refuse_above("classes", len(found), f"Column {label.name!r}", "Choose another label.")
    return replace(label, categories=found, missing=int(values.isna().sum()))
