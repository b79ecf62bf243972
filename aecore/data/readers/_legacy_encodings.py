"""Legacy encodings: which one a text that is not UTF-8 is likely written in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

LOOKED_AT = 2**16
HIGH = re.compile(rb"[\x80-\xff]")
# Of a hundred characters so many must be common ones; so many must be there.
LEAST_COMMON, LEAST_THERE = 0.9, 2
# Western letters with accents stand alone or two together, Cyrillic ones make whole words.
CYRILLIC, WESTERN = "cp1251", "cp1252"
CYRILLIC_WORD = re.compile(rb"[\xa8\xb8\xc0-\xff]{3,}")
LEAST_IN_WORDS, LEAST_CYRILLIC = 0.7, 8


@dataclass(frozen=True)
class PairEncoding:
    """An encoding in which most characters are two bytes.

    Attributes:
        character: of more than one byte, or of one beyond ASCII.
        common: such as are used often, and signs.
        sure: such as no Western text happens to hold, a third of them at least.
    """

    character: re.Pattern[bytes]
    common: re.Pattern[bytes]
    sure: re.Pattern[bytes]


def _pairs(character: bytes, common: bytes, sure: bytes) -> PairEncoding:
    return PairEncoding(*(re.compile(pattern) for pattern in (character, common, sure)))


BOTH_HIGH = rb"[\x80-\xff][\xa1-\xfe]"
# The standards list common characters first; signs and syllables come before them.
PAIRED = {
    "gb18030": _pairs(
        rb"[\x81-\xfe](?:[\x40-\xfe]|[\x30-\x39].{2})|\x80",
        rb"[\xa1-\xa9\xb0-\xd7][\xa1-\xfe]",
        BOTH_HIGH,
    ),
    "big5": _pairs(rb"[\x81-\xfe][\x40-\xfe]", rb"[\xa1-\xc6][\x40-\xfe]", BOTH_HIGH),
    "cp932": _pairs(
        rb"[\x81-\x9f\xe0-\xfc][\x40-\xfc]|[\xa1-\xdf]",
        rb"[\x81-\x97][\x40-\xfc]|[\xa6-\xdf]",
        rb"[\x82\x83][\x40-\xfc]|[\x81-\x97][\x80-\xfc]",
    ),
    "euc_jp": _pairs(
        rb"\x8f[\xa1-\xfe]{2}|[\x8e\xa1-\xfe][\xa1-\xfe]",
        rb"[\xa1-\xa5\xb0-\xcf][\xa1-\xfe]",
        rb"[\xa4\xa5][\xa1-\xfe]",
    ),
    "cp949": _pairs(
        rb"[\x81-\xfe][\x41-\xfe]", rb"[\xa1-\xa3\xb0-\xc8][\xa1-\xfe]", rb"[\xb0-\xc8][\xa1-\xfe]"
    ),
}


def likely_encoding(parts: Iterable[bytes]) -> str:
    """The encoding that lines of a text speak for, as Python names it; empty for Western ones.

    Args:
        parts: all bytes of the text, one after the other.
    """
    from charset_normalizer import from_bytes

    sample = _lines_beyond_ascii(parts)
    found = from_bytes(sample, cp_isolation=[*PAIRED, CYRILLIC, WESTERN]).best()
    named = "" if found is None else found.encoding
    # Syllables of Japanese stand in no Chinese text, which its kanji could be taken for.
    candidates = dict.fromkeys(["euc_jp", named, *PAIRED, CYRILLIC])
    return next((name for name in candidates if _is_plausible(sample, name)), "")


def _lines_beyond_ascii(parts: Iterable[bytes]) -> bytes:
    """The first lines that are not of ASCII alone."""
    found: list[bytes] = []
    size, left = 0, b""
    for part in parts:
        *lines, left = (left + part).splitlines(keepends=True) or [b""]
        chosen = [line for line in lines if HIGH.search(line)]
        found += chosen
        size += sum(map(len, chosen))
        if size >= LOOKED_AT:
            return b"".join(found)
    return b"".join([*found, left])


def _is_plausible(sample: bytes, encoding: str) -> bool:
    if encoding == CYRILLIC:
        return _is_cyrillic(sample)
    paired = PAIRED.get(encoding)
    if paired is None:
        return False
    try:
        sample.decode(encoding)
    except UnicodeDecodeError:
        return False
    characters = paired.character.findall(sample)
    common = sum(paired.common.fullmatch(one) is not None for one in characters)
    sure = sum(paired.sure.fullmatch(one) is not None for one in characters)
    there = len(characters)
    return there >= LEAST_THERE and common >= LEAST_COMMON * there and 3 * sure >= there


def _is_cyrillic(sample: bytes) -> bool:
    words = CYRILLIC_WORD.findall(sample)
    different = len({*b"".join(words)})
    high = len(HIGH.findall(sample))
    return different >= LEAST_CYRILLIC and sum(map(len, words)) >= LEAST_IN_WORDS * high
