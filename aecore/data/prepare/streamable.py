"""Options that a table which is read in parts cannot have, each with what to do instead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from aecore.data.columns.column import Column
from aecore.data.columns.roles import roles_of
from aecore.data.scalings import SCALINGS

if TYPE_CHECKING:
    from aecore.data.options import PreparationOptions

SMALLER = "or raise AECORE_MAX_IN_MEMORY_BYTES, so that a file is read at once"


class Refusal(NamedTuple):
    """An option that does not go with such a table.

    Attributes:
        path: of the option, such as `preprocessing.scaling`.
        cause, remedy: as of an error.
    """

    path: str
    cause: str
    remedy: str


def refusals(wanted: PreparationOptions, columns: Sequence[Column]) -> Iterator[Refusal]:
    """All that an experiment asks for and a table of these columns cannot give in parts.

    Raises:
        DataError: the roles do not fit the columns.
    """
    data, options = wanted.data, wanted.preprocessing
    scaling = SCALINGS[options.scaling]
    if not scaling.in_parts:
        yield Refusal(
            "preprocessing.scaling",
            f"{scaling.title} scaling needs all values at once, and this table is read in parts.",
            f"Standardise, choose min-max, {SMALLER}.",
        )
    if options.missing == "most-frequent":
        yield Refusal(
            "preprocessing.missing",
            "Which number is most frequent only a whole table tells, and this one is read in "
            "parts.",
            f"Choose median or drop, {SMALLER}.",
        )
    if data.classes:
        yield Refusal(
            "data.classes",
            "A table that is read in parts trains on all its classes.",
            f"Choose none, {SMALLER}.",
        )
    if data.left_out_rows:
        yield Refusal(
            "data.left_out_rows",
            "A table that is read in parts trains on all its rows.",
            f"Name no rows to leave out, {SMALLER}.",
        )
    if data.forced_rows:
        yield Refusal(
            "data.forced_rows",
            "Of a table that is read in parts, no single rows can be forced into training.",
            f"Name none, {SMALLER}.",
        )
    if data.rows is not None:
        yield Refusal(
            "data.rows",
            "A table that is read in parts trains on all its rows.",
            f"Leave fewer rows open, {SMALLER}.",
        )
    yield from _roles(wanted, columns)


def _roles(wanted: PreparationOptions, columns: Sequence[Column]) -> Iterator[Refusal]:
    for name, role in roles_of(columns, wanted.data.roles).items():
        if role in ("text", "time"):
            yield Refusal(
                "data.roles",
                f"Column {name!r} cannot be a {role} of a table that is read in parts.",
                f"Ignore it, {SMALLER}.",
            )
