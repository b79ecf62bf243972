"""`RowFormat`: what a format of files of rows says of itself, and `RowWriter`, what writes one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

if TYPE_CHECKING:
    import pandas as pd


class RowWriter(Protocol):
    """Writes rows part by part, all of the same columns."""

    def write(
        self,
        beside: pd.DataFrame,
        arrays: Mapping[str, np.ndarray],
        names: Mapping[str, Sequence[str]],
    ) -> None:
        """Some rows.

        Args:
            beside: columns (n,) of numbers, times and texts.
            arrays: name -> (n, …).
            names: name of an array -> those of its columns, where they have any.
        """
        ...

    def close(self) -> None:
        """End the file; without it, it is not whole."""
        ...


@dataclass(frozen=True)
class RowFormat:
    """A format of files that hold rows.

    Attributes:
        suffix: the end of a file's name.
        media: its media type.
        open: begins a file.
    """

    name: str
    title: str
    summary: str
    suffix: str
    media: str
    open: Callable[[Path], RowWriter]
    order: int = 50
