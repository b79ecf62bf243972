"""Measures of a column: range, spread, distinct values, patterns; taken before it has a role."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aecore.data.columns.column import Column, ColumnType
from aecore.data.columns.number_times import time_unit
from aecore.data.columns.sentinels import Sentinel, sentinels
from aecore.data.columns.text_terms import terms_of, unspaced_in, words_in
from aecore.data.columns.time_order import TimeOrder, time_order
from aecore.data.columns.values import (
    ColumnValues,
    column_values,
    hashes,
    in_order,
    spaced,
    value_text,
)
from aecore.data.limits import limits
from aecore.data.stopping import go_on

if TYPE_CHECKING:
    import pandas as pd

KEY_BYTES = 16
EXAMPLES, EXAMPLE_LENGTH = 3, 60
# Categories come again and are short; sentences are neither.
ROWS_A_CATEGORY = 3
TWO = 2
# One in so many characters, and texts count as written without spaces between words.
PARTED = 2
LONGEST_CATEGORY = 50
# Enough to tell whether there are more words than anyone asks for.
TEXTS_READ = 5000
# A term says something only where a second text has it too.
LEAST_TEXTS = 2
# Whole numbers up to here are floats as well.
MOST_EXACT = 2.0**53
# So many widths of the middle half away from the median is far beyond the rest.
FAR = 20


@dataclass(frozen=True)
class Spread:
    """How numbers are spread; those that are not finite are left out.

    Attributes:
        low, high: the range.
        distinct: different numbers.
        whole: whether all are whole.
        far: how many are more than 20 interquartile ranges from the median; 0 where the
            interquartile range is 0.
        sentinels: numbers that likely stand for missing values.
    """

    low: float
    high: float
    distinct: int
    whole: bool
    far: int
    sentinels: tuple[Sentinel, ...] = ()


@dataclass(frozen=True)
class ColumnMeasures:
    """A column with what speaks for one role or another.

    Attributes:
        column: as measured; its role is not decided yet.
        rows: of the frame.
        key: equal for columns with the same values.
        few: whether its values come again as those of a category do.
        pattern: of few values, equal for columns that part the rows alike, whatever they call them.
        rises: whether each number or moment is above the one before.
        order: how numbers or moments follow each other from row to row.
        unit: what numbers stand for, if they may be times; one of `number_times.UNITS`.
        ones: rows with 1 or true, of a column that has 0 or false besides and no gap.
        spread: of numbers.
        empty_texts: texts without a letter, missing ones not counted.
        words: in a text, on average.
        unspaced: whether most of what texts hold is written without spaces between words.
        text_bytes: of all texts.
    """

    column: Column
    rows: int
    key: bytes
    few: bool = False
    pattern: bytes = b""
    rises: bool = False
    order: TimeOrder | None = None
    unit: str = ""
    ones: int = 0
    spread: Spread | None = None
    empty_texts: int = 0
    words: float = 0.0
    unspaced: bool = False
    text_bytes: int = 0

    @property
    def unique(self) -> bool:
        """Whether no value comes twice, and none is missing."""
        return self.column.distinct == self.rows > 1


def measure_column(name: str, values: pd.Series) -> ColumnMeasures:
    """One column, measured; sorting it is what takes longest."""
    go_on()
    found = column_values(values)
    if found.form == "number":
        return _numbers(name, values, found)
    return _moments(name, found) if found.form == "time" else _texts(name, found)


def spread(values: np.ndarray) -> Spread | None:
    """How numbers (n,) are spread; None where none is finite."""
    ordered = np.sort(values[np.isfinite(values)])
    if not len(ordered):
        return None
    quarter, median, three_quarters = ordered[[len(ordered) * i // 4 for i in (1, 2, 3)]]
    reach = FAR * (float(three_quarters) - float(quarter))
    # Near the largest float32 a bound may become infinite, and nothing lies beyond it.
    with np.errstate(over="ignore"):
        inside = np.searchsorted(ordered, median + reach, "right")
        inside -= np.searchsorted(ordered, median - reach, "left")
    return Spread(
        low=float(ordered[0]),
        high=float(ordered[-1]),
        distinct=_distinct(ordered),
        whole=bool((ordered == np.floor(ordered)).all()),
        far=int(len(ordered) - inside) if reach > 0 else 0,
        sentinels=sentinels(ordered),
    )


def _numbers(name: str, values: pd.Series, found: ColumnValues) -> ColumnMeasures:
    numbers, exact = found.values, _exact(values, found)
    missing = int(np.isnan(numbers).sum())
    measured = spread(numbers)
    # Numbers that are not finite are values too: at most one of either sign.
    infinite = len(np.unique(numbers[np.isinf(numbers)]))
    distinct = infinite + (measured.distinct if measured else 0)
    if exact.form == "text":
        distinct = len(set(exact.values))
    there = len(numbers) - missing
    whole = measured is not None and measured.whole and not infinite
    listed = whole and distinct <= limits().classes and distinct < there
    order = time_order(numbers)
    texts = in_order({value_text(value) for value in values.dropna().unique()}) if listed else ()
    column = Column(
        name,
        "number",
        "feature",
        missing=missing,
        distinct=distinct,
        low=measured.low if measured else None,
        high=measured.high if measured else None,
        categories=texts,
        examples=_examples(numbers, exact, whole=whole),
        rising=order.never_falls or order.of_a_stream,
    )
    few = listed and _come_again(distinct, there)
    unit = time_unit(name, numbers)
    two = few and not missing and distinct == TWO and (column.low, column.high) == (0, 1)
    return ColumnMeasures(
        column,
        len(numbers),
        _key(exact),
        few=few,
        pattern=_pattern(numbers) if few else b"",
        rises=order.strict,
        order=order,
        unit=unit.name if unit is not None else "",
        ones=int(np.count_nonzero(numbers)) if two else 0,
        spread=measured,
    )


def _moments(name: str, found: ColumnValues) -> ColumnMeasures:
    moments = found.values
    there, order = moments[~np.isnat(moments)], time_order(moments)
    column = Column(
        name,
        "time",
        "ignore",
        missing=len(moments) - len(there),
        distinct=_distinct(np.sort(there)),
        examples=tuple(map(_moment_text, there[:EXAMPLES])),
        rising=order.never_falls or order.of_a_stream,
    )
    return ColumnMeasures(column, len(moments), _key(found), rises=order.strict, order=order)


def _texts(name: str, found: ColumnValues) -> ColumnMeasures:
    import pandas as pd

    there = found.values[pd.notna(found.values)]
    some = spaced(there)
    words = float(np.mean([words_in(text) for text in some])) if len(some) else 0.0
    unspaced = PARTED * sum(map(unspaced_in, some)) > sum(map(len, some))
    short = sum(map(len, some)) <= LONGEST_CATEGORY * len(some)
    different = pd.unique(there)
    distinct = len(different)
    countable = distinct <= limits().classes
    few = countable and (found.listed or (short and _come_again(distinct, len(there))))
    may_be_listed = few or (countable and short and distinct < len(there))
    kind: ColumnType = "category" if few else "text"
    column = Column(
        name,
        kind,
        "feature",
        missing=len(found.values) - len(there),
        distinct=distinct,
        categories=in_order(different) if may_be_listed else (),
        terms=0 if few else _terms(there),
        examples=tuple(_example(text) for text in there[:EXAMPLES]),
    )
    come_again = few and _come_again(distinct, len(there))
    truths = {text.lower() for text in column.categories} == {"false", "true"}
    two = truths and not column.missing
    return ColumnMeasures(
        column,
        len(found.values),
        _key(found),
        few=come_again,
        pattern=_pattern(found.values) if come_again else b"",
        ones=sum(text.lower() == "true" for text in there) if two else 0,
        empty_texts=sum(not text.strip() for text in there),
        words=words,
        unspaced=unspaced,
        text_bytes=sum(map(len, there)),
    )


def _terms(texts: np.ndarray) -> int:
    """Different terms in two of the first texts at least, as they are counted for TF-IDF."""
    from sklearn.feature_extraction.text import CountVectorizer

    try:
        found = CountVectorizer(analyzer=terms_of, min_df=LEAST_TEXTS).fit(texts[:TEXTS_READ])
    except ValueError:
        # No word at all stands in two texts.
        return 0
    return len(found.vocabulary_)


def _come_again(distinct: int, there: int) -> bool:
    return distinct < there and (distinct <= TWO or distinct * ROWS_A_CATEGORY <= there)


def _distinct(ordered: np.ndarray) -> int:
    return int(np.count_nonzero(ordered[1:] != ordered[:-1]) + 1) if len(ordered) else 0


def _moment_text(moment: np.datetime64) -> str:
    """A moment to the second; of a clock time without a date, how late it is."""
    text = str(moment)[:19].replace("T", " ")
    return text.removeprefix("1970-01-01 ")


def _examples(numbers: np.ndarray, exact: ColumnValues, *, whole: bool) -> tuple[str, ...]:
    """The first few numbers as text; large ones with all their digits."""
    if exact.form == "text":
        return tuple(map(str, exact.values[:EXAMPLES]))
    there = numbers[~np.isnan(numbers)][:EXAMPLES]
    return tuple(f"{value:.15g}" if whole else f"{value:.6g}" for value in there)


def _exact(values: pd.Series, found: ColumnValues) -> ColumnValues:
    """Whole numbers too large for floats as text, so that no two of them are taken for one."""
    if values.dtype.kind not in "iu" or not (np.abs(found.values) > MOST_EXACT).any():
        return found
    return ColumnValues("text", values.astype(str).to_numpy(dtype=object))


def _key(found: ColumnValues) -> bytes:
    return _named(found.form, hashes(found))


def _pattern(values: np.ndarray) -> bytes:
    """A name for which rows have equal values: values count in the order in which they come."""
    import pandas as pd

    return _named("pattern", pd.factorize(values)[0])


def _named(what: str, values: np.ndarray) -> bytes:
    name = hashlib.blake2b(what.encode(), digest_size=KEY_BYTES)
    name.update(np.ascontiguousarray(values).data)
    return name.digest()


def _example(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= EXAMPLE_LENGTH else f"{plain[:EXAMPLE_LENGTH]}…"
