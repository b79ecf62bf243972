"""Sets of pictures as they come: splits, masks, stacks, 16 bits, and files of other kinds."""

import numpy as np
import pytest

from aecore.data.loading import load, reading_options_of
from aecore.data.readers import images
from aecore.data.readers.picture import read as read_one
from aecore.data.reading_options import ReadingOptions
from aecore.errors import DataError
from tests.data.readers.drawn import deep_png, encoded, netpbm, packed, ramp, sentences, stack

RANDOM = np.random.default_rng(0)


def photo():
    """A PNG of many shades."""
    return encoded(RANDOM.integers(0, 256, (8, 8)).astype(np.uint8))


def mask():
    """A PNG of two shades."""
    return encoded(np.where(RANDOM.random((8, 8)) > 0.5, 255, 0).astype(np.uint8))


def read(tmp_path, names, options=None, **others):
    """A ZIP of photos of these names, and other files."""
    files = {**{name: photo() for name in names}, **others}
    return images.read(packed(tmp_path / "a.zip", files), options or ReadingOptions())


def of(*folders):
    """Two pictures in each folder."""
    return [f"{folder}/{i}.png" for folder in folders for i in range(2)]


@pytest.mark.parametrize(
    ("folders", "classes", "splits"),
    [
        (("train/cat", "train/dog", "test/cat", "test/dog"), ("cat", "dog"), [0, 0, 2, 2]),
        (("data/train/cat", "data/train/dog", "data/val/cat"), ("cat", "dog"), [0, 0, 1]),
        (("a/Training_Set/x", "a/Training_Set/y", "a/validation/x"), ("x", "y"), [0, 0, 1]),
        (
            ("seg_train/seg_train/a", "seg_train/seg_train/b", "seg_test/seg_test/a"),
            ("a", "b"),
            [0, 0, 2],
        ),
        (("train/images/cat", "train/images/dog", "test/images/cat"), ("cat", "dog"), [0, 0, 2]),
        (("train/good", "test/good", "test/crack"), ("crack", "good"), [0, 2, 2]),
        (("train/cat", "train/dog", "test"), ("(missing)", "cat", "dog"), [0, 0, 2]),
        (("train", "test"), (), [0, 2]),
        (("train", "plane"), ("plane", "train"), None),
        (("cat/train", "dog/train", "dog/test"), ("cat", "dog"), None),
    ],
)
def test_splits_are_no_classes(tmp_path, folders, classes, splits):
    """But kept as a factor and told; a train among other vehicles is a class."""
    dataset = read(tmp_path, of(*folders))
    assert dataset.class_names == classes
    told = [s for s in sentences(dataset) if "splits and no classes" in s]
    if splits is None:
        assert (dict(dataset.factors), told) == ({}, [])
    else:
        assert dataset.factors["split"].tolist() == np.repeat(splits, 2).tolist()
        assert len(told) == 1


@pytest.mark.parametrize(
    ("how", "classes"),
    [
        ("outermost", ("test", "train")),
        ("innermost", ("cat", "dog")),
        ("file-names", ("a", "b")),
        ("none", ()),
    ],
)
def test_what_names_the_classes_can_be_chosen(tmp_path, how, classes):
    """Folders of either end, names of files, or nothing."""
    names = ["train/cat/a.1.png", "train/dog/b_2.png", "test/cat/a (3).png", "test/dog/b4.png"]
    assert read(tmp_path, names, ReadingOptions(class_folders=how)).class_names == classes


def test_names_of_files_that_may_be_classes_are_advised(tmp_path):
    """They are taken once that is asked for."""
    dataset = read(tmp_path, [f"{name}.{i}.png" for name in ("cat", "dog") for i in range(3)])
    [note] = [note for note in dataset.notes if note.action]
    assert (dataset.y, note.option, note.value) == (None, "class_folders", "file-names")
    assert "cat, dog" in note.sentence


