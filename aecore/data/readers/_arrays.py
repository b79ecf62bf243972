"""Arrays: what an array's shape means, a table, series, grey images or colour images."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from aecore.data.dataset import Dataset, Kind
from aecore.data.limits import refuse_above
from aecore.data.readers._array_guesses import Guess, guessed_kind
from aecore.data.reading_notes import ReadingNote
from aecore.data.reading_options import (
    AS_FOUND,
    AUTO,
    CHANNELS_FIRST,
    IMAGES,
    ROWS,
    ReadingOptions,
)
from aecore.errors import DataError

MAX_CHANNELS = 4
TABLE_RANK = 2
GREY_RANK = 3
COLOUR_RANK = 4
COLOURS_FIRST = (1, 3)
OPTIONS = ("sample_kind",)


class Samples(NamedTuple):
    """Samples of an array, (n, *sample_shape), what each is, and how that was found out."""

    kind: Kind
    x: np.ndarray
    notes: tuple[ReadingNote, ...] = ()


def layout(
    shape: tuple[int, ...], what: str, options: ReadingOptions = AS_FOUND
) -> tuple[Kind, tuple[int, ...]]:
    """How samples of an array are shown, and the shape of one of them.

    Rank 2 is a table, rank 3 grey images, rank 4 with at most four channels last colour images;
    all else is laid out flat as a table, unless the options say otherwise. Of rank 3, only values
    tell images from series.

    Args:
        what: the subject of the sentence, such as "x in a.npz".

    Raises:
        DataError: there are no samples, more than the limits allow, channels come first, or the
            array has no such samples as the options say.
    """
    if len(shape) < TABLE_RANK or min(shape) < 1:
        raise DataError(
            f"{what} must have rows of at least one value each; its shape is {shape}.",
            "Save it as (rows, features), (rows, steps, channels) or (rows, height, width).",
        )
    refuse_above("rows", shape[0], what, "Save fewer rows.")
    wanted = options.sample_kind
    if wanted == AUTO:
        _refuse_colours_first(shape, what)
        wanted = IMAGES if _are_images(shape) else ROWS
    if wanted == IMAGES:
        return "image", _of_image(shape, what)
    if wanted == ROWS:
        features = math.prod(shape[1:])
        refuse_above("columns", features, what, "Save images as (rows, height, width, channels).")
        return "table", (features,)
    return "series", _of_series(shape, what, first=wanted == CHANNELS_FIRST)


def as_samples(x: np.ndarray, what: str, options: ReadingOptions = AS_FOUND) -> Samples:
    """What samples are, and x as (n, *sample_shape): bytes stay bytes, others become float32.

    Numbers that float32 would change, such as 123456789.12, become float64 instead.

    Raises:
        DataError: as `layout`, or a value is missing, infinite or too large for float32.
    """
    kind, _ = layout(x.shape, what, options)
    values = _finite(x, what)
    if options.sample_kind != AUTO or x.ndim == TABLE_RANK:
        return Samples(kind, _laid_out(values, what, options))
    guess = guessed_kind(values) if x.ndim == GREY_RANK else _of_rank(x.shape)
    found = options.model_copy(update={"sample_kind": guess.kind})
    kind, sample_shape = layout(x.shape, what, found)
    note = _note(guess, kind, sample_shape)
    return Samples(kind, _laid_out(values, what, found), (note,))


def as_dataset(samples: Samples) -> Dataset:
    """Samples without labels."""
    kind, x, notes = samples
    names = numbered_features(kind, x)
    return Dataset(x=x, y=None, kind=kind, feature_names=names, notes=notes)


def numbered_features(kind: Kind, x: np.ndarray) -> tuple[str, ...]:
    """Names for columns or channels that came without any; none for images."""
    if kind == "image":
        return ()
    if kind == "series":
        return tuple(f"channel {i + 1}" for i in range(x.shape[-1]))
    return tuple(f"feature {i}" for i in range(x.shape[1]))


def _finite(x: np.ndarray, what: str) -> np.ndarray:
    if x.dtype == np.uint8:
        return x
    with np.errstate(over="ignore"):
        single = x.astype(np.float32)
    if not np.isfinite(single).all():
        raise DataError(
            f"{what} holds missing or infinite values, or some beyond 3.4e38.",
            "Replace them or drop their rows, and save the file again.",
        )
    return single if np.array_equal(single, x) else x.astype(np.float64)


def _laid_out(x: np.ndarray, what: str, options: ReadingOptions) -> np.ndarray:
    _, sample_shape = layout(x.shape, what, options)
    if options.sample_kind == CHANNELS_FIRST and x.ndim == GREY_RANK:
        x = np.ascontiguousarray(x.transpose(0, 2, 1))
    return x.reshape(-1, *sample_shape)


def _are_images(shape: tuple[int, ...]) -> bool:
    coloured = len(shape) == COLOUR_RANK and shape[-1] <= MAX_CHANNELS
    return coloured or len(shape) == GREY_RANK


def _of_image(shape: tuple[int, ...], what: str) -> tuple[int, ...]:
    """Height, width and channels; pixels of a row in a line are those of a square."""
    side = math.isqrt(shape[1])
    if len(shape) == TABLE_RANK and side * side == shape[1]:
        shape = (shape[0], side, side)
    if not _are_images(shape):
        raise DataError(
            f"{what} holds no pictures that can be told apart; its shape is {shape}.",
            "Save it as (rows, height, width) or (rows, height, width, channels).",
        )
    refuse_above("pixels", shape[1] * shape[2], f"An image of {what}", "Scale the images down.")
    return (*shape[1:], 1)[:GREY_RANK]


def _of_series(shape: tuple[int, ...], what: str, *, first: bool) -> tuple[int, ...]:
    """Steps and channels; the values of a row are the steps of one channel."""
    if len(shape) > GREY_RANK:
        raise DataError(
            f"{what} holds no series of steps and channels; its shape is {shape}.",
            "Save it as (rows, steps, channels).",
        )
    steps, channels = (
        (shape[2], shape[1]) if first and len(shape) == GREY_RANK else ((*shape, 1)[1:GREY_RANK])
    )
    size = f"A series of {what}, steps times channels,"
    refuse_above("pixels", steps * channels, size, "Save shorter series.")
    refuse_above("columns", channels, what, "Save fewer channels, and these last.")
    return steps, channels


def _of_rank(shape: tuple[int, ...]) -> Guess:
    """What samples of more axes are, which their shape alone tells."""
    return Guess(IMAGES if _are_images(shape) else ROWS)


def _note(guess: Guess, kind: Kind, sample_shape: tuple[int, ...]) -> ReadingNote:
    named = {
        "image": "pictures of height × width × channels",
        "series": "series of steps × channels",
        "table": "rows of a table, as many as",
    }[kind]
    size = " × ".join(f"{side:,}" for side in sample_shape)
    because = f": {guess.because}" if guess.because else ""
    sentence = f"Samples are read as {named} = {size}{because}."
    if kind == "table":
        sentence = f"The values of a sample are read as {size} columns of a table{because}."
    return ReadingNote("guess", sentence, option="sample_kind", value=guess.kind)


def _refuse_colours_first(shape: tuple[int, ...], what: str) -> None:
    if len(shape) != COLOUR_RANK or shape[-1] <= MAX_CHANNELS or shape[1] not in COLOURS_FIRST:
        return
    raise DataError(
        f"{what} looks like images with their channels first; its shape is {shape}.",
        "Put the channels last with x.transpose(0, 2, 3, 1), and save the file again.",
    )
