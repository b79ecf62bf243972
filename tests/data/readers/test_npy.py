"""One array without labels: what is read, and what is refused."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.lib import format as npy_format

from aecore.data.readers import npy
from aecore.errors import DataError


@pytest.mark.parametrize("version", [(1, 0), (2, 0), (3, 0)])
def test_every_version_of_the_header_is_read(tmp_path, version):
    """The three differ in how long a header may be and in its alphabet."""
    path = tmp_path / "a.npy"
    x = np.arange(24, dtype=np.uint8).reshape(2, 3, 4)
    with path.open("wb") as file:
        npy_format.write_array(file, x, version=version)
    dataset = npy.read(path)
    np.testing.assert_array_equal(dataset.x, x[..., None])
    assert (dataset.kind, dataset.y, dataset.class_names) == ("image", None, ())


finite = st.floats(allow_nan=False, allow_infinity=False, width=32)


@given(arrays.arrays(np.float32, arrays.array_shapes(min_dims=2, max_dims=2), elements=finite))
def test_any_finite_table_comes_back(tmp_path_factory, x):
    """Every value survives, and each column has a name."""
    path = tmp_path_factory.getbasetemp() / "any.npy"
    np.save(path, x)
    dataset = npy.read(path)
    np.testing.assert_array_equal(dataset.x, x)
    assert len(set(dataset.feature_names)) == x.shape[1]


@pytest.mark.parametrize(
    ("array", "cause"),
    [
        (np.array([[1, None]], dtype=object), "plain numbers"),
        (np.array([["a"]]), "plain numbers"),
        (np.ones(3), "rows of at least one value"),
        (np.array([[np.nan]]), "missing or infinite"),
        (np.ones((2, 3, 8, 8)), "channels first"),
    ],
)
def test_unusable_arrays_are_refused(tmp_path, array, cause):
    """As in an .npz; nothing is unpickled."""
    np.save(tmp_path / "a.npy", array)
    with pytest.raises(DataError, match=rf"^a\.npy.*{cause}"):
        npy.read(tmp_path / "a.npy")


def test_missing_files_are_refused(tmp_path):
    """A path that leads nowhere is an error of the user's."""
    with pytest.raises(DataError, match="cannot be opened"):
        npy.read(tmp_path / "a.npy")


def test_cut_files_are_refused(tmp_path):
    """The size of the file is held against its header before values are read."""
    path = tmp_path / "a.npy"
    np.save(path, np.eye(9))
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(DataError, match="cut short"):
        npy.read(path)
