"""Pages of picture files: as many as Pillow finds, without following what a file says at length."""

import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from aecore.data.picture_files.decoding import decode_pages, measure_picture
from aecore.errors import DataError
from tests.data.readers.drawn import encoded, stack

KINDS = ("TIFF", "GIF", "WEBP", "PNG")


def greys(count):
    """Pictures of different shades."""
    return [np.full((4, 6), 20 * (i + 1), np.uint8) for i in range(count)]


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_is_found_and_read(kind):
    """Those of a TIFF are a stack, others an animation."""
    content = stack(greys(5), kind)
    header = measure_picture(content, "a")
    assert header.pages == (0, 1, 2, 3, 4)
    assert header.animated == (kind != "TIFF")
    found = [page.mean() for page in decode_pages(content, "a", (0, 2, 4))]
    np.testing.assert_allclose(found, [20, 60, 100], atol=3)


@given(st.integers(1, 12), st.integers(2, 256), st.booleans())
def test_frames_of_a_gif_are_counted_as_pillow_counts_them(count, colours, looped):
    """With tables of colours of every size, and with comments."""
    frames = np.random.default_rng(count).integers(0, colours, (count, 9, 7), np.uint8)
    images = [Image.fromarray(frame).convert("P") for frame in frames]
    options = {"loop": 0} if looped else {"comment": b"made\0," * 60}
    content = encoded(images[0], "GIF", save_all=True, append_images=images[1:], **options)
    with Image.open(__import__("io").BytesIO(content)) as image:
        assert len(measure_picture(content, "a").pages) == image.n_frames


def test_smaller_copies_and_pages_of_other_sizes_are_no_samples():
    """A TIFF may hold previews of itself."""
    pages = [Image.fromarray(np.full(size, 9, np.uint8)) for size in ((8, 8), (4, 4), (8, 8))]
    content = encoded(pages[0], "TIFF", save_all=True, append_images=pages[1:])
    assert measure_picture(content, "a").pages == (0, 2)


@pytest.mark.parametrize("kind", KINDS)
def test_more_pages_than_the_limit_are_refused(kind, limit):
    """Counted, and none of them decoded."""
    limit("PAGES", 3)
    assert len(measure_picture(stack(greys(3), kind), "a").pages) == 3
    with pytest.raises(DataError, match=r"^a has [45] pages, and the limit is 3"):
        measure_picture(stack(greys(5), kind), "a")


def test_a_tiff_that_leads_back_to_itself_ends():
    """Its pages are counted once."""
    content = bytearray(stack(greys(1)))
    [at] = struct.unpack_from("<I", content, 4)
    [entries] = struct.unpack_from("<H", content, at)
    struct.pack_into("<I", content, at + 2 + 12 * entries, at)
    assert measure_picture(bytes(content), "a").pages == (0,)
