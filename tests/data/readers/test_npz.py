"""A user's arrays: what is read, and what is refused with a sentence."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from aecore.data.readers import npz
from aecore.errors import DataError


def saved(path, **members):
    """The path of an .npz with these arrays."""
    np.savez(path, **members)
    return path


def test_images_and_labels_are_read(tmp_path):
    """Rank 3 is grey images, and labels of any kind become class indices."""
    x = np.arange(24, dtype=np.uint8).reshape(2, 3, 4)
    path = saved(tmp_path / "a.npz", x=x, y=np.array(["cat", "ant"]))
    dataset = npz.read(path)
    np.testing.assert_array_equal(dataset.x, x[..., None])
    assert (dataset.kind, dataset.x.dtype) == ("image", np.uint8)
    assert dataset.class_names == ("ant", "cat")
    assert dataset.y.tolist() == [1, 0]


def test_facts_are_those_of_the_samples(tmp_path):
    """The headers alone tell shape, kind and that values are bytes."""
    facts = npz.facts(saved(tmp_path / "a.npz", x=np.zeros((5, 4, 6, 3), np.uint8)))
    assert (facts.rows, facts.sample_shape, facts.kind) == (5, (4, 6, 3), "image")
    assert (facts.bytes_of_grey, facts.value_range) == (True, (0, 255))
    facts = npz.facts(saved(tmp_path / "b.npz", x=np.zeros((5, 4))))
    assert (facts.sample_shape, facts.bytes_of_grey, facts.value_range) == ((4,), False, None)


@pytest.mark.parametrize(
    ("shape", "kind", "sample_shape"),
    [
        ((2, 3), "table", (3,)),
        ((2, 3, 4), "image", (3, 4, 1)),
        ((2, 5, 6, 3), "image", (5, 6, 3)),
        ((2, 3, 4, 4), "image", (3, 4, 4)),
        ((2, 5, 6, 7), "table", (210,)),
        ((2, 2, 2, 2, 2), "table", (16,)),
    ],
)
def test_the_rank_says_what_an_array_is(tmp_path, shape, kind, sample_shape):
    """Tables, grey and colour images; anything else is laid out flat."""
    x = np.arange(np.prod(shape), dtype=np.float32).reshape(shape)
    dataset = npz.read(saved(tmp_path / "a.npz", x=x))
    assert (dataset.kind, dataset.x.shape[1:]) == (kind, sample_shape)
    np.testing.assert_array_equal(dataset.x.ravel(), x.ravel())


def test_table_without_labels_is_read(tmp_path):
    """Its columns are counted from 0, and capital X is x."""
    dataset = npz.read(saved(tmp_path / "a.npz", X=np.eye(3)))
    assert (dataset.kind, dataset.y, dict(dataset.factors)) == ("table", None, {})
    assert dataset.feature_names == ("feature 0", "feature 1", "feature 2")
    assert dataset.x.dtype == np.float32


def test_names_in_the_file_are_used(tmp_path):
    """Columns get theirs, and classes theirs in the order of the file, absent ones too."""
    path = saved(
        tmp_path / "a.npz",
        x=np.eye(3),
        y=np.array([2, 0, 2]),
        feature_names=np.array(["<b>a</b>", "=1+1", "c"]),
        class_names=np.array(["red", "green", "blue"]),
    )
    dataset = npz.read(path)
    assert dataset.feature_names == ("<b>a</b>", "=1+1", "c")
    assert dataset.class_names == ("red", "green", "blue")
    assert dataset.y.tolist() == [2, 0, 2]


@pytest.mark.parametrize(
    "y",
    [
        np.array(["b", "a", "b"]),
        np.array([b"b", b"a", b"b"]),
        np.array([1, 2, 1], np.uint8),
        np.array([1.0, 2.0, 1.0]),
    ],
)
def test_labels_are_looked_up_among_the_names(tmp_path, y):
    """Text or bytes as the names themselves, numbers as their positions."""
    names = np.array(["c", "b", "a"])
    dataset = npz.read(saved(tmp_path / "a.npz", x=np.eye(3), y=y, class_names=names))
    assert dataset.y.tolist() == [1, 2, 1]


@pytest.mark.parametrize(
    ("y", "names"),
    [
        (np.array([3, 1, 3]), ("1", "3")),
        (np.array([3.0, 1.0, 3.0]), ("1", "3")),
        (np.array([True, False, True]), ("False", "True")),
        (np.array([[b"b"], [b"a"], [b"b"]]), ("a", "b")),
    ],
)
def test_labels_of_any_kind_become_classes(tmp_path, y, names):
    """Classes are named as the labels read, whole numbers without a point."""
    dataset = npz.read(saved(tmp_path / "a.npz", x=np.eye(3), y=y))
    assert dataset.class_names == names
    assert dataset.y.tolist() == [1, 0, 1]


def test_measurements_become_a_factor(tmp_path):
    """Numbers that are not whole are no classes."""
    dataset = npz.read(saved(tmp_path / "a.npz", x=np.eye(2), y=np.array([0.5, 2.0])))
    assert (dataset.y, dataset.class_names) == (None, ())
    assert dataset.factors["y"].tolist() == [0.5, 2.0]


def test_too_many_numbers_are_a_factor_and_too_many_texts_nothing(tmp_path):
    """A thousand classes are told apart, one more is not."""
    rows = np.arange(1001)
    x = rows[:, None]
    assert len(npz.read(saved(tmp_path / "a.npz", x=x[1:], y=rows[1:])).class_names) == 1000
    dataset = npz.read(saved(tmp_path / "b.npz", x=x, y=rows))
    assert dataset.y is None
    np.testing.assert_array_equal(dataset.factors["y"], rows)
    dataset = npz.read(saved(tmp_path / "c.npz", x=x, y=rows.astype(str)))
    assert (dataset.y, dataset.class_names, dict(dataset.factors)) == (None, (), {})


@pytest.mark.parametrize(
    ("members", "cause", "remedy"),
    [
        ({"z": np.eye(2)}, "no array named x, only z", r"x=old\['z'\]\)"),
        ({"z": np.eye(2), "w": np.eye(2)}, "only z, w", "x=x, y=y"),
        ({"data": np.eye(2), "target": np.ones(2)}, "only data, target", r"'data'\], y=old\['targ"),
        (
            {"X": np.eye(2), "labels": np.ones(2)},
            "no array named y, only X, labels",
            r"'X'\], y=old",
        ),
        (
            {
                "x_test": np.eye(2),
                "y_test": np.ones(2),
                "x_train": np.eye(2),
                "y_train": np.ones(2),
            },
            "no array named x, only x_test, y_test, x_train, y_train",
            r"x=old\['x_train'\], y=old\['y_train'\]",
        ),
        ({}, "holds no arrays", "savez"),
        ({"x": np.ones(3)}, "rows of at least one value", "Save it as"),
        ({"x": np.ones((0, 3))}, "rows of at least one value", "Save it as"),
        ({"x": np.array(1.0)}, "rows of at least one value", "Save it as"),
        ({"x": np.ones((2, 3, 5, 6))}, "channels first", r"transpose\(0, 2, 3, 1\)"),
        ({"x": np.ones((2, 1, 8, 8))}, "channels first", r"transpose\(0, 2, 3, 1\)"),
        ({"x": np.array([[1, None]], dtype=object)}, "plain numbers", "astype"),
        ({"x": np.array([["a", "b"]])}, "plain numbers", "astype"),
        ({"x": np.array([[1j, 2]])}, "plain numbers", "astype"),
        ({"x": np.array([[1.0, np.nan]])}, "missing or infinite", "Replace"),
        ({"x": np.array([[1.0, np.inf]])}, "missing or infinite", "Replace"),
        ({"x": np.array([[1.0, 1e300]])}, "beyond 3.4e38", "Replace"),
        ({"x": np.ones((2, 25_001))}, r"25,001 columns.*AECORE_MAX_COLUMNS", "Save images as"),
        ({"x": np.ones((3, 2)), "y": np.ones(2)}, "3 rows in x but 2 labels", "one label a row"),
        ({"x": np.ones((3, 2)), "y": np.eye(3)}, "3 rows in x but 9 labels", "argmax"),
        ({"x": np.eye(2), "y": np.array([1.0, np.nan])}, "missing or infinite labels", "Drop"),
        ({"x": np.eye(2), "y": np.array(["a", None])}, "plain numbers", "astype"),
        ({"x": np.eye(2), "feature_names": np.array(["a"])}, "2 columns in x but 1", "a column"),
        ({"x": np.eye(2), "feature_names": np.ones(2)}, "plain text", "astype"),
    ],
)
def test_unusable_arrays_are_refused(tmp_path, members, cause, remedy):
    """Each says what is wrong and what to do, and nothing is unpickled."""
    with pytest.raises(DataError) as refusal:
        npz.read(saved(tmp_path / "a.npz", **members))
    assert refusal.match(cause)
    assert refusal.match(remedy)


def test_yes_and_no_may_have_names(tmp_path):
    """False is the first of two class names."""
    y, names = np.array([True, False, True]), np.array(["benign", "malignant"])
    dataset = npz.read(saved(tmp_path / "a.npz", x=np.eye(3), y=y, class_names=names))
    assert (dataset.y.tolist(), dataset.class_names) == ([1, 0, 1], ("benign", "malignant"))


@pytest.mark.parametrize("name", ["class_names", "feature_names"])
def test_too_many_names_are_refused(tmp_path, name):
    """They are counted in the header."""
    names = {name: np.full(25_001, "a")}
    with pytest.raises(DataError, match=f"{name} in a.npz has 25,001 .*Save fewer names"):
        npz.read(saved(tmp_path / "a.npz", x=np.eye(2), y=np.ones(2), **names))


@pytest.mark.parametrize("label", [2, -1, 0.5, "red"])
def test_labels_without_a_name_are_refused(tmp_path, label):
    """Class names that do not fit the labels are told by the first label that has none."""
    y, names = np.array([label]), np.array(["a", "b"])
    with pytest.raises(DataError, match=f"label {label}, which is none of the 2 in class_names"):
        npz.read(saved(tmp_path / "a.npz", x=np.ones((1, 2)), y=y, class_names=names))


shapes = arrays.array_shapes(min_dims=2, max_dims=3, max_side=6)
dtypes = st.sampled_from(["uint8", "int16", ">i4", "bool", "float16", "float32", ">f8"])


@given(arrays.arrays(dtypes, shapes, elements=st.integers(0, 1)), st.data())
def test_any_finite_array_comes_back(tmp_path_factory, x, data):
    """Values, order of axes and labels survive the way through a file."""
    if data.draw(st.booleans()):
        x = np.asfortranarray(x)
    y = data.draw(arrays.arrays(np.int64, len(x), elements=st.integers(-3, 3)))
    path = tmp_path_factory.getbasetemp() / "any.npz"
    save = data.draw(st.sampled_from([np.savez, np.savez_compressed]))
    save(path, x=x, y=y)
    dataset = npz.read(path)
    np.testing.assert_array_equal(dataset.x.reshape(x.shape), x)
    assert [int(dataset.class_names[label]) for label in dataset.y] == y.tolist()
