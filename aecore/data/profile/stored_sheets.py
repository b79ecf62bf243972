"""Stored check sheets: those that have been made already, with their previews."""

from __future__ import annotations

import hashlib
import json
import os
import uuid
from functools import lru_cache
from pathlib import Path
from typing import Any

from aecore.data import uploads
from aecore.data.profile.check_sheet import Sheet
from aecore.data.reading_options import AS_FOUND, ReadingOptions
from aecore.data.shard_files import changed
from aecore.data.sources import DATASETS
from aecore.errors import DataError

# Raised whenever sheets change in what they hold or mean, so that older ones are made anew.
VERSION = 5
FOLDER = "sheets"
KEY_LENGTH = 16

Kept = tuple[Sheet, dict[str, Any] | None]


def save(
    source: str,
    sheet: Sheet,
    preview: dict[str, Any] | None = None,
    reading: ReadingOptions = AS_FOUND,
) -> None:
    """Keep the sheet of a data set, whole or not at all; it takes the place of an older one.

    Args:
        source: as in `data.source`: a name, an upload or the path of a file.
        preview: a few samples, as `aecore.data.profile.previews` gives them.
        reading: how the file was read; each way has a sheet of its own.

    Raises:
        DataError: the upload or the file is gone.
        OSError: the sheet cannot be written.
    """
    place = _place(source, reading)
    if uploads.is_upload(source):
        # One that was removed meanwhile must not come back as a folder with a sheet alone.
        uploads.path_of(source)
    else:
        place.parent.mkdir(parents=True, exist_ok=True)
    unfinished = place.with_name(f".{uuid.uuid4().hex}.part")
    try:
        kept = {"version": VERSION, "sheet": sheet.to_dict(), "preview": preview}
        unfinished.write_text(json.dumps(kept), encoding="utf-8")
        unfinished.replace(place)
    finally:
        unfinished.unlink(missing_ok=True)
    if _is_path(source):
        _pointer(source, reading).write_text(place.name, encoding="utf-8")


def saved(source: str, reading: ReadingOptions = AS_FOUND) -> Sheet | None:
    """The sheet of a data set; None if it has not been made, or is damaged or of another version.

    A file is read once; a page may ask as often as it is drawn.
    """
    found = _kept(source, reading)
    return None if found is None else found[0]


def previewed(source: str, reading: ReadingOptions = AS_FOUND) -> dict[str, Any] | None:
    """The samples that were kept with the sheet; None without them, or without a sheet."""
    found = _kept(source, reading)
    return None if found is None else found[1]


def outdated(source: str, reading: ReadingOptions = AS_FOUND) -> Sheet | None:
    """The sheet of a file as it was when it was last looked at; None if it is so still.

    None, too, for what never changes, a data set with a name or an upload, and for a file that
    nobody looked at.
    """
    if not _is_path(source):
        return None
    try:
        pointer = _pointer(source, reading)
        place = pointer.parent / Path(pointer.read_text(encoding="utf-8")).name
        if place == _place(source, reading):
            return None
        about = place.stat()
    except (DataError, OSError, ValueError):
        return None
    found = _read(place, about.st_mtime_ns, about.st_ino)
    return None if found is None else found[0]


def _kept(source: str, reading: ReadingOptions) -> Kept | None:
    try:
        place = _place(source, reading)
        about = place.stat()
    except (DataError, OSError):
        return None
    return _read(place, about.st_mtime_ns, about.st_ino)


def _place(source: str, reading: ReadingOptions) -> Path:
    """Where a sheet lies: an upload's beside its file, so that it is deleted with it."""
    if source in DATASETS:
        return uploads.home() / FOLDER / f"{source}.json"
    way = f"-{reading.key}" if reading.key else ""
    if uploads.is_upload(source):
        return uploads.folder_of(source) / f"sheet{way}.json"
    return uploads.home() / FOLDER / f"{_key_of_file(Path(source))}{way}.json"


def _is_path(source: str) -> bool:
    return source not in DATASETS and not uploads.is_upload(source)


def _pointer(source: str, reading: ReadingOptions) -> Path:
    """Where the name of the newest sheet of a file stands, whatever the file holds by now."""
    named = os.fsencode(f"{Path(source).resolve()}\n{reading.key}")
    return uploads.home() / FOLDER / f"{hashlib.sha256(named).hexdigest()[:KEY_LENGTH]}.newest"


def _key_of_file(path: Path) -> str:
    """Another one once the file has changed."""
    try:
        about, edition = path.stat(), changed(path)
    except (OSError, ValueError) as error:
        raise DataError(f"There is no file {path}.", "Check the path.") from error
    named = f"{path.resolve()}\n{about.st_size}\n{edition}"
    return "file-" + hashlib.sha256(os.fsencode(named)).hexdigest()[:KEY_LENGTH]


@lru_cache(maxsize=64)
def _read(place: Path, _changed: int, _number: int) -> Kept | None:
    """What is in a file as of a time of change and an inode, which name an edition of it."""
    try:
        kept = json.loads(place.read_text(encoding="utf-8"))
        if kept["version"] != VERSION:
            return None
        return Sheet.from_dict(kept["sheet"]), kept.get("preview")
    except (OSError, ValueError, TypeError, KeyError):
        return None
