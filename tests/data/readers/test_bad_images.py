"""Images and archives that cannot be used, by accident or on purpose: each is named."""

import io
import struct
import zipfile

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from aecore.data.picture_files.decoding import decode_pages, decode_picture, measure_picture
from aecore.data.readers.images import read_pictures
from aecore.errors import DataError
from tests.data.readers.crafted import flagged, link, packed, png, read

KINDS = ("PNG", "GIF", "WEBP", "TIFF", "PPM")
damage = st.lists(st.tuples(st.integers(0, 10**4), st.integers(0, 255)), min_size=1, max_size=4)


@pytest.mark.parametrize(
    ("name", "cause"),
    [
        ("../x.png", "leads outside"),
        ("a/../../x.png", "leads outside"),
        ("/etc/x.png", "leads outside"),
        ("..\\x.png", "leads outside"),
        ("C:\\x.png", "leads outside"),
        (link("x.png"), "holds a link, x.png"),
        ("inner/data.zip", "holds another one, inner/data.zip"),
        ("data.tar.gz", "holds another one, data.tar.gz"),
    ],
)
def test_unsafe_members_are_refused(tmp_path, name, cause):
    """Paths that leave the archive, links, and archives in archives are named."""
    path = packed(tmp_path / "a.zip", {"ok.png": png(), name: png(), "ok2.png": png()})
    with pytest.raises(DataError, match=cause):
        read(path)


def test_nameless_members_are_refused(tmp_path):
    """A directory may give a name of no letters."""
    path = packed(tmp_path / "a.zip", {"x": png(), "ok.png": png()})
    content = bytearray(path.read_bytes())
    # The letter becomes the one byte of the extra field.
    struct.pack_into("<HH", content, content.find(b"PK\x01\x02") + 28, 0, 1)
    path.write_bytes(content)
    with pytest.raises(DataError, match="a file without a name"):
        read(path)


@pytest.mark.parametrize("suffix", [".zip", ".npz"])
def test_encrypted_archives_are_refused(tmp_path, suffix):
    """There is nobody to ask for the password."""
    with pytest.raises(DataError, match=r"encrypted: x\.npy needs a password"):
        read(flagged(packed(tmp_path / f"a{suffix}", {"x.npy": b"secret"})))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_unusual_packing_is_refused(tmp_path, method):
    """Its unpacking cannot be kept to an amount."""
    with pytest.raises(DataError, match=r"x\.npy in the archive is packed in a way"):
        read(packed(tmp_path / "a.npz", {"x.npy": bytes(99)}, compression=method))


def test_two_members_of_one_name_are_refused(tmp_path):
    """One would hide the other."""
    with pytest.raises(DataError, match=r"two files named x\.png"):
        read(packed(tmp_path / "a.zip", {"x.png": png(), "./x.png": png()}))


def test_damaged_members_are_refused(tmp_path):
    """A wrong sum is told by the name of the file."""
    path = packed(tmp_path / "a.zip", {"a.png": png(), "b.png": png()})
    path.write_bytes(path.read_bytes().replace(png(), png(width=2), 1))
    with pytest.raises(DataError, match=r"a\.png in the archive is damaged"):
        read(path)


@pytest.mark.parametrize("files", [{}, {"a.txt": b"text"}, {"__MACOSX/a.png": png()}])
def test_archives_without_images_are_refused(tmp_path, files):
    """Empty, and with nothing but other files."""
    with pytest.raises(DataError, match=r"a\.zip holds no images"):
        read(packed(tmp_path / "a.zip", files))


def test_more_files_than_the_limit_are_refused(tmp_path, limit):
    """In an archive, or given one by one."""
    limit("FILES", 2)
    files = {f"{i}.png": png() for i in range(3)}
    with pytest.raises(DataError, match="3 files, and the limit is 2"):
        read(packed(tmp_path / "a.zip", files))
    with pytest.raises(DataError, match="3 files, and the limit is 2"):
        read_pictures(files)


def test_images_too_large_together_are_refused(limit):
    """Their sizes are summed from the headers, before any is decoded."""
    limit("UNPACKED_BYTES", 99)
    files = {name: png(b"not even rows", 10, 5) for name in ("a.png", "b.png")}
    with pytest.raises(DataError, match="100 unpacked bytes, and the limit is 99"):
        read_pictures(files)


@pytest.mark.parametrize("kind", ["JPEG", "BMP", *KINDS])
def test_the_one_bad_image_is_named(kind):
    """Cut short in any format, whatever its name says; markup in the name stays as it is."""
    noise = np.random.default_rng(0).integers(0, 256, (40, 40, 3), dtype=np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(noise).save(buffer, kind)
    cut = buffer.getvalue()[: len(buffer.getvalue()) // 2]
    files = {"a.png": png(), "<b>bad</b>\n.png": cut, "c.png": png()}
    with pytest.raises(DataError, match=r"^<b>bad</b>�\.png is (damaged|no im)"):
        read_pictures(files)


@pytest.mark.parametrize("content", [b"", b"text", b"\x89PNG\r\n\x1a\n", b"GIF89a"])
def test_what_is_no_image_is_named(content):
    """Empty and mislabelled files."""
    with pytest.raises(DataError, match=r"^bad\.png is (no image|damaged)"):
        decode_picture(content, "bad.png")


@pytest.mark.parametrize(
    "content",
    [
        b"GIF89a\xff\xff\xff\xff\0\0\0" + b",\0\0\0\0\xff\xff\xff\xff\0" + b"\2\1\0\0;",
        b"BM"
        + struct.pack("<IHHIIiiHHII", 99, 0, 0, 54, 40, 10**5, 10**5, 1, 24, 0, 0)
        + bytes(99),
        png(b"\0", 2**31 - 1, 2**31 - 1),
        png(b"\0", 12_000, 12_000),
    ],
)
def test_too_many_pixels_are_refused_unseen(content):
    """They are counted in the header; none has to be there."""
    with pytest.raises(DataError, match=r"^a\.png has .*pixels.* Scale it down"):
        decode_picture(content, "a.png")


def test_numbers_of_32_bits_are_refused():
    """How bright they are meant to be is not known."""
    buffer = io.BytesIO()
    Image.fromarray(np.ones((2, 2), np.float32)).save(buffer, "TIFF")
    with pytest.raises(DataError, match="32 bits a value"):
        decode_picture(buffer.getvalue(), "a.tif")


@given(content=st.binary(), changes=damage, kind=st.sampled_from(KINDS))
def test_no_image_raises_anything_else(content, changes, kind):
    """Arbitrary bytes, and good images with a few wrong ones."""
    buffer = io.BytesIO()
    several = {} if kind == "PPM" else {"save_all": True, "append_images": [Image.new("L", (3, 2))]}
    Image.new("RGB", (3, 2)).save(buffer, kind, **several)
    harmed = bytearray(buffer.getvalue())
    for place, value in changes:
        harmed[place % len(harmed)] = value
    for data in (content, bytes(harmed)):
        try:
            pages = measure_picture(data, "a").pages
            assert all(page.ndim == 3 for page in decode_pages(data, "a", pages))
        except DataError as error:
            assert error.remedy
