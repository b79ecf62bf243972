"""The most that is accepted of anybody's data, in one place."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import lru_cache

from aecore.environment import given_limit, limit_variable
from aecore.errors import DataError
from aecore.memory import free_bytes, in_gigabytes

UNPACKED = "unpacked_bytes"
# Below this nobody asks how much memory is free; above, so many times as much is wanted, for what
# is made of data while it is read.
HARMLESS_BYTES = 256 * 2**20
TIMES = 3


@dataclass(frozen=True)
class Limits:
    """Each can be set by an environment variable: AECORE_MAX_ROWS for `rows`.

    Attributes:
        upload_bytes: of one file from a browser.
        unpacked_bytes: of one array, or of everything in an archive.
        in_memory_bytes: of a Parquet table as float32; a larger one is read in parts.
        rows: samples in one data set that is read at once.
        columns: columns of a table.
        pixels: of one image, height times width.
        pages: of one picture file, a stack or an animation.
        files: members of an archive, or files given at once.
        classes: labels told apart.
        text_bytes: of one cell of a table.
        reading_seconds: until a data set that is looked at has been read.
    """

    upload_bytes: int = 200 * 2**20
    unpacked_bytes: int = 4 * 2**30
    in_memory_bytes: int = 2**30
    rows: int = 5_000_000
    columns: int = 25_000
    pixels: int = 4_096 * 4_096
    pages: int = 10_000
    files: int = 100_000
    classes: int = 1_000
    text_bytes: int = 100_000
    reading_seconds: int = 300


@lru_cache(maxsize=1)
def limits() -> Limits:
    """The limits of this process.

    Raises:
        DataError: a variable holds no positive whole number.
    """
    given = {}
    for limit in fields(Limits):
        name, text = limit_variable(limit.name), given_limit(limit.name)
        if text is None:
            continue
        if not text.isdecimal() or int(text) < 1:
            raise DataError(f"{name} must be a whole number above 0, not {text!r}.", "Set it anew.")
        given[limit.name] = int(text)
    return replace(Limits(), **given)


def refuse_above(limit: str, found: int, what: str, remedy: str) -> None:
    """Refuse what is more than a limit allows, and name the limit.

    Args:
        limit: a field of `Limits`; what is unpacked must fit into the free memory as well.
        what: the subject of the sentence, such as "The archive".

    Raises:
        DataError: `found` is above the limit, or there is no memory for it.
    """
    most = int(getattr(limits(), limit))
    if limit == UNPACKED and HARMLESS_BYTES < found <= most:
        _refuse_more_than_is_free(found, what, remedy)
    if found <= most:
        return
    raise DataError(
        f"{what} has {found:,} {limit.replace('_', ' ')}, and the limit is {most:,} "
        f"({limit_variable(limit)}).",
        remedy,
    )


def _refuse_more_than_is_free(found: int, what: str, remedy: str) -> None:
    free = free_bytes()
    if found * TIMES > free:
        raise DataError(
            f"{what} takes some {in_gigabytes(found * TIMES)} of memory to read, and "
            f"{in_gigabytes(free)} are free.",
            remedy,
        )
