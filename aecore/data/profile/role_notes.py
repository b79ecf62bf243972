"""What the roles of columns do to the rows of a table, told in a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from aecore.data.columns.column import Column, Role
from aecore.data.names import shown
from aecore.data.reading_options import AS_IN_FILE, ReadingOptions


def about_time(
    columns: Sequence[Column], roles: Mapping[str, Role], reading: ReadingOptions
) -> str:
    """That rows are sorted by the time that was chosen; empty where they are in its order."""
    time = next((c for c in columns if roles.get(c.name, c.role) == "time"), None)
    if time is None or time.rising:
        return ""
    if reading.row_order == AS_IN_FILE:
        return f'Rows are not in the order of "{shown(time.name)}", and stay as in the file.'
    return f'Rows are sorted by "{shown(time.name)}" before windows are cut.'
