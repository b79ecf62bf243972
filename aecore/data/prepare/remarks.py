"""`Remarks`: what was left out of new rows or changed in them, as sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from aecore.data.names import shown
from aecore.errors import DataError
from aecore.wording import counted, verb

MAX_LISTED = 8


@dataclass
class Remarks:
    """What was found while rows were prepared; those of several parts can be added up.

    Attributes:
        left_out: reason -> numbers of the rows that were left out for it.
        extra: names of columns that were ignored, as training had none of the name.
        filled: column -> how many gaps were filled.
        unseen: column -> categories that training never saw.
        rest: other sentences.
    """

    left_out: dict[str, list[int]] = field(default_factory=dict)
    extra: dict[str, None] = field(default_factory=dict)
    filled: dict[str, int] = field(default_factory=dict)
    unseen: dict[str, dict[str, None]] = field(default_factory=dict)
    rest: dict[str, None] = field(default_factory=dict)

    def leave_out(self, reason: str, rows: np.ndarray) -> None:
        """Rows, by their numbers, cannot be used."""
        if len(rows):
            self.left_out.setdefault(reason, []).extend(rows.tolist())

    def fill(self, column: str, gaps: int) -> None:
        """So many gaps were filled."""
        if gaps:
            self.filled[column] = self.filled.get(column, 0) + gaps

    def meet(self, column: str, categories: Sequence[str]) -> None:
        """Categories that training never saw."""
        if len(categories):
            self.unseen.setdefault(column, {}).update(dict.fromkeys(categories))

    def say(self, sentence: str) -> None:
        """Say something else, once."""
        self.rest[sentence] = None

    def add(self, other: Remarks) -> None:
        """Take over what was found in further rows."""
        for reason, rows in other.left_out.items():
            self.left_out.setdefault(reason, []).extend(rows)
        for column, gaps in other.filled.items():
            self.fill(column, gaps)
        for column, categories in other.unseen.items():
            self.meet(column, tuple(categories))
        self.extra.update(other.extra)
        self.rest.update(other.rest)

    def sentences(self) -> tuple[str, ...]:
        """All that was found, what was left out first."""
        return tuple(self._sentences())

    def _sentences(self) -> Iterator[str]:
        for reason, rows in self.left_out.items():
            count = _were(len(rows), "row")
            yield f"{count} left out: {reason} ({_rows(rows)})."
        if self.extra:
            names = _listed([f'"{shown(name)}"' for name in self.extra])
            what = _were(len(self.extra), "column")
            yield f"{what} ignored, for the training data had none of this name: {names}."
        for column, categories in self.unseen.items():
            names = _listed([f'"{shown(name)}"' for name in categories])
            yield (
                f'Column "{shown(column)}" has values that the training data did not have: '
                f"{names}. They count as none of its categories, or as rare ones."
            )
        for column, gaps in self.filled.items():
            count = _were(gaps, "gap")
            yield f'{count} filled in column "{shown(column)}", with the value used in training.'
        yield from self.rest


def _rows(rows: Sequence[int]) -> str:
    return f"row {rows[0]}" if len(rows) == 1 else f"rows {_listed([str(row) for row in rows])}"


def _were(count: int, noun: str) -> str:
    return f"{counted(count, noun)} {verb(count, 'was', 'were')}"


def _listed(names: Sequence[str]) -> str:
    listed = ", ".join(names[:MAX_LISTED])
    return f"{listed}, …" if len(names) > MAX_LISTED else listed


def none_usable(notes: Iterable[str]) -> DataError:
    """The error where no row is left, with what was noted of them."""
    return DataError(
        f"None of the rows can be used. {' '.join(notes)}".rstrip(),
        "Give rows such as those that the run was trained on.",
    )
