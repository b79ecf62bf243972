"""Decoding: one picture file, or its pages, as numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeVar

import numpy as np
from PIL import Image

from aecore.data.names import shown
from aecore.data.picture_files.depth import (
    brightest,
    deep_values,
    is_deep,
    lowered,
    of_full_range,
    used_bits,
    with_twin,
)
from aecore.data.picture_files.opening import opened, refuse_pixels
from aecore.data.picture_files.pages import pages_of
from aecore.errors import DataError

Made = TypeVar("Made")

GREY_MODES = ("1", "L", "I", "I;16", "I;16B", "I;16L", "I;16N")
UPRIGHT = 1
ORIENTATION = 0x0112
TURNED = range(5, 9)
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class PictureHeader(NamedTuple):
    """What a picture file says of itself before it is decoded.

    Attributes:
        height, width: of each page, upright.
        channels: the most that a page will have.
        pages: the numbers of the pages of this size.
        deep: whether it has more than eight bits a value.
        animated: whether its pages are those of an animation.
    """

    height: int
    width: int
    channels: int
    pages: tuple[int, ...] = (0,)
    deep: bool = False
    animated: bool = False


def decode_picture(content: bytes, name: str, bits: int | None = None) -> np.ndarray:
    """The picture as (height, width, channels) uint8, upright, its first page, on white.

    There is one channel where red, green and blue agree everywhere, else three.

    Args:
        name: of the file, for errors.
        bits: of 16-bit values; as many as its own largest value has, if none are given.

    Raises:
        DataError: the file is no image of a known format, is damaged, or has too many pixels.
    """
    [picture] = decode_pages(content, name, (0,), bits)
    return picture


def decode_pages(
    content: bytes, name: str, pages: Sequence[int], bits: int | None = None
) -> Iterator[np.ndarray]:
    """Some pages of a file, ascending, each as `decode_picture` gives it.

    Raises:
        DataError: as `decode_picture`.
    """

    def decoded(image: Image.Image, values: np.ndarray | None) -> np.ndarray:
        turn = TURNS.get(_orientation(image, content))
        if values is not None:
            image = lowered(values, bits or used_bits(brightest(values)))
        else:
            image = of_full_range(image, content)
        return _channels(np.asarray(_flat(image.transpose(turn) if turn else image, name)))

    return _made_of_pages(content, name, pages, decoded)


def brightest_value(content: bytes, name: str, pages: Sequence[int]) -> int:
    """The largest 16-bit value on some pages, ascending; 0 where values have eight bits.

    Raises:
        DataError: as `decode_picture`.
    """

    def largest(_: Image.Image, values: np.ndarray | None) -> int:
        return 0 if values is None else brightest(values)

    return max(_made_of_pages(content, name, pages, largest), default=0)


def measure_picture(content: bytes, name: str) -> PictureHeader:
    """What a file says of itself, without its pixels.

    Raises:
        DataError: the file is no image of a known format, or has too many pixels or pages.
    """
    with opened(content, name) as image:
        width, height = image.size
        if _orientation(image, content) in TURNED:
            width, height = height, width
        deep = is_deep(image)
        pages, modes = pages_of(image, content, name)
        channels = 1 if modes <= set(GREY_MODES) else 3
        animated = len(pages) > 1 and image.format != "TIFF"
        return PictureHeader(height, width, channels, pages, deep, animated)


def _made_of_pages(
    content: bytes,
    name: str,
    pages: Sequence[int],
    make: Callable[[Image.Image, np.ndarray | None], Made],
) -> Iterator[Made]:
    """What is made of each page and, of 16 bits, of its values, while the file is open."""
    with opened(content, name) as image, with_twin(image, content) as twin:
        for page in pages:
            if page:
                image.seek(page)
                refuse_pixels(image, name)
            if page and twin is not None:
                twin.seek(page)
            yield make(image, deep_values(image, twin, content))


def _orientation(image: Image.Image, content: bytes) -> int:
    # Pillow turns a TIFF itself, and tells its size as turned.
    if image.format == "TIFF":
        return UPRIGHT
    # Pillow would decode the whole of a PNG to look for orientation behind the pixels.
    if image.format == "PNG" and b"eXIf" not in content:
        return UPRIGHT
    return int(image.getexif().get(ORIENTATION, UPRIGHT))


def _flat(image: Image.Image, name: str) -> Image.Image:
    """The image as 8-bit grey or RGB, what is transparent as on white paper."""
    if image.mode in ("I", "F"):
        raise DataError(f"{shown(name)} has 32 bits a value.", "Save it with 8 or 16 bits a value.")
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        paper = Image.new("RGB", image.size, "white")
        paper.paste(layer, mask=layer)
        return paper
    mode = "L" if image.mode in GREY_MODES else "RGB"
    return image if image.mode == mode else image.convert(mode)


def _channels(colours: np.ndarray) -> np.ndarray:
    """(h, w, channels), one channel where red, green and blue agree everywhere."""
    if colours.ndim == 2:
        return colours[..., None]
    red, green, blue = np.moveaxis(colours, -1, 0)
    grey = np.array_equal(red, green) and np.array_equal(green, blue)
    return red[..., None].copy() if grey else colours
