"""One image file as numbers."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from aecore.data.dataset import Dataset
from aecore.data.limits import refuse_above
from aecore.data.names import shown
from aecore.data.readers._spec import ReaderSpec
from aecore.data.reading_options import AS_FOUND, ReadingOptions
from aecore.errors import DataError

FORMATS = ("PNG", "JPEG", "BMP", "GIF", "WEBP", "TIFF")
SUFFIXES = (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp", ".tif", ".tiff")
GREY_MODES = ("1", "L", "I;16", "I;16B", "I;16L", "I;16N")
REMEDY = "Save it as PNG or JPEG again, or leave it out."
SCALE_DOWN = "Scale it down, or leave it out."
UPRIGHT = 1
ORIENTATION = 0x0112
TURNED = range(5, 9)


def decode_picture(content: bytes, name: str) -> np.ndarray:
    """The picture as (height, width, channels) uint8, upright, its first frame, on white.

    There is one channel where red, green and blue agree everywhere, else three.

    Args:
        name: of the file, for errors.

    Raises:
        DataError: the file is no image of a known format, is damaged, or has too many pixels.
    """
    with _opened(content, name) as image:
        colours = np.asarray(_flat(_upright(image, content), name))
    if colours.ndim == 2:
        return colours[..., None]
    red, green, blue = np.moveaxis(colours, -1, 0)
    grey = np.array_equal(red, green) and np.array_equal(green, blue)
    return red[..., None].copy() if grey else colours


def measure_picture(content: bytes, name: str) -> tuple[int, int, int]:
    """Height, width and the most channels that `decode_picture` will give, from the header.

    Raises:
        DataError: the file is no image of a known format, or has too many pixels.
    """
    with _opened(content, name) as image:
        width, height = image.size
        if _orientation(image, content) in TURNED:
            width, height = height, width
        grey = image.mode in GREY_MODES
    return height, width, 1 if grey else 3


def read(path: Path, options: ReadingOptions = AS_FOUND) -> Dataset:
    """Refuse: a data set has more than one sample.

    Raises:
        DataError: always.
    """
    raise DataError(
        f"{shown(path.name)} is one image, which is too few to train on.",
        "Put at least 10 into a ZIP, in a folder for each class if there are classes.",
    )


@contextmanager
def _opened(content: bytes, name: str) -> Iterator[Image.Image]:
    """An image whose pixels are counted before any is decoded; every failure names the file."""
    # Decoders meet damage in as many ways as there are formats.
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            refuse_above("pixels", image.width * image.height, shown(name), SCALE_DOWN)
            yield image
    except DataError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise DataError(f"{shown(name)} has too many pixels to be decoded.", SCALE_DOWN) from None
    except UnidentifiedImageError:
        kinds = ", ".join(FORMATS)
        raise DataError(f"{shown(name)} is no image of a known kind ({kinds}).", REMEDY) from None
    except Exception:
        raise DataError(f"{shown(name)} is damaged or cut short.", REMEDY) from None


def _orientation(image: Image.Image, content: bytes) -> int:
    # Pillow turns a TIFF itself, and tells its size as turned.
    if image.format == "TIFF":
        return UPRIGHT
    # Pillow would decode the whole of a PNG to look for orientation behind the pixels.
    if image.format == "PNG" and b"eXIf" not in content:
        return UPRIGHT
    return int(image.getexif().get(ORIENTATION, UPRIGHT))


def _upright(image: Image.Image, content: bytes) -> Image.Image:
    if _orientation(image, content) == UPRIGHT:
        return image
    return ImageOps.exif_transpose(image)


def _flat(image: Image.Image, name: str) -> Image.Image:
    """The image as 8-bit grey or RGB, what is transparent as on white paper."""
    if image.mode.startswith("I;16"):
        # Pillow's own conversion clips at 255 instead of scaling.
        return Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    if image.mode in ("I", "F"):
        raise DataError(f"{shown(name)} has 32 bits a value.", "Save it with 8 or 16 bits a value.")
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        paper = Image.new("RGB", image.size, "white")
        paper.paste(layer, mask=layer)
        return paper
    mode = "L" if image.mode in GREY_MODES else "RGB"
    return image if image.mode == mode else image.convert(mode)


SPEC = ReaderSpec(
    name="picture",
    title="One image",
    summary="One image is too few to train on: put at least 10 into a ZIP.",
    suffixes=SUFFIXES,
    read=read,
    several=True,
    order=80,
)
