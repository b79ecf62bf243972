"""Tables written by dialects that are drawn at random, as strategies for hypothesis."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from hypothesis import strategies as st

SIGNS = {
    **{"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|", "caret": "^", "tilde": "~"},
    **{"double-colon": "::", "spaces": "  "},
}
MISSING = ("", "NA", "-", "n.a.", "null", ".", "#N/A", "\\N", "nan", "missing")
UNITS = ("°C", "hPa", "[m/s]", "(kW)", "%", "-", "s")
WORDS = ("red", "green", "blue", "l'azul", "light grey", "Größe", "x-1", "a, b", "c; d", "5 mm")
PREAMBLES = (
    (),
    ("Weather station 4",),
    ("Station: Lindenberg", "Height: 112 m", ""),
    ("# made by hand", "# in spring, 2024"),
    ("Report of the year 2024", "", "Serial number;SN-1"),
)
# Numbers of fewer digits behind the mark have something around them.
DECORATED = 3
FOOTERS = ("", "", "(2 rows affected)", "Source: own measurements")
ENCODINGS = ("utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1252")


@dataclass(frozen=True)
class Dialect:
    """How a table is written."""

    separator: str = "comma"
    decimal: str = "."
    thousands: str = ""
    quoting: str = "minimal"
    heading: bool = True
    units: bool = False
    preamble: tuple[str, ...] = ()
    footer: str = ""
    missing: str = ""
    end: str = "\n"
    encoding: str = "utf-8"
    trailing: bool = False
    empty_rows: bool = False
    again: bool = False
    around: str = "{}"
    minus: str = "-"


@st.composite
def dialects(draw: st.DrawFn) -> Dialect:
    """Dialects in which nothing makes a table impossible to be read by anyone."""
    separator = draw(st.sampled_from(sorted(SIGNS)))
    decimal = draw(st.sampled_from(".,"))
    other = "," if decimal == "." else "."
    spaces = separator == "spaces"
    thousands = draw(st.sampled_from(["", "", other, "'", *([] if spaces else [" ", "\u00a0"])]))
    missing = draw(st.sampled_from(MISSING[1:] if spaces else MISSING))
    quoting = draw(st.sampled_from(["minimal", "all"]))
    encoding = draw(st.sampled_from(ENCODINGS))
    heading = draw(st.booleans()) or draw(st.booleans())
    # Right above numbers nobody can tell a title from a heading.
    titled = [some for some in PREAMBLES if heading or not some or some[-1] == ""]
    return Dialect(
        separator,
        decimal,
        thousands,
        "minimal" if separator == "double-colon" else quoting,
        heading=heading,
        units=draw(st.booleans()) and not spaces,
        preamble=draw(st.sampled_from(titled)),
        footer=draw(st.sampled_from(FOOTERS)),
        missing=missing,
        end=draw(st.sampled_from(["\n", "\n", "\r\n", "\r"])),
        encoding=encoding,
        trailing=draw(st.booleans()) and not spaces,
        empty_rows=draw(st.booleans()) and not spaces,
        again=draw(st.booleans()),
        around=draw(st.sampled_from(["{}", "{}", "{}%", "${}", *([] if spaces else ["{} €"])])),
        minus=draw(st.sampled_from("--−")) if encoding != "cp1252" else "-",
    )


@st.composite
def tables(draw: st.DrawFn) -> pd.DataFrame:
    """A table of numbers, words and moments, some of the numbers missing."""
    rows = draw(st.integers(12, 40))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    kinds = draw(
        st.lists(st.sampled_from(["small", "large", "whole", "word", "moment"]), max_size=3)
    )
    columns = {}
    for place, kind in enumerate(["small", *kinds, draw(st.sampled_from(["large", "whole"]))]):
        columns[f"name{place}"] = _column(kind, rows, random)
    # Rows without any value are left out.
    columns["name0"] = np.nan_to_num(columns["name0"], nan=1.5)
    return pd.DataFrame(columns)


def _column(kind: str, rows: int, random: np.random.Generator) -> object:
    if kind == "word":
        return np.array(WORDS, dtype=object)[random.integers(0, len(WORDS), rows)]
    if kind == "moment":
        return pd.Timestamp("2024-01-01") + pd.to_timedelta(np.arange(rows), unit="h")
    digits = int(random.integers(1, 5))
    scale = {"small": 10, "large": 1e5, "whole": 1e4}[kind]
    numbers = random.normal(0, scale, rows).round(0 if kind == "whole" else digits) + 0.0
    numbers[random.random(rows) < 0.1] = np.nan
    return numbers


def written(frame: pd.DataFrame, how: Dialect) -> bytes:
    """A table as the bytes of a file."""
    lines = list(how.preamble)
    heading = _row(list(frame.columns), how)
    if how.heading:
        lines.append(heading)
    if how.heading and how.units:
        lines.append(_row([UNITS[i % len(UNITS)] for i in range(frame.shape[1])], how))
    decimals = {name: _digits(frame[name]) for name in frame.columns}
    for number, row in enumerate(frame.itertuples(index=False)):
        if how.again and how.heading and number == len(frame) // 2:
            lines.append(heading)
        if how.empty_rows and number % 7 == 6:
            lines.append(_row([""] * frame.shape[1], how))
        cells = [
            _cell(value, decimals[name], how)
            for name, value in zip(frame.columns, row, strict=True)
        ]
        lines.append(_row(cells, how))
    if how.footer:
        lines += ["", how.footer]
    return (how.end.join(lines) + how.end).encode(how.encoding)


def _digits(column: pd.Series) -> int:
    if column.dtype.kind != "f":
        return 0
    texts = [f"{value:.6f}".rstrip("0") for value in column.dropna()]
    return max((len(text.partition(".")[2]) for text in texts), default=0)


def _cell(value: object, digits: int, how: Dialect) -> str:
    if isinstance(value, float):
        if np.isnan(value):
            return how.missing
        signs = {",": how.thousands, ".": how.decimal, "-": how.minus}
        text = f"{value:,.{digits}f}".translate(str.maketrans(signs))
        return how.around.format(text) if digits and digits < DECORATED else text
    return str(value)


def _row(cells: list[str], how: Dialect) -> str:
    sign = SIGNS[how.separator]
    if how.trailing:
        cells = [*cells, ""]
    return sign.join(_quoted(cell, how, sign) for cell in cells)


def _quoted(cell: str, how: Dialect, sign: str) -> str:
    needed = any(part in cell for part in (sign.strip(" ") or " ", '"', "\n"))
    if how.separator == "double-colon":
        return cell
    always = how.quoting == "all" and cell != ""
    return f'"{cell}"' if needed or always else cell
