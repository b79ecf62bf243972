"""Downloads from a server of our own: kept only when whole and right, and explained when not."""

import hashlib
import http.server
import itertools
import resource
import socket
import threading
from functools import partial

import pytest

from aecore.data import downloading
from aecore.data.dataset import Dataset, DatasetSpec, Download, Facts
from aecore.data.downloading import DownloadStoppedError, fetch, folder, is_here, path_of
from aecore.errors import DataError

CONTENT = bytes(range(256)) * 1024  # four chunks
CHUNK = downloading.CHUNK_BYTES


class Handler(http.server.BaseHTTPRequestHandler):
    """Serves /whole-… in full, /short without its end, /endless without end, and nothing else."""

    def do_GET(self):
        name = self.path.lstrip("/")
        if name.startswith("whole"):
            self.answer(len(CONTENT), [CONTENT])
        elif name == "short":
            self.answer(len(CONTENT), [CONTENT[:-1]])
        elif name == "endless":
            self.answer(None, itertools.repeat(CONTENT))
        else:
            self.send_error(404)

    def answer(self, length, parts):
        self.server.answers.append(self.path)
        self.send_response(200)
        if length is not None:
            self.send_header("Content-Length", str(length))
        self.end_headers()
        try:
            for part in parts:
                self.wfile.write(part)
        except ConnectionError:
            # The client hung up, as it does once it has been told to stop.
            self.close_connection = True

    def log_message(self, *_):
        """Tests print nothing."""


@pytest.fixture(scope="module")
def server():
    """A server on a free port of this machine."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.answers = []
        thread = threading.Thread(target=partial(server.serve_forever, poll_interval=0.01))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    """Downloads go to a folder that does not exist yet; local addresses need no proxy."""
    monkeypatch.setenv("AECORE_DOWNLOADS", str(tmp_path / "downloads"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


def download_of(server, name, content=CONTENT, algorithm="sha256"):
    """A file of the server that should hold this content."""
    checksum = hashlib.new(algorithm, content).hexdigest()
    port = server.server_address[1]
    return Download(f"http://127.0.0.1:{port}/{name}", f"{algorithm}:{checksum}", len(CONTENT))


def spec_of(*files):
    """A data set of these files."""

    def load() -> Dataset:
        raise NotImplementedError

    facts = Facts(1, (1,), "table")
    return DatasetSpec("toy", "Toy", "A toy.", facts, load, "here", "downloaded", files)


@pytest.mark.parametrize("algorithm", ["sha256", "md5"])
def test_a_good_file_is_fetched_once(server, algorithm):
    """It is here afterwards, byte for byte, and not asked for again."""
    spec = spec_of(download_of(server, f"whole-{algorithm}", algorithm=algorithm))
    assert not is_here(spec)
    fetch(spec)
    assert is_here(spec)
    assert path_of(spec.files[0], "Toy").read_bytes() == CONTENT
    fetch(spec)
    assert server.answers.count(f"/whole-{algorithm}") == 1


def test_progress_counts_over_all_files(server):
    """Chunk by chunk from little to all, and all is the sum of sizes."""
    spec = spec_of(download_of(server, "whole-1"), download_of(server, "whole-2", algorithm="md5"))
    told = []
    fetch(spec, on_progress=lambda done, total: told.append((done, total)))
    done = [now for now, _ in told]
    assert {total for _, total in told} == {2 * len(CONTENT)}
    assert done == sorted(done)
    assert set(range(CHUNK, 2 * len(CONTENT) + 1, CHUNK)) <= set(done)
    assert done[-1] == 2 * len(CONTENT)


def test_one_missing_file_is_fetched_alone(server):
    """What is here already counts as done."""
    first, second = download_of(server, "whole-3"), download_of(server, "whole-4", algorithm="md5")
    fetch(spec_of(first))
    assert not is_here(spec_of(first, second))
    told = []
    fetch(spec_of(first, second), on_progress=lambda done, _: told.append(done))
    assert told[0] == len(CONTENT)
    assert (server.answers.count("/whole-3"), server.answers.count("/whole-4")) == (1, 1)


def nothing_is_left():
    """Whether the folder holds no file, not even half of one."""
    return not folder().exists() or not list(folder().iterdir())


@pytest.mark.parametrize("chunks", [0, 1, 3])
def test_a_stop_leaves_nothing_behind(server, chunks):
    """Before the first chunk, or between two; and the next try succeeds."""
    spec = spec_of(download_of(server, "whole-stopped"))
    told = []
    with pytest.raises(DownloadStoppedError, match="The download of Toy was stopped"):
        fetch(spec, lambda done, _: told.append(done), lambda: len(told) >= chunks)
    assert len(told) == chunks
    assert nothing_is_left()
    assert not is_here(spec)
    fetch(spec)
    assert is_here(spec)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("whole-other", "its checksum differs"),
        ("endless", "its checksum differs"),
        ("short", "broke off"),
        ("missing", "does not hand out the file .its answer was 404"),
    ],
)
def test_wrong_answers_are_refused(server, name, sentence):
    """Other content, content without end, a broken connection, no such file: nothing is kept."""
    spec = spec_of(download_of(server, name, content=b"what was expected"))
    with pytest.raises(DataError, match=sentence):
        fetch(spec)
    assert not is_here(spec)
    assert nothing_is_left()


def test_no_connection_is_explained():
    """A port where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    spec = spec_of(Download(f"http://127.0.0.1:{port}/file", "md5:" + "0" * 32, 1))
    with pytest.raises(DataError, match=r"127\.0\.0\.1 cannot be reached\. Check the connection"):
        fetch(spec)


