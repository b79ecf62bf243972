"""Uploads as one visitor may use them: their own, within their allowance."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from aecore.access.access import Access
from aecore.access.allowance import UPLOADS
from aecore.data import uploads
from aecore.data.uploads import Upload

# Whoever has a file that could not be read has an hour to try other ways to read it.
TRIED_AGAIN = timedelta(hours=1)


def keep(
    access: Access, files: Mapping[str, bytes], kept_bytes: Callable[[], tuple[int, int]]
) -> str:
    """Keep a visitor's file, or several pictures; its source. As `aecore.data.uploads.keep`.

    Args:
        kept_bytes: gives the bytes of files that the visitor keeps, and of all that all keep.

    Raises:
        SpaceError: the visitor keeps as much as allowed.
        DataError: it cannot be kept.
    """
    uploads.remove_unread(access.visitor, older_than=TRIED_AGAIN)
    access.allowance.refuse_to_keep(UPLOADS, kept_bytes)
    return uploads.keep(files, access.visitor)


def listed(access: Access) -> list[Upload]:
    """What the visitor keeps, newest first."""
    return [upload for upload in uploads.listed() if access.reads(upload.source)]


def pin(access: Access, source: str, pinned: bool) -> None:
    """Let an upload of the visitor's stay when room is made, or no longer.

    Raises:
        DataError: it is not theirs, or is gone.
    """
    access.refuse_source(source)
    uploads.pin(source, pinned)


def leave(access: Access, source: str) -> None:
    """Turn away from an upload: one that nobody could read goes.

    Raises:
        DataError: it cannot be deleted.
    """
    if any(each.source == source and not each.is_read for each in listed(access)):
        uploads.remove(source)


def remove(access: Access, source: str) -> None:
    """Delete an upload of the visitor's.

    Raises:
        DataError: it is not theirs, or it cannot be deleted.
    """
    access.refuse_source(source)
    uploads.remove(source)
