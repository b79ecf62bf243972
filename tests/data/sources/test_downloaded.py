"""Files as their providers make them, written here in small: read, and refused until fetched."""

import gzip
import io
import tarfile

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy.io import savemat

from aecore.data import downloading
from aecore.data.sources import (
    DATASETS,
    cifar_10,
    fashion_mnist,
    mnist,
    newsgroups,
    olivetti_faces,
)
from aecore.errors import DataError

DOWNLOADED = [spec for spec in DATASETS.values() if spec.origin == "downloaded"]


def random_bytes(*shape):
    """Values from 0 to 255."""
    return np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)


def idx(values):
    """An array as a gzipped IDX file has it."""
    lengths = b"".join(length.to_bytes(4, "big") for length in values.shape)
    return gzip.compress(bytes([0, 0, 8, values.ndim]) + lengths + values.tobytes())


def packed(path, files):
    """The path of a .tar.gz with these files, behind a folder of its own."""
    with tarfile.open(path, "w:gz") as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return path


def assert_fits(dataset, facts):
    """All but the number of rows is as the facts say."""
    assert dataset.x.shape[1:] == facts.sample_shape
    assert (dataset.kind, dataset.class_names) == (facts.kind, facts.class_names)
    assert dataset.x.dtype == np.uint8 and facts.bytes_of_grey
    assert len(dataset.y) == len(dataset.x)
    assert dataset.y.dtype == np.int64


def test_mnist_is_read(tmp_path):
    """Training images come first, test images after them, each with its digit."""
    images = random_bytes(5, 28, 28)
    digits = np.array([3, 1, 4, 1, 5], dtype=np.uint8)
    parts = {"x_train": images[:3], "y_train": digits[:3], "x_test": images[3:]}
    np.savez(tmp_path / "mnist.npz", **parts, y_test=digits[3:])
    dataset = mnist.read(tmp_path / "mnist.npz")
    assert (dataset.x[..., 0] == images).all()
    assert dataset.y.tolist() == [3, 1, 4, 1, 5]
    assert_fits(dataset, mnist.SPEC.facts)


def test_fashion_mnist_is_read(tmp_path):
    """Files are joined in the order given, images and labels alike."""
    images, labels = random_bytes(5, 28, 28), np.array([9, 0, 2, 7, 5], dtype=np.uint8)
    paths = {name: tmp_path / name for name in ("x1", "x2", "y1", "y2")}
    parts = (images[:3], images[3:], labels[:3], labels[3:])
    for path, values in zip(paths.values(), parts, strict=True):
        path.write_bytes(idx(values))
    dataset = fashion_mnist.read([paths["x1"], paths["x2"]], [paths["y1"], paths["y2"]])
    assert (dataset.x[..., 0] == images).all()
    assert [dataset.class_names[label] for label in dataset.y[:2]] == ["Ankle boot", "T-shirt/top"]
    assert_fits(dataset, fashion_mnist.SPEC.facts)


@given(
    values=arrays.arrays(np.uint8, arrays.array_shapes(max_dims=3, max_side=300)),
)
def test_any_idx_array_comes_back(tmp_path_factory, values):
    """Lengths beyond 255 too, where the order of their bytes matters."""
    path = tmp_path_factory.mktemp("idx") / "values.gz"
    path.write_bytes(idx(values))
    assert np.array_equal(fashion_mnist.read_idx(path), values)


def test_cifar_is_read(tmp_path):
    """Planes of red, green and blue become colours of pixels; batches keep their order."""
    images, labels = random_bytes(12, 32, 32, 3), np.arange(12, dtype=np.uint8) % 10
    planes = images.transpose(0, 3, 1, 2).reshape(12, -1)
    records = np.column_stack([labels, planes]).astype(np.uint8)
    files = {
        f"cifar-10-batches-bin/{name}": records[2 * number : 2 * number + 2].tobytes()
        for number, name in enumerate(cifar_10.BATCHES)
    }
    shuffled = {name: files[name] for name in reversed(files)}
    extra = {"cifar-10-batches-bin/batches.meta.txt": b"airplane\n"}
    dataset = cifar_10.read(packed(tmp_path / "cifar.tar.gz", extra | shuffled))
    assert (dataset.x == images).all()
    assert dataset.y.tolist() == labels.tolist()
    assert_fits(dataset, cifar_10.SPEC.facts)


