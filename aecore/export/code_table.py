"""Codes of rows as a file: row number, what stands beside the values, error, code, part by part."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from aecore.data.names import unique_names
from aecore.data.prepare.new_rows import Labels
from aecore.data.prepare.remarks import Remarks, none_usable
from aecore.errors import DataError
from aecore.evaluation.applied_rows import AppliedRows
from aecore.export.row_files import FORMATS, RowFormat, RowWriter, names_of
from aecore.export.whole_files import whole_or_not
from aecore.runs.result import Result

if TYPE_CHECKING:
    import pandas as pd

ROW, ERROR, CODE, RECONSTRUCTION = "row", "error", "code", "reconstruction"


@dataclass(frozen=True)
class WrittenCodes:
    """What a file of codes holds.

    Attributes:
        rows: with a code.
        numbers: in each code.
        beside: names of the columns that came along.
        notes: what was left out or filled, as sentences.
    """

    rows: int
    numbers: int
    beside: tuple[str, ...]
    notes: tuple[str, ...]


def format_of(path: Path) -> RowFormat:
    """The format that a file's name asks for.

    Raises:
        DataError: there is none of this ending.
    """
    found = [each for each in FORMATS.values() if each.suffix == path.suffix.lower()]
    if not found:
        endings = ", ".join(each.suffix for each in FORMATS.values())
        raise DataError(
            f"There is no format for {path.name!r}.", f"End its name in one of {endings}."
        )
    return found[0]


def write_codes(
    result: Result,
    rows: Any,
    path: Path,
    *,
    labels: Labels = None,
    reconstructions: bool = False,
    on_rows: Callable[[int], None] = lambda done: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> WrittenCodes:
    """Code rows in their order and write them down; memory does not grow with their number.

    The columns are `row`, all columns that the run did not learn, `error` (mean squared, in
    squared scaled units), the code and, where they are wanted, the reconstruction in the data's
    own units. A file is there whole or not at all.

    Args:
        rows: as `Result.apply` takes them, such as the name of a data set or a path.
        path: its ending chooses the format.
        on_rows: told how many rows are done.

    Raises:
        DataError: the rows are of another kind than those of training, none can be used, there is
            no such format, or it was stopped.
    """
    kind = format_of(path)
    with whole_or_not(path) as unfinished, closing(kind.open(unfinished)) as writer:
        parts = result.apply_in_parts(rows, labels, beside=True)
        names = _names(result) if reconstructions else None
        return _write(writer, parts, names, on_rows, should_stop)


def _write(
    writer: RowWriter,
    parts: Any,
    names: Mapping[str, Sequence[str]] | None,
    on_rows: Callable[[int], None],
    should_stop: Callable[[], bool],
) -> WrittenCodes:
    """All parts; with reconstructions where there are names for them, or none to be had."""
    done, numbers, remarks = 0, 0, Remarks()
    beside: tuple[str, ...] = ()
    for applied in parts:
        if should_stop():
            raise DataError("Stopped before all rows had a code.", "Write them again.")
        remarks.add(applied.prepared.remarks)
        if not len(applied.errors):
            continue
        arrays = {CODE: applied.codes}
        if names is not None:
            arrays[RECONSTRUCTION] = applied.reconstructions_in_units.astype(np.float32)
        columns = _beside(applied, arrays, names or {})
        writer.write(columns, arrays, names or {})
        done += len(columns)
        numbers, beside = applied.codes.shape[1], tuple(columns.columns[1:-1])
        on_rows(done)
    notes = remarks.sentences()
    if not done:
        raise none_usable(notes)
    return WrittenCodes(done, numbers, beside, notes)


def _names(result: Result) -> dict[str, list[str]]:
    """What reconstructions of a table or of texts are called, after their columns and terms."""
    names = result.preparation.feature_names
    if len(result.preparation.sample_shape) > 1 or not names:
        return {}
    return {RECONSTRUCTION: [f"{RECONSTRUCTION} of {name}" for name in names]}


def _beside(
    applied: AppliedRows, arrays: Mapping[str, np.ndarray], named: Mapping[str, Sequence[str]]
) -> pd.DataFrame:
    """Row number, what came along under names that are not ours, and the error."""
    import pandas as pd

    given = applied.prepared.beside
    frame = pd.DataFrame({ROW: applied.rows})
    if given is not None:
        # Names of strangers must not take the place of ours.
        ours = [ROW, ERROR, *arrays]
        for name, values in arrays.items():
            ours += names_of(name, values[0].size, named)
        names = unique_names([*ours, *map(str, given.columns)])[len(ours) :]
        frame = pd.concat([frame, given.set_axis(names, axis=1)], axis=1)
    return frame.assign(**{ERROR: applied.errors.astype(np.float32)})
