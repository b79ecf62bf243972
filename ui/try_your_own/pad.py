"""Pad: drawing by mouse, finger and pen."""

from __future__ import annotations

import base64
import binascii

from aecore.errors import DataError
from ui.base.component import component, run_again
from ui.base.theme import palette

HEAD = "data:image/png;base64,"
MAX_LETTERS = 2_000_000

HTML = """
<div class="frame"><canvas role="img" aria-label="Pad to draw on"></canvas></div>
<div class="tools">
  <label>Brush <input type="range" min="2" max="24" step="1" value="9"
    title="Width of the brush, in percent of the pad"></label>
  <button type="button" class="undo" title="Take back the last stroke">Undo</button>
  <button type="button" class="clear" title="Empty the pad">Clear</button>
</div>
"""

_pad = component(__file__, HTML)


def show_pad(shape: tuple[int, int], *, light_ground: bool, key: str) -> bytes | None:
    """A pad of (height, width); the drawing so far, dark on white, as PNG; None while empty.

    Args:
        light_ground: whether the pad looks like paper, or like a blackboard.

    Raises:
        DataError: what the browser sent is no drawing.
    """
    found = _pad(
        key=key,
        data={
            "height": shape[0],
            "width": shape[1],
            "light": light_ground,
            "dark": palette().dark,
        },
        on_drawing_change=run_again,
    )
    address = found.get("drawing")
    return decoded(address) if address else None


def decoded(address: object) -> bytes:
    """The PNG file in a data address.

    Raises:
        DataError: it is none, or too long.
    """
    try:
        if isinstance(address, str) and address.startswith(HEAD) and len(address) < MAX_LETTERS:
            return base64.b64decode(address.removeprefix(HEAD), validate=True)
    except binascii.Error:
        pass
    raise DataError("The drawing did not arrive whole.", "Clear the pad and draw again.")
