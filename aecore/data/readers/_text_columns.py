"""Columns of text as what they hold: numbers, true and false, moments, or text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

MISSING = (
    *("", "?", "NA", "N/A", "n/a", "<NA>", "#N/A", "#NA", "NaN", "nan", "NAN", "-nan", "-NaN"),
    *("NULL", "Null", "null", "None", "none"),
    *("#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"),
)
# 5   1.234   1.234.567,8   but not 0.123, which no one writes for 123.
COMMA_NUMBER = r"^[+-]?([1-9][0-9]{0,2}([.][0-9]{3})+|[0-9]+)(,[0-9]+)?([eE][+-]?[0-9]+)?$"


def typed(columns: Sequence[pa.ChunkedArray], decimal_comma: bool) -> list[pa.ChunkedArray]:
    """Each column of text as int64, float64, bool or timestamp where all its values are such.

    Spaces around values are dropped, and usual markers of missing values become null. Dates are
    those of ISO 8601; times with a zone are turned to UTC.

    Args:
        decimal_comma: whether 1,5 may mean one and a half. Where it does in one column, 1.500
            means fifteen hundred in all of them.
    """
    found = [_typed(column) for column in columns]
    if not decimal_comma:
        return found
    commas = [_with_commas(column) for column in columns]
    pairs = list(zip(found, commas, strict=True))
    if not any(_is_text(plain) and comma is not None for plain, comma in pairs):
        return found
    return [plain if comma is None else comma for plain, comma in pairs]


def _typed(column: pa.ChunkedArray) -> pa.ChunkedArray:
    import pyarrow as pa

    text = _present(column)
    whole = _cast(text, pa.int64())
    if whole is not None and not _has(text, "x"):
        return whole
    # True and false come after numbers, since 0 and 1 could be either.
    kinds = (pa.float64(), pa.bool_(), pa.timestamp("us"), pa.timestamp("ns"))
    for kind in (*kinds, pa.timestamp("us", "UTC")):
        values = _cast(text, kind)
        if values is not None:
            return values
    return text


def _present(column: pa.ChunkedArray) -> pa.ChunkedArray:
    import pyarrow as pa
    import pyarrow.compute as pc

    trimmed = pc.utf8_trim_whitespace(column)
    missing = pc.is_in(trimmed, value_set=pa.array(MISSING, trimmed.type))
    return pc.if_else(missing, pa.scalar(None, trimmed.type), trimmed)


def _cast(text: pa.ChunkedArray, kind: pa.DataType) -> pa.ChunkedArray | None:
    import pyarrow as pa
    import pyarrow.compute as pc

    try:
        return pc.cast(text, kind)
    except pa.ArrowInvalid:
        return None


def _with_commas(column: pa.ChunkedArray) -> pa.ChunkedArray | None:
    """Numbers written as 1.234,5, where a column holds only such and not all of them are plain."""
    import pyarrow as pa
    import pyarrow.compute as pc

    text = _present(column)
    if not (_has(text, ",") or _has(text, ".")):
        return None
    if not pc.all(pc.match_substring_regex(text, COMMA_NUMBER)).as_py():
        return None
    plain = pc.replace_substring(pc.replace_substring(text, ".", ""), ",", ".")
    return _cast(plain, pa.float64())


def _has(text: pa.ChunkedArray, part: str) -> bool:
    import pyarrow.compute as pc

    return bool(pc.any(pc.match_substring(text, part, ignore_case=True)).as_py())


def _is_text(column: pa.ChunkedArray) -> bool:
    import pyarrow as pa

    return pa.types.is_string(column.type)
