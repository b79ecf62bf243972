"""What went wrong with the run store, in words a user can act on."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aecore.errors import RunStoreError, StoreAwayError

RUN_ID = re.compile(r"[0-9a-f]{32}")
# SQLite calls it an I/O error where a quota or a limit on the size of files is reached.
FULL = ("disk is full", "no space left", "quota exceeded", "disk i/o error", "file too large")
FULL_NUMBERS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
UNWRITABLE = ("readonly database", "unable to open database", "permission denied", "read-only")
UNREADABLE = ("out-of-date database schema", "can't locate revision")
DAMAGED = (
    "not a database",
    "malformed",
    "no such table",
    "no such column",
    "has no column named",
)
UNREACHABLE = ("api request to", "connection refused", "max retries exceeded", "timed out")


@contextmanager
def in_words(where: str) -> Iterator[None]:
    """Turn what MLflow, SQLite and the file system raise into a `RunStoreError`.

    Args:
        where: the folder or address of the store, named in the sentence.
    """
    try:
        yield
    except RunStoreError:
        raise
    except OSError as error:
        raise of_os_error(error, where) from error
    except Exception as error:
        raise _of_text(error, where) from error


@contextmanager
def of_writing(where: str) -> Iterator[None]:
    """Turn what a full disk raises where files are written into a `RunStoreError`; no other error.

    Args:
        where: the folder, named in the sentence.
    """
    try:
        yield
    except OSError as error:
        if is_full(error):
            raise full(where) from error
        raise


def is_full(error: OSError) -> bool:
    """Whether there was no room; libraries for files of their own put the number into words."""
    return error.errno in FULL_NUMBERS or any(phrase in str(error).lower() for phrase in FULL)


def is_busy(error: Exception) -> bool:
    """Whether another process held the database, so that trying again helps."""
    return "database is locked" in str(error).lower()


def is_absent(error: Exception) -> bool:
    """Whether MLflow says that there is no such run."""
    return getattr(error, "error_code", "") == "RESOURCE_DOES_NOT_EXIST"


def no_such_run(run_id: str) -> RunStoreError:
    """The id is none of a run, or of a deleted one."""
    return RunStoreError(
        f"There is no run {run_id[:40]!r}; it may have been deleted.", "Choose a run on Runs."
    )


def refuse_odd(run_id: str) -> None:
    """Refuse what can be no run's id.

    Raises:
        RunStoreError: it is not 32 hexadecimal digits.
    """
    if not RUN_ID.fullmatch(run_id):
        raise no_such_run(run_id)


def of_os_error(error: OSError, where: str) -> RunStoreError:
    """The sentence for a failed read or write of files."""
    if error.errno in FULL_NUMBERS:
        return full(where)
    # The errors of an HTTP client are OSErrors too, without a number.
    if error.errno is None:
        return unreachable(where)
    return unwritable(where)


def full(where: str) -> RunStoreError:
    """There is no room left."""
    return RunStoreError(
        f"The disk that holds the run folder {where} is full, or fails.",
        "Free some space or delete runs, then try again.",
    )


def unwritable(where: str) -> RunStoreError:
    """The folder cannot be made or written to."""
    return RunStoreError(
        f"The run folder {where} cannot be written to.",
        "Allow writing there, or set AECORE_HOME to another folder and restart.",
    )


def damaged(where: str) -> RunStoreError:
    """The database is none, or not whole."""
    return RunStoreError(
        f"The run store {where} cannot be read: its database is damaged or none of this app.",
        "Put a good copy of mlflow.db back, or move it away: then a new list of runs is begun.",
    )


def no_file(path: Path) -> RunStoreError:
    """Something else stands in the place of the database."""
    return RunStoreError(
        f"The run store needs a file at {path}, and something else is there.",
        "Move it away, or set AECORE_HOME to another folder and restart.",
    )


def being_opened(where: str) -> RunStoreError:
    """Another process has the store to itself, for longer than opening it takes."""
    return RunStoreError(
        f"Another program has been opening the run store {where} for minutes.",
        "End that program, then try again.",
    )


def unreachable(where: str) -> StoreAwayError:
    """There is no answer from a tracking server."""
    return StoreAwayError(
        f"The tracking server {where} does not answer.",
        "Check MLFLOW_TRACKING_URI and that the server is running.",
    )


def _of_text(error: Exception, where: str) -> RunStoreError:
    text = str(error).lower()
    if is_absent(error):
        return RunStoreError(f"The run is not in the run store {where}.", "Choose a run on Runs.")
    if any(phrase in text for phrase in FULL):
        return full(where)
    if any(phrase in text for phrase in UNWRITABLE):
        return unwritable(where)
    if any(phrase in text for phrase in UNREACHABLE):
        return unreachable(where)
    if is_busy(error):
        return RunStoreError(
            f"The run store {where} is in use by another program.", "Try again in a moment."
        )
    if any(phrase in text for phrase in DAMAGED):
        return damaged(where)
    if any(phrase in text for phrase in UNREADABLE):
        return RunStoreError(
            f"The run store {where} cannot be read: it is from another version of the app.",
            "Move the folder away, or set AECORE_HOME to another one, and restart.",
        )
    return RunStoreError(
        f"The run store {where} reported an error: {_first_line(error)}", "Try again."
    )


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0][:200]
