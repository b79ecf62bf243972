"""Preparation of a table that is read in parts: what is held out, what is learned of the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from aecore.data.columns.column import Column, learnable
from aecore.data.columns.roles import propose, roles_of
from aecore.data.columns.values import in_order
from aecore.data.dataset import Table
from aecore.data.limits import refuse_above
from aecore.data.prepare import table_columns
from aecore.data.prepare.fitted_preparation import FittedPreparation
from aecore.data.prepare.prepared_data import Prepared, SampleMetadata
from aecore.data.prepare.row_blocks import block_rows
from aecore.data.prepare.split import NumberedSplit, Split, drawn_rows, draws
from aecore.data.prepare.streamable import refusals
from aecore.data.prepare.streamed_fitting import fit_in_parts
from aecore.data.prepare.table_columns import Columns
from aecore.data.prepare.table_fitting import learn
from aecore.data.prepare.training_rows import Reading, TrainingRows
from aecore.data.shards import Shards
from aecore.errors import DataError

if TYPE_CHECKING:
    import pandas as pd

    from aecore.data.options import PreparationOptions

# Rows of each part that are kept in memory: to fill gaps and draw yardsticks by, and to measure on.
KEPT_ROWS = 50_000
# More are drawn, by chance too few, and cut to that number.
OVERDRAWN = 1.1
PARTS = ("training", "validation", "test", "calibration")

Piece = TypeVar("Piece")


@dataclass(frozen=True, kw_only=True)
class StreamedPrepared(Prepared):
    """Some rows of each part in memory, and all training rows from files.

    Attributes:
        train: of the training rows a sample, for yardsticks; not what is trained on.
        dataset: what is known of the rows kept.
        numbers: ascending, of the rows kept in their table.
        stream: all training rows.
        counts: rows of each part in all files: `train`, `validation`, `test`, `calibration`.
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
    wanted: PreparationOptions,
    shards: Shards,
    found: Sequence[Column],
    should_stop: Callable[[], bool],
) -> StreamedPrepared:
    """Hold rows out by their numbers, learn scaling of all others, and stream those.

    The files are read twice: once for samples of up to KEPT_ROWS rows of each part, and once for
    the scaling. Gaps are filled, and rare categories told, by the training sample.

    Args:
        found: columns with their roles, as the check sheet shows them; without them roles are
            proposed by a sample of the rows.

    Raises:
        DataError: an option does not go with such a table, no row would be left to train on, or it
            was stopped.
    """
    columns = _columns(wanted, found or learnable(propose(shards.sample, {})))
    label = [columns.label] if columns.label else []
    names = [c.name for c in (*columns.features, *label, *columns.factors)]
    kept, counts = _kept(_reading(wanted, shards, columns, names), should_stop)
    together = _sorted(kept)
    if columns.label is not None:
        columns = replace(columns, label=_as_kept(columns.label, together))
    y = table_columns.labels(together, columns.label)
    features = _reading(wanted, shards, columns, [c.name for c in columns.features])
    learned = learn(columns, wanted.preprocessing, kept[0])
    pieces = features.training(shards.groups, block_rows(len(learned.rows.feature_names)))
    preparation, scaled_range = fit_in_parts(
        wanted.preprocessing, columns, learned, _until_stopped(pieces, should_stop), y
    )
    made = [preparation.encoded(Table(frame)) for frame in kept]
    train, validation, test, calibration = (x for x, _ in made)
    return StreamedPrepared(
        train,
        validation,
        test,
        calibration,
        Split(*(frame.index.to_numpy() for frame in kept)),
        _metadata(preparation, y, table_columns.factors(together, columns)),
        preparation,
        dict(zip(PARTS, (lengths for _, lengths in made), strict=True)),
        numbers=together.index.to_numpy(),
        stream=TrainingRows(features, preparation, counts[0]),
        counts=dict(zip(("train", *PARTS[1:]), counts, strict=True)),
        scaled_range=scaled_range,
    )


def _columns(wanted: PreparationOptions, found: Sequence[Column]) -> Columns:
    """The columns by what they are for."""
    for refusal in refusals(wanted, found):
        raise DataError(refusal.cause, refusal.remedy)
    return table_columns.sorted_out(found, roles_of(found, wanted.data.roles))


def _reading(
    wanted: PreparationOptions, shards: Shards, columns: Columns, names: Sequence[str]
) -> Reading:
    data, drops = wanted.data, wanted.preprocessing.missing == "drop"
    return Reading(
        shards,
        {name: shards.names[name] for name in names},
        NumberedSplit(
            shards.rows,
            data.validation_fraction,
            data.test_fraction,
            data.split,
            wanted.seed,
            data.calibration_fraction,
        ),
        tuple(c.name for c in (*columns.numbers, *columns.categories)) if drops else (),
    )


def _until_stopped(pieces: Iterable[Piece], should_stop: Callable[[], bool]) -> Iterator[Piece]:
    for piece in pieces:
        if should_stop():
            raise DataError("Stopped while its data was read, before training.", "Start it again.")
        yield piece


def _kept(
    reading: Reading, should_stop: Callable[[], bool]
) -> tuple[list[pd.DataFrame], list[int]]:
    """Of each part up to KEPT_ROWS rows, drawn by the seed, and how many rows each part has.

    Raises:
        DataError: no row trains.
    """
    import pandas as pd

    shards, split = reading.shards, reading.split
    share = _shares_kept(split)
    pieces: tuple[list[pd.DataFrame], ...] = tuple([] for _ in PARTS)
    counts = [0] * len(PARTS)
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
    if not counts[0]:
        raise DataError(
            f"None of {shards.rows} rows would be left to train on.",
            "Lower the validation or test share, or use more rows.",
        )
    empty = shards.sample[list(reading.names)].iloc[:0]
    drawn_of = [pd.concat(found) if found else empty for found in pieces]
    return [f.iloc[drawn_rows(len(f), KEPT_ROWS, split.seed)] for f in drawn_of], counts


def _shares_kept(split: NumberedSplit) -> np.ndarray:
    """(parts,) the share of each part's rows to draw."""
    held_out = np.array([split.validation, split.test, split.calibration])
    expected = split.rows * np.array([1 - held_out.sum(), *held_out])
    return np.minimum(1.0, OVERDRAWN * KEPT_ROWS / np.maximum(expected, 1.0))


def _metadata(
    preparation: FittedPreparation, y: np.ndarray | None, factors: dict[str, np.ndarray]
) -> SampleMetadata:
    names = preparation.class_names, preparation.feature_names
    return SampleMetadata(preparation.kind, y, *names, factors)


def _sorted(kept: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The rows of all parts, by their numbers."""
    import pandas as pd

    return pd.concat([frame for frame in kept if len(frame)]).sort_index()


def _as_kept(label: Column, kept: pd.DataFrame) -> Column:
    """The label with the classes of the rows kept, of which a sample may have missed some."""
    values = kept[label.name]
    found = in_order(table_columns.as_text(values.dropna()).unique())
    refuse_above("classes", len(found), f"Column {label.name!r}", "Choose another label.")
    return replace(label, categories=found, missing=int(values.isna().sum()))
