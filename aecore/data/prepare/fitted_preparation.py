"""`FittedPreparation`: all that takes raw rows to the encoder and comes back to their own units."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from pydantic import ValidationError

from aecore.data.prepare.description import ADAPTER, Description, TableRows
from aecore.data.prepare.given_rows import as_raw
from aecore.data.prepare.new_rows import Labels, NewRows
from aecore.data.prepare.prepared_rows import PreparedRows, joined
from aecore.data.prepare.row_blocks import block_rows
from aecore.data.prepare.row_encoder import RowEncoder
from aecore.errors import DataError

JSON_FILE, ARRAYS_FILE = "preparation.json", "preparation.npz"


class FittedPreparation(RowEncoder):
    """What training learned of its rows: it trained through this very object.

    Roles and columns, fills, categories with the rare ones put together, vocabularies, windows,
    picture sizes, class names and scaling; plain JSON and arrays, never a pickle.
    """

    def transform(
        self, rows: Any, labels: Labels = None, *, needs_labels: bool = False
    ) -> PreparedRows:
        """New rows as the encoder takes them.

        Args:
            rows: a DataFrame, a list of dicts, an array, or what `aecore.data.load` gives.
            labels: a class for each row, by name or index; in its place a table's label column, or
                the labels that come with arrays.
            needs_labels: whether rows without a known class are left out.

        Raises:
            DataError: they are of another kind than those of training, with what was expected, or
                none of them can be used.
        """
        found = joined(list(self.parts(rows, labels, needs_labels=needs_labels)))
        refuse_none(found)
        return found

    def parts(
        self,
        rows: Any,
        labels: Labels = None,
        *,
        needs_labels: bool = False,
        size: int | None = None,
        beside: bool = False,
    ) -> Iterator[PreparedRows]:
        """The same in parts of at most `size` samples, so that memory stays bounded.

        A part may be empty, and says why in its notes. With `beside`, columns that are not learned
        come along.

        Raises:
            DataError: as `transform`, but for rows none of which can be used.
        """
        raw = as_raw(rows, self.kind)
        size = size or block_rows(int(np.prod(self.sample_shape)))
        yield from NewRows(self, labels, needs_labels, beside).parts(raw, size)

    def to_units(self, x: np.ndarray, rows: PreparedRows | None = None) -> np.ndarray:
        """Scaled samples in the data's own units, (n, *sample_shape) float64.

        Args:
            x: (n, *sample_shape), such as reconstructions.
            rows: what `x` was made of. Per-sample scaling needs it, for each sample has a length of
                its own; without it, samples keep the length 1.
        """
        lengths = None if rows is None else rows.lengths
        if lengths is None and self.scaler.by_sample:
            lengths = np.ones(len(x))
        return self.scaler.units(lengths, x.ndim).raw(x)

    def save(self, folder: Path) -> None:
        """Write `preparation.json` and `preparation.npz`."""
        plain = ADAPTER.dump_json(self.description, indent=2)
        (folder / JSON_FILE).write_bytes(plain + b"\n")
        with (folder / ARRAYS_FILE).open("wb") as file:
            np.savez(file, allow_pickle=False, **dict(self.arrays))

    @classmethod
    def load(cls, folder: Path) -> FittedPreparation:
        """Read what `save` wrote.

        Raises:
            DataError: a file is missing or damaged.
        """
        try:
            description = ADAPTER.validate_json((folder / JSON_FILE).read_bytes())
            # Opened here, because numpy leaves a damaged archive open.
            with (
                (folder / ARRAYS_FILE).open("rb") as file,
                np.load(file, allow_pickle=False) as archive,
            ):
                arrays = {name: archive[name] for name in archive.files}
            _refuse_others(description, arrays)
        except FileNotFoundError:
            raise DataError(
                "This run kept no preparation of its data.",
                "Train it again to apply it to new rows.",
            ) from None
        except (OSError, ValueError, KeyError, EOFError, BadZipFile, ValidationError) as error:
            raise DataError(
                f"The preparation of this run cannot be read ({type(error).__name__}): its files "
                "are damaged.",
                "Train it again, or choose another run.",
            ) from None
        return cls(description, arrays)


def is_kept(folder: Path) -> bool:
    """Whether a run's folder holds a preparation, damaged or not."""
    return (folder / JSON_FILE).is_file() and (folder / ARRAYS_FILE).is_file()


def refuse_none(found: PreparedRows) -> None:
    """Refuse rows none of which can be used.

    Raises:
        DataError: there are none, with why.
    """
    if not len(found.x):
        told = " ".join(found.notes) or "No rows were given."
        raise DataError(
            f"None of the rows can be used. {told}",
            "Give rows such as those that it was trained on.",
        )


def _refuse_others(description: Description, arrays: dict[str, np.ndarray]) -> None:
    """Arrays that are not of the sizes that the description calls for."""
    rows, last = description.rows, description.sample_shape[-1]
    wanted: dict[str, tuple[int, ...]] = {"offset": (1, last), "scale": (1, last)}
    if isinstance(rows, TableRows):
        wanted["fill"] = (len(rows.numbers),)
        wanted |= {f"idf_{i}": (len(text.terms),) for i, text in enumerate(rows.texts)}
    for name, sizes in wanted.items():
        if arrays[name].dtype != np.float64 or arrays[name].shape not in [(s,) for s in sizes]:
            raise ValueError(name)
