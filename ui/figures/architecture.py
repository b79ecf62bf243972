"""The model as an hourglass: one bar a layer, as tall as the layer is wide, on a log scale."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

from aecore.models.backbones import Layer
from ui import text
from ui.theme import IMAGE_FONT, Palette

WIDTH = 640
BAR_TOP, BAR_ROOM = 52, 128
MIDDLE = BAR_TOP + BAR_ROOM / 2
TITLES_AT = BAR_TOP + BAR_ROOM + 20
MARGIN = 2
SMALLEST_BAR = 10
# From this many pixels a layer its title fits under the bar; below, it is written upright.
ROOM_FOR_TITLE = 62
# The same for the layer's width over the bar.
ROOM_FOR_WIDTH = 40
ROOM_UNDER, ROOM_UNDER_UPRIGHT = 48, 122


def plot_architecture(layers: Sequence[Layer], palette: Palette) -> str:
    """The layers from input to output as an SVG; titles, widths and parameters on each."""
    pitch = (WIDTH - 2 * MARGIN) / len(layers)
    centres = [MARGIN + pitch * (i + 0.5) for i in range(len(layers))]
    heights = _heights([math.prod(layer.shape) for layer in layers])
    bar = min(30.0, pitch * 0.5)
    under = ROOM_UNDER if pitch >= ROOM_FOR_TITLE else ROOM_UNDER_UPRIGHT
    height = TITLES_AT + under
    parts = [
        _waist(centres, heights, bar, palette),
        *(_bar(*item, bar, palette) for item in zip(layers, centres, heights, strict=True)),
        *(_label(*item, pitch, palette) for item in zip(layers, centres, heights, strict=True)),
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
    return f"{text.count(sum(layer.parameters for layer in layers))} parameters"


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


def _label(layer: Layer, centre: float, height: float, pitch: float, palette: Palette) -> str:
    """Width, title and parameters of a layer, upright under its bar where room is short."""
    title, counted = (layer.title, palette.text), (_counted(layer), palette.muted)
    width = (text.shape(layer.shape), palette.text)
    if pitch < ROOM_FOR_WIDTH:
        return _upright([(f"{width[0]} · {layer.title}", palette.text), counted], centre, pitch)
    above = _text(width[0], centre, MIDDLE - height / 2 - 6, palette.text, weight=600)
    if pitch < ROOM_FOR_TITLE:
        return above + _upright([title, counted], centre, pitch)
    lines = [*((part, palette.text) for part in layer.title.split(", ")), counted]
    return above + "".join(
        _text(line, centre, TITLES_AT + 16 * i, colour) for i, (line, colour) in enumerate(lines)
    )


def _counted(layer: Layer) -> str:
    return text.count(layer.parameters) if layer.parameters else ""


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


def _upright(lines: Sequence[tuple[str, str]], centre: float, pitch: float) -> str:
    """Lines that read from bottom to top, side by side under a bar."""
    apart = min(13.0, pitch / 2)
    return "".join(
        f'<text transform="translate({centre + 4 + (i - 0.5) * apart:.1f} {TITLES_AT - 10}) '
        f'rotate(-90)" text-anchor="end" fill="{colour}" font-size="11">{escape(line)}</text>'
        for i, (line, colour) in enumerate(lines)
    )


def _colour(layer: Layer, palette: Palette) -> str:
    colours = {"code": palette.code, "decoder": palette.decoder, "output": palette.decoder}
    return colours.get(layer.part, palette.encoder)


def _sentence(layer: Layer) -> str:
    return f"{layer.title}: {text.shape(layer.shape)}, {text.count(layer.parameters)} parameters"
