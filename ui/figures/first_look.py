"""What an autoencoder does, in one picture: a sample, its few numbers, and its reconstruction."""

from __future__ import annotations

import numpy as np

from ui.base import text
from ui.base.theme import Palette
from ui.figures import svg
from ui.figures.pictures import data_address, enlarged, shades

WIDTH, HEIGHT = 640, 168
SIDE, TOP = 112, 26
CODE_LEFT, CODE_WIDTH = 212, 216
PIXEL = 4


def plot_first_look(
    original: np.ndarray, code: np.ndarray, reconstruction: np.ndarray, palette: Palette
) -> str:
    """A picture (height, width, 1), its code (k,) as bars, and its reconstruction, as an SVG."""
    right = WIDTH - SIDE
    values = f"{text.count(original.size)} values"
    parts = [
        _picture(original, 0, palette),
        _arrow(SIDE + 14, CODE_LEFT - 14, "encoder", palette),
        _bars(code, palette),
        _arrow(CODE_LEFT + CODE_WIDTH + 14, right - 14, "decoder", palette),
        _picture(reconstruction, right, palette),
        _title("Original", SIDE / 2, palette),
        _title("Latent code", CODE_LEFT + CODE_WIDTH / 2, palette),
        _title("Reconstruction", right + SIDE / 2, palette),
        _under(values, SIDE / 2, palette),
        _under(f"{len(code)} numbers", CODE_LEFT + CODE_WIDTH / 2, palette),
        _under(values, right + SIDE / 2, palette),
    ]
    return svg.document("".join(parts), WIDTH, HEIGHT)


def describe_first_look(original: np.ndarray, code: np.ndarray) -> str:
    """The picture in words, for those who do not see it."""
    return (
        f"A handwritten digit of {text.count(original.size)} values becomes {len(code)} numbers, "
        "and from these its reconstruction, which looks much the same."
    )


def _picture(pixels: np.ndarray, x: float, palette: Palette) -> str:
    shown = enlarged(shades(pixels[None], (0.0, 1.0))[0], PIXEL)
    place = f'x="{x:.0f}" y="{TOP}" width="{SIDE}" height="{SIDE}"'
    frame = svg.box(x, TOP, SIDE, SIDE, f'fill="none" stroke="{palette.grid}"')
    return f'<image {place} href="{data_address(shown)}"/>{frame}'


def _bars(code: np.ndarray, palette: Palette) -> str:
    """One bar a number, up where it is above 0 and down where it is below."""
    middle, pitch = TOP + SIDE / 2, CODE_WIDTH / len(code)
    tallest = float(np.abs(code).max()) or 1.0
    drawn = [
        svg.line(CODE_LEFT, middle, CODE_LEFT + CODE_WIDTH, middle, f'stroke="{palette.muted}"')
    ]
    for i, number in enumerate(code.tolist()):
        high = abs(number) / tallest * SIDE / 2
        y = middle - high if number > 0 else middle
        x = CODE_LEFT + pitch * i + 2
        drawn.append(svg.box(x, y, pitch - 4, high, f'fill="{palette.code}" rx="1"'))
    return "".join(drawn)


def _arrow(start: float, stop: float, name: str, palette: Palette) -> str:
    y, look = TOP + SIDE / 2, f'stroke="{palette.muted}" stroke-width="2"'
    head = f'<path d="M{stop - 7} {y - 5}L{stop} {y}L{stop - 7} {y + 5}" fill="none" {look}/>'
    label = svg.text(name, (start + stop) / 2, y - 12, palette.muted, svg.MIDDLE)
    return svg.line(start, y, stop, y, look) + head + label


def _title(words: str, x: float, palette: Palette) -> str:
    return svg.text(words, x, 14, palette.text, f'{svg.MIDDLE} font-weight="600"')


def _under(words: str, x: float, palette: Palette) -> str:
    return svg.text(words, x, HEIGHT - 10, palette.muted, svg.MIDDLE)
