"""The model as an hourglass: one bar a layer, as tall as the layer is wide, on a log scale."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

from aecore.models.assembly import Layer
from ui.base import text
from ui.base.theme import IMAGE_FONT, Palette

WIDTH = 760
BAR_TOP, BAR_ROOM = 46, 56
MIDDLE = BAR_TOP + BAR_ROOM / 2
TITLES_AT = BAR_TOP + BAR_ROOM + 20
MARGIN = 2
SMALLEST_BAR = 10
# Pixels that a letter takes at most, in any system's font.
LETTER = 7.4
# With less room a layer, its width is not written over the bar but upright under it.
ROOM_FOR_WIDTH = 44
LINE = 16


def plot_architecture(layers: Sequence[Layer], palette: Palette) -> str:
    """The layers from input to output as an SVG; titles, widths and parameters on each."""
    pitch = (WIDTH - 2 * MARGIN) / len(layers)
    centres = [MARGIN + pitch * (i + 0.5) for i in range(len(layers))]
    heights = _heights([math.prod(layer.shape) for layer in layers])
    bar = min(30.0, pitch * 0.5)
    captions = [_caption(layer, pitch) for layer in layers]
    upright = max(len(line) for lines in captions for line in lines) * LETTER > pitch
    height = TITLES_AT + _room_under(captions, upright)
    write = _upright if upright else _level
    parts = [
        _waist(centres, heights, bar, palette),
        *(_bar(*item, bar, palette) for item in zip(layers, centres, heights, strict=True)),
        *(_width(*item, pitch, palette) for item in zip(layers, centres, heights, strict=True)),
        *(write(*item, pitch, palette) for item in zip(captions, centres, strict=True)),
        *_brackets(layers, centres, pitch, palette),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:g}" '
        f'width="{WIDTH}" height="{height:g}" font-family="{IMAGE_FONT}" font-size="12">'
        f"{''.join(parts)}</svg>"
    )


def describe_architecture(layers: Sequence[Layer]) -> str:
    """The diagram in words, for those who do not see it."""
    widths = " to ".join(text.shape(layer.shape) for layer in layers)
    return f"Layers from input to output: {widths}. {parameters(layers)}."


def parameters(layers: Sequence[Layer]) -> str:
    """How many numbers training sets, such as "222,384 parameters"."""
    return text.counted(sum(layer.parameters for layer in layers), "parameter")


def _heights(widths: Sequence[int]) -> list[float]:
    """Bar heights in pixels: the widest layer fills the room, the others by their logarithm."""
    most = max(math.log2(width + 1) for width in widths)
    grow = (BAR_ROOM - SMALLEST_BAR) / most
    return [SMALLEST_BAR + grow * math.log2(width + 1) for width in widths]


def _waist(centres: Sequence[float], heights: Sequence[float], bar: float, palette: Palette) -> str:
    """The shape behind the bars: what every layer passes on to the next."""
    edges = [
        (centre + side * bar / 2, height / 2)
        for centre, height in zip(centres, heights, strict=True)
        for side in (-1, 1)
    ]
    upper = [f"{x:.1f},{MIDDLE - half:.1f}" for x, half in edges]
    lower = [f"{x:.1f},{MIDDLE + half:.1f}" for x, half in reversed(edges)]
    return f'<polygon points="{" ".join(upper + lower)}" fill="{palette.surface}"/>'


def _bar(layer: Layer, centre: float, height: float, bar: float, palette: Palette) -> str:
    return (
        f'<rect x="{centre - bar / 2:.1f}" y="{MIDDLE - height / 2:.1f}" width="{bar:.1f}" '
        f'height="{height:.1f}" rx="3" fill="{_colour(layer, palette)}">'
        f"<title>{escape(_sentence(layer))}</title></rect>"
    )


def _width(layer: Layer, centre: float, height: float, pitch: float, palette: Palette) -> str:
    """The layer's width, over its bar."""
    if pitch < ROOM_FOR_WIDTH:
        return ""
    y = MIDDLE - height / 2 - 6
    return _text(text.shape(layer.shape), centre, y, palette.text, weight=600)


def _caption(layer: Layer, pitch: float) -> list[str]:
    """What stands under a bar; the last line is the number of parameters, if there are any."""
    counted = text.count(layer.parameters) if layer.parameters else ""
    if pitch < ROOM_FOR_WIDTH:
        return [f"{text.shape(layer.shape)} · {layer.title}", counted]
    return [*layer.title.split(", "), counted]


def _room_under(captions: Sequence[Sequence[str]], upright: bool) -> float:
    if not upright:
        return (max(map(len, captions)) - 1) * LINE + 6
    return max(len(", ".join(lines[:-1])) for lines in captions) * LETTER


def _level(lines: Sequence[str], centre: float, pitch: float, palette: Palette) -> str:
    """Lines under each other."""
    return "".join(
        _text(line, centre, TITLES_AT + LINE * i, _ink(i, lines, palette))
        for i, line in enumerate(lines)
    )


def _upright(lines: Sequence[str], centre: float, pitch: float, palette: Palette) -> str:
    """A line for the title and one for the parameters, read from bottom to top, side by side."""
    pair = [", ".join(lines[:-1]), lines[-1]]
    apart = min(14.0, pitch / 2)
    return "".join(
        f'<text transform="translate({centre + 4 + (i - 0.5) * apart:.1f} {TITLES_AT - 10}) '
        f'rotate(-90)" text-anchor="end" fill="{_ink(i, pair, palette)}" font-size="11">'
        f"{escape(line)}</text>"
        for i, line in enumerate(pair)
    )


def _ink(i: int, lines: Sequence[str], palette: Palette) -> str:
    return palette.muted if i == len(lines) - 1 else palette.text


def _brackets(
    layers: Sequence[Layer], centres: Sequence[float], pitch: float, palette: Palette
) -> list[str]:
    """The names of the three parts over the bars that belong to them."""
    code = next((i for i, layer in enumerate(layers) if layer.part == "code"), len(layers) // 2)
    parts = [
        ("Encoder", centres[0] - pitch / 2, centres[code] - pitch / 2, palette.muted),
        ("Code", centres[code] - pitch / 2, centres[code] + pitch / 2, palette.code),
        ("Decoder", centres[code] + pitch / 2, centres[-1] + pitch / 2, palette.muted),
    ]
    return [
        f'<path d="M{left + 4:.1f} 24H{right - 4:.1f}" stroke="{colour}" stroke-width="1.5"/>'
        + _text(name, (left + right) / 2, 16, colour, weight=600)
        for name, left, right, colour in parts
    ]


def _text(content: str, x: float, y: float, colour: str, *, weight: int = 400) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle" fill="{colour}" '
        f'font-weight="{weight}">{escape(content)}</text>'
    )


def _colour(layer: Layer, palette: Palette) -> str:
    colours = {"code": palette.code, "decoder": palette.decoder, "output": palette.decoder}
    return colours.get(layer.part, palette.encoder)


def _sentence(layer: Layer) -> str:
    return (
        f"{layer.title}: {text.shape(layer.shape)}, {text.counted(layer.parameters, 'parameter')}"
    )
