"""Ids: columns that number or name the rows, or whom a row belongs to, told by name and values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from aecore.data.columns.measures import MOST_EXACT, TWO, ColumnMeasures
from aecore.data.columns.number_times import is_named_step, is_named_time
from aecore.data.columns.words import plain, words

UNIQUE = "unique in each row"
ROW_NUMBERS = "whole numbers in a first column without a name: numbers of rows"
FIRST_UNIQUE = "whole numbers that are unique in each row, in the first column"
NAMED_AGAIN = "named like an id: the same for several rows"
MANY_DIGITS = "whole numbers of more than 15 digits: names rather than numbers"
MAY_BE_ID = "may be an id: a whole number of its own in each row"

ID_WORDS = {"id", "ids", "uuid", "guid", "index", "idx", "unnamed", "key", "rowid", "pk", "objid"}
# Each is an id where it stands alone and its numbers are unique.
ALONE = frozenset(
    (
        *("no", "nr", "num", "number", "nummer", "row", "rows", "rownames", "rowname", "rownum"),
        *("sno", "srno", "slno", "case", "subject", "patient", "user", "customer", "client"),
        *("account", "passenger", "sample", "record", "recordnumber", "recordno", "phone"),
        *("telephone", "mobile", "zip", "zipcode", "postcode", "plz", "ssn", "serial", "member"),
        *("employee", "student", "participant", "person", "kunde", "probe", "patientennummer"),
        *("kundennummer", "invoice", "ticket", "transaction", "seq", "sequence", "entry", "item"),
        *("instance", "observation", "obs", "unit", "line"),
    )
)
# What is numbered, where a number comes after it: `unit number`, but not `Reynolds number`.
NUMBERED = ALONE | {"house", "order", "batch", "lot", "part", "serial", "sr", "s", "sl", "tracking"}
NUMBER_WORDS = {"no", "nr", "num", "number", "nummer"}
# Whom rows belong to, of which each may have several.
PERSONS = {"subject", "patient", "participant", "customer", "user", "account", "person", "client"}
# Two or three numbers may count up by chance; more rows speak for an id without a name.
LEAST_COUNTED, LEAST_UNIQUE, LEAST_HINTED = 4, 20, 50
UNNAMED = re.compile(r"column \d+|unnamed(: \d+)?|v1", re.IGNORECASE)
NUMBERED_NAME = re.compile(r"column \d+( \(\d+\))?")


@dataclass(frozen=True)
class IdGuess:
    """What speaks for an id.

    Attributes:
        reason: why it is one, or may be one; empty where nothing speaks for it.
        is_sure: whether it is to be ignored.
    """

    reason: str = ""
    is_sure: bool = False


def is_headless(names: Sequence[str]) -> bool:
    """Whether no column has a name of its own."""
    return bool(names) and all(NUMBERED_NAME.fullmatch(name) for name in names)


def id_guess(measures: Sequence[ColumnMeasures], place: int) -> IdGuess:
    """Whether a column of numbers or categories tells rows, or whom they belong to, apart."""
    one, name = measures[place], measures[place].column.name
    if is_named_time(name) or is_named_step(name):
        return IdGuess()
    if _is_whole(one):
        if _has_many_digits(one):
            return IdGuess(MANY_DIGITS, is_sure=True)
        if _counts_rows(one) or (one.unique and one.rows >= LEAST_COUNTED and _is_named(name)):
            return IdGuess(UNIQUE, is_sure=True)
        if place == 0 and (UNNAMED.fullmatch(name) or one.unique):
            return _first(measures)
    if _is_named_again(name) and _comes_again(one):
        return IdGuess(NAMED_AGAIN, is_sure=True)
    return IdGuess()


def _first(measures: Sequence[ColumnMeasures]) -> IdGuess:
    """Whole numbers in the first column, without a name or each in one row alone."""
    one, headless = measures[0], is_headless([other.column.name for other in measures])
    if not headless and UNNAMED.fullmatch(one.column.name) and not one.few:
        return IdGuess(ROW_NUMBERS, is_sure=True)
    return _first_and_unique(measures, headless) if one.unique else IdGuess()


def _first_and_unique(measures: Sequence[ColumnMeasures], headless: bool) -> IdGuess:
    """A whole number of its own in each row of the first column, before measurements."""
    first, *others = measures
    numbers = [other for other in others if other.spread is not None]
    measured = [o for o in numbers if o.spread is not None and not o.spread.whole]
    if 2 * len(measured) <= len(numbers):
        return IdGuess()
    if headless and first.rows >= LEAST_UNIQUE:
        return IdGuess(FIRST_UNIQUE, is_sure=True)
    return IdGuess(MAY_BE_ID if first.rows >= LEAST_HINTED else "")


def _is_whole(one: ColumnMeasures) -> bool:
    return one.spread is not None and one.spread.whole


def _has_many_digits(one: ColumnMeasures) -> bool:
    """Whether numbers are beyond what floats tell apart, and no nanoseconds that rise."""
    rises = bool(one.unit) and one.order is not None and one.order.never_falls
    return one.spread is not None and one.spread.high > MOST_EXACT and not rises


def _counts_rows(one: ColumnMeasures) -> bool:
    """Whether numbers rise from 0 or 1."""
    low = one.spread.low if one.spread is not None else None
    return one.unique and one.rows >= LEAST_COUNTED and one.rises and low in (0, 1)


def _is_named(name: str) -> bool:
    found = words(name)
    if not found or ID_WORDS & set(found) or plain(name) in ALONE:
        return bool(found)
    *before, last = found
    if last in NUMBER_WORDS:
        return bool(before) and before[-1] in NUMBERED
    return any(last == word + number for word in NUMBERED for number in NUMBER_WORDS)


def _is_named_again(name: str) -> bool:
    found = words(name)
    if not found:
        return False
    numbered = len(found) == TWO and found[0] in NUMBERED and found[1] in NUMBER_WORDS
    return found[-1] in {"id", "ids", "uuid", "guid"} or numbered or plain(name) in PERSONS


def _comes_again(one: ColumnMeasures) -> bool:
    """Numbers or names of which there are more than two."""
    listed = one.column.type == "category" or _is_whole(one)
    return listed and one.column.distinct > TWO and not one.unique
