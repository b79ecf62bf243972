"""A film of one sample turning into another, played in the browser."""

from __future__ import annotations

import math

import numpy as np

from ui.base.component import component
from ui.figures.pictures import data_address, shades

SIDE = 224
HTML = """
<canvas role="img"></canvas>
<div class="controls">
  <button type="button">Play</button>
  <input type="range" min="0" value="0" step="1" aria-label="How far along the way">
  <output></output>
</div>
"""

_film = component(__file__, HTML)


def show_way_film(made: np.ndarray, display_range: tuple[float, float], key: str) -> None:
    """Images (frames, h, w, channels) with a button to play them and a slider to go through."""
    frames = shades(made, display_range)
    count, height, width, _ = frames.shape
    sheet = np.ascontiguousarray(frames.swapaxes(0, 1)).reshape(height, count * width, -1)
    scale = math.ceil(SIDE / max(height, width))
    data = {"sheet": data_address(sheet), "frames": count, "width": width, "height": height}
    _film(key=key, data={**data, "scale": scale})
