"""The parts of a loss beside the reconstruction, by epoch, apart from the yardsticks."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import cycle

from aecore.runs.run_view import RunView
from ui.base import text
from ui.base.theme import Palette
from ui.figures import svg
from ui.figures.axis import Axis, extent
from ui.figures.curves import epoch_axis
from ui.figures.lines import BOTTOM, TOP, curve, grid, names

HEIGHT = 220
# As much of a name as there is room for beside the chart, its figure behind it.
LONGEST_NAME = 12

Terms = Mapping[str, Sequence[float]]


def plot_terms(view: RunView, terms: Terms, unit: str, palette: Palette, width: int) -> str:
    """A line for each part of the loss as an SVG, named at its end.

    Args:
        terms: name on screen -> its values, one an epoch; the first is drawn in the text's colour.
        unit: of the loss, for the axis.
        width: of the chart, in pixels.
    """
    epochs, heights = epoch_axis(view, width), _axis(terms)
    colours = _colours(terms, palette)
    drawn = [grid(epochs, heights, unit, palette)]
    drawn += [curve(values, epochs, heights, colours[name]) for name, values in terms.items()]
    ends = {name: _end(values, heights) for name, values in terms.items()}
    named = [
        (y, f"{svg.shortened(name, LONGEST_NAME)} {text.rounded(terms[name][-1])}", colours[name])
        for name, y in ends.items()
        if y is not None
    ]
    drawn.append(names(named, epochs.stop, HEIGHT - BOTTOM))
    return svg.document("".join(drawn), width, HEIGHT)


def describe_terms(view: RunView, terms: Terms) -> str:
    """The same in words, for those who do not see it."""
    latest = [f"{name} {text.rounded(values[-1], 4)}" for name, values in terms.items() if values]
    return f"Parts of the loss after epoch {view.epochs_done}: {', '.join(latest)}."


def _axis(terms: Terms) -> Axis:
    values = [v for one in terms.values() for v in one if math.isfinite(v)]
    # From 0, so that a small part of the loss is seen to be small.
    low, high = extent([*values, 0.0], log=False)
    return Axis(low, high, HEIGHT - BOTTOM, TOP)


def _end(values: Sequence[float], heights: Axis) -> float | None:
    return heights.place(values[-1]) if values else None


def _colours(terms: Terms, palette: Palette) -> dict[str, str]:
    first, *others = terms
    # Those that letters can be read in, unlike some colours of classes.
    inks = (palette.floor, palette.yardstick, palette.train, palette.validation, palette.muted)
    return {first: palette.text, **dict(zip(others, cycle(inks), strict=False))}
