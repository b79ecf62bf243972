"""Users' files once they are kept: listed, removed, found, and explained where they are not."""

import errno
import json
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from aecore.data import load, uploads
from aecore.data.readers import READERS
from aecore.errors import DataError
from tests.data.test_uploads import CSV, folders

pytestmark = pytest.mark.usefixtures("home")


def test_a_removed_file_says_so(home):
    """Also when it is removed twice; and it can come back under its id."""
    source, other = uploads.keep({"a.csv": CSV}), uploads.keep({"b.csv": CSV})
    uploads.remove(source)
    uploads.remove(source)
    for ask in (uploads.path_of, uploads.title_of):
        with pytest.raises(DataError, match=r"was removed\. Upload it again\."):
            ask(source)
    assert [upload.source for upload in uploads.listed()] == [other]
    assert folders(home) == [other.removeprefix("upload:")]
    assert uploads.keep({"a.csv": CSV}) == source
    assert uploads.path_of(source).read_bytes() == CSV


def test_the_list_has_the_newest_first(home):
    """With size, time and name; what is none of ours is left out."""
    assert uploads.listed() == []
    sources = [uploads.keep({f"{name}.csv": CSV + name.encode()}) for name in "abc"]
    for source, seconds in zip(sources, (200, 300, 100), strict=True):
        os.utime(uploads.path_of(source), (seconds, seconds))
    (home / "sheets").mkdir()
    (home / ".half.part").mkdir()
    (home / ("0" * 16)).mkdir()
    found = uploads.listed()
    assert [upload.title for upload in found] == ["b.csv", "a.csv", "c.csv"]
    assert found[0].source == sources[1]
    assert found[0].bytes == len(CSV) + 1
    assert found[0].kept_at == datetime.fromtimestamp(300, UTC)


def test_what_nobody_could_read_goes_after_a_while():
    """What was read stays, what is new has its time, and others' files are no one else's."""
    read, junk, foreign = (
        uploads.keep({"a.csv": CSV}),
        uploads.keep({"b.npz": b"junk"}),
        uploads.keep({"c.npz": b"junk"}, "f" * 32),
    )
    load(read)
    with pytest.raises(DataError):
        load(junk)
    assert {each.source: each.is_read for each in uploads.listed("")} == {read: True, junk: False}
    uploads.remove_unread(older_than=timedelta(hours=1))
    assert len(uploads.listed("")) == 2
    uploads.remove_unread(older_than=timedelta(0))
    assert {each.source for each in uploads.listed()} == {read, foreign}


def test_a_file_can_be_pinned():
    """Until it is no longer; one that is gone cannot be."""
    source = uploads.keep({"a.csv": CSV})
    for pinned in (True, True, False, False):
        uploads.pin(source, pinned)
        assert [each.is_pinned for each in uploads.listed()] == [pinned]
    uploads.remove(source)
    with pytest.raises(DataError, match="was removed"):
        uploads.pin(source)


@pytest.mark.parametrize("about", [b"", b"\xff", b"[]", b"{}", json.dumps([1]).encode()])
def test_a_file_without_its_note_can_still_be_used(about):
    """Only its name is lost."""
    source = uploads.keep({"a.csv": CSV})
    (uploads.folder_of(source) / "about.json").write_bytes(about)
    assert uploads.title_of(source) == "content.csv"
    assert uploads.path_of(source).read_bytes() == CSV
    assert len(uploads.listed()) == 1


def test_a_folder_without_its_file_is_filled_again():
    """As when somebody tidied up by hand."""
    source = uploads.keep({"a.csv": CSV})
    uploads.path_of(source).unlink()
    assert uploads.keep({"a.csv": CSV}) == source
    assert uploads.path_of(source).read_bytes() == CSV


def test_many_at_once_keep_one(home):
    """Threads that give the same file all get its id, and no half of one is left."""
    content = CSV * 20_000
    with ThreadPoolExecutor(8) as pool:
        sources = set(pool.map(lambda _: uploads.keep({"a.csv": content}), range(24)))
    [source] = sources
    assert uploads.path_of(source).read_bytes() == content
    assert folders(home) == [source.removeprefix("upload:")]


def test_a_folder_that_cannot_be_written_is_explained(tmp_path, monkeypatch):
    """A file stands where the folder should be."""
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("AECORE_HOME", str(tmp_path / "file"))
    with pytest.raises(DataError, match=r"cannot be written to .*AECORE_HOME"):
        uploads.keep({"a.csv": CSV})


def test_errors_of_readers_name_the_file_as_its_user_does():
    """Not as it is kept, in cause and remedy; other errors pass as they are."""
    source = uploads.keep({"mine.npy": b"nonsense"})
    with pytest.raises(DataError) as caught, uploads.by_title(source):
        READERS["npy"].read(uploads.path_of(source))
    assert "mine.npy" in caught.value.cause
    assert "content" not in str(caught.value)
    with pytest.raises(OSError, match="full"), uploads.by_title(source):
        raise OSError(errno.ENOSPC, "full")
