"""Decoded samples: one large, a sheet, or beside the nearest kept sample."""

from __future__ import annotations

import numpy as np
import streamlit as st

from aecore.evaluation.samples import Samples
from ui.base.theme import Palette
from ui.figures.pictures import SHARPNESS, data_address, shades
from ui.shared.decoding import beside_nearest
from ui.shared.gallery import show_gallery

ONE_SIDE, CELL_SIDE, SHEET_WIDTH = 280, 96, 640
GAP = 2


def widths(samples: Samples) -> list[int]:
    """Widths of the controls and of what they decode: a card of features needs half of the page."""
    return [3, 2] if samples.kind == "image" else [1, 1]


def show_one(samples: Samples, made: np.ndarray, palette: Palette, alt: str, key: str) -> None:
    """One decoded sample, made (1, *sample_shape); `key` tells those of one section apart."""
    if samples.kind != "image":
        st.caption("Beside it the kept sample that is most like it.")
        show_gallery(beside_nearest(samples, made), [0], palette, key=key)
        return
    picture = sheet(made[None], samples.display_range, ONE_SIDE)
    st.image(data_address(picture), width=picture.shape[1] // SHARPNESS, alt=alt)


def show_sheet(samples: Samples, made: np.ndarray, palette: Palette, alt: str, key: str) -> None:
    """Decoded samples (rows, columns, *sample_shape): a sheet of pictures, or cards."""
    if samples.kind != "image":
        flat = made.reshape(-1, *made.shape[2:])
        show_gallery(beside_nearest(samples, flat), range(len(flat)), palette, key=key)
        return
    picture = sheet(made, samples.display_range, cell_side(made.shape[1]))
    st.image(data_address(picture), width=picture.shape[1] // SHARPNESS, alt=alt)


def cell_side(columns: int) -> int:
    """Pixels on screen of a side of each picture in a sheet of so many columns."""
    return min(CELL_SIDE, SHEET_WIDTH // columns)


def sheet(made: np.ndarray, display_range: tuple[float, float], side: int) -> np.ndarray:
    """Images (rows, columns, h, w, channels) as one RGBA picture with transparent gaps."""
    rows, columns = made.shape[:2]
    cells = shades(made.reshape(-1, *made.shape[2:]), display_range)
    factor = max(1, round(side * SHARPNESS / max(cells.shape[1:3])))
    cells = cells.repeat(factor, axis=1).repeat(factor, axis=2)
    height, width, gap = *cells.shape[1:3], GAP * SHARPNESS
    picture = np.zeros((rows, height + gap, columns, width + gap, 4), dtype=np.uint8)
    tiles = cells.reshape(rows, columns, height, width, 3).swapaxes(1, 2)
    picture[:, :height, :, :width, :3] = tiles
    picture[:, :height, :, :width, 3] = 255
    return picture.reshape(rows * (height + gap), columns * (width + gap), 4)[:-gap, :-gap]
