"""`plot_frames`: a film's scene as a row of pictures, for a file that moves."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from ui.figures.film_canvas import Canvas
from ui.figures.film_scene import (
    ERROR_AXIS,
    ERRORS_CAPTION,
    MAP_CAPTION,
    FilmFrame,
    FilmScene,
    Probe,
)
from ui.figures.svg import shortened

WIDTH = 720
MARGIN = 16
LINE = 18
GAP = 6
INNER = WIDTH - 2 * MARGIN
VIEW = (WIDTH - 3 * MARGIN) // 2
# Of the widest map with its bars, a legend and the longest table.
RADIUS = 2.6
ROW_NAME = 92
TILE = 64
WAVE = 60
FEATURE_NAME = 0.45
LEGEND_LETTERS = 18


def plot_frames(scene: FilmScene) -> Iterator[np.ndarray]:
    """Pictures (h, w, 3) of bytes, one a frame: the probe, the map and the histogram."""
    for frame in scene.frames:
        yield _picture(scene, frame)


def _picture(scene: FilmScene, frame: FilmFrame) -> np.ndarray:
    top = MARGIN + 2 * LINE
    views = top + _probe_height(scene.probe)
    legend = views + LINE + VIEW + GAP
    rows = 1 + max((row for _, row in _legend_places(scene)), default=-1)
    canvas = Canvas(WIDTH, legend + rows * LINE + MARGIN, scene.palette.background)
    canvas.text((MARGIN, MARGIN), frame.moment, scene.palette.text, 16)
    if scene.probe is not None and frame.made is not None:
        canvas.text((MARGIN, top - LINE + 4), scene.probe.caption, scene.palette.muted)
        DRAW[scene.probe.kind](canvas, scene, scene.probe, frame, top + GAP)
    _map(canvas, scene, frame, views)
    if len(frame.counts):
        _bars(canvas, scene, frame, views)
    _legend(canvas, scene, legend)
    return canvas.finished()


def _probe_height(probe: Probe | None) -> int:
    if probe is None:
        return 0
    rows = len(probe.names)
    if probe.kind == "image":
        return LINE + rows * (_tile(probe)[1] + GAP) + 2 * GAP
    return LINE + rows * (LINE if probe.kind == "table" else LINE + WAVE) + 2 * GAP


def _tile(probe: Probe) -> tuple[int, int]:
    """Width and height of one of the probe's images."""
    samples, height, width = probe.original.shape[:3]
    room = min(TILE, (INNER - ROW_NAME) // samples - GAP)
    factor = room / max(width, height)
    return max(1, round(width * factor)), max(1, round(height * factor))


def _map(canvas: Canvas, scene: FilmScene, frame: FilmFrame, top: float) -> None:
    canvas.text((MARGIN, top), MAP_CAPTION, scene.palette.muted, 13)
    top += LINE
    canvas.box((MARGIN, top), (VIEW, VIEW), edge=scene.palette.grid)
    room = VIEW - 4 * RADIUS
    places = np.array([1, -1]) * frame.points + (0, 1)
    for each in scene.classes:
        for x, y in (places[each.positions] * room + 2 * RADIUS).tolist():
            canvas.mark((MARGIN + x, top + y), each.mark, RADIUS)


def _bars(canvas: Canvas, scene: FilmScene, frame: FilmFrame, top: float) -> None:
    left, palette, counts = 2 * MARGIN + VIEW, scene.palette, frame.counts
    canvas.text((left, top), ERRORS_CAPTION, palette.muted, 13)
    top += 2 * LINE
    foot = top + VIEW - 3 * LINE
    wide, tall = VIEW / len(counts), (foot - top) / max(1, int(counts.max()))
    for place, number in enumerate(counts.tolist()):
        if number:
            at = left + place * wide, foot - number * tall
            canvas.box(at, (wide - 1, number * tall), fill=palette.reconstruction)
    canvas.line([(left, foot), (left + VIEW, foot)], palette.grid)
    for share, label in scene.ticks:
        anchor = "la" if share < 0.1 else "ra" if share > 0.9 else "ma"
        canvas.text((left + share * VIEW, foot + 4), label, palette.muted, anchor=anchor)
    canvas.text((left + VIEW / 2, foot + LINE), ERROR_AXIS, palette.muted, anchor="ma")
    mean = left + frame.mean_at * VIEW
    canvas.line([(mean, top), (mean, foot)], palette.text)
    anchor = "rd" if frame.mean_at > 0.5 else "ld"
    canvas.text((mean, top - 2), frame.mean, palette.text, anchor=anchor)


def _legend_places(scene: FilmScene) -> list[tuple[float, int]]:
    """Where each named class, and how many there are more, begins and in which row."""
    names = [shortened(each.name, LEGEND_LETTERS) for each in scene.legend]
    places: list[tuple[float, int]] = []
    x, row = float(MARGIN), 0
    for name in [*names, *([scene.unnamed] if scene.unnamed else [])]:
        # Some 6.5 pixels a letter, and the mark before it.
        wide = 18 + 6.5 * len(name)
        if x > MARGIN and x + wide > WIDTH - MARGIN:
            x, row = float(MARGIN), row + 1
        places.append((x, row))
        x += wide + GAP
    return places


def _legend(canvas: Canvas, scene: FilmScene, top: float) -> None:
    places = _legend_places(scene)
    for each, (x, row) in zip(scene.legend, places, strict=False):
        y = top + row * LINE
        canvas.mark((x + 5, y + LINE / 2), each.mark, 4.0)
        name = shortened(each.name, LEGEND_LETTERS)
        canvas.text((x + 14, y + LINE / 2), name, scene.palette.text, anchor="lm")
    if scene.unnamed:
        x, row = places[-1]
        at = x, top + row * LINE + LINE / 2
        canvas.text(at, scene.unnamed, scene.palette.muted, anchor="lm")


def _pictures(canvas: Canvas, scene: FilmScene, probe: Probe, frame: FilmFrame, top: float) -> None:
    wide, high = _tile(probe)
    left = MARGIN + ROW_NAME
    for place, title in enumerate(probe.titles):
        x = left + place * (wide + GAP)
        canvas.text((x, top), _fitted(canvas, title, wide), scene.palette.text)
    for row, (name, tiles) in enumerate(
        zip(probe.names, (probe.original, frame.made, frame.difference), strict=True)
    ):
        y = top + LINE + row * (high + GAP)
        canvas.text((MARGIN, y + high / 2), name, scene.palette.muted, anchor="lm")
        for place, tile in enumerate(tiles if tiles is not None else ()):
            canvas.picture((left + place * (wide + GAP), y), tile, (wide, high))


def _panels(
    canvas: Canvas, scene: FilmScene, probe: Probe, top: float
) -> tuple[float, list[float]]:
    """The width of one sample's panel and where each begins; their titles are written."""
    many = len(probe.titles)
    wide = (INNER - (many - 1) * 4 * GAP) / many
    begins = [MARGIN + place * (wide + 4 * GAP) for place in range(many)]
    for x, title in zip(begins, probe.titles, strict=True):
        canvas.text((x, top), _fitted(canvas, title, wide), scene.palette.text)
    return wide, begins


def _waves(canvas: Canvas, scene: FilmScene, probe: Probe, frame: FilmFrame, top: float) -> None:
    wide, begins = _panels(canvas, scene, probe, top)
    looks = ((probe.original, scene.palette.original, 3), (frame.made, _made(scene), 1))
    for place, left in enumerate(begins):
        for channel, name in enumerate(probe.names):
            y = top + LINE + channel * (LINE + WAVE)
            canvas.text((left, y), _fitted(canvas, name, wide), scene.palette.muted)
            for values, colour, width in looks:
                if values is not None:
                    points = _wave(values[place, channel], left, y + LINE, wide)
                    canvas.line(points, colour, width)


def _wave(values: np.ndarray, left: float, top: float, wide: float) -> list[tuple[float, float]]:
    # A single step is a level line.
    values = values.repeat(2) if len(values) == 1 else values
    across = np.linspace(left, left + wide, len(values))
    return list(zip(across.tolist(), (top + WAVE * (1 - values)).tolist(), strict=True))


def _dots(canvas: Canvas, scene: FilmScene, probe: Probe, frame: FilmFrame, top: float) -> None:
    wide, begins = _panels(canvas, scene, probe, top)
    named = wide * FEATURE_NAME
    for place, left in enumerate(begins):
        for feature, name in enumerate(probe.names):
            y = top + (feature + 1.5) * LINE
            shown = _fitted(canvas, name, named - GAP)
            canvas.text((left, y), shown, scene.palette.muted, anchor="lm")
            before = left + named + (wide - named - GAP) * float(probe.original[place, feature])
            canvas.ring((before, y), 4.5, scene.palette.original, filled=False)
            if frame.made is not None:
                after = left + named + (wide - named - GAP) * float(frame.made[place, feature])
                canvas.line([(before, y), (after, y)], scene.palette.grid, 2)
                canvas.ring((after, y), 3.5, _made(scene), filled=True)


def _made(scene: FilmScene) -> str:
    return scene.palette.reconstruction


def _fitted(canvas: Canvas, content: str, wide: float) -> str:
    """A text cut until it is no longer than so many pixels."""
    letters = len(content)
    while letters > 1 and canvas.width_of(shortened(content, letters)) > wide:
        letters -= 1
    return shortened(content, letters)


Draw = Callable[[Canvas, FilmScene, Probe, FilmFrame, float], None]
DRAW: dict[str, Draw] = {"image": _pictures, "table": _dots, "series": _waves}
