"""Belongings: the files of the visitor, and all that they keep."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from aecore.access import own_uploads
from aecore.access.allowance import UPLOADS
from aecore.data.uploads import Upload
from ui.app import services
from ui.app.visitors import access

if TYPE_CHECKING:
    from aecore.runs.space import Kept


def uploads() -> list[Upload]:
    """The visitor's own files, newest first."""
    return own_uploads.listed(access())


def keep_upload(files: Mapping[str, bytes]) -> str:
    """Keep a file of the visitor's, or several pictures; the source that names them.

    Raises:
        LabError: they cannot be kept.
    """
    return own_uploads.keep(access(), files, _kept_bytes)


def pin_upload(source: str, pinned: bool) -> None:
    """Let a file of the visitor's stay when room is made, or no longer.

    Raises:
        DataError: it is not theirs, or is gone.
    """
    own_uploads.pin(access(), source, pinned)


def leave_upload(source: str) -> None:
    """Turn away from a file of the visitor's: one that nobody could read is deleted.

    Raises:
        DataError: it cannot be deleted.
    """
    own_uploads.leave(access(), source)


def remove_upload(source: str) -> None:
    """Delete a file of the visitor's.

    Raises:
        DataError: it is not theirs, or it cannot be deleted.
    """
    own_uploads.remove(access(), source)


def kept() -> list[Kept]:
    """All that is kept, as the visitor counts it; errors are those of `session.store`."""
    from aecore.runs.space import kept

    return kept(services.store(), access().owns)


def forget() -> bool:
    """Stop and delete everything of the visitor; whether all is gone already.

    Raises:
        LabError: something cannot be deleted.
    """
    from aecore.jobs.server.forgetting import forget

    return forget(services.engine(), access().owns)


def _kept_bytes() -> tuple[int, int]:
    from aecore.runs.space import bytes_kept

    return bytes_kept(services.store(), access().owns, UPLOADS)
