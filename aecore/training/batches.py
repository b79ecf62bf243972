"""Batches of an epoch: how many rows each step of the weights sees."""

from __future__ import annotations

# Of fewer rows a batch's mean, spread or distance from a prior says next to nothing.
LEAST_FOR_STATISTICS = 8
# Rows that are evaluated at once.
EVALUATION_BATCH = 1024


def rows_in_whole_batches(rows: int, batch_size: int, least: int = 1) -> int:
    """How many of the rows come in batches of full size; those left make a last one.

    Args:
        least: fewer rows than this are joined to the batch before them, if there is one.
    """
    whole, rest = divmod(rows, batch_size)
    if 0 < rest < least and whole:
        whole -= 1
    return whole * batch_size


def batch_count(rows: int, batch_size: int, least: int = 1) -> int:
    """Batches in an epoch of so many rows; none is larger than all rows together."""
    size = min(batch_size, rows)
    whole = rows_in_whole_batches(rows, size, least)
    return whole // size + (whole < rows)
