"""Wording: numbers and counted things as a sentence writes them, for people of any trade."""

from __future__ import annotations

import math

# Nouns whose plural is the same word.
UNCOUNTABLE = ("series",)
HISSING = ("s", "x", "sh", "ch")
# Ends in letters that hiss elsewhere.
HARD = ("epoch",)
VOWELS = "aeiou"
# Stands where a number will be.
NOT_YET = "–"
POWERS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def count(number: int) -> str:
    """A whole number with commas, such as 222,384."""
    return f"{number:,}"


def counted(number: int, noun: str) -> str:
    """So many of a thing, such as 1 row, 1,200 rows or 3 classes; its last word is counted."""
    return f"{count(number)} {noun if number == 1 else plural(noun)}"


def verb(number: int, one: str, several: str) -> str:
    """The verb that goes with so many, such as "raises" with 1 and "raise" with 2."""
    return one if number == 1 else several


def plural(noun: str) -> str:
    """More than one of a thing, such as rows, classes, entries or series."""
    if noun.endswith(UNCOUNTABLE):
        return noun
    if noun.endswith(HISSING) and not noun.endswith(HARD):
        return f"{noun}es"
    if noun.endswith("y") and noun[-2] not in VOWELS:
        return f"{noun[:-1]}ies"
    return f"{noun}s"


def rounded(value: float, digits: int = 3) -> str:
    """A number to so many significant digits, such as 0.0172 or 1,474; a dash for none.

    Very small and very large ones are written as 1.2 × 10⁻⁵, never as 1.2e-05.
    """
    if not math.isfinite(value):
        return NOT_YET
    if value != 0 and not 1e-4 <= abs(value) < 1e9:
        tens, power = f"{value:.{digits - 1}e}".split("e")
        return f"{tens} × 10{str(int(power)).translate(POWERS)}"
    before = 0 if value == 0 else math.floor(math.log10(abs(value)))
    decimals = digits if value == 0 else digits - 1 - before
    # Zero has no sign.
    return f"{value:z,.{max(0, decimals)}f}"


def short(value: float, digits: int = 6) -> str:
    """A number without zeros that say nothing, such as 32, 0.001 or 1.5; for settings and axes."""
    if not math.isfinite(value):
        return NOT_YET
    said = rounded(value, digits)
    number, times, power = said.partition(" × ")
    if "." in number:
        number = number.rstrip("0").rstrip(".")
    return f"{number}{times}{power}"


def against(ratio: float, other: str) -> str:
    """An error beside another's, from their ratio, such as "41 % less error than PCA"."""
    if not math.isfinite(ratio):
        return ""
    share = abs(ratio - 1.0)
    if share < 0.005:
        return f"the same error as {other}"
    if ratio >= 2:
        return f"{rounded(ratio, 2)} times the error of {other}"
    return f"{100 * share:.0f} % {'less' if ratio < 1 else 'more'} error than {other}"
