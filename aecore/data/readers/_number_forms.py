"""`NumberForm`: how a column writes its numbers, and columns of text read in such a form."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from aecore.data.readers._cells import SPACES, Number, number
from aecore.data.stopping import go_on

if TYPE_CHECKING:
    import pyarrow as pa


CELLS_LOOKED_AT = 1000


@dataclass(frozen=True)
class NumberForm:
    """How the numbers of one column are written.

    Attributes:
        decimal: the mark before tenths, `.` or `,`.
        thousands: all signs that part thousands.
        signs: what stands around digits, as in `Number`.
        currencies: signs and codes of currencies.
    """

    decimal: str = "."
    thousands: frozenset[str] = frozenset()
    signs: frozenset[str] = frozenset()
    currencies: frozenset[str] = frozenset()


@dataclass
class Evidence:
    """What some cells say of how their column writes numbers.

    Attributes:
        cells: looked at.
        numbers: those of them that are numbers.
        decimals: how many prove each decimal mark.
        open: how many have but one mark, that may part thousands as well, by this mark.
    """

    cells: int = 0
    numbers: list[Number] = field(default_factory=list)
    decimals: Counter[str] = field(default_factory=Counter)
    open: Counter[str] = field(default_factory=Counter)

    @property
    def proved(self) -> str:
        """The decimal mark that most of the numbers prove; empty where none does."""
        return max(self.decimals, key=lambda mark: self.decimals[mark], default="")

    def form(self, decimal: str) -> NumberForm:
        """The form, once the decimal mark is known."""
        thousands = {n.thousands for n in self.numbers if n.thousands}
        thousands |= {"." if decimal == "," else ","}
        return NumberForm(
            decimal,
            frozenset(thousands - {decimal}),
            frozenset().union(*(n.signs for n in self.numbers)),
            frozenset(n.currency for n in self.numbers if n.currency),
        )


def evidence_of(cells: Iterable[str]) -> Evidence:
    """What cells say; `1,234.5` proves a point, `1,5` a comma, and `1.234` neither."""
    found = Evidence()
    for cell in cells:
        found.cells += 1
        how = number(cell.strip())
        if how is None:
            continue
        found.numbers.append(how)
        if how.open:
            found.open[how.decimal] += 1
        elif how.decimal:
            found.decimals[how.decimal] += 1
        elif how.thousands in (".", ","):
            found.decimals["," if how.thousands == "." else "."] += 1
    return found


def read_numbers(text: pa.ChunkedArray, form: NumberForm) -> pa.ChunkedArray:
    """A column of text as int64 or float64; null where a cell is no number of this form."""
    import pyarrow as pa
    import pyarrow.compute as pc

    bare = _bare(text, form)
    fits = pc.match_substring_regex(bare, _pattern(form))
    bare = pc.if_else(fits, bare, pa.scalar(None, bare.type))
    parts = "".join(re.escape(sign) for sign in form.thousands)
    if parts:
        bare = pc.replace_substring_regex(bare, f"[{parts}]", "")
    if form.decimal == ",":
        bare = pc.replace_substring(bare, ",", ".")
    for kind in (pa.int64(), pa.float64()):
        try:
            return pc.cast(bare, kind)
        except pa.ArrowInvalid:
            continue
    raise AssertionError("The pattern lets through what is no number.")


def only_thousands(text: pa.ChunkedArray, form: NumberForm) -> bool:
    """Whether each number of a column is of this form, and some are parted into thousands."""
    import pyarrow.compute as pc

    sign = next(iter(form.thousands & {".", ","}))
    parted = pc.any(pc.match_substring(text, sign)).as_py()
    return bool(parted and pc.all(pc.match_substring_regex(text, _pattern(form))).as_py())


def _bare(text: pa.ChunkedArray, form: NumberForm) -> pa.ChunkedArray:
    """Without what stands around digits."""
    import pyarrow.compute as pc

    space, signs = f"[{SPACES}]*", form.signs
    rules: list[tuple[str, str]] = []
    if "minus" in signs:
        rules.append(("\N{MINUS SIGN}", "-"))
    if form.currencies:
        named = "|".join(map(re.escape, sorted(form.currencies, key=len, reverse=True)))
        rules.append((rf"^([+\-(]*){space}(?:{named}){space}", r"\1"))
        rules.append((rf"{space}(?:{named})([\-)]*)$", r"\1"))
    if "percent" in signs:
        rules.append((rf"{space}[%‰](\)?)$", r"\1"))
    if "parentheses" in signs:
        rules.append((r"^\(([^-].*)\)$", r"-\1"))
    if "behind" in signs:
        rules.append((r"^([^+\-].*)-$", r"-\1"))
    if "power" in signs:
        rules.append((r"[dD]([+\-]?[0-9]+)$", r"e\1"))
    rules.append((rf"^([+\-])[{SPACES}]+", r"\1"))
    for pattern, plain in rules:
        text = pc.replace_substring_regex(text, pattern, plain)
    return text


def _pattern(form: NumberForm) -> str:
    """A regular expression of a bare number of this form."""
    whole = "[0-9]+"
    for sign in sorted(form.thousands):
        part = re.escape(sign)
        whole += f"|[1-9][0-9]{{0,2}}(?:{part}[0-9]{{3}})+"
        if sign == ",":
            whole += "|[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}"
    mark = re.escape(form.decimal)
    digits = f"(?:(?:{whole})(?:{mark}[0-9]*)?|{mark}[0-9]+)"
    return f"^[+-]?{digits}(?:[eE][+-]?[0-9]+)?$"


def some_of(text: pa.ChunkedArray, most: int = CELLS_LOOKED_AT) -> list[str]:
    """At most so many of a column's cells, taken evenly from all over, missing ones left out."""
    go_on()
    step, first = max(1, -(-len(text) // most)), 0
    found: list[str] = []
    # Chunk by chunk: to take of all at once, Arrow first copies the column into one chunk.
    for chunk in text.chunks:
        cells = chunk.take(np.arange(first, len(chunk), step)) if step > 1 else chunk
        found += [cell for cell in cells.to_pylist() if cell is not None]
        first = first + step * len(cells) - len(chunk) if step > 1 else 0
    return found
