"""Downloads: fetching the files of a data set once, with checksum, progress and stop."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from aecore import environment
from aecore.data.dataset import DatasetSpec, Download
from aecore.errors import DataError

CHUNK_BYTES = 64 * 1024
# To connect, and between two chunks.
TIMEOUT_SECONDS = 30
# Sizes guard against endless answers; what is right is for the checksum to say.
MOST_TIMES_SIZE = 2
LATER = "Try again later, or upload the data instead."

OnProgress = Callable[[int, int], None]
ShouldStop = Callable[[], bool]


class DownloadStoppedError(DataError):
    """A download that was asked to stop; nothing of the unfinished file is kept."""


def folder() -> Path:
    """Where downloaded files lie: $AECORE_DOWNLOADS, or ~/.cache/autoencoder-lab."""
    return environment.downloads()


def is_here(spec: DatasetSpec) -> bool:
    """Whether every file of a data set has been fetched; true where it has none.

    Looks for the files alone, since a page asks this often; `path_of` checks what they hold.
    """
    return all(place_of(download).is_file() for download in spec.files)


def place_of(download: Download) -> Path:
    """Where a file lies once it has been fetched.

    Part of the checksum stands in the name, so that a newer edition is another file.
    """
    checksum = download.known_hash.split(":")[1]
    name = Path(urlsplit(download.url).path).name
    return folder() / f"{checksum[:12]}-{name}"


def path_of(download: Download, title: str) -> Path:
    """Where a fetched file lies, whose checksum fits: its reader need not expect damage.

    Args:
        title: of its data set, for the message.

    Raises:
        DataError: it has not been fetched, or has changed since.
    """
    import pooch

    place = place_of(download)
    if not place.is_file():
        raise DataError(
            f"{title} has not been downloaded yet.",
            "Download it on the Data page, or choose another data set.",
        )
    algorithm, checksum = download.known_hash.split(":")
    if pooch.file_hash(str(place), alg=algorithm) != checksum:
        raise DataError(
            f"A file of {title} has been damaged since it was downloaded.",
            f"Delete {place} and download it again.",
        )
    return place


def fetch(
    spec: DatasetSpec,
    on_progress: OnProgress | None = None,
    should_stop: ShouldStop | None = None,
) -> None:
    """Fetch the files of a data set that are not here; each is kept only once its checksum fits.

    Args:
        on_progress: told bytes done and bytes in all, over all files.
        should_stop: asked between chunks of 64 KiB.

    Raises:
        DownloadStoppedError: `should_stop()` said so.
        DataError: a file cannot be reached, is not the one expected, or cannot be kept.
    """
    watcher = _Watcher(spec, on_progress, should_stop)
    for download in spec.files:
        with _explained(download):
            _fetch(download, watcher)
        watcher.file_done(download)


def _fetch(download: Download, watcher: _Watcher) -> None:
    """Through a temporary file, which is gone again if anything goes wrong."""
    import pooch

    place = place_of(download)

    def stream(url: str, output_file: str, _pooch: object) -> None:
        _stream(url, Path(output_file), download, watcher)

    pooch.retrieve(
        download.url,
        known_hash=download.known_hash,
        fname=place.name,
        path=place.parent,
        downloader=stream,
    )


def _stream(url: str, output: Path, download: Download, watcher: _Watcher) -> None:
    import requests

    # Unpacked on the way, a .gz file would no longer fit its checksum.
    headers = {"Accept-Encoding": "identity"}
    watcher.check()
    with requests.get(url, stream=True, timeout=TIMEOUT_SECONDS, headers=headers) as response:
        if not response.ok:
            raise DataError(
                f"{urlsplit(url).hostname} does not hand out the file "
                f"(its answer was {response.status_code}).",
                LATER,
            )
        with output.open("wb") as file:
            for chunk in response.iter_content(CHUNK_BYTES):
                file.write(chunk)
                if file.tell() > MOST_TIMES_SIZE * download.size:
                    raise ValueError("The answer is longer than the file.")
                watcher.chunk_done(download, file.tell())


class _Watcher:
    """Tells of progress over all files, and hears a stop."""

    def __init__(
        self, spec: DatasetSpec, on_progress: OnProgress | None, should_stop: ShouldStop | None
    ) -> None:
        self._title = spec.title
        self._total = sum(download.size for download in spec.files)
        self._before = 0
        self._on_progress = on_progress
        self._should_stop = should_stop

    def check(self) -> None:
        if self._should_stop is not None and self._should_stop():
            raise DownloadStoppedError(
                f"The download of {self._title} was stopped.", "Start it again to have the data."
            )

    def chunk_done(self, download: Download, received: int) -> None:
        self._tell(self._before + min(received, download.size))
        self.check()

    def file_done(self, download: Download) -> None:
        self._before += download.size
        self._tell(self._before)

    def _tell(self, done: int) -> None:
        if self._on_progress is not None:
            self._on_progress(done, self._total)


@contextmanager
def _explained(download: Download) -> Iterator[None]:
    """What goes wrong in a download, as one sentence of cause and one of what to do."""
    import requests

    host = urlsplit(download.url).hostname
    try:
        yield
    except requests.RequestException as error:
        broken = isinstance(error, requests.exceptions.ChunkedEncodingError)
        raise DataError(
            f"{host} {'broke off' if broken else 'cannot be reached'}.",
            "Check the connection, or upload the data instead.",
        ) from error
    except ValueError as error:
        raise DataError(
            f"What {host} sent is not the file expected: its checksum differs.",
            LATER,
        ) from error
    except OSError as error:
        raise DataError(
            f"The file cannot be written to {folder()} ({error.strerror or type(error).__name__}).",
            f"Free some space there, or set {environment.DOWNLOADS} to a folder that can be "
            "written.",
        ) from error
