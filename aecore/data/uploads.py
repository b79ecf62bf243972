"""Uploads: users' files, kept by their content and named `upload:<id>`."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import uuid
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from aecore import environment
from aecore.data.upload_checks import MAX_NAME, check, suffix_of, tidy
from aecore.errors import DataError

PREFIX = "upload:"
ID_LENGTH = 16
# Before its own id stands that of the visitor it belongs to, where visitors are told apart.
ID = re.compile(rf"(?:(?P<visitor>[0-9a-f]{{32}})-)?[0-9a-f]{{{ID_LENGTH}}}")
# A file is kept under this name and a known suffix: nothing in a stranger's name can do harm.
CONTENT = "content"
ABOUT = "about.json"
# Marks beside the content: nobody could read it yet, and it is not to go when room is made.
UNREAD, PINNED = "unread", "pinned"
UNFINISHED = ".part"
AGAIN = "Upload it again."


@dataclass(frozen=True)
class Upload:
    """One kept file.

    Attributes:
        source: as in `data.source`, `upload:<id>`.
        title: the file's name as its user gave it.
        bytes: its size.
        kept_at: when it was given first.
        is_read: whether it could be read since.
        is_pinned: whether it stays when room is made.
    """

    source: str
    title: str
    bytes: int
    kept_at: datetime
    is_read: bool = True
    is_pinned: bool = False

    @property
    def id(self) -> str:
        """Tells it from the visitor's others."""
        return self.source[-ID_LENGTH:]


def home() -> Path:
    """Where the files lie: `uploads` in the run folder, $AECORE_HOME or ./runs."""
    return environment.home() / "uploads"


def is_upload(source: str) -> bool:
    """Whether a source names an upload, kept or not."""
    return source.startswith(PREFIX)


def visitor_of(source: str) -> str:
    """Whose upload a source names; empty where visitors are not told apart, or it names none."""
    found = ID.fullmatch(source.removeprefix(PREFIX))
    return (found["visitor"] or "") if found and is_upload(source) else ""


def keep(files: Mapping[str, bytes], visitor: str = "") -> str:
    """Keep a file, or several image files as one ZIP; the source that names them from now on.

    The same content of the same name is kept once. A ZIP keeps the folders in the names, which
    may stand for classes.

    Args:
        files: name -> content.
        visitor: whose they are; each visitor's are kept apart.

    Raises:
        DataError: nothing, an empty file or one of an unknown kind is given, there are several
            that are not all images, they are larger than the limit, or cannot be written.
    """
    named = {tidy(name): content for name, content in files.items()}
    check(list(files), named)
    upload_id = f"{visitor}-{_id_of(named)}" if visitor else _id_of(named)
    folder = home() / upload_id
    if _content(folder) is None:
        with _explained():
            _write(named, folder)
    return f"{PREFIX}{upload_id}"


def folder_of(source: str) -> Path:
    """Where an upload and what is known of it lie, or would lie.

    Raises:
        DataError: the source is no id of an upload.
    """
    upload_id = source.removeprefix(PREFIX)
    if not is_upload(source) or not ID.fullmatch(upload_id):
        raise DataError(f"There is no uploaded file {source[:MAX_NAME]!r}.", AGAIN)
    return home() / upload_id


def path_of(source: str) -> Path:
    """The file that a source names.

    Raises:
        DataError: it is none of an upload, or its file is gone.
    """
    folder = folder_of(source)
    path = _content(folder)
    if path is None:
        raise DataError(f"The uploaded file {folder.name} was removed.", AGAIN)
    return path


def title_of(source: str) -> str:
    """The file's name as its user gave it; that of an archive of images tells their number.

    Raises:
        DataError: as `path_of`.
    """
    return _title(path_of(source))


def listed(visitor: str | None = None) -> list[Upload]:
    """What is kept, newest first: of all, or of one visitor."""
    folders = [folder for folder in home().glob("*") if ID.fullmatch(folder.name)]
    found = [_upload(path) for path in map(_content, folders) if path is not None]
    if visitor is not None:
        found = [upload for upload in found if visitor_of(upload.source) == visitor]
    return sorted(found, key=lambda upload: upload.kept_at, reverse=True)


def note_read(source: str) -> None:
    """Note that an upload could be read, so that it is worth keeping.

    Raises:
        DataError: the source is no id of an upload, or the note cannot be made.
    """
    with _explained():
        (folder_of(source) / UNREAD).unlink(missing_ok=True)


