"""Uploads as one visitor may use them: their own, within their allowance."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from aecore.access.access import Access
from aecore.data import uploads
from aecore.data.uploads import Upload


def keep(
    access: Access, files: Mapping[str, bytes], kept_bytes: Callable[[], tuple[int, int]]
) -> str:
    """Keep a visitor's file, or several pictures; its source. As `aecore.data.uploads.keep`.

    Args:
        kept_bytes: gives what the visitor keeps already, and what all visitors keep.

    Raises:
        AccessError: the visitor keeps as much as allowed.
        DataError: it cannot be kept.
    """
    access.allowance.refuse_to_keep(kept_bytes)
    return uploads.keep(files, access.visitor)


def listed(access: Access) -> list[Upload]:
    """What the visitor keeps, newest first."""
    return [upload for upload in uploads.listed() if access.reads(upload.source)]


def remove(access: Access, source: str) -> None:
    """Delete an upload of the visitor's.

    Raises:
        DataError: it is not theirs, or it cannot be deleted.
    """
    access.refuse_source(source)
    uploads.remove(source)