def test_a_folder_that_cannot_be_written_is_explained(server, tmp_path, monkeypatch):
    """A file stands where the folder should be."""
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("AECORE_DOWNLOADS", str(tmp_path / "file" / "downloads"))
    with pytest.raises(DataError, match=r"cannot be written to .*AECORE_DOWNLOADS"):
        fetch(spec_of(download_of(server, "whole-5")))


def test_a_full_disk_is_explained(server):
    """Writing fails after the first chunk, and what had been written is gone."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (CHUNK, hard))
    try:
        with pytest.raises(DataError, match=r"cannot be written to .*\. Free some space"):
            fetch(spec_of(download_of(server, "whole-large")))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert nothing_is_left()


def test_what_is_damaged_is_fetched_anew(server):
    """A file that no longer fits its checksum is refused, and replaced by the next fetch."""
    download = download_of(server, "whole-6")
    fetch(spec_of(download))
    path = path_of(download, "Toy")
    path.write_bytes(CONTENT[:-1])
    with pytest.raises(DataError, match=f"damaged since it was downloaded. Delete {path}"):
        path_of(download, "Toy")
    fetch(spec_of(download))
    assert path_of(download, "Toy").read_bytes() == CONTENT


def test_what_was_never_fetched_is_refused(server):
    """The sentence names the data set and where to get it."""
    with pytest.raises(DataError, match=r"Toy has not been downloaded yet\. Download it on"):
        path_of(download_of(server, "whole-7"), "Toy")


def test_files_of_one_name_do_not_meet(server):
    """Another checksum is another file, even at the same address."""
    first = download_of(server, "whole-8")
    other = download_of(server, "whole-8", content=b"a newer edition")
    fetch(spec_of(first))
    assert is_here(spec_of(first))
    assert not is_here(spec_of(other))


def test_a_set_without_files_is_here():
    """Nothing has to be fetched for what is packaged or generated."""
    assert is_here(spec_of())


def test_the_folder_is_the_home_cache_unless_given(monkeypatch):
    """An empty variable counts as none."""
    monkeypatch.setenv("AECORE_DOWNLOADS", "")
    monkeypatch.setenv("HOME", "/home/somebody")
    assert str(folder()) == "/home/somebody/.cache/autoencoder-lab"
