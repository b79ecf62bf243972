"""The most that is accepted of anybody's data, in one place."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import lru_cache

from aecore.environment import given_limit, limit_variable
from aecore.errors import DataError


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
        limit: a field of `Limits`.
        what: the subject of the sentence, such as "The archive".

    Raises:
        DataError: `found` is above the limit.
    """
    most = int(getattr(limits(), limit))
    if found <= most:
        return
    raise DataError(
        f"{what} has {found:,} {limit.replace('_', ' ')}, and the limit is {most:,} "
        f"({limit_variable(limit)}).",
        remedy,
    )
