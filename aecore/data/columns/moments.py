"""Moments: a column of text read as dates, dates with a clock time, or clock times."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aecore.data.columns.calendars import (
    DAY_SECONDS,
    HOUR_SECONDS,
    MICRO,
    MINUTE_SECONDS,
    dated,
    of_the_first_day,
)
from aecore.data.columns.date_forms import FORMS, DateForm, month_of

if TYPE_CHECKING:
    import pyarrow as pa

LOOKED_AT = 1000
# Of which a few say quickly that a form is not theirs.
FEW = 20
SHARE_OF_DATES, SHARE_OF_FEW = 0.95, 0.5
LONGEST = 60
ISO = re.compile(r"\d{4}-\d{2}(-\d{2}.*)?|\d{8}T.*")
AUTO = "auto"
DAY_FIRST, MONTH_FIRST, YEAR_FIRST = "day", "month", "year"
# The parts of a date of three numbers, by what stands first.
ORDERS = {
    DAY_FIRST: {"day": "first", "month": "middle", "year": "last"},
    MONTH_FIRST: {"month": "first", "day": "middle", "year": "last"},
    YEAR_FIRST: {"year": "first", "month": "middle", "day": "last"},
}
NUMBERS = frozenset(
    ("year", "month", "day", "quarter", "hour", "minute", "second", "first", "middle", "last")
)
# Years of two digits up to here are of this century, as in C and pandas.
LAST_OF_2000S = 68
NOON, FRACTION_DIGITS = 12, 6
MONTHS_A_QUARTER = 3


@dataclass(frozen=True)
class Moments:
    """A column of text as moments.

    Attributes:
        values: (rows,) datetime64[us] in UTC where a zone is given, with NaT for what is no date;
            clock times are of the first of January 1970.
        order: `day`, `month` or `year`, whichever stands first in a date of numbers; empty of
            another.
        proof: `rows` if no other order is possible, `rising` if times rise in this order alone,
            `option` if it was chosen; empty if it is a guess.
        short_years: whether years have two digits.
        is_clock: whether these are clock times without a date.
        has_clock: whether there is a time of day other than midnight.
    """

    values: np.ndarray
    order: str = ""
    proof: str = ""
    short_years: bool = False
    is_clock: bool = False

    @property
    def has_clock(self) -> bool:
        """Whether a moment is not midnight."""
        there = self.values[~np.isnat(self.values)]
        return bool((there != there.astype("datetime64[D]")).any())


def read_moments(texts: np.ndarray, order: str = AUTO, century: str = AUTO) -> Moments | None:
    """Texts as moments; None where fewer than 95 in 100 of those there are moments.

    Args:
        texts: (rows,) objects: text, with None.
        order: what stands first in a date of three numbers; by default all rows decide.
        century: `1900` or `2000`, of years with two digits.
    """
    import pandas as pd

    there = texts[pd.notna(texts)]
    some = there[:: max(1, -(-len(there) // LOOKED_AT))]
    if not len(some) or not _may_be_dates(some):
        return None
    if np.mean([ISO.fullmatch(text.strip()) is not None for text in some]) >= SHARE_OF_DATES:
        found = Moments(_read_iso(texts))
        if _share(found.values, len(there)) >= SHARE_OF_DATES:
            return found
    for form in FORMS:
        if _share_of_form(some, form) < SHARE_OF_DATES:
            continue
        read = _in_form(texts, form, order, century)
        if read is not None and _share(read.values, len(there)) >= SHARE_OF_DATES:
            return read
    return None


def _may_be_dates(some: np.ndarray) -> bool:
    """Whether most texts are short, with a digit in them and more than digits or as many as 8."""
    likely = [
        len(text) <= LONGEST
        and any(letter.isdecimal() for letter in text)
        and (not text.strip().isdecimal() or len(text.strip()) in (8, 12, 14))
        for text in some
    ]
    return float(np.mean(likely)) >= SHARE_OF_DATES


def _share(values: np.ndarray, there: int) -> float:
    return float(np.count_nonzero(~np.isnat(values))) / there


def _share_of_form(some: np.ndarray, form: DateForm) -> float:
    first, rest = some[:FEW], some[FEW:]
    share = float(np.mean([form.fits(text.strip()) is not None for text in first]))
    if share < SHARE_OF_FEW or not len(rest):
        return share
    return float(np.mean([form.fits(text.strip()) is not None for text in some]))


def _trimmed(texts: np.ndarray) -> pa.Array:
    import pyarrow as pa
    import pyarrow.compute as pc

    try:
        given = pa.array(texts, pa.string())
    except UnicodeEncodeError:
        # What is no valid Unicode is no date.
        given = pa.array([t if t is not None and _is_valid(t) else None for t in texts])
    return pc.utf8_trim_whitespace(given)


def _is_valid(text: str) -> bool:
    return not any("\ud800" <= letter <= "\udfff" for letter in text)


def _read_iso(texts: np.ndarray) -> np.ndarray:
    import pandas as pd

    moments = pd.to_datetime(pd.Series(texts), format="ISO8601", utc=True, errors="coerce")
    return np.asarray(moments.dt.tz_localize(None)).astype("datetime64[us]")


def _in_form(texts: np.ndarray, form: DateForm, order: str, century: str) -> Moments | None:
    import pyarrow.compute as pc

    found = pc.extract_regex(_trimmed(texts), form.pattern)
    names = [found.type.field(i).name for i in range(found.type.num_fields)]
    fits = found.is_valid().to_numpy(zero_copy_only=False)
    if not fits.any():
        return None
    groups = {name: pc.struct_field(found, name) for name in names}
    parts = {name: _number(values) for name, values in groups.items() if name in NUMBERS}
    parts["seconds"] = _of_the_day(groups, parts)
    if form.is_clock:
        return Moments(of_the_first_day(parts["seconds"], fits), is_clock=True)
    if "first" not in groups:
        date = _calendar(groups, parts)
        if form.short_year:
            date["year"] = _full_years(date["year"], century)
        values = dated(**date, micro=parts["seconds"], fits=fits)
        return Moments(values, short_years=form.short_year)
    return _in_order(parts, fits, form, order, century)


def _in_order(
    parts: Mapping[str, np.ndarray], fits: np.ndarray, form: DateForm, order: str, century: str
) -> Moments | None:
    """Day, month and year as all rows, or else times that rise, say."""
    possible = {
        name: dated(**_parts(parts, name, form, century), micro=parts["seconds"], fits=fits)
        for name in ORDERS
        if name != YEAR_FIRST or form.short_year
    }
    if order in possible:
        return Moments(possible[order], order, "option", form.short_year)
    read = {name: np.count_nonzero(~np.isnat(values)) for name, values in possible.items()}
    most = max(read.values())
    best = [name for name, count in read.items() if count == most]
    if not most:
        return None
    if len(best) == 1:
        return Moments(possible[best[0]], best[0], "rows", form.short_year)
    disorder = {name: _disorder(possible[name]) for name in best}
    least = [name for name in best if disorder[name] == min(disorder.values())]
    usual = MONTH_FIRST if form.separator == "/" else DAY_FIRST
    chosen = usual if usual in least else least[0]
    # A year of two digits comes first where nothing else goes: it is no reason for doubt.
    doubtful = [name for name in best if name != YEAR_FIRST]
    proof = "rising" if len(least) == 1 else "" if len(doubtful) > 1 else "rows"
    return Moments(possible[chosen], chosen, proof, form.short_year)


def _parts(
    parts: Mapping[str, np.ndarray], order: str, form: DateForm, century: str
) -> dict[str, np.ndarray]:
    date = {part: parts[place] for part, place in ORDERS[order].items()}
    if form.short_year:
        date["year"] = _full_years(date["year"], century)
    return date


def _disorder(values: np.ndarray) -> tuple[int, int]:
    """How many steps go against the direction of most, and how many go back."""
    steps = np.diff(values[~np.isnat(values)].astype(np.int64))
    back = int(np.count_nonzero(steps < 0))
    return min(back, int(np.count_nonzero(steps > 0))), back


def _number(group: pa.Array) -> np.ndarray:
    """Digits as whole numbers; -1 where there are none."""
    import pyarrow as pa
    import pyarrow.compute as pc

    given = pc.if_else(pc.equal(group, ""), pa.scalar("-1"), group)
    return np.asarray(pc.fill_null(pc.cast(given, pa.int64()), -1))


def _calendar(
    groups: Mapping[str, pa.Array], parts: Mapping[str, np.ndarray]
) -> dict[str, np.ndarray]:
    """Year, month and day of forms that say which is which; the first of a period."""
    first = np.ones(len(parts["year"]), dtype=np.int64)
    month = parts.get("month", first)
    if "name" in groups:
        month = _months(groups["name"])
    if "quarter" in parts:
        month = MONTHS_A_QUARTER * parts["quarter"] - (MONTHS_A_QUARTER - 1)
    return {"year": parts["year"], "month": month, "day": parts.get("day", first)}


def _months(names: pa.Array) -> np.ndarray:
    coded = names.dictionary_encode()
    numbers = np.array([month_of(name) for name in coded.dictionary.to_pylist()] + [0])
    return numbers[np.asarray(coded.indices.fill_null(len(numbers) - 1))]


def _full_years(years: np.ndarray, century: str) -> np.ndarray:
    if century != AUTO:
        return years + int(century)
    return np.where(years <= LAST_OF_2000S, years + 2000, years + 1900)


def _of_the_day(groups: Mapping[str, pa.Array], parts: Mapping[str, np.ndarray]) -> np.ndarray:
    """Microseconds since midnight, of UTC where an offset is given; below 0 where impossible."""
    if "hour" not in parts:
        return np.zeros(len(next(iter(parts.values()))), dtype=np.int64)
    hour, minute, second = (np.maximum(parts[n], 0) for n in ("hour", "minute", "second"))
    possible = (minute < 60) & (second <= 60)
    if "half" in groups:
        afternoon, morning = (_is_one_of(groups["half"], letters) for letters in ("Pp", "Aa"))
        possible &= ~((afternoon | morning) & ((hour > NOON) | (hour == 0)))
        hour = np.where((afternoon | morning) & (hour == NOON), 0, hour) + NOON * afternoon
    whole = hour * HOUR_SECONDS + minute * MINUTE_SECONDS + second
    # 24:00 is the end of a day.
    possible &= whole <= DAY_SECONDS
    micro = MICRO * whole + _fraction(groups.get("fraction"), len(whole))
    micro = np.where(possible, micro, np.iinfo(np.int64).min // 2)
    return micro - _offset(groups.get("zone"), len(whole))


def _is_one_of(group: pa.Array, letters: str) -> np.ndarray:
    import pyarrow as pa
    import pyarrow.compute as pc

    found = pc.is_in(group, value_set=pa.array(list(letters)))
    return np.asarray(found.to_numpy(zero_copy_only=False))


def _fraction(digits: pa.Array | None, rows: int) -> np.ndarray:
    import pyarrow.compute as pc

    if digits is None:
        return np.zeros(rows, dtype=np.int64)
    padded = pc.utf8_slice_codeunits(pc.utf8_rpad(digits, FRACTION_DIGITS, "0"), 0, FRACTION_DIGITS)
    return np.maximum(_number(padded), 0)


def _offset(zone: pa.Array | None, rows: int) -> np.ndarray:
    """Microseconds ahead of UTC; a zone's name, other than that of UTC, tells nothing."""
    if zone is None:
        return np.zeros(rows, dtype=np.int64)
    coded = zone.dictionary_encode()
    ahead = [_ahead(name) for name in coded.dictionary.to_pylist()] + [0]
    return MICRO * np.array(ahead)[np.asarray(coded.indices.fill_null(len(ahead) - 1))]


def _ahead(zone: str | None) -> int:
    if not zone or zone[0] not in "+-":
        return 0
    digits = zone[1:].replace(":", "")
    seconds = int(digits[:2]) * HOUR_SECONDS + int(digits[2:]) * MINUTE_SECONDS
    return seconds if zone[0] == "+" else -seconds