@pytest.mark.parametrize("dtype", [np.uint8, np.float64])
def test_olivetti_faces_are_read_upright(tmp_path, dtype):
    """MATLAB's columns become rows of pixels, ten photographs a person, and are shuffled."""
    images = random_bytes(400, 64, 64)
    columns = images.transpose(2, 1, 0).reshape(64 * 64, 400)
    savemat(tmp_path / "faces.mat", {"faces": columns.astype(dtype), "p": np.ones((1, 4))})
    dataset = olivetti_faces.read(tmp_path / "faces.mat")
    person = {image.tobytes(): number // 10 for number, image in enumerate(images)}
    assert [person[image.tobytes()] for image in dataset.x] == dataset.y.tolist()
    assert (dataset.y != np.sort(dataset.y)).any()
    assert_fits(dataset, olivetti_faces.SPEC.facts)
    assert len(dataset.x) == olivetti_faces.SPEC.facts.rows


MESSAGE = """From: someone@example.org
Subject: a header

In article <1@example.org> someone writes:
> a quotation
An ørbit is an ellipse.

--
a signature
"""


def test_newsgroups_are_read_without_what_gives_them_away(tmp_path):
    """Header, quotation and signature go; both parts of the archive are read as Latin-1."""
    files = {
        "20news-bydate-test/sci.space/2": MESSAGE.encode("latin-1"),
        "20news-bydate-train/rec.autos/1": b"From: a\n\nA car.\n",
        "20news-bydate-train/README": b"From: a\n\nNo message.\n",
    }
    table = newsgroups.read(packed(tmp_path / "news.tar.gz", files))
    rows = sorted(zip(table.frame["group"], table.frame["text"].str.strip(), strict=True))
    assert rows == [("rec.autos", "A car."), ("sci.space", "An ørbit is an ellipse.")]
    assert table.roles == {"text": "text", "group": "label"}
    assert {group for group, _ in rows} <= set(newsgroups.SPEC.facts.class_names)


def test_newsgroups_are_mixed(tmp_path):
    """Messages do not come group by group."""
    files = {
        f"20news-bydate-train/{group}/{number}": b"From: a\n\nText.\n"
        for group in newsgroups.GROUPS
        for number in range(5)
    }
    groups = newsgroups.read(packed(tmp_path / "news.tar.gz", files)).frame["group"]
    assert sorted(groups) == sorted(newsgroups.GROUPS * 5)
    assert list(groups) != sorted(groups)


@pytest.mark.parametrize("spec", DOWNLOADED, ids=lambda spec: spec.name)
def test_what_is_not_here_is_refused(spec, tmp_path, monkeypatch):
    """Nothing is fetched unasked."""
    monkeypatch.setenv("AECORE_DOWNLOADS", str(tmp_path))
    with pytest.raises(DataError, match=f"{spec.title} has not been downloaded"):
        spec.load()


@pytest.mark.parametrize("spec", DOWNLOADED, ids=lambda spec: spec.name)
@given(content=st.binary(max_size=200))
def test_what_has_changed_is_refused(spec, tmp_path_factory, content):
    """Bytes that do not fit the checksum never reach a reader, whatever they are."""
    with pytest.MonkeyPatch.context() as patch:
        home = tmp_path_factory.mktemp("downloads")
        patch.setenv("AECORE_DOWNLOADS", str(home))
        for download in spec.files:
            downloading.place_of(download).write_bytes(content)
        with pytest.raises(DataError, match="damaged since it was downloaded"):
            spec.load()
