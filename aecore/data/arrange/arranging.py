"""A table as it was read, arranged: moments, one time of two columns, series, order of time."""

from __future__ import annotations

from dataclasses import replace

from aecore.data.arrange.dates import dates_read, without_midnights
from aecore.data.arrange.joining import joined
from aecore.data.arrange.ordering import in_order, main_time
from aecore.data.arrange.spreading import side_by_side
from aecore.data.columns.column import Role
from aecore.data.dataset import Table
from aecore.data.names import shown
from aecore.data.reading_options import ReadingOptions
from aecore.errors import DataError


def arranged(table: Table, options: ReadingOptions) -> Table:
    """A table whose times are moments and whose rows are in the order of time, with notes on it.

    Raises:
        DataError: a column is named as a time and there is none, or it holds no times.
    """
    _refuse_unknown(table, options)
    frame, clocks, notes = dates_read(table.frame, options)
    frame, chosen, about_parts = joined(frame, clocks, options)
    frame, about_clocks = without_midnights(frame, clocks)
    time = chosen or main_time(frame)
    frame, about_series = side_by_side(frame, time, options)
    frame, about_rows = in_order(frame, time, options)
    roles: dict[str, Role] = {n: r for n, r in table.roles.items() if n in frame.columns}
    if options.time_columns and chosen:
        roles[chosen] = "time"
    notes = [*notes, *about_parts, *about_clocks, *about_series, *about_rows]
    return replace(table, frame=frame, roles=roles, notes=(*table.notes, *notes))


def _refuse_unknown(table: Table, options: ReadingOptions) -> None:
    for name in options.time_columns:
        if name not in table.frame.columns:
            raise DataError(
                f'There is no column "{shown(name)}" to read times from.',
                "Choose other columns for the time, or none.",
            )
