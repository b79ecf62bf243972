"""Plain data classes as JSON files."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter

from aecore.errors import DataError

Thing = TypeVar("Thing")


def write(path: Path, thing: Any) -> None:
    """Write all fields of a data class, and of those in it, as JSON."""
    path.write_text(json.dumps(asdict(thing), indent=1) + "\n", "utf-8")


def read(path: Path, kind: type[Thing], what: str, remedy: str = "Measure it again.") -> Thing:
    """Read what `write` wrote.

    Args:
        kind: the data class.
        what: the subject of the sentence where that fails, such as "The list".

    Raises:
        DataError: the file is missing or damaged.
    """
    try:
        return TypeAdapter(kind).validate_python(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError) as error:
        raise DataError(f"{what} cannot be read ({type(error).__name__}).", remedy) from None


def read_object(path: Path, what: str, remedy: str = "Train it again.") -> dict[str, Any]:
    """The JSON object in a file.

    Raises:
        DataError: the file is missing or damaged, or holds something else.
    """
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise DataError(f"{what} cannot be read ({type(error).__name__}).", remedy) from None
    if not isinstance(found, dict):
        raise DataError(f"{what} cannot be read: {path.name} holds no object.", remedy)
    return found
