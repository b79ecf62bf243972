"""`own_folder`: all that is temporary of a server and of the processes that it starts."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from aecore.runs import held
from aecore.runs.held import Held

PREFIX = "autoencoder-lab-"
OTHERS = 0o077


def own_folder() -> Held:
    """A new folder that only this user can read, in the one for all servers of this user."""
    return Held(_shared())


def clear() -> None:
    """Delete what servers of this user left that did not get to do so."""
    held.clear(_shared())


def _shared() -> Path:
    """The folder of all servers of this user; one of its own where a stranger took the name."""
    shared = Path(tempfile.gettempdir(), f"{PREFIX}{os.getuid()}")
    with contextlib.suppress(FileNotFoundError):
        about = shared.lstat()
        if shared.is_symlink() or about.st_uid != os.getuid() or about.st_mode & OTHERS:
            return Path(tempfile.gettempdir(), f"{PREFIX}{os.getuid()}-{os.getpid()}")
    return shared
