"""Pages of a picture file that are pictures of one size, before any of them is decoded."""

from __future__ import annotations

from typing import NamedTuple

from PIL import Image

from aecore.data.limits import limits, refuse_above
from aecore.data.names import shown
from aecore.data.picture_files.opening import FEWER, refuse_pixels
from aecore.data.picture_files.page_counts import counted_pages

# The tag that says of a TIFF page that it is a smaller copy of another.
KIND_OF_PAGE, SMALLER_COPY = 254, 1


class Pages(NamedTuple):
    """The pages of a file that are pictures of the first one's size, the first among them.

    Attributes:
        numbers: which these are.
        modes: how Pillow names the values of some; of an animation, of any.
    """

    numbers: tuple[int, ...]
    modes: frozenset[str]


def pages_of(image: Image.Image, content: bytes, name: str) -> Pages:
    """The pages of an open file.

    Raises:
        DataError: there are more pages than the limit.
    """
    count = _page_count(image, content)
    refuse_above("pages", count, shown(name), FEWER)
    if count < 2:
        return Pages((0,), frozenset([image.mode]))
    if image.format != "TIFF":
        return Pages(tuple(range(count)), frozenset([image.mode, "RGB"]))
    size, kept, modes = image.size, [0], {image.mode}
    for page in range(1, count):
        image.seek(page)
        refuse_pixels(image, name)
        if image.size == size and not _is_smaller_copy(image):
            kept.append(page)
            refuse_above("unpacked_bytes", len(kept) * size[0] * size[1], shown(name), FEWER)
            modes.add(image.mode)
    image.seek(0)
    return Pages(tuple(kept), frozenset(modes))


def _page_count(image: Image.Image, content: bytes) -> int:
    """Pillow's own count would follow whatever a GIF or TIFF says, at length."""
    if image.format in ("PNG", "WEBP"):
        return int(getattr(image, "n_frames", 1))
    return counted_pages(content, limits().pages)


def _is_smaller_copy(image: Image.Image) -> bool:
    tags = getattr(image, "tag_v2", {})
    return bool(int(tags.get(KIND_OF_PAGE, 0)) & SMALLER_COPY)
