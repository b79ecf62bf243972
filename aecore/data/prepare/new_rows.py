"""New rows, checked and encoded part by part; what does not fit is told, and the rest goes on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from aecore.data.columns.values import column_values
from aecore.data.dataset import Dataset, Raw, Table
from aecore.data.prepare import checked_arrays, checked_tables, windows
from aecore.data.prepare.beside import columns_beside
from aecore.data.prepare.description import ArrayRows, TableRows, Window
from aecore.data.prepare.given_labels import label_indices, labelled
from aecore.data.prepare.given_rows import part_of, size_of
from aecore.data.prepare.prepared_rows import PreparedRows
from aecore.data.prepare.remarks import Remarks
from aecore.data.prepare.row_blocks import blocks
from aecore.data.prepare.row_encoder import RowEncoder
from aecore.data.reading_notes import LEFT_OUT
from aecore.data.shards import Shards, read
from aecore.data.stored_columns import Stored
from aecore.errors import DataError
from aecore.wording import counted, verb

if TYPE_CHECKING:
    import pandas as pd

DISORDER = (
    "The times do not rise from row to row; windows were cut from the rows in the order given."
)
# Where a reader put rows in another order, or side by side, their numbers are other ones.
TOLD_OPTIONS = ("row_order", "long_format")
BEYOND = "they hold numbers beyond what 32 bits can tell"

Labels = Sequence[Any] | np.ndarray | None


@dataclass(frozen=True)
class NewRows:
    """Rows that a run is applied to.

    Attributes:
        encoder: what training learned.
        labels: a class for each row, in the place of those that come with the rows.
        needs_labels: whether a row without a known class cannot be used.
        beside: whether columns that are not learned come along.
    """

    encoder: RowEncoder
    labels: Labels = None
    needs_labels: bool = False
    beside: bool = False

    def parts(self, raw: Raw | Shards, size: int) -> Iterator[PreparedRows]:
        """At most so many samples at a time; a part may be empty, for it has remarks still.

        Raises:
            DataError: columns are missing, samples are of another shape, classes are needed and not
                there, or a stream is shorter than a window.
        """
        told = Remarks()
        for note in () if isinstance(raw, Shards) else raw.notes:
            if note.about in LEFT_OUT or note.option in TOLD_OPTIONS:
                told.say(note.sentence)
        for part in self._parts(raw, size):
            part.remarks.add(told)
            told = Remarks()
            yield part

    def _parts(self, raw: Raw | Shards, size: int) -> Iterator[PreparedRows]:
        window = self.encoder.window
        if window is not None:
            yield from self._of_stream(raw, window, size)
        elif isinstance(raw, Shards):
            yield from self._of_shards(raw, size)
        else:
            for part in list(blocks(size_of(raw), size)) or [slice(0, 0)]:
                yield self._of_rows(part_of(raw, part), part.start, Remarks())

    def _of_shards(self, shards: Shards, size: int) -> Iterator[PreparedRows]:
        remarks = Remarks()
        names = self._needed(shards, remarks)
        for group in shards.groups:
            for frame in read(group, names, size):
                yield self._of_rows(Table(frame), int(frame.index[0]), remarks)
                remarks = Remarks()

    def _needed(self, shards: Shards, remarks: Remarks) -> dict[str, Stored]:
        """Columns to read: names on screen -> where they are stored."""
        rows = self.encoder.description.rows
        wanted: tuple[str | None, ...] = self.encoder.feature_names
        if isinstance(rows, TableRows):
            checked_tables.check_columns(shards.names, rows, remarks)
            wanted = (*rows.learned, rows.label)
        return {
            name: stored for name, stored in shards.names.items() if self.beside or name in wanted
        }

    def _of_rows(self, raw: Raw, first: int, remarks: Remarks) -> PreparedRows:
        """Each row, or each sample of an array, by itself."""
        numbers = np.arange(first, first + size_of(raw))
        labels = self._label_indices(raw, numbers)
        given, raw = raw, self._in_form(raw, remarks)
        usable = self._usable(raw, first, remarks)
        usable = self._with_class(usable, labels, numbers, remarks)
        values = self.encoder.in_own_units(part_of(raw, usable))
        own = None if labels is None else labels[usable]
        found = self._scaled(values, numbers[usable], own, remarks)
        return _with(found, self._columns_beside(given), found.rows - first)

    def _of_stream(self, raw: Raw | Shards, window: Window, size: int) -> Iterator[PreparedRows]:
        """Windows of rows that follow one another; those with a row that cannot be used are out."""
        remarks = Remarks()
        whole = self._whole(raw, remarks)
        self._tell_disorder(whole, remarks)
        length, stride = window.length, window.stride
        rows = size_of(whole)
        if not windows.window_count(rows, length, stride):
            raise DataError(
                f"{counted(rows, 'row')} {verb(rows, 'is', 'are')} too few: a sample of "
                f"this run is a window of {counted(length, 'row')}.",
                f"Give at least {counted(length, 'row')} that follow one another.",
            )
        labels = self._label_indices(whole, np.arange(rows))
        usable = self._usable(whole, 0, remarks)
        usable = self._with_class(usable, labels, np.arange(rows), remarks)
        kept = windows.whole(usable, length, stride)
        left_out = windows.window_count(rows, length, stride) - len(kept)
        if left_out:
            remarks.say(
                f"With rows that were left out, {counted(left_out, 'window')} had to go as well."
            )
        if labels is not None:
            labels = self._window_labels(labels, window)
        values, beside = self.encoder.in_own_units(whole), self._columns_beside(whole)
        for part in list(blocks(len(kept), size)) or [slice(0, 0)]:
            own = None if labels is None else labels[kept[part]]
            found = self._scaled(values[kept[part]], kept[part] * stride, own, remarks)
            yield _with(found, beside, found.rows)
            remarks = Remarks()

    def _columns_beside(self, given: Raw) -> pd.DataFrame | None:
        return columns_beside(given, self.encoder.description) if self.beside else None

    def _whole(self, raw: Raw | Shards, remarks: Remarks) -> Raw:
        """All rows of a stream, of which only the columns that are needed are held."""
        import pandas as pd

        if not isinstance(raw, Shards):
            return self._in_form(raw, remarks)
        names = self._needed(raw, remarks)
        frames = [frame for group in raw.groups for frame in read(group, names, group.rows)]
        return Table(pd.concat(frames))

    def _tell_disorder(self, raw: Raw, remarks: Remarks) -> None:
        roles = self.encoder.roles
        time = next((name for name, role in roles.items() if role == "time"), None)
        if isinstance(raw, Table) and time in raw.frame.columns:
            values = column_values(raw.frame[time]).values
            if values.dtype.kind in "fM" and (values[1:] <= values[:-1]).any():
                remarks.say(DISORDER)

    def _in_form(self, raw: Raw, remarks: Remarks) -> Raw:
        """Rows of the form that training had: a table by its columns, an array by its shape."""
        description = self.encoder.description
        rows = description.rows
        if isinstance(rows, TableRows):
            table = _as_table(raw, rows)
            checked_tables.check_columns(table.frame.columns, rows, remarks)
            return table
        if isinstance(raw, Table):
            raw = checked_arrays.samples_of_table(raw, description, remarks)
        x = checked_arrays.shaped(raw.x, rows, description.kind)
        return Dataset(checked_arrays.as_bytes(x, rows, remarks), None, description.kind)

    def _usable(self, raw: Raw, first: int, remarks: Remarks) -> np.ndarray:
        rows = self.encoder.description.rows
        if isinstance(raw, Table) and isinstance(rows, TableRows):
            return checked_tables.usable_rows(raw.frame, rows, first, remarks)
        assert isinstance(raw, Dataset) and isinstance(rows, ArrayRows)
        return checked_arrays.usable_samples(raw.x, first, remarks)

    def _label_indices(self, raw: Raw, numbers: np.ndarray) -> np.ndarray | None:
        labels = self.labels
        if labels is not None and len(numbers):
            labels = labels[int(numbers[0]) : int(numbers[-1]) + 1]
        return label_indices(raw, labels, self.encoder.description)

    def _with_class(
        self, usable: np.ndarray, labels: np.ndarray | None, numbers: np.ndarray, remarks: Remarks
    ) -> np.ndarray:
        """(rows,) which of the usable rows have a class, where the model needs one."""
        if not self.needs_labels:
            return usable
        own = None if labels is None else labels[usable]
        known = labelled(own, numbers[usable], self.encoder.description, remarks)
        out = usable.copy()
        out[usable] = known
        return out

    def _window_labels(self, labels: np.ndarray, window: Window) -> np.ndarray:
        """(windows,) the rarest class of each window's rows, by how rare it was in training."""
        order = np.array(self.encoder.description.rarity)
        length, stride = window.length, window.stride
        known = np.where(labels < 0, order[-1], labels)
        found = np.full(windows.window_count(len(labels), length, stride), -1)
        whole = windows.whole(labels >= 0, length, stride)
        found[whole] = windows.rarest_labels(known, length, stride, order)[whole]
        return found

    def _scaled(
        self, values: np.ndarray, numbers: np.ndarray, labels: np.ndarray | None, remarks: Remarks
    ) -> PreparedRows:
        scaler = self.encoder.scaler
        x, lengths = scaler.scaled(values)
        finite = np.isfinite(x).all(axis=tuple(range(1, x.ndim)))
        if not finite.all():
            remarks.leave_out(BEYOND, numbers[~finite])
            x, values, numbers = x[finite], values[finite], numbers[finite]
            lengths = None if lengths is None else lengths[finite]
            labels = None if labels is None else labels[finite]
        return PreparedRows(x, values, numbers, labels, lengths, scaler, remarks)


def _with(found: PreparedRows, beside: pd.DataFrame | None, places: np.ndarray) -> PreparedRows:
    if beside is None:
        return found
    return replace(found, beside=beside.iloc[places].reset_index(drop=True))


def _as_table(raw: Raw, rows: TableRows) -> Table:
    """Rows by the names of columns; an array needs names for its last axis.

    Raises:
        DataError: an array has none.
    """
    import pandas as pd

    if isinstance(raw, Table):
        return raw
    named = raw.x.ndim == 2 and len(raw.feature_names) == raw.x.shape[1]
    if not named:
        raise DataError(
            "This run was trained on a table, and an array has no names of columns.",
            f"Give a table with the columns {checked_tables.quoted(rows.learned)}.",
        )
    return Table(pd.DataFrame(raw.x, columns=list(raw.feature_names)))
