"""Names of a Parquet file's columns: the row labels of pandas first, where they say something."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aecore.data.names import unique_names
from aecore.data.reading_notes import ReadingNote

if TYPE_CHECKING:
    import pyarrow as pa

# Under this name pandas keeps row labels that have none of their own.
UNNAMED = re.compile(r"__index_level_\d+__")
INDEX = "index"
LEFT_OUT = "Row labels without a name, whole numbers that number the rows, are left out."


def places_of(schema: pa.Schema) -> dict[str, int]:
    """Names on screen -> places in the file.

    Row labels of pandas come first, as pandas shows them, and are called "index" where they have no
    name; whole numbers without a name only number the rows and are left out.
    """
    labels = _labels(schema)
    others = [place for place in range(len(schema)) if place not in labels]
    named = [place for place in labels if not _only_numbers(schema.field(place))]
    names = [schema.names[place] for place in (*others, *named)]
    names = unique_names([INDEX if UNNAMED.fullmatch(name) else name for name in names])
    found = dict(zip(names, (*others, *named), strict=True))
    return dict(sorted(found.items(), key=lambda one: one[1] not in named))


def about_labels(schema: pa.Schema) -> list[ReadingNote]:
    """A note on row labels that are left out."""
    if len(places_of(schema)) == len(schema):
        return []
    return [ReadingNote("columns", LEFT_OUT, count=1, columns=("row labels",))]


def _labels(schema: pa.Schema) -> list[int]:
    """Places of the row labels of pandas."""
    about = schema.pandas_metadata or {}
    stored = [name for name in about.get("index_columns", ()) if isinstance(name, str)]
    unnamed = [name for name in schema.names if UNNAMED.fullmatch(name)]
    places = (schema.get_field_index(name) for name in dict.fromkeys((*stored, *unnamed)))
    return [place for place in places if place >= 0]


def _only_numbers(field: pa.Field) -> bool:
    import pyarrow as pa

    return bool(UNNAMED.fullmatch(field.name)) and pa.types.is_integer(field.type)
