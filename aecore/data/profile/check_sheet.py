"""The check sheet: what one look at a data set says about it, without its values."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from aecore.data.columns.column import Column
from aecore.data.dataset import Kind
from aecore.data.reading_notes import ReadingNote, counted


@dataclass(frozen=True)
class Sheet:
    """All that a form, a model's diagram and the Data page need to know of a data set.

    Attributes:
        title: its name on screen, such as a file's.
        rows: samples of arrays, or rows of a table.
        kind: what arrays hold, or what the proposed roles make of a table.
        sample_shape: of arrays; empty for a table.
        value_range: smallest and largest number in it, over all features.
        bytes_of_grey: whether values are whole numbers from 0 to 255, as in image files.
        columns: of a table; empty for arrays.
        classes: name -> rows, of the label; empty without one.
        factors: names of what is known of each sample besides.
        memory: bytes it takes, as float32 samples before any change.
        digest: names the content: equal for equal data, whatever the file's name.
        in_parts: whether the table is too large for memory, and known from a sample of its rows.
        advice: sentences on what suits the data or looks wrong in it.
        notes: how a file was read: what was guessed, left out or changed.
    """

    title: str
    rows: int
    kind: Kind
    sample_shape: tuple[int, ...] = ()
    value_range: tuple[float, float] | None = None
    bytes_of_grey: bool = False
    columns: tuple[Column, ...] = ()
    classes: tuple[tuple[str, int], ...] = ()
    factors: tuple[str, ...] = ()
    memory: int = 0
    digest: str = ""
    in_parts: bool = False
    advice: tuple[str, ...] = ()
    notes: tuple[ReadingNote, ...] = ()

    @property
    def is_table(self) -> bool:
        """Whether it has columns with roles."""
        return bool(self.columns)

    @property
    def rows_left_out(self) -> int:
        """Rows of the file that are no samples, such as one of units, as the notes tell."""
        return counted(self.notes, "rows")

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as JSON holds it; `from_dict` gives an equal sheet back."""
        return asdict(self)

    @classmethod
    def from_dict(cls, given: dict[str, Any]) -> Sheet:
        """A sheet from plain data, as JSON holds it.

        Raises:
            TypeError, KeyError, ValueError: it is none.
        """
        columns = tuple(
            Column(**{**c, **_tuples(c, "categories", "examples")}) for c in given["columns"]
        )
        value_range = given["value_range"]
        return cls(
            **{
                **given,
                **_tuples(given, "sample_shape", "factors", "advice"),
                "columns": columns,
                "notes": tuple(ReadingNote.from_dict(note) for note in given["notes"]),
                "classes": tuple((str(name), int(count)) for name, count in given["classes"]),
                "value_range": None if value_range is None else tuple(value_range),
            }
        )


def _tuples(given: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: tuple(given[name]) for name in names}