def pin(source: str, pinned: bool = True) -> None:
    """Let an upload stay when room is made, or no longer.

    Raises:
        DataError: as `path_of`, or the file system refuses.
    """
    mark = path_of(source).with_name(PINNED)
    with _explained():
        if pinned:
            mark.touch()
        else:
            mark.unlink(missing_ok=True)


def remove_unread(visitor: str = "", *, older_than: timedelta) -> None:
    """Delete the uploads of a visitor that nobody could read and nobody looks at any more."""
    until = datetime.now(UTC) - older_than
    for upload in listed(visitor):
        if not upload.is_read and upload.kept_at < until:
            remove(upload.source)


def remove(source: str) -> None:
    """Delete an upload and what is known of it; one that is gone stays so.

    Raises:
        DataError: the source is no id of an upload, or the file cannot be deleted.
    """
    folder = folder_of(source)
    with _explained(), suppress(FileNotFoundError):
        _discard(folder)


@contextmanager
def by_title(source: str) -> Iterator[None]:
    """Lets errors of a reader name the file as its user does, not as it is kept."""
    try:
        yield
    except DataError as error:
        kept, title = path_of(source).name, title_of(source)
        raise DataError(
            error.cause.replace(kept, title), error.remedy.replace(kept, title)
        ) from error


def _id_of(files: Mapping[str, bytes]) -> str:
    """The start of a SHA-256 over names and content, whatever the order of the files."""
    sha256 = hashlib.sha256()
    for name, content in sorted(files.items()):
        for part in (name.encode(), content):
            # With its length before each part, no two lists of files give the same bytes.
            sha256.update(len(part).to_bytes(8, "big"))
            sha256.update(part)
    return sha256.hexdigest()[:ID_LENGTH]


def _write(files: Mapping[str, bytes], folder: Path) -> None:
    """Through an unfinished folder, so that the whole of it appears at once or not at all."""
    if folder.exists():
        _discard(folder)
    unfinished = _unfinished(folder)
    unfinished.mkdir(parents=True)
    try:
        title = _write_content(files, unfinished)
        (unfinished / ABOUT).write_text(json.dumps({"title": title}), encoding="utf-8")
        (unfinished / UNREAD).touch()
        unfinished.rename(folder)
    except OSError:
        # Another process may have kept the same file a moment earlier.
        if _content(folder) is None:
            raise
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _write_content(files: Mapping[str, bytes], folder: Path) -> str:
    """Write the file, or the ZIP of several; its title."""
    if len(files) > 1:
        _pack(files, folder / f"{CONTENT}.zip")
        return f"{len(files):,} images.zip"
    [(name, content)] = files.items()
    (folder / f"{CONTENT}{suffix_of(name)}").write_bytes(content)
    return name.rsplit("/", 1)[-1]


def _pack(files: Mapping[str, bytes], path: Path) -> None:
    """A ZIP without compression, for images are compressed already."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name), content)


def _discard(folder: Path) -> None:
    """Out of sight at once, whole, and then deleted."""
    gone = _unfinished(folder)
    folder.rename(gone)
    shutil.rmtree(gone)


def _unfinished(folder: Path) -> Path:
    return folder.with_name(f".{uuid.uuid4().hex}{UNFINISHED}")


def _content(folder: Path) -> Path | None:
    return next(folder.glob(f"{CONTENT}*"), None)


def _title(path: Path) -> str:
    # Without its note a file can still be used; its name here stands in for the lost one.
    try:
        return str(json.loads(path.with_name(ABOUT).read_text(encoding="utf-8"))["title"])
    except (OSError, ValueError, TypeError, KeyError):
        return path.name


def _upload(path: Path) -> Upload:
    about = path.stat()
    kept_at = datetime.fromtimestamp(about.st_mtime, UTC)
    return Upload(
        f"{PREFIX}{path.parent.name}",
        _title(path),
        about.st_size,
        kept_at,
        is_read=not path.with_name(UNREAD).exists(),
        is_pinned=path.with_name(PINNED).exists(),
    )


@contextmanager
def _explained() -> Iterator[None]:
    """What the file system refuses, as one sentence of cause and one of what to do."""
    try:
        yield
    except OSError as error:
        raise DataError(
            f"{home()} cannot be written to ({error.strerror or type(error).__name__}).",
            f"Free some space there, or set {environment.HOME} to a folder that can be written.",
        ) from error
