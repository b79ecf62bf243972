"""Places in pictures, (n, h, w, channels), for corruptions that change a part of each."""

from __future__ import annotations

from typing import Any


def each(values: Any, xp: Any) -> Any:
    """(n, 1, 1) numbers of pictures (n,), to be compared with the places in these."""
    return xp.reshape(values, (-1, 1, 1))


def rows_and_columns(x: Any, xp: Any) -> tuple[Any, Any]:
    """(1, h, 1) and (1, 1, w), the number of each row and column, from 0."""
    _, height, width, _ = x.shape
    rows = xp.arange(height, dtype="float32")
    columns = xp.arange(width, dtype="float32")
    return xp.reshape(rows, (1, -1, 1)), xp.reshape(columns, (1, 1, -1))


def side_of(share: float, x: Any) -> int:
    """The side of a square, in pixels, that is such a share of the shorter side; 1 at least."""
    return max(1, round(share * min(x.shape[1:3])))


def starts(drawn: Any, side: int, length: int, xp: Any) -> Any:
    """(n,) whole places from which a side still ends within a length, of uniform numbers (n,)."""
    # Single precision may round up to the next whole number.
    return xp.minimum(xp.floor(drawn * (length - side + 1)), length - side)


def within(places: Any, start: Any, side: int, xp: Any) -> Any:
    """Which places lie in a stretch of so many from its start on."""
    return xp.logical_and(places >= start, places < start + side)


def painted(x: Any, inside: Any, shades: Any, xp: Any) -> Any:
    """x with one shade for each picture where `inside`, (n, h, w), is true.

    Args:
        shades: (n, 1, 1).
    """
    return xp.where(inside[..., None], shades[..., None], x)


def mixed(x: Any, down: Any, across: Any, xp: Any) -> Any:
    """(n, h, w, channels), each pixel a sum over the rows and columns of its picture.

    Args:
        down, across: (n, h, h) and (n, w, w), of each row or column what it takes of all.
    """
    _, height, width, channels = x.shape
    lines = xp.reshape(x, (-1, height, width * channels))
    by_rows = xp.reshape(xp.matmul(down, lines), (-1, height, width, channels))
    return xp.matmul(across[:, None], by_rows)
