"""Files that hold no arrays, or not as they should: nothing but a sentence comes of it."""

import gzip
import io
import os
import pickle
import zipfile

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aecore.errors import DataError
from tests.data.readers.crafted import GIVEN, idx_header, npy_header, npz_of, packed, png, read


@pytest.mark.parametrize("suffix", GIVEN)
@pytest.mark.parametrize("content", [b"", b"no such thing", b"PK\3\4 cut short", b"PK\5\6"])
def test_files_that_are_something_else_are_refused(tmp_path, suffix, content):
    """Empty, mislabelled and cut short."""
    path = tmp_path / f"a{suffix}"
    path.write_bytes(content)
    with pytest.raises(DataError, match=r"archive|array|no IDX|damaged"):
        read(path)


@pytest.mark.parametrize("suffix", GIVEN)
def test_missing_files_are_refused(tmp_path, suffix):
    """A path that leads nowhere, or to a folder."""
    (tmp_path / f"folder{suffix}").mkdir()
    for name in ("none", "folder"):
        with pytest.raises(DataError, match=r"Check the path|cannot be opened|holds no images"):
            read(tmp_path / f"{name}{suffix}")


@pytest.mark.parametrize("suffix", [".npz", ".npy", ".idx"])
@pytest.mark.parametrize(
    ("shape", "cause"),
    [
        ((2, 10**6), "1,000,000 columns"),
        ((2, 5000, 5000), "25,000,000 pixels"),
        ((5_000_001, 2), "5,000,001 rows"),
    ],
)
def test_more_than_the_limits_is_refused_by_the_header(tmp_path, suffix, shape, cause):
    """Before anything is read; that the values are missing is not even noticed."""
    path = tmp_path / f"a{suffix}"
    if suffix == ".npz":
        npz_of(path, npy_header(shape, "|u1"))
    else:
        path.write_bytes(npy_header(shape, "|u1") if suffix == ".npy" else idx_header(*shape))
    with pytest.raises(DataError, match=f"{cause}, and the limit is"):
        read(path)


class Trap:
    """Unpickled, it leaves a folder behind."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return os.mkdir, (self.path,)


def test_pickles_are_never_run(tmp_path):
    """Neither bare, nor in an array of objects, is what they hold called."""
    trap = tmp_path / "sprung"
    bare = pickle.dumps(Trap(str(trap)))
    header = npy_header((1, 1), "|O")
    for name, content in {"a.npy": bare, "b.npy": header + bare}.items():
        (tmp_path / name).write_bytes(content)
        packed(tmp_path / f"{name}.npz", {"x.npy": content})
        for path in (tmp_path / name, tmp_path / f"{name}.npz"):
            with pytest.raises(DataError, match=r"no NumPy array|plain numbers"):
                read(path)
    assert not trap.exists()
    pickle.loads(bare)
    assert trap.exists()


def valid(suffix):
    """A good file of some format, as bytes."""
    buffer = io.BytesIO()
    x = np.arange(12, dtype=np.uint8).reshape(3, 4)
    if suffix == ".npz":
        np.savez_compressed(buffer, x=x, y=np.array(["a", "b", "a"]))
    elif suffix == ".npy":
        np.save(buffer, x)
    elif suffix == ".zip":
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr("a/1.png", png())
            archive.writestr("b/2.png", png())
    else:
        content = idx_header(3, 4) + x.tobytes()
        return gzip.compress(content) if suffix == ".gz" else content
    return buffer.getvalue()


VALID = {suffix: valid(suffix) for suffix in GIVEN}


damage = st.lists(st.tuples(st.integers(0, 10**4), st.integers(0, 255)), min_size=1, max_size=4)


def read_or_told(path):
    """Whether a file gave samples, or else a cause and a remedy."""
    try:
        return len(read(path).x) > 0
    except DataError as error:
        return bool(error.cause and error.remedy)


@pytest.mark.parametrize("suffix", GIVEN)
@given(content=st.binary(), changes=damage, cut=st.integers(0, 30))
def test_no_bytes_raise_anything_else(tmp_path_factory, suffix, content, changes, cut):
    """Arbitrary bytes, and good files with a few wrong ones or a missing end."""
    path = tmp_path_factory.getbasetemp() / f"any{suffix}"
    harmed = bytearray(VALID[suffix])
    for place, value in changes:
        harmed[place % len(harmed)] = value
    for data in (content, harmed, VALID[suffix][:-cut]):
        path.write_bytes(data)
        assert read_or_told(path)
