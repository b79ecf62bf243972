"""The folders of users' files and downloads, which server and worker must share."""

from __future__ import annotations

import os

from aecore.data import downloading, uploads

Folders = dict[str, str]


def folders() -> Folders:
    """This process's folders, as variable -> absolute path, to be sent with a job."""
    return {
        uploads.VARIABLE: str(uploads.home().parent),
        downloading.VARIABLE: str(downloading.folder().resolve()),
    }


def use(folders: Folders) -> None:
    """Look for files where the server that sent a job does.

    A worker that was started elsewhere has another environment; like the run store, the folders
    must be within its reach.
    """
    os.environ.update(folders)
