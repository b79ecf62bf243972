"""Words such as NA and None that are a category of their own: where all else is categories."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from aecore.data.readers._cells import MISSING

if TYPE_CHECKING:
    import pyarrow as pa

# North America, not applicable, no damage. What programs write for gaps alone is none of these.
MAY_BE_CATEGORIES = ("NA", "N/A", "n/a", "None", "none")
# Categories come again, and are short.
ROWS_A_CATEGORY, LONGEST = 3, 50


def kept_words(
    column: pa.ChunkedArray, read: pa.ChunkedArray, words: Sequence[str]
) -> pa.ChunkedArray | None:
    """A mask of cells that are a category; None where there are none.

    Args:
        column: of text, as in the file.
        read: the same, with null where cells are missing.
        words: those that count as missing because a user says so.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    kept = [word for word in MAY_BE_CATEGORIES if word in MISSING and word not in words]
    if not pa.types.is_string(read.type) or not read.null_count or not _are_categories(read):
        return None
    mask = pc.is_in(pc.utf8_trim_whitespace(column), value_set=pa.array(kept, column.type))
    return mask if pc.any(mask).as_py() else None


def _are_categories(read: pa.ChunkedArray) -> bool:
    import pyarrow.compute as pc

    there = len(read) - read.null_count
    if not there or (pc.max(pc.utf8_length(read)).as_py() or 0) > LONGEST:
        return False
    return bool(pc.count_distinct(read, mode="only_valid").as_py() * ROWS_A_CATEGORY <= there)
