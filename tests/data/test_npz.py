"""A user's arrays: what is read, and what is refused with a sentence."""

import io
import zipfile

import numpy as np
import pytest

from aecore.data import facts, load
from aecore.errors import DataError


def saved(path, **arrays):
    """The path of an .npz with these arrays."""
    np.savez(path, **arrays)
    return str(path)


def test_images_and_labels_are_read(tmp_path):
    """Rank 3 is grey images, and labels of any kind become class indices."""
    x = np.arange(24, dtype=np.uint8).reshape(2, 3, 4)
    path = saved(tmp_path / "a.npz", x=x, y=np.array(["cat", "ant"]))
    dataset = load(path)
    assert dataset.x.shape == (2, 3, 4, 1)
    assert dataset.class_names == ("ant", "cat")
    assert dataset.y.tolist() == [1, 0]
    assert facts(path).bytes_of_grey


def test_table_without_labels_is_read(tmp_path):
    """Rank 2 is a table, and y may be missing."""
    dataset = load(saved(tmp_path / "a.npz", x=np.eye(3)))
    assert (dataset.kind, dataset.y, len(dataset.feature_names)) == ("table", None, 3)


def huge(path):
    """An archive whose header declares terabytes."""
    header = io.BytesIO()
    np.lib.format.write_array_header_1_0(
        header, {"descr": "<f8", "fortran_order": False, "shape": (10**6, 10**6)}
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("x.npy", b"\x93NUMPY\x01\x00" + header.getvalue()[8:])
    return str(path)


def test_declared_terabytes_are_refused(tmp_path):
    """The size is read from the header, before anything is allocated."""
    with pytest.raises(DataError, match="larger than the limit"):
        load(huge(tmp_path / "a.npz"))


@pytest.mark.parametrize(
    ("arrays", "word"),
    [
        ({"z": np.ones((2, 2))}, "no array named x"),
        ({"x": np.ones(3)}, "rows of at least one value"),
        ({"x": np.ones((0, 3))}, "rows of at least one value"),
        ({"x": np.array([[1, None]], dtype=object)}, "plain numbers"),
        ({"x": np.array([[1.0, np.nan]])}, "missing or infinite"),
        ({"x": np.ones((3, 2)), "y": np.ones(2)}, "3 rows in x but 2 labels"),
    ],
)
def test_unusable_arrays_are_refused(tmp_path, arrays, word):
    """Each says what is wrong, and nothing is unpickled."""
    with pytest.raises(DataError, match=word):
        load(saved(tmp_path / "a.npz", **arrays))


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04 cut short"])
def test_files_that_are_no_archives_are_refused(tmp_path, content):
    """Empty, mislabelled and truncated files get one sentence."""
    path = tmp_path / "a.npz"
    path.write_bytes(content)
    with pytest.raises(DataError, match="cannot be read as an"):
        load(str(path))
