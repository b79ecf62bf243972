"""Cut and paste: a square of each picture is copied to another place in it."""

from __future__ import annotations

from typing import Any, Literal

from aecore.models.corruptions._pictures import (
    each,
    mixed,
    rows_and_columns,
    side_of,
    starts,
    within,
)
from aecore.models.corruptions._spec import CorruptionSpec, Range
from aecore.settings import Settings, setting

# Where the square is cut out and where it is pasted, each from top and from left.
NUMBERS = 4


class CutPasteCorruption(Settings):
    """How large a part is copied."""

    kind: Literal["cut-paste"] = setting(
        "cut-paste", "Corruption", "Noise added to the input only; the target stays clean."
    )
    side: float = setting(
        0.4,
        "Side of the part",
        "The side of the square that is copied, as a share of the shorter side of the picture.",
        ge=0.05,
        le=0.95,
        step=0.05,
    )


def corrupt(settings: CutPasteCorruption, x: Any, noise: Any, value_range: Range, xp: Any) -> Any:
    """The whole picture is moved by as much as the part is, and shows through where that lies."""
    height, width = x.shape[1:3]
    side = side_of(settings.side, x)
    from_top, to_top = (each(starts(noise[:, i], side, height, xp), xp) for i in (0, 1))
    from_left, to_left = (each(starts(noise[:, i], side, width, xp), xp) for i in (2, 3))
    rows, columns = rows_and_columns(x, xp)
    moved = _moved(x, to_top - from_top, to_left - from_left, xp)
    inside = xp.logical_and(within(rows, to_top, side, xp), within(columns, to_left, side, xp))
    return xp.where(inside[..., None], moved, x)


def _moved(x: Any, down: Any, right: Any, xp: Any) -> Any:
    """Pictures moved by whole pixels, (n, 1, 1) each; 0 comes in.

    A product with a matrix of zeros and ones along each axis: no index, which numpy and Keras
    have of different types.
    """
    rows, columns = (xp.reshape(places, (-1,)) for places in rows_and_columns(x, xp))
    from_rows = _ones(rows[:, None] - down == rows[None, :], xp)
    from_columns = _ones(columns[:, None] - right == columns[None, :], xp)
    return mixed(x, from_rows, from_columns, xp)


def _ones(true: Any, xp: Any) -> Any:
    return xp.where(true, xp.ones((), "float32"), xp.zeros((), "float32"))


SPEC = CorruptionSpec(
    name="cut-paste",
    title="Cut and paste",
    summary="A square of each picture is copied to another place in it: no value is unusual there.",
    settings=CutPasteCorruption,
    noise="uniform",
    corrupt=corrupt,
    source="Li et al., CutPaste: Self-Supervised Learning for Anomaly Detection, CVPR 2021",
    draws=lambda settings: NUMBERS,
    kinds=("image",),
    order=70,
)