@pytest.mark.parametrize(
    ("pictures", "masks"),
    [
        (("1.png", "2.png"), ("1_mask.png", "2_mask.png")),
        (("a (1).png", "a (2).png"), ("a (1)_mask.png", "a (1)_mask_1.png")),
        (("images/1.png", "images/2.png"), ("masks/1.png", "masks/2.png")),
        (("x/img/1.jpg.png", "x/img/2.png"), ("x/GT/1_gt.png", "x/GT/2.png")),
        (
            ("test/crack/0.png", "test/good/0.png", "train/good/1.png"),
            ("ground_truth/crack/0_mask.png",),
        ),
    ],
)
def test_masks_beside_pictures_are_left_out(tmp_path, pictures, masks):
    """By their names and by how few shades they have; it is told, and they can be kept."""
    others = {name: mask() for name in masks}
    dataset = read(tmp_path, pictures, **others)
    assert len(dataset.x) == len(pictures)
    [note] = [note for note in dataset.notes if note.option == "masks"]
    assert (note.about, note.count, note.value) == ("files", len(masks), "keep")
    kept = read(tmp_path, pictures, ReadingOptions(masks="keep", class_folders="none"), **others)
    assert len(kept.x) == len(pictures) + len(masks)


@pytest.mark.parametrize("folders", [("mask", "no_mask"), ("mask", "unmasked")])
def test_faces_with_masks_are_no_masks(tmp_path, folders):
    """Photos have many shades, whatever the name of their class."""
    assert read(tmp_path, of(*folders)).class_names == folders


def test_files_of_other_kinds_are_counted(tmp_path):
    """By their endings, what computers add of their own aside."""
    others = {"a.HEIC": b"x", "b.heic": b"x", "labels.csv": b"x", ".DS_Store": b"x"}
    dataset = read(tmp_path, ["1.png", "2.png"], **others)
    [note] = [note for note in dataset.notes if note.about == "files"]
    assert note.count == 3
    assert note.sentence.startswith("3 of 5 files are left out: 2 .heic and 1 .csv.")
    with pytest.raises(DataError, match=r"holds no images, only 2 \.npy"):
        images.read(packed(tmp_path / "b.zip", {"a.npy": b"x", "b.npy": b"x"}))


def test_more_kinds_of_pictures_are_read(tmp_path):
    """Of scanners, cameras and old collections, in capitals too."""
    grey, small = np.arange(64, dtype=np.uint8).reshape(8, 8), np.uint8([[0, 255]])
    files = {
        "s1/a.pgm": netpbm(grey, 255),
        "s1/b.PGM": b"P2\n8 8\n255\n" + " ".join(map(str, grey.ravel())).encode(),
        "s2/c.ppm": encoded(np.stack([grey] * 3, axis=-1), "PPM"),
        "s2/d.jfif": encoded(grey, "JPEG", quality=95),
        "s2/e.pbm": b"P1\n2 1\n1 0\n",
    }
    dataset = images.read(packed(tmp_path / "a.zip", files))
    assert dataset.class_names == ("s1", "s2")
    alone = images.read_pictures({"a.pgm": files["s1/a.pgm"], "b.pgm": files["s1/b.PGM"]})
    np.testing.assert_array_equal(alone.x[:, :, :, 0], [grey, grey])
    pixels = images.read_pictures({"a.pbm": files["s2/e.pbm"], "b.png": encoded(small)})
    assert pixels.x[:, 0, :, 0].tolist() == [[0, 255], [0, 255]]


