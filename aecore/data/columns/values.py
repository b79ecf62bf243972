"""Values of a column, as numbers, moments in time, or texts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from aecore.data.columns.moments import read_moments
from aecore.data.columns.time_order import unwrapped

if TYPE_CHECKING:
    import pandas as pd

Form = Literal["number", "time", "text"]

# What pandas calls the values of a column of Python objects.
NUMBERS = {"integer", "floating", "mixed-integer-float", "decimal"}
TIMES = {"datetime", "datetime64", "date"}

LOOKED_AT = 1000


@dataclass(frozen=True)
class ColumnValues:
    """The values of a column in one of three forms.

    Attributes:
        form: of all values.
        values: (rows,) float64, with NaN for missing numbers; datetime64 in UTC, with NaT; or
            objects: text, with None.
        listed: whether the column itself says that its texts are categories, or true and false.
    """

    form: Form
    values: np.ndarray
    listed: bool = False


def column_values(column: pd.Series) -> ColumnValues:
    """The values of a column of any type; what is no number and no moment becomes text.

    Text that reads as dates or clock times, in 95 of 100 values, becomes moments.
    """
    from pandas.api import types

    if types.is_bool_dtype(column.dtype) or isinstance(column.dtype, _categorical()):
        return ColumnValues("text", _texts(column), listed=True)
    kind = _kind(column)
    numbers = _numbers(column) if kind == "number" else None
    if numbers is not None:
        return ColumnValues("number", numbers)
    if kind == "time":
        return ColumnValues("time", _moments(column))
    texts = _texts(column)
    if kind == "truth":
        return ColumnValues("text", texts, listed=True)
    dates = _dates(texts)
    return ColumnValues("text", texts) if dates is None else ColumnValues("time", dates)


def written_texts(column: pd.Series) -> np.ndarray | None:
    """(rows,) objects: text, with None, of a column that holds text and no list of categories."""
    from pandas.api import types

    listed = isinstance(column.dtype, _categorical()) or types.is_bool_dtype(column.dtype)
    return None if listed or _kind(column) != "text" else _texts(column)


def holds_moments(column: pd.Series) -> bool:
    """Whether a column says of itself, or of its objects of Python, that they are moments."""
    return _kind(column) == "time"


def value_text(value: Any) -> str:
    """A value as a check sheet names it: whole numbers have no point, text is as it is."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="backslashreplace")
    if isinstance(value, float | np.floating):
        # Adding 0 makes -0 a plain 0, to which it is equal.
        return f"{value + 0.0:.15g}"
    return value_text(str(value))


def in_order(texts: Iterable[str]) -> tuple[str, ...]:
    """Texts sorted; where all of them are numbers, as numbers."""
    texts = sorted(texts)
    try:
        numbers = [float(text) for text in texts]
    except ValueError:
        return tuple(texts)
    if not np.isfinite(numbers).all():
        return tuple(texts)
    return tuple(text for _, text in sorted(zip(numbers, texts, strict=True)))


def spaced(values: np.ndarray, most: int = LOOKED_AT) -> np.ndarray:
    """At most so many of the values (n,), taken evenly from all over."""
    return values[:: max(1, -(-len(values) // most))]


def hashes(found: ColumnValues) -> np.ndarray:
    """(rows,) uint64, equal for equal values."""
    from pandas.util import hash_array

    values = found.values
    return np.asarray(hash_array(values + 0.0 if found.form == "number" else values))


def _categorical() -> type:
    import pandas as pd

    return pd.CategoricalDtype


def _kind(column: pd.Series) -> str:
    """What a column says of itself or, of Python objects, what they are."""
    from pandas.api import types

    if types.is_complex_dtype(column.dtype):
        return "text"
    if types.is_numeric_dtype(column.dtype):
        return "number"
    if types.is_datetime64_any_dtype(column.dtype):
        return "time"
    if not types.is_object_dtype(column.dtype):
        return "text"
    inferred = types.infer_dtype(column, skipna=True)
    kinds = dict.fromkeys(NUMBERS, "number") | dict.fromkeys(TIMES, "time")
    return {**kinds, "boolean": "truth"}.get(inferred, "text")


def _numbers(column: pd.Series) -> np.ndarray | None:
    """None for whole numbers so large that no float is near them."""
    try:
        return column.to_numpy(dtype=np.float64, na_value=np.nan)
    except OverflowError:
        return None


def _moments(column: pd.Series) -> np.ndarray:
    """What is no moment is missing."""
    import pandas as pd

    moments = pd.to_datetime(column, utc=True, errors="coerce")
    return np.asarray(moments.dt.tz_localize(None))


def _texts(column: pd.Series) -> np.ndarray:
    import pandas as pd

    if isinstance(column.dtype, pd.StringDtype):
        return column.to_numpy(dtype=object, na_value=None)
    texts = np.full(len(column), None, dtype=object)
    there = column.notna().to_numpy(dtype=bool)
    texts[there] = [value_text(value) for value in column[there]]
    return texts


def _dates(texts: np.ndarray) -> np.ndarray | None:
    """Texts as moments, those that are no dates as missing; None where too few are dates."""
    found = read_moments(texts)
    if found is None:
        return None
    return unwrapped(found.values) if found.is_clock else found.values
