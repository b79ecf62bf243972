"""Opening a picture file: its kind and its pixels are checked before any of them is decoded."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, UnidentifiedImageError

from aecore.data.limits import limits, refuse_above
from aecore.data.names import shown
from aecore.data.picture_files.page_counts import counted_pages
from aecore.errors import DataError

FORMATS = ("PNG", "JPEG", "BMP", "GIF", "WEBP", "TIFF", "PPM")
SUFFIXES = (
    *(".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".bmp", ".gif", ".webp", ".tif", ".tiff"),
    *(".pgm", ".ppm", ".pbm", ".pnm"),
)
REMEDY = "Save it as PNG or JPEG again, or leave it out."
FEWER = "Save fewer pages in one file."
SCALE_DOWN = "Scale it down, or leave it out."


@contextmanager
def opened(content: bytes, name: str) -> Iterator[Image.Image]:
    """An image whose pixels are counted before any is decoded; every failure names the file.

    Raises:
        DataError: the file is no image of a known format, is damaged, or has too many pixels or
            pages.
    """
    # Decoders meet damage in as many ways as there are formats.
    try:
        # Pillow looks at all parts of an animation before its first picture.
        pages = counted_pages(content, limits().pages)
        refuse_above("pages", pages, shown(name), FEWER)
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            refuse_pixels(image, name)
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


def refuse_pixels(image: Image.Image, name: str) -> None:
    """Refuse a page of more pixels than the limit.

    Raises:
        DataError: it has.
    """
    refuse_above("pixels", image.width * image.height, shown(name), SCALE_DOWN)
