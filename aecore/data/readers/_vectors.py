"""Vectors: cells that each hold a list of numbers, spread over columns of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aecore.data.names import shown
from aecore.data.readers._number_forms import some_of
from aecore.data.readers._text_columns import ReadColumn
from aecore.data.reading_notes import ReadingNote
from aecore.wording import counted

if TYPE_CHECKING:
    import pyarrow as pa

LEAST, CELLS_LOOKED_AT = 2, 50
ONE = r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?"
LIST = re.compile(rf"[\[(]\s*{ONE}(?:[\s,;]+{ONE})+[\s,;]*[\])]")


@dataclass(frozen=True)
class Spread:
    """The columns of a table, vectors spread.

    Attributes:
        notes: which columns held vectors.
        uneven: names of columns whose vectors are of different lengths, which stay text.
    """

    names: list[str]
    columns: list[ReadColumn]
    notes: list[ReadingNote]
    uneven: list[str]


def spread(names: Sequence[str], columns: Sequence[ReadColumn], as_text: Sequence[str]) -> Spread:
    """Columns as they are, but those of vectors as one column for each of their numbers."""
    found = Spread([], [], [], [])
    for name, column in zip(names, columns, strict=True):
        if name in as_text or not _are_vectors(column.values):
            found.names.append(name)
            found.columns.append(column)
            continue
        parts = _parts(column.values)
        if parts is None:
            found.names.append(name)
            found.columns.append(column)
            found.uneven.append(name)
            said = f'"{shown(name)}" holds lists of numbers of different lengths: ignored.'
            found.notes.append(ReadingNote("columns", said, count=1, columns=(name,)))
            continue
        own = [f"{name} {place}" for place in range(1, len(parts) + 1)]
        found.names.extend(own)
        found.columns.extend(ReadColumn(part) for part in parts)
        found.notes.append(_about(name, own))
    return found


def _about(name: str, own: Sequence[str]) -> ReadingNote:
    said = (
        f'"{shown(name)}" holds {counted(len(own), "number")} in each cell: they are the columns '
        f'"{shown(own[0])}" to "{shown(own[-1])}".'
    )
    return ReadingNote("guess", said, "text_columns", [name])


def _are_vectors(text: pa.ChunkedArray) -> bool:
    import pyarrow as pa

    if not pa.types.is_string(text.type):
        return False
    cells = some_of(text, CELLS_LOOKED_AT)
    return bool(cells) and all(LIST.fullmatch(cell) for cell in cells)


def _parts(text: pa.ChunkedArray) -> list[pa.ChunkedArray] | None:
    """A column of numbers for each place; None where not all cells hold as many numbers."""
    import pyarrow as pa
    import pyarrow.compute as pc

    plain = pc.replace_substring_regex(text, r"[\[\](),;\s]+", " ")
    lists = pc.ascii_split_whitespace(pc.ascii_trim_whitespace(plain))
    there = pc.is_valid(text).to_numpy()
    lengths = pc.unique(pc.list_value_length(lists.filter(pa.array(there)))).to_pylist()
    if len(lengths) != 1 or lengths[0] < LEAST:
        return None
    try:
        numbers = pc.cast(pc.list_flatten(lists), pa.float64()).to_numpy()
    except pa.ArrowInvalid:
        return None
    spread_out = np.full((len(text), lengths[0]), np.nan)
    spread_out[there] = numbers.reshape(-1, lengths[0])
    return [pa.chunked_array([pa.array(part, from_pandas=True)]) for part in spread_out.T]
