"""Cells: whether one cell of a text table holds a number, a moment, true or false, or text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Kind = Literal["value", "missing", "text"]

# Missing in any column.
MISSING = (
    *("", "?", "NA", "N/A", "n/a", "<NA>", "#N/A", "#NA", "NaN", "nan", "NAN", "-nan", "-NaN"),
    *("NULL", "Null", "null", "None", "none"),
    *("#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"),
)
# Missing where all else in the column is a number; compared in lower case.
MISSING_WORDS = frozenset(
    (
        *(
            "-",
            "--",
            "---",
            "----",
            "–",
            "—",
            "_",
            ".",
            "..",
            "...",
            "…",
            "*",
            "**",
            "#",
            "''",
            '""',
        ),
        *("na", "n.a.", "n.a", "n/a.", "n/a", "n.d.", "n.d", "nd", "n/d", "n/k", "n.k.", "n.v."),
        *("k.a.", "k. a.", "s/d", "s.d.", "nan", "nat", "null", "nil", "none", "<na>", "<null>"),
        *("(null)", "[null]", "\\n", "missing", "(missing)", "unknown", "undefined", "unavailable"),
        *("not available", "no data", "nodata", "empty", "(empty)", "blank", "(blank)", "keine"),
        *("#n/a n/a", "#n/a", "1.#qnan", "1.#ind", "-1.#ind", "1.#inf", "-1.#inf", "#####", "?"),
    )
)
# No-break, figure, thin and narrow no-break spaces part thousands, as a plain one does.
SPACES = " \u00a0\u2007\u2009\u202f"
PARTS = f"{SPACES}'\u2019`_"
DIGITS = "0123456789"
CURRENCIES = (
    *("$", "€", "£", "¥", "₹", "₽", "₩", "₺", "₪", "฿", "₫", "₴", "US$", "R$"),
    *("EUR", "USD", "GBP", "CHF", "JPY", "CNY", "INR", "SEK", "NOK", "DKK", "PLN", "CZK", "Fr."),
)
CURRENCY = "|".join(re.escape(sign) for sign in sorted(CURRENCIES, key=len, reverse=True))
NUMBER = re.compile(
    rf"(?P<open>\()?(?P<sign>[+\-−])?[{SPACES}]?(?P<before>{CURRENCY})?[{SPACES}]?(?P<sign2>[-−])?"
    rf"(?P<body>[0-9]([0-9.,{PARTS}]*[0-9.,])?|[.,][0-9]+)(?P<power>[eEdD][+-]?[0-9]+)?"
    rf"[{SPACES}]?(?P<percent>[%‰])?(?P<after>{CURRENCY})?(?P<behind>[-−])?(?P<close>\))?"
)
WORDS_OF_VALUE = {"true", "false", "inf", "-inf", "+inf", "infinity", "-infinity"}
CLOCK = r"\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?( ?[AaPp]\.?[Mm]\.?)?"
DATE = r"(\d{4}[-/.]\d{1,2}([-/.]\d{1,2})?|\d{1,2}[-/.]\d{1,2}[-/.](\d{4}|\d{2}))"
MOMENT = re.compile(rf"{DATE}(,?[ T]{CLOCK})?( ?(Z|UTC|GMT|[+-]\d{{2}}:?\d{{2}}))?|{CLOCK}")
LONGEST = 60


@dataclass(frozen=True)
class Number:
    """How one number is written.

    Attributes:
        decimal: `.` or `,` where such a mark stands before tenths, or could; else empty.
        thousands: the sign between thousands, or empty.
        open: whether the only mark may part thousands as well, as in 1.234.
        signs: what stands around the digits: `currency`, `percent`, `parentheses`, `minus`
            (U+2212), `behind` (a minus at the end), `power` (a Fortran D).
        currency: the sign or code of a currency.
    """

    decimal: str = ""
    thousands: str = ""
    open: bool = False
    signs: frozenset[str] = frozenset()
    currency: str = ""


# Most numbers are written so, and each in one of three ways.
PLAIN = re.compile(r"[+-]?([0-9]+)(?:\.([0-9]+))?(?:[eE][+-]?[0-9]+)?")
WHOLE, POINT, OPEN = Number(), Number("."), Number(".", open=True)


@lru_cache(maxsize=2**15)
def kind_of(cell: str) -> Kind:
    """Whether a cell holds a value, is marked as missing wherever it stands, or is text."""
    text = cell.strip()
    if text in MISSING:
        return "missing"
    if len(text) > LONGEST:
        return "text"
    is_value = number(text) is not None or MOMENT.fullmatch(text) or text.lower() in WORDS_OF_VALUE
    return "value" if is_value else "text"


def is_missing_word(cell: str) -> bool:
    """Whether a cell marks a missing number."""
    return cell.strip().lower() in MISSING_WORDS


def is_moment(cell: str) -> bool:
    """Whether a cell holds a date, a time of day or both."""
    return MOMENT.fullmatch(cell.strip()) is not None


def number(text: str) -> Number | None:
    """How a number is written; None for all else. Spaces around it are no part of it."""
    plain = PLAIN.fullmatch(text)
    if plain is not None:
        return _of_plain(*plain.groups())
    found = NUMBER.fullmatch(text)
    if found is None or bool(found["open"]) != bool(found["close"]):
        return None
    marks = _marks(found["body"])
    if marks is None:
        return None
    decimal, thousands, is_open = marks
    signs = {
        "currency": found["before"] or found["after"],
        "percent": found["percent"],
        "parentheses": found["open"],
        "minus": "−" in (found["sign"], found["sign2"], found["behind"]),
        "behind": found["behind"],
        "power": "d" in (found["power"] or "").lower(),
    }
    named = frozenset(name for name, there in signs.items() if there)
    return Number(decimal, thousands, is_open, named, found["before"] or found["after"] or "")


def _of_plain(whole: str, tenths: str | None) -> Number:
    """How digits with a point or none are written, as most numbers are."""
    if tenths is None:
        return WHOLE
    return OPEN if _is_grouped([whole, tenths]) else POINT


def _marks(body: str) -> tuple[str, str, bool] | None:
    """The decimal mark of digits and marks, the sign between thousands, and whether it is open."""
    marks = [sign for sign in body if sign not in DIGITS]
    if not marks:
        return "", "", False
    groups = re.split(r"[^0-9]", body)
    kinds = set(marks)
    if len(kinds) == 1 and marks[0] in ".,":
        if len(marks) == 1:
            return marks[0], "", _is_grouped(groups)
        return ("", marks[0], False) if _is_grouped(groups) else None
    *thousands, last = marks
    if last in ".," and last not in thousands:
        groups = groups[:-1]
    elif last in PARTS:
        thousands, last = marks, ""
    if len(set(thousands)) != 1 or not _is_grouped(groups):
        return None
    return last, thousands[0], False


def _is_grouped(groups: list[str]) -> bool:
    """Whether digits are grouped as thousands are; in India, those above are grouped by twos."""
    first, *middle, last = groups
    threes = all(len(group) == 3 for group in middle)
    twos = all(len(group) == 2 for group in middle)
    return 1 <= len(first) <= 3 and first[0] != "0" and len(last) == 3 and (threes or twos)
