"""SVG: text and shapes as an image that a browser shows."""

from __future__ import annotations

import re
from html import escape

from ui.base.theme import IMAGE_FONT

# What XML allows in no form; a name from a file may hold it, and would break the whole image.
FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# Where a text lies to the point it is given.
MIDDLE = 'text-anchor="middle"'
END = 'text-anchor="end"'


def document(body: str, width: float, height: float) -> str:
    """A whole SVG of this size around what is drawn in it."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'width="{width:.0f}" height="{height:.0f}" font-family="{IMAGE_FONT}" font-size="13">'
        f"{body}</svg>"
    )


def text(content: str, x: float, y: float, colour: str, extra: str = "") -> str:
    """One line of text whose base line begins at (x, y); `extra` holds further attributes."""
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{colour}" {extra}>{text_of(content)}</text>'


def text_of(content: str) -> str:
    """Text as it stands between two tags."""
    return escape(FORBIDDEN.sub("\ufffd", content))


def box(x: float, y: float, width: float, height: float, extra: str) -> str:
    """A rectangle; `extra` says how it is filled and drawn."""
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" {extra}/>'


def line(x: float, y: float, to_x: float, to_y: float, extra: str) -> str:
    """A straight line; `extra` says how it is drawn."""
    return f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}" {extra}/>'


def moved(body: str, x: float, y: float) -> str:
    """A part whose origin is at (x, y)."""
    return f'<g transform="translate({x:.1f} {y:.1f})">{body}</g>'


def clipped(body: str, x: float, y: float, width: float, height: float, extra: str = "") -> str:
    """A part whose origin is at (x, y), and that nothing in it can leave."""
    return (
        f'<svg x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" {extra}>'
        f"{body}</svg>"
    )


def shortened(content: str, letters: int) -> str:
    """At most so many letters, with a sign that there were more."""
    return content if len(content) <= letters else content[: letters - 1].rstrip() + "…"
