"""`Target`: what a probe is to tell of each row, a class or a number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from aecore.data.names import shown
from aecore.data.prepare.description import TableRows
from aecore.data.prepare.prepared_data import Prepared
from aecore.errors import DataError

LABEL = "Label"


@dataclass(frozen=True)
class Target:
    """What a probe is to tell.

    Attributes:
        name: as on screen.
        kind: `classes` or `numbers`.
        values: (rows,) of all rows of the data set: class indices, -1 for none, or numbers, NaN
            for none.
    """

    name: str
    kind: Literal["classes", "numbers"]
    values: np.ndarray

    def known(self, rows: np.ndarray) -> np.ndarray:
        """(n,) of some rows, by their numbers, whether they have a value."""
        own = self.values[rows]
        return np.isfinite(own) if self.kind == "numbers" else own >= 0


def target_names(has_labels: bool, factors: tuple[str, ...]) -> tuple[str, ...]:
    """What can be probed for, the classes first."""
    return (*((LABEL,) if has_labels else ()), *factors)


def target_of(prepared: Prepared, name: str = "") -> Target:
    """What a name stands for; without a name the classes, or the first number known of rows.

    Raises:
        DataError: there is nothing to tell, or nothing of that name.
    """
    data = prepared.dataset
    names = target_names(data.y is not None, tuple(data.factors))
    if not names:
        raise DataError(
            "This data has no labels, and no numbers beside its values, that a probe could tell."
            + _of_texts(prepared),
            "Choose data with classes or a target, or give a column the role label on the Data "
            "page.",
        )
    name = name or names[0]
    _refuse_text(prepared, name)
    if name not in names:
        raise DataError(f"There is nothing named {name!r} to tell.", f"Choose {_listed(names)}.")
    if name == LABEL and data.y is not None:
        return Target(name, "classes", np.asarray(data.y))
    return Target(name, "numbers", np.asarray(data.factors[name], np.float64))


def _refuse_text(prepared: Prepared, name: str) -> None:
    if name in _texts(prepared):
        raise DataError(
            f'Column "{shown(name)}" holds texts, and a probe tells classes or numbers.',
            "Give it the role label on the Data page if its values come again, or choose another "
            "target.",
        )


def _texts(prepared: Prepared) -> list[str]:
    rows = prepared.preparation.description.rows
    if not isinstance(rows, TableRows):
        return []
    return [c.name for c in rows.columns if c.role == "ignore" and c.type in ("text", "category")]


def _of_texts(prepared: Prepared) -> str:
    texts = _texts(prepared)
    return f" Its columns of texts, {_listed(texts)}, are none." if texts else ""


def _listed(names: tuple[str, ...] | list[str]) -> str:
    listed = ", ".join(f'"{shown(name)}"' for name in names[:8])
    return f"{listed}, …" if len(names) > 8 else listed
