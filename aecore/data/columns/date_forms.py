"""Forms of dates and clock times: how the moments of a column of text may be written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

# In English, German, French, Spanish, Italian and Dutch; they may be cut to three letters.
MONTHS = (
    ("january", "januar", "jänner", "janvier", "enero", "gennaio"),
    ("february", "februar", "février", "fevrier", "febrero", "febbraio"),
    ("march", "märz", "maerz", "mrz", "mars", "marzo", "maart", "mrt"),
    ("april", "avril", "abril", "aprile"),
    ("may", "mai", "mayo", "maggio", "mei"),
    ("june", "juni", "juin", "junio", "giugno"),
    ("july", "juli", "juillet", "julio", "luglio"),
    ("august", "août", "aout", "agosto", "augustus"),
    ("september", "septembre", "septiembre", "setiembre", "settembre"),
    ("october", "oktober", "octobre", "octubre", "ottobre"),
    ("november", "novembre", "noviembre"),
    ("december", "dezember", "décembre", "decembre", "diciembre", "dicembre"),
)

CLOCK = (
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})"
    r"(?::(?P<second>\d{2})(?:[.,:](?P<fraction>\d{1,9}))?)?"
    r"(?:\s?(?P<half>[AaPp])\.?[Mm]\.?)?"
)
ZONE = r"(?:\s?(?P<zone>[+-]\d{2}:?\d{2}|Z|[A-Z]{2,5}|Uhr|uhr))?"
BETWEEN = r"(?:\s*,\s*|\s+|[T:_]|\s+-\s+|\s+um\s+|\s+at\s+)"
WEEKDAY = r"(?:\p{L}{2,10}\.?,?\s+)?"
YEAR, MONTH, DAY = r"(?P<year>\d{4})", r"(?P<month>\d{2})", r"(?P<day>\d{2})"
NAME = r"(?P<name>\p{L}{3,10})\.?"


@dataclass(frozen=True)
class DateForm:
    """One way to write moments.

    Attributes:
        pattern: of RE2, for all of a text, with a group for each part: `year`, `month`, `name` (of
            a month), `day`, `quarter`, `hour`, `minute`, `second`, `fraction`, `half` (A or P),
            `zone`; and `first`, `middle`, `last` of which any may be day, month or year.
        separator: between the parts of a date of numbers.
        short_year: whether the year has two digits.
        is_clock: whether there is no date.
    """

    pattern: str
    separator: str = ""
    short_year: bool = False
    is_clock: bool = False

    @cached_property
    def fits(self) -> Callable[[str], object]:
        """Whether a text is written so; for a few texts this is faster than RE2."""
        plain = self.pattern.replace(r"\p{L}", r"[^\W\d_]")
        return re.compile(plain).match


def _date(pattern: str, separator: str = "", *, short_year: bool = False) -> DateForm:
    clock = rf"(?:{BETWEEN}{CLOCK}{ZONE})?"
    return DateForm(rf"^\[?{WEEKDAY}{pattern}{clock}\]?$", separator, short_year)


def _period(pattern: str, *, short_year: bool = False) -> DateForm:
    return DateForm(f"^{pattern}$", short_year=short_year)


def _of_numbers() -> Iterator[DateForm]:
    """Day, month and year as numbers, in any order."""
    for sign in "./-":
        part = rf"\{sign}\s?"
        first, middle = r"(?P<first>\d{1,2})", r"(?P<middle>\d{1,2})"
        yield _date(rf"{first}{part}{middle}{part}(?P<last>\d{{4}})", sign)
        yield _date(rf"(?P<year>\d{{4}}){part}(?P<month>\d{{1,2}}){part}(?P<day>\d{{1,2}})", sign)
        # 1.2.10 is a version rather than a date.
        few = "{2}" if sign == "." else "{1,2}"
        first, middle = rf"(?P<first>\d{few})", rf"(?P<middle>\d{few})"
        yield _date(rf"{first}{part}{middle}{part}(?P<last>\d{{2}})", sign, short_year=True)


# The earlier one counts where several fit.
FORMS: tuple[DateForm, ...] = (
    *_of_numbers(),
    # 1 Jan 2022   01-Jan-2022 00:05:00   01/Jan/2022:00:05:00 +0000   1. Januar 2022
    _date(rf"(?P<day>\d{{1,2}})\.?[-/\s]{{0,2}}{NAME}[-/\s,]{{0,2}}{YEAR}"),
    _date(rf"(?P<day>\d{{1,2}})\.?[-/\s]{NAME}[-/\s](?P<year>\d{{2}})", short_year=True),
    # Jan 1, 2022   January 1st 2022
    _date(rf"{NAME}[-\s](?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?[-\s]{YEAR}"),
    _date(r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日"),
    # 2022-Jan-01
    _date(rf"{YEAR}[-/\s]{NAME}[-/\s](?P<day>\d{{1,2}})"),
    # Sat Jan 01 00:05:00 2022
    DateForm(rf"^{WEEKDAY}{NAME}\s+(?P<day>\d{{1,2}})\s+{CLOCK}(?:\s[A-Z]{{3,5}})?\s+{YEAR}$"),
    # 20220101_0005   20220101T000500Z   20220101
    DateForm(
        rf"^{YEAR}{MONTH}{DAY}(?:[T_\s-]?(?P<hour>\d{{2}}):?(?P<minute>\d{{2}})"
        rf"(?::?(?P<second>\d{{2}})(?:\.(?P<fraction>\d{{1,9}}))?)?{ZONE})?$"
    ),
    # 2022/01   01/2022   2022M01   2022Q1   Jan-2022   Jan-22   2022 Jan
    _period(rf"{YEAR}[-/.M]{MONTH}"),
    _period(rf"{MONTH}[-/.]{YEAR}"),
    _period(rf"{YEAR}[-\s]?Q(?P<quarter>[1-4])"),
    _period(rf"Q(?P<quarter>[1-4])[-/\s]?{YEAR}"),
    _period(rf"{NAME}[-/\s]{YEAR}"),
    _period(rf"{NAME}[-\s](?P<year>\d{{2}})", short_year=True),
    _period(rf"{YEAR}[-/\s]{NAME}"),
    DateForm(f"^{CLOCK}(?:\\s?(?:Uhr|uhr))?$", is_clock=True),
)


def month_of(name: str) -> int:
    """The number of a month by its name, or by what that begins with; 0 for another word."""
    lower = name.lower()
    there = (i for i, names in enumerate(MONTHS, 1) if any(n.startswith(lower) for n in names))
    return next(there, 0)
