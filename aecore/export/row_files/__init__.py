"""Formats of files that hold rows, one a file: written part by part, and what they are called."""

from __future__ import annotations

from aecore.export.row_files._columns import names_of
from aecore.export.row_files._spec import RowFormat, RowWriter
from aecore.specs import collect

FORMATS: dict[str, RowFormat] = collect(__name__, __path__)

__all__ = ["FORMATS", "RowFormat", "RowWriter", "names_of"]
