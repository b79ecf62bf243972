"""Arrays: what an array's shape means, a table, grey images or colour images."""

from __future__ import annotations

import math

import numpy as np

from aecore.data.dataset import Kind
from aecore.data.limits import refuse_above
from aecore.errors import DataError

MAX_CHANNELS = 4
TABLE_RANK = 2
GREY_RANK = 3
COLOUR_RANK = 4
CHANNELS_FIRST = (1, 3)


def layout(shape: tuple[int, ...], what: str) -> tuple[Kind, tuple[int, ...]]:
    """How samples of an array are shown, and the shape of one of them.

    Rank 2 is a table, rank 3 grey images, rank 4 with at most four channels last colour images;
    all else is laid out flat as a table.

    Args:
        what: the subject of the sentence, such as "x in a.npz".

    Raises:
        DataError: there are no samples, more than the limits allow, or channels come first.
    """
    if len(shape) < TABLE_RANK or min(shape) < 1:
        raise DataError(
            f"{what} must have rows of at least one value each; its shape is {shape}.",
            "Save it as (rows, features) or (rows, height, width).",
        )
    refuse_above("rows", shape[0], what, "Save fewer rows.")
    _refuse_channels_first(shape, what)
    if _are_images(shape):
        refuse_above("pixels", shape[1] * shape[2], f"An image of {what}", "Scale the images down.")
        return "image", (*shape[1:], 1)[:GREY_RANK]
    features = math.prod(shape[1:])
    refuse_above("columns", features, what, "Save images as (rows, height, width, channels).")
    return "table", (features,)


def as_samples(x: np.ndarray, what: str) -> tuple[Kind, np.ndarray]:
    """The kind, and x as (n, *sample_shape): bytes stay bytes, other numbers become float32.

    Numbers that float32 would change, such as 123456789.12, become float64 instead.

    Raises:
        DataError: as `layout`, or a value is missing, infinite or too large for float32.
    """
    kind, sample_shape = layout(x.shape, what)
    x = x.reshape(-1, *sample_shape)
    if x.dtype == np.uint8:
        return kind, x
    with np.errstate(over="ignore"):
        single = x.astype(np.float32)
    if not np.isfinite(single).all():
        raise DataError(
            f"{what} holds missing or infinite values, or some beyond 3.4e38.",
            "Replace them or drop their rows, and save the file again.",
        )
    return kind, single if np.array_equal(single, x) else x.astype(np.float64)


def numbered_features(kind: Kind, x: np.ndarray) -> tuple[str, ...]:
    """Names for the columns of a table that came without any; none for images."""
    if kind == "image":
        return ()
    return tuple(f"feature {i}" for i in range(x.shape[1]))


def _are_images(shape: tuple[int, ...]) -> bool:
    coloured = len(shape) == COLOUR_RANK and shape[-1] <= MAX_CHANNELS
    return coloured or len(shape) == GREY_RANK


def _refuse_channels_first(shape: tuple[int, ...], what: str) -> None:
    if len(shape) != COLOUR_RANK or shape[-1] <= MAX_CHANNELS or shape[1] not in CHANNELS_FIRST:
        return
    raise DataError(
        f"{what} looks like images with their channels first; its shape is {shape}.",
        "Put the channels last with x.transpose(0, 2, 3, 1), and save the file again.",
    )
