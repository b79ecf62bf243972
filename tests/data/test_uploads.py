"""Users' files: kept once by content, found by id alone, and never by a stranger's path."""

import io
import zipfile

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from aecore.data import uploads
from aecore.data.readers import READERS
from aecore.errors import DataError

pytestmark = pytest.mark.usefixtures("home")

CSV = b"a,b\n1,2\n3,4\n"


def image(shade):
    """A PNG file of one colour."""
    content = io.BytesIO()
    Image.new("L", (4, 3), shade).save(content, "PNG")
    return content.getvalue()


def folders(home):
    """The names of all that lies among the uploads."""
    return sorted(path.name for path in home.iterdir())


def test_a_file_is_kept_under_its_content(home):
    """Byte for byte, in a place that its id names, with the name that its user knows."""
    source = uploads.keep({"My data.csv": CSV})
    path = uploads.path_of(source)
    assert path.read_bytes() == CSV
    assert path == home / source.removeprefix("upload:") / "content.csv"
    assert uploads.title_of(source) == "My data.csv"
    assert uploads.is_upload(source)
    assert not uploads.is_upload("digits")


def test_the_same_file_is_kept_once(home):
    """Whoever gives it, and whenever; its first date stays."""
    source = uploads.keep({"a.csv": CSV})
    [before] = uploads.listed()
    assert uploads.keep({"a.csv": CSV}) == source
    assert uploads.listed() == [before]
    assert folders(home) == [source.removeprefix("upload:")]


def test_another_name_or_content_is_another_upload():
    """And so is a name that ends where the content of the other begins."""
    files = [{"a.csv": CSV}, {"b.csv": CSV}, {"a.csv": CSV + b"5,6\n"}, {"a.csv.csv": CSV[4:]}]
    assert len({uploads.keep(each) for each in files}) == len(files)


