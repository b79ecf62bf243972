"""Pictures of a user's: how they become one array, and how folders become classes."""

import io
import zipfile

import numpy as np
import pytest
from PIL import Image

from aecore.data.picture_files.decoding import decode_picture, measure_picture
from aecore.data.readers import images
from aecore.data.readers.picture import read as read_one
from aecore.errors import DataError

RED, BLUE, GREY = (200, 0, 0), (0, 0, 200), (90, 90, 90)


def encoded(picture, kind="PNG", **options):
    """An array or a Pillow image as the bytes of a file."""
    image = picture if isinstance(picture, Image.Image) else Image.fromarray(picture)
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def plain(colour, height=4, width=6):
    """A PNG of one colour."""
    return encoded(np.full((height, width, len(colour)), colour, np.uint8))


def packed(path, files):
    """The path of a ZIP with these files."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def test_folders_become_classes(tmp_path):
    """Below a folder that holds all, and beside what computers add of their own."""
    files = {
        "set/dog/1.png": plain(RED),
        "set/cat/deep/2.PNG": plain(BLUE),
        "set/dog/3.png": plain(GREY),
        "__MACOSX/set/cat/._2.PNG": b"litter",
        "set/.hidden.png": b"litter",
        "set/cat/Thumbs.db": b"litter",
        "set/readme.txt": b"text",
    }
    dataset = images.read(packed(tmp_path / "a.zip", files))
    assert (dataset.kind, dataset.class_names) == ("image", ("cat", "dog"))
    assert dataset.y.tolist() == [1, 0, 1]
    assert dataset.x.shape == (3, 4, 6, 3)
    assert dataset.x[:, 0, 0].tolist() == [list(RED), list(BLUE), list(GREY)]


@pytest.mark.parametrize(
    "names",
    [
        ("a.png", "b.png"),
        ("one/a.png", "one/b.png"),
        ("./one/two/a.png", "./one/two/b.png"),
        ("one\\a.png", "one\\b.png"),
    ],
)
def test_one_folder_is_no_class(tmp_path, names):
    """Nor is none, nor one within another, however the slashes are written."""
    dataset = images.read(packed(tmp_path / "a.zip", dict.fromkeys(names, plain(RED))))
    assert (dataset.y, dataset.class_names, len(dataset.x)) == (None, (), 2)


def test_names_stay_plain_text(tmp_path):
    """Markup and formulas in folders are names like others."""
    files = {"<img src=x>/1.png": plain(RED), "=1+1/2.png": plain(RED)}
    dataset = images.read(packed(tmp_path / "a.zip", files))
    assert dataset.class_names == ("<img src=x>", "=1+1")


def test_an_image_outside_of_the_classes_is_refused():
    """It would have no label."""
    files = {"cat/1.png": plain(RED), "dog/2.png": plain(RED), "3.png": plain(RED)}
    with pytest.raises(DataError, match=r"^3\.png lies outside .* Move it"):
        images.read_pictures(files)


def test_too_many_folders_are_no_classes():
    """A thousand classes are told apart; a folder for each of more images is none."""
    files = {f"{i}/a.png": plain(RED, 1, 1) for i in range(1001)}
    assert images.read_pictures(files).y is None
    files.pop("0/a.png")
    assert len(images.read_pictures(files).class_names) == 1000


def test_grey_images_have_one_channel():
    """Grey by content is grey, whatever the file could hold; one coloured image makes all RGB."""
    grey = {"a.png": plain(GREY), "b.png": encoded(np.full((4, 6), 90, np.uint8))}
    dataset = images.read_pictures(grey)
    assert dataset.x.shape == (2, 4, 6, 1)
    assert (dataset.x == 90).all()
    dataset = images.read_pictures({**grey, "c.png": plain(RED)})
    assert dataset.x[:, 0, 0].tolist() == [[90] * 3, [90] * 3, list(RED)]


def test_images_of_one_size_keep_it():
    """Whatever it is, also above the size that others are brought to."""
    dataset = images.read_pictures({"a.png": plain(RED, 70, 90), "b.png": plain(RED, 70, 90)})
    assert dataset.x.shape == (2, 70, 90, 3)


@pytest.mark.parametrize(
    ("sizes", "side"),
    [
        (((10, 20), (12, 12), (30, 40)), 12),
        (((100, 200), (300, 150), (90, 90)), 64),
        (((5, 9), (9, 5)), 5),
    ],
)
def test_images_of_many_sizes_become_squares(sizes, side):
    """Of the median shorter side, and of 64 pixels at most."""
    files = {f"{i}.png": plain(RED, *size) for i, size in enumerate(sizes)}
    dataset = images.read_pictures(files)
    assert dataset.x.shape == (len(sizes), side, side, 3)
    assert (dataset.x == RED).all()


def test_the_middle_of_an_image_is_kept():
    """What is cut off is cut off evenly, and nothing is stretched."""
    wide = np.zeros((10, 30), np.uint8)
    wide[:, 10:20] = 255
    dataset = images.read_pictures({"a.png": encoded(wide), "b.png": encoded(wide[:, :10])})
    assert dataset.x.shape == (2, 10, 10, 1)
    assert dataset.x[0].min() == 255
    assert dataset.x[1].max() == 0


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "BMP", "GIF", "WEBP", "TIFF", "PPM"])
def test_every_format_is_read(kind):
    """Within what a lossy format loses."""
    picture = decode_picture(plain_in(kind), "a")
    assert picture.shape == (8, 8, 3)
    assert picture.dtype == np.uint8
    assert abs(picture.astype(int) - RED).max() <= 8


def plain_in(kind):
    """A red square in some format."""
    return encoded(np.full((8, 8, 3), RED, np.uint8), kind)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_images_are_turned_upright(kind):
    """Orientation 6 says that the top is at the right; the header tells the turned size."""
    picture = np.zeros((16, 32, 3), np.uint8)
    picture[:, :16] = RED
    exif = Image.Exif()
    exif[0x0112] = 6
    content = encoded(picture, kind, exif=exif)
    upright = decode_picture(content, "a")
    assert upright.shape == measure_picture(content, "a")[:3] == (32, 16, 3)
    assert upright[4, 8, 0] > 150
    assert upright[28, 8, 0] < 50


def test_what_is_transparent_is_white():
    """Half transparent red on white is halfway between them."""
    picture = np.full((2, 2, 4), (*RED, 0), np.uint8)
    picture[1, :, 3] = 128
    shown = decode_picture(encoded(picture), "a")
    assert shown[0, 0].tolist() == [255, 255, 255]
    np.testing.assert_allclose(shown[1, 0], (227, 127, 127), atol=1)
    palette = Image.fromarray(np.zeros((2, 2), np.uint8)).convert("P")
    assert decode_picture(encoded(palette, "GIF", transparency=0), "a").min() == 255


def test_sixteen_bits_are_scaled_to_eight():
    """The brightest stays the brightest instead of all above 255 being cut."""
    picture = np.array([[0, 256, 65535]], np.uint16)
    for kind in ("PNG", "TIFF"):
        assert decode_picture(encoded(picture, kind), "a").ravel().tolist() == [0, 1, 255]


def test_the_first_frame_is_read():
    """Of an animation."""
    first, second = (Image.new("L", (4, 4), value) for value in (10, 200))
    content = encoded(first, "GIF", save_all=True, append_images=[second])
    assert (decode_picture(content, "a") == 10).all()


def test_one_image_is_refused(tmp_path):
    """Alone or in a ZIP, it is too few to train on."""
    (tmp_path / "a.png").write_bytes(plain(RED))
    with pytest.raises(DataError, match=r"a\.png is one image.* at least 10 into a ZIP"):
        read_one(tmp_path / "a.png")
    with pytest.raises(DataError, match="too few"):
        images.read(packed(tmp_path / "a.zip", {"a.png": plain(RED)}))
    with pytest.raises(DataError, match="No images"):
        images.read_pictures({})
