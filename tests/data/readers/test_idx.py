"""IDX files as MNIST is given out: what is read, and what is refused."""

import gzip
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from aecore.data.readers import idx
from aecore.errors import DataError

CODES = {"u1": 8, "i1": 9, ">i2": 11, ">i4": 12, ">f4": 13, ">f8": 14}


def content(array):
    """An array as the bytes of an IDX file."""
    kind = array.dtype.str.lstrip("|")
    header = bytes([0, 0, CODES[kind], array.ndim])
    return header + struct.pack(f">{array.ndim}I", *array.shape) + array.tobytes()


def written(path, array):
    """The path of an IDX file with this array, packed if its name says so."""
    data = content(array)
    path.write_bytes(gzip.compress(data, 1) if path.suffix == ".gz" else data)
    return path


IMAGES = np.arange(60, dtype=np.uint8).reshape(5, 3, 4)
LABELS = np.array([7, 2, 7, 7, 2], dtype=np.uint8)


@pytest.mark.parametrize(
    ("images", "labels"),
    [
        ("train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz"),
        ("train-images-idx3-ubyte", "train-labels-idx1-ubyte.gz"),
        ("t10k-images.idx3-ubyte", "t10k-labels.idx1-ubyte"),
        ("my-images.idx.gz", "my-labels.idx"),
    ],
)
def test_labels_beside_the_images_are_read(tmp_path, images, labels):
    """The names of MNIST's files, packed or not, and names made like them."""
    written(tmp_path / labels, LABELS)
    dataset = idx.read(written(tmp_path / images, IMAGES))
    np.testing.assert_array_equal(dataset.x, IMAGES[..., None])
    assert (dataset.kind, dataset.class_names) == ("image", ("2", "7"))
    assert dataset.y.tolist() == [1, 0, 1, 1, 0]


def test_other_labels_are_left_out(tmp_path):
    """Files of another number of labels, or of another name, belong to other images."""
    written(tmp_path / "train-labels-idx1-ubyte", LABELS[:4])
    written(tmp_path / "t10k-labels-idx1-ubyte", LABELS)
    dataset = idx.read(written(tmp_path / "train-images-idx3-ubyte", IMAGES))
    assert (dataset.y, dataset.class_names) == (None, ())


def test_damaged_labels_are_refused(tmp_path):
    """They are not left out without a word."""
    (tmp_path / "train-labels-idx1-ubyte").write_bytes(b"nothing of the kind")
    with pytest.raises(DataError, match="train-labels-idx1-ubyte is no IDX file"):
        idx.read(written(tmp_path / "train-images-idx3-ubyte", IMAGES))


@given(
    arrays.arrays(
        st.sampled_from(list(CODES)),
        arrays.array_shapes(min_dims=2, max_dims=3, max_side=5),
        elements=st.integers(0, 100),
    ),
    st.sampled_from(["any.idx", "any-ubyte.gz"]),
)
def test_any_array_comes_back(tmp_path_factory, x, name):
    """Every type of value that the format knows, as a table or as images."""
    dataset = idx.read(written(tmp_path_factory.getbasetemp() / name, x))
    np.testing.assert_array_equal(dataset.x.reshape(x.shape), x)
    assert dataset.x.dtype == (np.uint8 if x.dtype == np.uint8 else np.float32)


@pytest.mark.parametrize("name", ["a.idx", "a.idx.gz"])
@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"", "no IDX file"),
        (b"\0\0\x07\x02" + bytes(40), "no IDX file"),
        (b"\x01\0\x08\x02" + bytes(40), "no IDX file"),
        (b"\0\0\x08\0" + bytes(40), "0 dimensions"),
        (b"\0\0\x08\xff" + bytes(1020), "255 dimensions"),
        (b"\0\0\x08\x03\0\0", "cut short"),
        (b"\0\0\x08\x02" + bytes(8), "no values"),
        (content(IMAGES)[:-1], "cut short"),
        (content(IMAGES) + b"1", "longer than its header says"),
        (content(LABELS), "labels and no samples"),
        (content(np.full((2, 2), np.nan, ">f4")), "missing or infinite"),
    ],
)
def test_unusable_files_are_refused(tmp_path, name, data, cause):
    """Each says what is wrong, packed or not."""
    path = tmp_path / name
    path.write_bytes(gzip.compress(data, 1) if name.endswith("gz") else data)
    with pytest.raises(DataError, match=cause):
        idx.read(path)


def test_damaged_packing_is_refused(tmp_path):
    """A wrong sum at the end, an early end, and no gzip at all."""
    path = written(tmp_path / "a.idx.gz", IMAGES)
    packed = path.read_bytes()
    for broken in (packed[:-8] + bytes(8), packed[:-12], b"no gzip"):
        path.write_bytes(broken)
        with pytest.raises(DataError, match="damaged"):
            idx.read(path)
