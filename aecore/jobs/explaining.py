"""`explain`: why a job failed, in words a user can act on."""

from __future__ import annotations

import logging

from aecore.errors import JobError, LabError
from aecore.progress import ended
from aecore.runs import failures

_log = logging.getLogger(__name__)

SMALLER = "Choose a smaller batch size or fewer units, or close other programs, and start again."
# The last event of a job whose server went away.
NO_JOB = "This is not a job of this app, or it ended long ago."
SERVER_GONE = ended(
    "interrupted",
    cause="The app ended while this was waiting or under way.",
    remedy="Start it again.",
)


def died(lighter: str = SMALLER) -> tuple[str, str]:
    """Cause and remedy where a worker died; `lighter` says how to take less memory."""
    return (
        "The process that did the work ended unexpectedly, most likely because memory ran out.",
        f"A new one is ready or will be in a moment. {lighter}",
    )


def explain(error: BaseException, lighter: str = SMALLER) -> LabError:
    """The error as cause and remedy; what nobody foresaw goes to the log in full.

    Args:
        lighter: what to do if memory ran out.
    """
    if isinstance(error, LabError):
        return error
    if isinstance(error, MemoryError) or type(error).__name__ == "ResourceExhaustedError":
        return JobError("There was not enough memory.", lighter)
    if isinstance(error, OSError) and failures.is_full(error):
        return JobError("The disk is full.", "Free some space or delete runs, then start again.")
    if isinstance(error, PermissionError):
        return JobError(
            f"A file cannot be written: {error.filename}.", "Allow writing there, then start again."
        )
    if isinstance(error, OSError) and error.filename is not None:
        return JobError(
            f"A file cannot be read or written ({error.strerror}): {error.filename}.",
            "Check it and its folder, then start again.",
        )
    _log.error("A job failed in a way that nobody foresaw.", exc_info=error)
    return JobError(
        f"The job met an error that nobody foresaw ({type(error).__name__}).",
        "The log of the app has the details. Other settings may work.",
    )
