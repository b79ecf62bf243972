"""Blocks of rows: how many are held in memory at once."""

from __future__ import annotations

from collections.abc import Iterator

FLOAT_BYTES = 4
BLOCK_ROWS, BLOCK_BYTES = 2**16, 32 * 2**20


def block_rows(features: int) -> int:
    """Rows of so many values that are held at once."""
    return max(1, min(BLOCK_ROWS, BLOCK_BYTES // (FLOAT_BYTES * max(1, features))))


def blocks(rows: int, size: int) -> Iterator[slice]:
    """Slices of at most `size` rows, one after another, that together are all rows."""
    return (slice(start, min(start + size, rows)) for start in range(0, rows, size))
