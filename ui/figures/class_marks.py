"""`class_marks`: the colour and the shape of each class, the same wherever it is drawn.

Neighbouring classes differ in both, so that they are told apart without colour too. Past as many
as there are pairs, classes share one muted mark.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from aecore.latent.colours import NO_VALUE, OTHER_VALUE, Colouring
from ui.base.text import count
from ui.base.theme import Palette

WITHOUT_VALUE = (NO_VALUE, OTHER_VALUE)
UNLABELLED = "Samples"
# Half the length and half the thickness of a cross's arms.
LONG, THIN = 1.3, 0.37
# Outlines around the origin, each of about the area of a circle of radius 1; a circle has none.
# Plotly has these four in the plane and in space.
SHAPES: dict[str, tuple[tuple[float, float], ...]] = {
    "circle": (),
    "diamond": ((0.0, -1.3), (1.3, 0.0), (0.0, 1.3), (-1.3, 0.0)),
    "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    "cross": (
        *((-THIN, -LONG), (THIN, -LONG), (THIN, -THIN), (LONG, -THIN), (LONG, THIN), (THIN, THIN)),
        *((THIN, LONG), (-THIN, LONG), (-THIN, THIN), (-LONG, THIN), (-LONG, -THIN)),
        (-THIN, -THIN),
    ),
}
NAMES = tuple(SHAPES)
# Classes that are judged by their very name; blue for faulty and yellow for ok would mislead.
GOOD = frozenset(
    ("ok", "good", "normal", "healthy", "benign", "pass", "passed", "fine", "intact", "legitimate")
)
BAD = frozenset(
    (
        *("faulty", "fault", "defect", "defective", "bad", "broken", "damaged", "nok", "not ok"),
        *("anomaly", "anomalous", "abnormal", "fail", "failed", "failure", "ng", "ill", "sick"),
        *("malignant", "fraud", "attack", "error", "worn"),
    )
)


@dataclass(frozen=True)
class ClassMark:
    """How a class looks: its colour as `#rrggbb`, and its shape, one of `SHAPES`."""

    colour: str
    shape: str

    @property
    def outline(self) -> tuple[tuple[float, float], ...]:
        """Corners around the origin, in units of a mark's radius; none of a circle."""
        return SHAPES[self.shape]

    @property
    def reach(self) -> float:
        """How far it reaches from its middle, across or upwards, in units of its radius."""
        return max((abs(x) for x, _ in self.outline), default=1.0)

    def path(self, radius: float) -> str:
        """What draws it in SVG around the point that the path has come to."""
        if not self.outline:
            r, wide = _short(radius), _short(2 * radius)
            return f"m{_short(-radius)} 0a{r} {r} 0 1 1 {wide} 0a{r} {r} 0 1 1 -{wide} 0z"
        corners = radius * np.array(self.outline)
        steps = np.diff(corners, axis=0)
        first = f"m{_short(corners[0, 0])} {_short(corners[0, 1])}"
        return first + "".join(f"l{_short(x)} {_short(y)}" for x, y in steps.tolist()) + "z"


@dataclass(frozen=True)
class ClassPoints:
    """The points of one class: its name on screen, their positions among all, and its mark."""

    name: str
    positions: np.ndarray
    mark: ClassMark


def class_marks(
    names: Sequence[str], palette: Palette, numbers: Sequence[int] = ()
) -> list[ClassMark]:
    """The mark of each class.

    Args:
        numbers: the place of each among all classes that the data set has, which its mark goes by,
            so that it is the same where some of them are missing; by default its place in `names`.
    """
    marks = [
        muted_mark(palette) if name in WITHOUT_VALUE else _mark(name, number, palette)
        for name, number in zip(names, numbers or range(len(names)), strict=True)
    ]
    return marks


def class_points(
    places: np.ndarray, names: Sequence[str], palette: Palette, numbers: Sequence[int] = ()
) -> list[ClassPoints]:
    """The points of each class with its mark; those past all marks are of one class together.

    Args:
        places: (n,) of each point, the place of its class in `names`.
        numbers: as of `class_marks`.
    """
    marks = class_marks(names, palette, numbers)
    beyond = [_is_beyond(number, palette) for number in numbers or range(len(names))]
    found = [
        ClassPoints(name, np.flatnonzero(places == place), mark)
        for place, (name, mark) in enumerate(zip(names, marks, strict=True))
        if not beyond[place]
    ]
    if any(beyond):
        others = np.flatnonzero(np.isin(places, np.flatnonzero(beyond)))
        name = f"{count(sum(beyond))} other classes"
        found.append(ClassPoints(name, others, muted_mark(palette)))
    return found


def coloured_points(colouring: Colouring, palette: Palette) -> list[ClassPoints]:
    """The points of each class of a colouring; all together where it has none."""
    if not colouring.names:
        return [points_without_class(len(colouring.values), palette)]
    return class_points(colouring.values, colouring.names, palette, colouring.numbers)


def points_without_class(many: int, palette: Palette) -> ClassPoints:
    """So many points that belong to no class."""
    mark = ClassMark(palette.reconstruction, NAMES[0])
    return ClassPoints(UNLABELLED, np.arange(many), mark)


def muted_mark(palette: Palette) -> ClassMark:
    """The mark of what has no class, and of classes past all marks."""
    return ClassMark(palette.muted, NAMES[0])


def _mark(name: str, number: int, palette: Palette) -> ClassMark:
    said = name.strip().lower()
    if said in GOOD:
        return ClassMark(palette.good, NAMES[0])
    if said in BAD:
        # Never a circle: where red and green look alike, the shape tells.
        return ClassMark(palette.bad, NAMES[1 + number % (len(NAMES) - 1)])
    if _is_beyond(number, palette):
        return muted_mark(palette)
    round_, place = divmod(number, len(palette.classes))
    # One shape further in each round, so that no colour meets a shape twice.
    return ClassMark(palette.classes[place], NAMES[(number + round_) % len(NAMES)])


def _is_beyond(number: int, palette: Palette) -> bool:
    return number >= len(palette.classes) * len(NAMES)


def _short(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
