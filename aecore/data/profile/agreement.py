"""Whether a data set is still what somebody saw of it on its check sheet."""

from __future__ import annotations

from aecore.data.names import shown
from aecore.data.profile.check_sheet import Sheet
from aecore.errors import DataError

MOST_NAMED = 5


def refuse_other_columns(seen: Sheet, known: Sheet) -> None:
    """Refuse to train on columns or samples other than those that were seen.

    Rows may have come or gone since: roles and shapes, on which a user decides, are what counts.

    Args:
        seen: the sheet that was looked at.
        known: the sheet of the data set as it is now.

    Raises:
        DataError: columns have other names, types or proposed roles, or samples another shape.
    """
    remedy = "Look at it on the Data page again, then train."
    before = {column.name: (column.type, column.role) for column in seen.columns}
    now = {column.name: (column.type, column.role) for column in known.columns}
    if before != now:
        both = [name for name in now if name in before and now[name] != before[name]]
        other = [*both, *(before.keys() ^ now.keys())]
        names = ", ".join(f'"{shown(name)}"' for name in other[:MOST_NAMED])
        raise DataError(
            f"{known.title} has changed since it was checked: other columns, types or roles "
            f"({names}{', …' if len(other) > MOST_NAMED else ''}).",
            remedy,
        )
    if (seen.kind, seen.sample_shape) != (known.kind, known.sample_shape):
        raise DataError(
            f"{known.title} has changed since it was checked: its samples have another shape.",
            remedy,
        )
