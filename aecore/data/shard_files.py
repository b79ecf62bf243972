"""Files of a table in parts: one, or a folder with keys, such as `year=2024`, in its folders."""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from aecore.data.folders import files_below
from aecore.data.limits import limits, refuse_above
from aecore.data.names import shown
from aecore.data.readers import parquet
from aecore.data.reading_notes import ReadingNote
from aecore.errors import DataError

KEY = re.compile(r"(?P<name>[^=]+)=(?P<value>.*)", re.DOTALL)
# What Hive and Spark call a key without a value, and how they begin names of files of their own.
NO_VALUE, OWN = "__HIVE_DEFAULT_PARTITION__", ("_", ".")
# Not 007, which names something, nor more digits than a float tells apart.
WHOLE = re.compile(r"-?(?!0\d{2})\d{1,15}")
MOST_LEVELS, NAMED = 10, 3


@dataclass(frozen=True)
class ShardFile:
    """A Parquet file.

    Attributes:
        keys: name -> value of its folders, the outermost first; None for a key without a value.
    """

    path: Path
    keys: Mapping[str, str | None] = field(default_factory=dict)


def files_of(path: Path) -> tuple[list[ShardFile], list[ReadingNote]]:
    """The files of a table, in the order of their names, and what else lies beside them.

    Raises:
        DataError: a folder holds no Parquet file, or too many; its files have different keys.
    """
    if not path.is_dir():
        return [ShardFile(path)], []
    others: list[str] = []
    files: list[ShardFile] = []
    for file in _found(path, {}, others):
        files.append(file)
        # Said before a folder without an end has been gone through.
        if len(files) > limits().files:
            refuse_above("files", len(files), shown(path.name), "Write fewer, larger files.")
    if not files:
        raise DataError(
            f"The folder {shown(path.name or str(path))} holds no Parquet file, and no pictures.",
            "Give a folder of Parquet files with the same columns, one of pictures, or the path "
            "of a file.",
        )
    _refuse_other_keys(files)
    return files, [*_about_keys(files[0]), *_about_others(others)]


def values_of(files: Sequence[ShardFile], key: str) -> dict[str, int | str]:
    """What the values of a key of the folders stand for: whole numbers where all of them are."""
    texts = [text for file in files if (text := file.keys[key]) is not None]
    whole = all(WHOLE.fullmatch(text) for text in texts)
    return {text: int(text) if whole else text for text in texts}


def changed(path: Path) -> int:
    """Another number once a file, or one in a folder, has changed; 0 where there is nothing.

    Raises:
        DataError: the path cannot be looked up: it is too long, or another's.
    """
    try:
        if not path.is_dir():
            return path.stat().st_mtime_ns if path.exists() else 0
        shards = [file.path for file in _found(path, {}, [])]
        return path.stat().st_mtime_ns + sum(map(_edition, shards or files_below(path)))
    except OSError as error:
        raise DataError(
            f"{shown(str(path))} cannot be looked up ({error.strerror}).", "Check the path."
        ) from None


def holds_shards(folder: Path) -> bool:
    """Whether Parquet files lie in a folder, or in folders named as a key and its value."""
    try:
        return any(True for _ in _found(folder, {}, []))
    except OSError:
        return False


def _edition(file: Path) -> int:
    """Another number for a file of another name, time or size."""
    about = file.stat()
    return about.st_mtime_ns + about.st_size + zlib.crc32(os.fsencode(file))


def _found(folder: Path, keys: Mapping[str, str | None], others: list[str]) -> Iterator[ShardFile]:
    """Parquet files in a folder and in folders named as keys; of all else the names."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith(OWN):
            continue
        key = KEY.fullmatch(path.name)
        if path.is_dir() and key is not None and len(keys) < MOST_LEVELS:
            yield from _found(path, {**keys, **_key(key)}, others)
        elif path.name.lower().endswith(parquet.SPEC.suffixes) and path.is_file():
            yield ShardFile(path, keys)
        else:
            others.append(path.name)


def _key(key: re.Match[str]) -> dict[str, str | None]:
    value = unquote(key["value"])
    return {unquote(key["name"]): None if value == NO_VALUE else value}


def _refuse_other_keys(files: Sequence[ShardFile]) -> None:
    first = files[0]
    other = next((file for file in files if [*file.keys] != [*first.keys]), None)
    if other is None:
        return
    raise DataError(
        f"{shown(other.path.name)} lies in folders named {_keys(other)}, and "
        f"{shown(first.path.name)} in folders named {_keys(first)}.",
        "Lay all files of the table in folders of the same kind.",
    )


def _keys(file: ShardFile) -> str:
    return " and ".join(f"{shown(name)}=…" for name in file.keys) or "otherwise"


def _about_keys(file: ShardFile) -> list[ReadingNote]:
    if not file.keys:
        return []
    names = " and ".join(f'"{shown(name)}"' for name in file.keys)
    column = "the column" if len(file.keys) == 1 else "the columns"
    parts = "/".join(f"{name}={value}" for name, value in file.keys.items())
    said = f"The names of folders, such as {shown(parts)}, give {column} {names}."
    return [ReadingNote("guess", said, columns=tuple(file.keys))]


def _about_others(names: Sequence[str]) -> list[ReadingNote]:
    if not names:
        return []
    listed = ", ".join(shown(name) for name in names[:NAMED])
    more = f" and {len(names) - NAMED:,} more" if len(names) > NAMED else ""
    are = "is no Parquet file and is" if len(names) == 1 else "are no Parquet files and are"
    said = f"{listed}{more} in the folder {are} left out."
    return [ReadingNote("files", said, count=len(names))]
