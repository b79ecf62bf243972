"""`Held`: a folder that a process has to itself for as long as it lives, however it ends.

A file in it is locked, which ends with the process. So whoever comes next tells what is in use from
what a killed process left, and clears that.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

OWN = 0o700
# Not the folder itself: a network's file system locks only what can be written.
LOCK = ".held"


class Held:
    """A new folder in another one, that only this user can read; those that nobody holds are gone.

    Args:
        parent: where it is made; it is made too, and removed once it is empty.
        prefix: how the names of such folders begin there.
        name: what follows; by default, what no other has.

    Attributes:
        path: the folder.

    Raises:
        OSError: it cannot be made.
    """

    def __init__(self, parent: Path, prefix: str = "", name: str = "") -> None:
        self._parent, self._prefix = parent, prefix
        with _alone_in(parent):
            _clear(parent, prefix)
            self.path = parent / f"{prefix}{name or uuid.uuid4().hex}"
            self.path.mkdir(OWN)
            self._lock: int | None = _locked(self.path / LOCK, os.O_CREAT)

    def release(self) -> None:
        """Delete it with all that it holds; what is released already stays so."""
        if self._lock is None:
            return
        lock, self._lock = self._lock, None
        shutil.rmtree(self.path, ignore_errors=True)
        os.close(lock)
        clear(self._parent, self._prefix)


def clear(parent: Path, prefix: str = "") -> None:
    """Delete what nobody holds, and the folder around it if it is empty then."""
    # It may go away meanwhile.
    with contextlib.suppress(OSError):
        found = [left for left in parent.iterdir() if left.name.startswith(prefix)]
        if found and all(map(is_held, found)):
            return
        with _alone_in(parent):
            _clear(parent, prefix)


def is_held(folder: Path) -> bool:
    """Whether a process that lives has it; where that cannot be told, it is taken to."""
    try:
        # Versions up to 0.4 locked files, which stood for themselves.
        lock = _locked(folder if folder.is_file() else folder / LOCK, wait=fcntl.LOCK_NB)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        # Locked, or another user's, or no file could be opened.
        return True
    os.close(lock)
    return False


@contextlib.contextmanager
def _alone_in(parent: Path) -> Iterator[None]:
    """Wait until no other process makes or clears folders there."""
    path = parent / LOCK
    lock = _lock_of(parent, path)
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            path.unlink()
            parent.rmdir()
        os.close(lock)


def _lock_of(parent: Path, path: Path) -> int:
    while True:
        with contextlib.suppress(FileExistsError):
            parent.mkdir(mode=OWN, parents=True)
        with contextlib.suppress(FileNotFoundError):
            lock = _locked(path, os.O_CREAT)
            if _is_still_there(path, lock):
                return lock
            # Who had it before has deleted it.
            os.close(lock)


def _is_still_there(path: Path, lock: int) -> bool:
    try:
        return os.path.samestat(os.fstat(lock), path.stat())
    except FileNotFoundError:
        return False


def _clear(parent: Path, prefix: str) -> None:
    for left in parent.glob(f"{prefix}*"):
        if left.name == LOCK or is_held(left):
            continue
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)


def _locked(path: Path, make: int = 0, wait: int = 0) -> int:
    """A file, opened and locked; made too, if `make` is O_CREAT.

    Raises:
        BlockingIOError: `wait` is LOCK_NB and somebody has it.
        OSError: it cannot be opened.
    """
    lock = os.open(path, os.O_RDWR | make, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | wait)
    except OSError:
        os.close(lock)
        raise
    return lock
