"""The spread of scores as bars, of rows and odd rows stacked, under the outline of calibration."""

from __future__ import annotations

from dataclasses import dataclass

from aecore.evaluation.anomalies.spread import Spread
from ui.base.text import short
from ui.base.theme import Palette
from ui.figures import svg
from ui.figures.axis import Axis

WIDTH, HEIGHT = 1120, 270
LEFT, RIGHT, TOP, BOTTOM = 48, 18, 40, 44
TICKS, SHARES = 7, 4
# A bin with one row among thousands can still be seen.
LEAST = 2.0
KEY_BOX = 12
HATCH = "odd-hatch"


@dataclass(frozen=True)
class Place:
    """Where the plot lies in the picture, in pixels, and the scores at its ends."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    low: float
    high: float
    log: bool


def place_of(spread: Spread, *, log: bool) -> Place:
    """Where the plot of a spread lies."""
    low, high = float(spread.edges[0]), float(spread.edges[-1])
    return Place(WIDTH, HEIGHT, LEFT, WIDTH - RIGHT, TOP, HEIGHT - BOTTOM, low, high, log)


def plot_spread(
    spread: Spread, title: str, palette: Palette, *, log: bool, has_labels: bool
) -> str:
    """An SVG of the bars with both axes and a key; the threshold is not part of it."""
    place = place_of(spread, log=log)
    across = Axis(place.low, place.high, place.left, place.right, log)
    highest = float(max((spread.rows + spread.odd).max(), spread.calibration.max())) or 1.0
    up = Axis(0.0, highest, place.bottom, place.top)
    body = [
        _hatching(palette),
        _grid(up, palette),
        *_bars(spread, across, up, palette),
        _outline(spread, across, up, palette),
        *_scores(across, title, palette),
        _key(palette, has_labels, bool(spread.calibration.any())),
    ]
    return svg.document("".join(body), WIDTH, HEIGHT)


def _bars(spread: Spread, across: Axis, up: Axis, palette: Palette) -> list[str]:
    drawn = []
    foot = float(HEIGHT - BOTTOM)
    odd = f'fill="url(#{HATCH})" stroke="{palette.positive}"'
    for i in range(len(spread.rows)):
        left, right = _at(across, spread.edges[i]), _at(across, spread.edges[i + 1])
        width, below = max(1.0, right - left - 1), foot
        for share, look in ((spread.rows[i], _of_rows(palette)), (spread.odd[i], odd)):
            if share > 0:
                height = max(LEAST, foot - _at(up, share))
                below -= height
                drawn.append(svg.box(left + 0.5, below, width, height, look))
    return drawn


def _of_rows(palette: Palette) -> str:
    return f'fill="{palette.reconstruction}" fill-opacity="0.7"'


def _outline(spread: Spread, across: Axis, up: Axis, palette: Palette) -> str:
    if not spread.calibration.any():
        return ""
    foot = HEIGHT - BOTTOM
    path = [f"M{_at(across, spread.edges[0]):.1f} {foot}"]
    for share, edge in zip(spread.calibration.tolist(), spread.edges[1:].tolist(), strict=True):
        path.append(f"V{_at(up, share):.1f}H{_at(across, edge):.1f}")
    return f'<path d="{"".join(path)}V{foot}" fill="none" {_of_calibration(palette)}/>'


def _of_calibration(palette: Palette) -> str:
    return f'stroke="{palette.text}" stroke-width="1.6"'


def _scores(across: Axis, title: str, palette: Palette) -> list[str]:
    foot = HEIGHT - BOTTOM
    marks = [
        svg.text(short(value), _at(across, value), foot + 17, palette.muted, svg.MIDDLE)
        for value in across.ticks(TICKS)
    ]
    middle = (LEFT + WIDTH - RIGHT) / 2
    axis = svg.line(LEFT, foot, WIDTH - RIGHT, foot, f'stroke="{palette.muted}"')
    return [axis, *marks, svg.text(title, middle, foot + 37, palette.text, svg.MIDDLE)]


def _grid(up: Axis, palette: Palette) -> str:
    drawn = []
    for share in up.ticks(SHARES)[1:]:
        y = _at(up, share)
        drawn.append(svg.line(LEFT, y, WIDTH - RIGHT, y, f'stroke="{palette.grid}"'))
        drawn.append(svg.text(f"{share:.0%}", LEFT - 6, y + 4, palette.muted, svg.END))
    return "".join(drawn)


def _key(palette: Palette, has_labels: bool, has_calibration: bool) -> str:
    entries = [("normal or unknown rows" if has_labels else "scored rows", _of_rows(palette))]
    if has_labels:
        entries.append(("odd rows", f'fill="url(#{HATCH})" stroke="{palette.positive}"'))
    drawn, x = [], float(LEFT)
    for name, look in entries:
        drawn.append(svg.box(x, 5, KEY_BOX, KEY_BOX, look))
        drawn.append(svg.text(name, x + KEY_BOX + 6, 16, palette.text))
        x += KEY_BOX + 26 + 7 * len(name)
    if has_calibration:
        drawn.append(svg.line(x, 11, x + 18, 11, _of_calibration(palette)))
        drawn.append(svg.text("normal rows that calibrate", x + 24, 16, palette.text))
    return "".join(drawn)


def _hatching(palette: Palette) -> str:
    """Odd rows are told by their hatching too, not by colour alone."""
    stripe = f'<rect width="3" height="5" fill="{palette.positive}"/>'
    size = 'width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"'
    return f'<defs><pattern id="{HATCH}" {size}>{stripe}</pattern></defs>'


def _at(axis: Axis, value: float) -> float:
    place = axis.place(float(value))
    return axis.start if place is None else place
