"""New rows by path: pictures come to the size and colours that training had."""

import io
import zipfile

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from aecore.data.loading import load
from aecore.data.options import Preprocessing
from aecore.data.prepare.fitting import fit_arrays
from aecore.data.prepare.preparing import prepare
from aecore.data.readers import images
from aecore.data.reading_rows import read_rows
from aecore.errors import DataError
from aecore.experiment import Experiment
from tests.data.readers.drawn import encoded


def picture(height, width, seed, *, colour=False):
    """A PNG of noise."""
    shape = (height, width, 3) if colour else (height, width)
    pixels = np.random.default_rng(seed).integers(0, 256, shape).astype(np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG")
    return buffer.getvalue()


def packed(path, pictures):
    """A ZIP of them."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in pictures.items():
            archive.writestr(name, content)
    return path


@pytest.fixture(params=[False, True], ids=["grey", "coloured"])
def trained(request, tmp_path):
    """Pictures of several sizes, and the preparation learned from them."""
    sizes = [(20, 30), (24, 24), (40, 22)]
    pictures = {f"{i}.png": picture(*size, i, colour=request.param) for i, size in enumerate(sizes)}
    found = images.read(packed(tmp_path / "train.zip", pictures))
    return found, fit_arrays(Preprocessing(image_size=None), found, np.arange(len(found.x)))


def test_the_same_pictures_are_read_as_in_training(tmp_path, trained):
    """From their ZIP, whose own common size is the one that training had."""
    found, fitted = trained
    again = read_rows(tmp_path / "train.zip", fitted)
    np.testing.assert_array_equal(again.x, found.x)


@pytest.mark.parametrize("colour", [False, True])
def test_other_pictures_are_cut_to_that_size(tmp_path, trained, colour):
    """Also where they alone would have another size, or other colours, and one by itself."""
    found, fitted = trained
    content = picture(64, 48, 9, colour=colour)
    packed(tmp_path / "new.zip", {"a/x.png": content, "b/y.png": content})
    (tmp_path / "one.png").write_bytes(content)
    several = read_rows(str(tmp_path / "new.zip"), fitted)
    assert several.x.shape == (2, *found.x.shape[1:])
    assert several.class_names == ("a", "b")
    one = read_rows(tmp_path / "one.png", fitted)
    np.testing.assert_array_equal(one.x, several.x[:1])
    assert fitted.transform(one).x.shape == (1, *fitted.sample_shape)


@pytest.mark.parametrize(("most", "bits"), [(4095, 12), (65535, 16)])
def test_new_pictures_of_16_bits_have_the_range_of_training(tmp_path, most, bits):
    """A dark one alone stays dark; one of eight bits is as bright as it says."""
    bright = np.linspace(0, most, 64).reshape(8, 8).astype(np.uint16)
    found = images.read(packed(tmp_path / "a.zip", {f"{i}.png": encoded(bright) for i in "ab"}))
    fitted = fit_arrays(Preprocessing(image_size=None), found, np.arange(2))
    assert fitted.description.rows.bits == bits
    (tmp_path / "dark.png").write_bytes(encoded(bright // 16))
    (tmp_path / "bytes.png").write_bytes(encoded(np.full((8, 8), 200, np.uint8)))
    assert read_rows(tmp_path / "dark.png", fitted).x.max() == 16
    assert read_rows(tmp_path / "bytes.png", fitted).x.max() == 200


@pytest.mark.parametrize("kind", ["series", "image"])
def test_new_arrays_are_what_those_of_training_were(tmp_path, kind):
    """Whatever the values of a few samples look like."""
    random = np.random.default_rng(0)
    x = random.normal(size=(20, 20, 12)) * (100.0 ** np.arange(12) if kind == "series" else 1)
    np.save(tmp_path / "a.npy", x)
    found = load(str(tmp_path / "a.npy"))
    fitted = fit_arrays(Preprocessing(image_size=None), found, np.arange(20))
    assert (found.kind, fitted.kind) == (kind, kind)
    np.save(tmp_path / "b.npy", random.normal(size=(2, 20, 12)))
    rows = fitted.transform(read_rows(tmp_path / "b.npy", fitted))
    assert rows.x.shape == (2, *fitted.sample_shape)


def test_what_is_no_path_comes_back(trained):
    """An array is an array."""
    x = np.zeros((2, 2))
    assert read_rows(x, trained[1]) is x


@pytest.mark.parametrize("name", ["none.png", "none.csv", "upload:0123456789abcdef"])
def test_a_file_that_is_not_there_is_told(tmp_path, trained, home, name):
    """In a sentence."""
    with pytest.raises(DataError, match=r"There is no file|was removed"):
        read_rows(name if name.startswith("upload") else tmp_path / name, trained[1])


@pytest.mark.parametrize("windows", [False, True])
def test_rows_of_a_table_keep_their_numbers(tmp_path, windows):
    """Those of a stream are put in order, which is told; a row of a table has its own figures."""
    times = pd.date_range("2024-01-01", periods=60, freq="h")
    frame = pd.DataFrame({"time": times, "a": np.arange(60.0), "b": np.arange(60.0) % 7})
    frame.iloc[::-1].to_csv(tmp_path / "new.csv", index=False)
    source = str(tmp_path / "new.csv")
    roles = {} if windows else {"time": "ignore"}
    chosen = Experiment(data={"source": source, "roles": roles}).preparation_options
    fitted = prepare(chosen, load(source)).preparation
    rows = read_rows(source, fitted)
    assert rows.frame["a"].tolist() == (list(range(60)) if windows else list(range(60))[::-1])
    told = " ".join(fitted.transform(rows).notes)
    assert ("sorted by" in told) == windows
