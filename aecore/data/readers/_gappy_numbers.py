"""Columns of numbers with gaps: what to make of cells that are no numbers, where all else is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from aecore.data.readers._cells import MISSING_WORDS, number
from aecore.data.readers._number_forms import NumberForm, evidence_of, read_numbers, some_of

if TYPE_CHECKING:
    import pyarrow as pa

# Cells that are no numbers, where all others are: one in so many, or a few beside five times as
# many numbers; the same word in up to half of them.
ONE_IN, FEW, TIMES, HALF = 20, 2, 5, 2
MOST_DIFFERENT = 1000
# Numbers so few that a word with a digit among them, such as 3+, is one of the categories.
FEW_NUMBERS, COMES_AGAIN = 20, 3
EXAMPLES = 3
DIGIT = re.compile(r"[0-9]")


@dataclass(frozen=True)
class OddCells:
    """Cells of one column that are no numbers, where all else is.

    Attributes:
        count: of them.
        texts: what they hold, the most frequent first, a few.
        rows: the numbers of the first of them, counted from 0.
        kept: whether the column stays text for them.
    """

    count: int
    texts: tuple[str, ...]
    rows: tuple[int, ...]
    kept: bool = False


@dataclass(frozen=True)
class GappyNumbers:
    """A column of text that is one of numbers but for some cells.

    Attributes:
        values: int64 or float64; None where it stays text.
        form: how its numbers were written.
        odd: cells that are no numbers.
        words: cells that hold words for missing values.
        example: a cell with more around its digits than a number has here, and how it is read.
    """

    values: pa.ChunkedArray | None
    form: NumberForm
    odd: OddCells | None = None
    words: OddCells | None = None
    example: tuple[str, str] | None = None


def gappy_numbers(text: pa.ChunkedArray, form: NumberForm) -> GappyNumbers:
    """A column of numbers with gaps where cells are none; it stays text where too many are none.

    Args:
        form: how most of its numbers are written.
    """
    values = read_numbers(text, form)
    left = _left_over(text, values)
    others = evidence_of(left.texts)
    if others.numbers:
        # Forms too rare to be met among the cells that were looked at.
        form = evidence_of([*some_of(text), *left.texts]).form(form.decimal)
        values = read_numbers(text, form)
        left = _left_over(text, values)
    odd, words = left.parts()
    count = len(values) - values.null_count
    if odd is None:
        return GappyNumbers(values if count else None, form, None, words, _example(text, form))
    different = [cell for cell in left.texts if not _is_word(cell)]
    few = _is_few(odd, different, count, words.count if words else 0)
    if few and not _is_category(odd, different, values):
        return GappyNumbers(values, form, odd, words, _example(text, form))
    return GappyNumbers(None, form, replace(odd, kept=True) if count >= odd.count else None)


def odd_cells(text: pa.ChunkedArray, chosen: pa.ChunkedArray) -> OddCells:
    """Some cells of a column, by a mask of it."""
    import pyarrow.compute as pc

    rows = np.flatnonzero(pc.fill_null(chosen, False).to_numpy())
    texts = dict.fromkeys(text.take(rows[:MOST_DIFFERENT]).to_pylist())
    return OddCells(len(rows), tuple(texts)[:EXAMPLES], tuple(map(int, rows[:EXAMPLES])))


def _example(text: pa.ChunkedArray, form: NumberForm) -> tuple[str, str] | None:
    import pyarrow as pa

    for cell in some_of(text):
        how = number(cell)
        if how is not None and (
            how.signs or how.thousands or (how.open and how.decimal != form.decimal)
        ):
            value = read_numbers(pa.chunked_array([[cell]], pa.string()), form)[0].as_py()
            return None if value is None else (cell, f"{value:.15g}")
    return None


@dataclass(frozen=True)
class _LeftOver:
    """Cells that are no numbers: their texts with how often each comes, and where they are."""

    texts: tuple[str, ...]
    counts: tuple[int, ...]
    rows: np.ndarray
    text: pa.ChunkedArray

    def parts(self) -> tuple[OddCells | None, OddCells | None]:
        """Those that hold something else, and those that hold words for missing values."""
        words = [text for text in self.texts if _is_word(text)]
        odd = [text for text in self.texts if not _is_word(text)]
        return self._of(odd), self._of(words)

    def _of(self, texts: Sequence[str]) -> OddCells | None:
        import pyarrow as pa
        import pyarrow.compute as pc

        if not texts:
            return None
        found = odd_cells(self.text, pc.is_in(self.text, value_set=pa.array(texts, pa.string())))
        return replace(found, texts=tuple(texts[:EXAMPLES]))


def _left_over(text: pa.ChunkedArray, values: pa.ChunkedArray) -> _LeftOver:
    import pyarrow.compute as pc

    left = pc.and_(pc.is_valid(text), pc.is_null(values))
    rows = np.flatnonzero(left.to_numpy())
    counted = pc.value_counts(pc.filter(text, left))
    texts, counts = counted.field("values").to_pylist(), counted.field("counts").to_pylist()
    order = np.argsort([-count for count in counts], kind="stable")[: MOST_DIFFERENT + 1]
    return _LeftOver(tuple(texts[i] for i in order), tuple(counts[i] for i in order), rows, text)


def _is_word(cell: str) -> bool:
    return cell.lower() in MISSING_WORDS


def _is_few(odd: OddCells, different: Sequence[str], numbers: int, words: int) -> bool:
    """Whether cells that are no numbers are so few that the column is one of numbers."""
    total = numbers + words + odd.count
    if len(different) > MOST_DIFFERENT:
        return False
    if len(different) == 1 and not DIGIT.search(different[0]):
        return odd.count * HALF <= total
    return odd.count * ONE_IN <= total or (odd.count <= FEW and odd.count * TIMES <= numbers)


def _is_category(odd: OddCells, different: Sequence[str], values: pa.ChunkedArray) -> bool:
    """Whether a word with a digit, such as 3+, comes again among few whole numbers."""
    import pyarrow as pa
    import pyarrow.compute as pc

    coded = all(DIGIT.search(text) and text[0] not in "<>" for text in different)
    again = odd.count >= COMES_AGAIN * len(different)
    if not (coded and again and pa.types.is_integer(values.type)):
        return False
    return pc.count_distinct(values).as_py() <= FEW_NUMBERS