def test_the_run_folder_is_found_as_runs_are(monkeypatch, tmp_path):
    """From the variable, the home folder in it written out, or beside the app."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    for given_folder, expected in (("~/mine", "mine"), ("", "runs"), ("here/../there", "there")):
        monkeypatch.setenv("AECORE_HOME", given_folder)
        assert uploads.home() == (tmp_path / expected / "uploads").resolve()


def test_several_images_become_one_archive():
    """Stored as they are, with the folders that name their classes, and read as a data set."""
    files = {"cat/1.png": image(10), "cat/2.PNG": image(20), "dog/1.png": image(30)}
    source = uploads.keep(files)
    path = uploads.path_of(source)
    assert (path.name, uploads.title_of(source)) == ("content.zip", "3 images.zip")
    with zipfile.ZipFile(path) as archive:
        assert {info.filename: archive.read(info) for info in archive.infolist()} == files
        assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_STORED}
    read = READERS["images"].read(path)
    assert read.class_names == ("cat", "dog")
    np.testing.assert_array_equal(read.x[:, 0, 0, 0], [10, 20, 30])


def test_images_in_another_order_are_the_same_upload():
    """A browser gives them as it likes."""
    files = {f"{number}.png": image(number) for number in range(5)}
    assert uploads.keep(files) == uploads.keep(dict(reversed(files.items())))
    assert len(uploads.listed()) == 1


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("a.CSV", "content.csv"),
        ("a.csv.gz", "content.csv.gz"),
        ("train-images-idx3-ubyte.gz", "content-ubyte.gz"),
        (".csv", "content.csv"),
        ("../../etc/cron.d/a.csv", "content.csv"),
        ("C:\\Users\\me\\a.csv", "content.csv"),
        ("a\0b\n\x1b[31m; rm -rf ~.csv", "content.csv"),
        ("x" * 10_000 + ".csv", "content.csv"),
    ],
)
def test_only_the_suffix_of_a_name_reaches_the_disk(home, name, kept):
    """In lower case, the longest that is known; all else of a name is for the screen."""
    source = uploads.keep({name: CSV})
    assert uploads.path_of(source).name == kept
    assert folders(home) == [source.removeprefix("upload:")]
    title = uploads.title_of(source)
    assert title.isprintable()
    assert "/" not in title
    assert "\\" not in title
    assert len(title) <= 100
    assert title.lower().endswith(kept.removeprefix("content"))


@given(st.text(max_size=300))
def test_any_name_is_kept_or_refused(name):
    """Nothing a browser could send leads out of the folder, or to another error."""
    source = uploads.keep({f"{name}.csv": CSV})
    path = uploads.path_of(source)
    assert path.resolve().parent.parent == uploads.home()
    assert uploads.title_of(source).isprintable()


@given(st.sets(st.text(max_size=30), min_size=2, max_size=5))
def test_archives_of_images_with_any_names_are_safe_to_read(names):
    """No name makes the archive one that its own reader refuses."""
    files = {f"{name}/x{number}.png": image(number) for number, name in enumerate(names)}
    path = uploads.path_of(uploads.keep(files))
    with zipfile.ZipFile(path) as archive:
        members = archive.namelist()
    assert len(members) == len(files)
    for member in members:
        parts = member.split("/")
        assert "" not in parts
        assert not {".", ".."} & set(parts)
        assert "\0" not in member


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({}, r"No file was given\. Choose one"),
        ({"a.csv": b""}, r"a\.csv is empty\. Choose another"),
        ({"a.docx": b"x"}, r"a\.docx is of no kind that can be read\. Give one of: .*\.csv, \.tsv"),
        ({"csv": b"x"}, "csv is of no kind that can be read"),
        ({"": b"x"}, "of no kind that can be read"),
        ({"a.png": b"x", "b.csv": b"x"}, r"b\.csv is no image, and only images can be given sev"),
        ({"a.csv": b"x", "b.csv": b"x"}, r"a\.csv is no image"),
        ({"a.png": b"x", "b.png": b""}, r"b\.png is empty"),
        ({"a.png": b"x", "./a.png": b"y"}, "Two of the files have the same name"),
    ],
)
def test_what_cannot_be_a_data_set_is_refused(home, files, sentence):
    """With one sentence and what to do, and nothing is written."""
    with pytest.raises(DataError, match=sentence):
        uploads.keep(files)
    assert not home.exists()


def test_every_kind_that_can_be_read_is_listed():
    """In the sentence that refuses one that cannot."""
    with pytest.raises(DataError) as caught:
        uploads.keep({"a.docx": b"x"})
    for reader in READERS.values():
        assert reader.title in caught.value.remedy
        for suffix in reader.suffixes:
            assert suffix in caught.value.remedy
            uploads.keep({f"a{suffix}": b"x"})


def test_what_is_too_large_is_refused(home, limit):
    """One file, or images together; what just fits is kept."""
    limit("UPLOAD_BYTES", len(CSV))
    uploads.keep({"a.csv": CSV})
    with pytest.raises(DataError, match=r"a\.csv has 13 upload bytes, and the limit is 12"):
        uploads.keep({"a.csv": CSV + b"\n"})
    with pytest.raises(DataError, match="The set of images has 14 upload bytes"):
        uploads.keep({"a.png": b"1234567", "b.png": b"1234567"})
    assert len(folders(home)) == 1


def test_too_many_files_are_refused(limit):
    """Counted before any is written."""
    limit("FILES", 2)
    files = {f"{number}.png": image(number) for number in range(3)}
    with pytest.raises(DataError, match=r"The upload has 3 files, and the limit is 2"):
        uploads.keep(files)


@pytest.mark.parametrize(
    "source",
    [
        "upload:",
        "upload:../../../etc",
        "upload:0123456789ABCDEF",
        "upload:0123456789abcde",
        "upload:0123456789abcdef0",
        "upload:0123456789abcdef\n",
        "upload:0123456789abcdef/..",
        "upload:upload:0123456789abcdef",
        "upload:sheets",
        "digits",
        "0123456789abcdef",
        "/etc/passwd",
    ],
)
def test_a_source_that_is_no_id_names_nothing(home, source):
    """A link cannot lead to other files, nor have them deleted."""
    (home / "sheets").mkdir(parents=True)
    (home / "sheets" / "content.csv").write_bytes(CSV)
    for ask in (uploads.path_of, uploads.title_of, uploads.remove, uploads.folder_of):
        with pytest.raises(DataError, match="There is no uploaded file"):
            ask(source)
    assert (home / "sheets" / "content.csv").exists()
