"""`Review`: marks that a person gave to rows, and what follows from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

import numpy as np

from aecore.errors import DataError
from aecore.evaluation.anomalies.detection import Estimate
from aecore.evaluation.anomalies.proportions import wilson
from aecore.wording import counted, verb

Mark = Literal["odd", "normal", "unsure"]
MARKS: tuple[Mark, ...] = get_args(Mark)
VERSION = 1
# With more decisions nobody looks at each row.
MOST_MARKS = 100_000


@dataclass(frozen=True)
class Review:
    """Marks by row number; immutable, so that a step can be taken back.

    Attributes:
        marks: row number in the data -> odd, normal or unsure.
    """

    marks: Mapping[int, Mark] = field(default_factory=dict)

    def with_mark(self, row: int, mark: Mark | None) -> Review:
        """The review with a row marked, or without its mark."""
        marks = {other: own for other, own in self.marks.items() if other != row}
        if mark is not None:
            marks[row] = mark
        return Review(marks)

    def rows(self, mark: Mark) -> tuple[int, ...]:
        """Row numbers with this mark, ascending."""
        return tuple(sorted(row for row, own in self.marks.items() if own == mark))

    def to_plain(self) -> dict[str, Any]:
        """What is kept as JSON."""
        return {"version": VERSION, **{mark: list(self.rows(mark)) for mark in MARKS}}

    @classmethod
    def from_plain(cls, plain: Any) -> Review:
        """Read what `to_plain` gave.

        Raises:
            DataError: it is something else, or a row has two marks.
        """
        marks: dict[int, Mark] = {}
        if not isinstance(plain, dict) or plain.get("version") != VERSION:
            raise _unreadable()
        for mark in MARKS:
            rows = plain.get(mark, [])
            if not isinstance(rows, list) or not all(type(row) is int and row >= 0 for row in rows):
                raise _unreadable()
            if len(marks) + len(rows) > MOST_MARKS or marks.keys() & set(rows):
                raise _unreadable()
            marks |= dict.fromkeys(rows, mark)
        return cls(marks)


@dataclass(frozen=True)
class Progress:
    """What the marks say of alarms.

    Attributes:
        reviewed: alarms that are marked odd or normal.
        unsure: alarms that are marked unsure; they count neither way.
        alarms: in all.
        precision: share of the reviewed that are odd, with its 95 % interval.
    """

    reviewed: int
    unsure: int
    alarms: int
    precision: Estimate

    @property
    def sentence(self) -> str:
        """How many alarms were looked at, and how many of them are odd."""
        if not self.reviewed:
            return f"None of {counted(self.alarms, 'alarm')} is marked odd or normal yet."
        share = self.precision
        return (
            f"{self.reviewed:,} of {counted(self.alarms, 'alarm')} "
            f"{verb(self.reviewed, 'is', 'are')} reviewed, {share.value:.0%} of them "
            f"odd (95 % interval {share.low:.0%} to {share.high:.0%})."
        )


def progress(review: Review, rows: np.ndarray, scores: np.ndarray, threshold: float) -> Progress:
    """Precision among the reviewed alarms.

    Rows are looked at from the oddest on, so it is the precision of those, and that of alarms
    further down is likely lower.

    Args:
        rows: (n,) row numbers.
        scores: (n,), higher is odder.
    """
    alarmed = [review.marks.get(int(row)) for row in rows[scores >= threshold]]
    odd, normal = alarmed.count("odd"), alarmed.count("normal")
    return Progress(
        reviewed=odd + normal,
        unsure=alarmed.count("unsure"),
        alarms=len(alarmed),
        precision=wilson(odd, odd + normal),
    )


def suggested_threshold(review: Review, rows: np.ndarray, scores: np.ndarray) -> float | None:
    """The threshold that contradicts fewest marks; None without marks of odd and normal rows.

    It lies midway between the scores of the marked rows beside it. Of several that contradict as
    few it is the highest, which asks for the least work.

    Args:
        rows: (n,) row numbers.
        scores: (n,), higher is odder.
    """
    marked = [review.marks.get(int(row)) for row in rows]
    odd = np.sort(scores[[mark == "odd" for mark in marked]])
    normal = np.sort(scores[[mark == "normal" for mark in marked]])
    if not len(odd) or not len(normal):
        return None
    levels = np.unique(np.concatenate([odd, normal]))
    levels = np.append(levels, np.nextafter(levels[-1], np.inf))
    missed = np.searchsorted(odd, levels, side="left")
    alarmed = len(normal) - np.searchsorted(normal, levels, side="left")
    wrong = missed + alarmed
    best = int(len(levels) - 1 - np.argmin(wrong[::-1]))
    if best in (0, len(levels) - 1):
        return float(levels[best])
    return float((levels[best - 1] + levels[best]) / 2)


def left_out(review: Review, *, unsure: bool = False) -> tuple[int, ...]:
    """Row numbers to leave out of the next training: the odd ones, and where wished the unsure."""
    rows = review.rows("odd") + (review.rows("unsure") if unsure else ())
    return tuple(sorted(rows))


def forced_in(review: Review) -> tuple[int, ...]:
    """Row numbers to train on next time, whatever their score: those marked normal."""
    return review.rows("normal")


def next_to_review(
    review: Review, rows: Sequence[int] | np.ndarray, scores: np.ndarray
) -> int | None:
    """The position of the oddest row without a mark; None where all have one."""
    open_rows = [i for i, row in enumerate(rows) if int(row) not in review.marks]
    return max(open_rows, key=lambda i: (scores[i], -i)) if open_rows else None


def _unreadable() -> DataError:
    return DataError(
        "The marks of this review cannot be read.", "Begin the review again, or restore its file."
    )
