"""`FirstNumbers`: a few samples as an ordered code gives them back with its first numbers alone."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aecore.errors import DataError

FILE = "first-numbers.jsonl"


@dataclass(frozen=True)
class FirstNumbers:
    """The same samples at each length of their codes.

    Attributes:
        lengths: how many numbers were left, ascending.
        errors: mean squared error of these samples at each length, in squared scaled units.
        probes: what a snapshot event has as its `probe`, at each length.
    """

    lengths: tuple[int, ...]
    errors: tuple[float, ...]
    probes: tuple[dict[str, Any], ...]

    def save(self, folder: Path) -> None:
        """Write one JSON object a line, one for each length."""
        looks = zip(self.lengths, self.errors, self.probes, strict=True)
        lines = (json.dumps({"length": k, "error": e, "probe": probe}) for k, e, probe in looks)
        (folder / FILE).write_text("\n".join(lines) + "\n", "utf-8")

    @classmethod
    def load(cls, path: Path) -> FirstNumbers:
        """Read what `save` wrote.

        Raises:
            DataError: the file is missing or damaged.
        """
        try:
            looks = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
            found = [(int(look["length"]), float(look["error"]), look["probe"]) for look in looks]
            return cls(*zip(*found, strict=True))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise DataError(
                f"What this run kept of its first numbers cannot be read ({type(error).__name__}).",
                "Train it again.",
            ) from None
