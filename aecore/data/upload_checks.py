"""What may be uploaded: names, kinds, numbers and sizes of files."""

from __future__ import annotations

from collections.abc import Mapping

from aecore.data.limits import refuse_above
from aecore.data.readers import READERS
from aecore.errors import DataError

MAX_NAME = 100


def tidy(name: str) -> str:
    """A name of printable characters, with forward slashes, that leads nowhere else."""
    parts = name.replace("\\", "/").split("/")
    # What is too long loses its start: the suffix says what the file is.
    kept = [part[-MAX_NAME:] for part in parts if part not in ("", ".", "..")]
    joined = "/".join(kept)
    return "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in joined
    )


def check(given: list[str], named: Mapping[str, bytes]) -> None:
    """Refuse files that cannot be taken, by the names given and, under tidy ones, their content.

    Raises:
        DataError: there are none, two of one name, an empty one, one of an unknown kind, several
            that are not all pictures, or more or larger ones than the limits allow.
    """
    if not named:
        raise DataError("No file was given.", "Choose one.")
    if len(named) < len(given):
        raise DataError("Two of the files have the same name.", "Rename one of them.")
    empty = next((name for name, content in named.items() if not content), None)
    if empty is not None:
        raise DataError(f"{empty} is empty.", "Choose another file.")
    for name in named:
        _check_kind(name, alone=len(named) == 1)
    refuse_above("files", len(named), "The upload", "Give fewer at once.")
    size = sum(map(len, named.values()))
    what = next(iter(named)) if len(named) == 1 else "The set of images"
    refuse_above("upload_bytes", size, what, "Take a part of it.")


def _check_kind(name: str, *, alone: bool) -> None:
    if alone and not suffix_of(name):
        raise DataError(f"{name} is of no kind that can be read.", f"Give one of: {_readable()}.")
    if not alone and not name.lower().endswith(_suffixes_of_sets()):
        raise DataError(
            f"{name} is no image, and only images can be given several at once.",
            "Give one file at a time, or images alone.",
        )


def _suffixes_of_sets() -> tuple[str, ...]:
    """How the names of files end that can be given several at once."""
    together = [reader for reader in READERS.values() if reader.several]
    return tuple(suffix for reader in together for suffix in reader.suffixes)


def suffix_of(name: str) -> str:
    """The longest end of a name that a reader knows: `.csv.gz` rather than another's `.gz`."""
    suffixes = [suffix for reader in READERS.values() for suffix in reader.suffixes]
    return max((end for end in suffixes if name.lower().endswith(end)), key=len, default="")


def _readable() -> str:
    kinds = [f"{reader.title}: {', '.join(reader.suffixes)}" for reader in READERS.values()]
    return "; ".join(kinds)