@pytest.mark.parametrize("bits", [8, 10, 12, 16])
def test_one_range_is_that_of_the_whole_set(tmp_path, bits):
    """Dark ones stay darker, those of eight bits agree with them, and it is told."""
    most = 2**bits - 1
    files = {
        "bright.png": encoded(ramp(most)),
        "dark.tif": encoded(ramp(most // 4), "TIFF"),
        "bytes.png": encoded(np.rint(ramp(most) * (255 / most)).astype(np.uint8)),
        "coloured.png": deep_png(np.stack([ramp(most)] * 3, axis=-1)),
    }
    dataset = images.read(packed(tmp_path / "a.zip", files))
    bright, dark, of_bytes, coloured = dataset.x[..., 0].astype(int)
    assert (bright.max(), of_bytes.max(), dataset.bits) == (255, 255, bits)
    assert abs(dark.max() - 64) <= 1
    assert abs(bright - of_bytes).max() <= 1
    np.testing.assert_array_equal(bright, coloured)
    [note] = [note for note in dataset.notes if note.option == "bits"]
    assert (note.value, note.sentence[:27]) == (bits, "3 of 4 pictures have 16 bit")
    full = images.read(packed(tmp_path / "a.zip", files), ReadingOptions(bits=16))
    assert full.x[0].max() == round(most * 255 / 65535)


def test_pages_of_a_file_are_samples(tmp_path):
    """Of one file all are, with or without an archive around it."""
    pages = [np.full((4, 4), 10 * i, np.uint8) for i in range(1, 6)]
    for name, kind in (("a.tif", "TIFF"), ("a.gif", "GIF")):
        (tmp_path / name).write_bytes(stack(pages, kind))
        dataset = read_one(tmp_path / name)
        np.testing.assert_array_equal(dataset.x[:, 0, 0, 0], [10, 20, 30, 40, 50])
        assert dataset.factors["page"].tolist() == [0, 1, 2, 3, 4]
        assert sentences(dataset)[-1] == f"{name} has 5 pages, each a sample."
        with pytest.raises(DataError, match="is one image"):
            read_one(tmp_path / name, ReadingOptions(pages="first"))


def test_pages_of_several_files(tmp_path):
    """Stacks give all, each with its class; of animations the first is taken, and that is told."""
    pages = [np.full((4, 4), 10 * i, np.uint8) for i in range(1, 4)]
    stacks = {"x/a.tif": stack(pages), "y/b.tif": stack(pages[:2]), "y/c.png": encoded(pages[0])}
    dataset = images.read(packed(tmp_path / "a.zip", stacks))
    assert dataset.y.tolist() == [0, 0, 0, 1, 1, 1]
    assert dataset.factors["file"].tolist() == [0, 0, 0, 1, 1, 2]
    gifs = packed(tmp_path / "b.zip", {f"{i}.gif": stack(pages, "GIF") for i in range(4)})
    dataset = images.read(gifs)
    assert len(dataset.x) == 4
    [note] = [note for note in dataset.notes if note.about == "rows"]
    assert (note.count, note.option, note.value) == (8, "pages", "all")
    assert len(images.read(gifs, ReadingOptions(pages="all")).x) == 12


def test_a_folder_is_read_as_the_zip_of_it(tmp_path):
    """With classes, notes and options; links in it lead nowhere."""
    files = {f"{name}/{i}.png": photo() for name in ("cat", "dog") for i in range(3)}
    files |= {"cat/notes.txt": b"x", ".hidden/x.png": b"x"}
    folder = tmp_path / "pets"
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    (folder / "cat" / "link.png").symlink_to(folder / "dog" / "0.png")
    (folder / "dog" / "elsewhere").symlink_to(tmp_path)
    found, zipped = load(str(folder)), load(str(packed(tmp_path / "pets.zip", files)))
    np.testing.assert_array_equal(found.x, zipped.x)
    np.testing.assert_array_equal(found.y, zipped.y)
    assert (found.class_names, found.notes) == (zipped.class_names, zipped.notes)
    assert "class_folders" in reading_options_of(str(folder))
    (folder / "cat" / "9.png").write_bytes(photo())
    assert len(load(str(folder)).x) == 7


def test_a_folder_of_more_than_the_limits_is_refused(tmp_path, limit):
    """Counted while it is walked; nothing is read."""
    for i in range(4):
        (tmp_path / f"{i}.png").write_bytes(photo())
    limit("FILES", 3)
    with pytest.raises(DataError, match="4 files, and the limit is 3"):
        load(str(tmp_path))
    limit("FILES", 9)
    limit("UNPACKED_BYTES", 99)
    with pytest.raises(DataError, match="unpacked bytes, and the limit is 99"):
        load(str(tmp_path))


def test_a_folder_without_pictures_says_what_is_wanted(tmp_path):
    """Parquet files, or pictures."""
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(DataError, match="no Parquet file, and no pictures"):
        load(str(tmp_path))
