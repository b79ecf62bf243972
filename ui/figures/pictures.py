"""Samples as pictures: crisp, comparable, and small enough for a browser."""

from __future__ import annotations

import base64
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image

from aecore.evaluation.reconstruction import difference, difference_limit
from aecore.evaluation.samples import Samples

# Twice the width on screen, so that pixels keep sharp edges on fine displays too.
SHARPNESS = 2
GAP = 4
MAX_SPRITE_SIDE = 32
RGB = 3
# Of the heat's colour, so that the picture under it can be seen.
HOTTEST = 0.85


@dataclass(frozen=True)
class Sprites:
    """Small pictures of every sample in one sheet, row by row.

    Attributes:
        source: the sheet as a data address, PNG.
        columns: pictures in a row of the sheet.
        width, height: of one picture in pixels; a place holds two, original and reconstruction.
    """

    source: str
    columns: int
    width: int
    height: int


def shades(x: np.ndarray, display_range: tuple[float, float]) -> np.ndarray:
    """Images (n, h, w, channels) in scaled units as (n, h, w, 3) bytes, clipped to the range."""
    low, high = display_range
    unit = np.clip((np.nan_to_num(x) - low) / ((high - low) or 1.0), 0.0, 1.0)
    if unit.shape[-1] == RGB + 1:
        unit = unit[..., :RGB]
    if unit.shape[-1] != RGB:
        unit = unit.mean(axis=-1, keepdims=True).repeat(RGB, axis=-1)
    return np.asarray(unit * 255.0 + 0.5, dtype=np.uint8)


def tints(x: np.ndarray, limit: float, scale: tuple[str, ...]) -> np.ndarray:
    """Signed differences (n, h, w, channels) as (n, h, w, 3) bytes in a diverging colour scale.

    `limit` is the difference that the ends of the scale stand for; channels are averaged.
    """
    signed = np.nan_to_num(x).mean(axis=-1) / limit
    return coloured((signed + 1.0) / 2.0, scale)


def coloured(shares: np.ndarray, scale: Sequence[str]) -> np.ndarray:
    """Numbers from 0 to 1 as colours along a scale of `#rrggbb`: their shape and 3 bytes each."""
    colours = np.array([rgb(colour) for colour in scale], dtype=np.float64)
    places = np.clip(shares, 0.0, 1.0) * (len(colours) - 1)
    stops = np.arange(len(colours))
    channels = [np.interp(places, stops, colours[:, i]) for i in range(RGB)]
    return np.stack(channels, axis=-1).round().astype(np.uint8)


def triptychs(
    samples: Samples, positions: np.ndarray, limit: float, scale: tuple[str, ...], side: int = 72
) -> list[np.ndarray]:
    """One picture a sample: original, reconstruction and difference side by side, RGBA bytes.

    Each is enlarged by a whole factor to about `side` pixels on screen.
    """
    originals = shades(samples.original[positions], samples.display_range)
    reconstructions = shades(samples.reconstruction[positions], samples.display_range)
    differences = tints(difference(samples)[positions], limit, scale)
    factor = max(1, round(side * SHARPNESS / max(originals.shape[1:3])))
    gap = GAP * SHARPNESS
    return [
        _side_by_side([enlarged(tile, factor) for tile in tiles], gap)
        for tiles in zip(originals, reconstructions, differences, strict=True)
    ]


def sample_sheet(samples: Samples, positions: np.ndarray, scale: tuple[str, ...]) -> np.ndarray:
    """Original, reconstruction and difference of each sample, one beneath the other, as RGBA."""
    rows = triptychs(samples, positions, difference_limit(samples), scale)
    gap = np.zeros((GAP * SHARPNESS, rows[0].shape[1], RGB + 1), dtype=np.uint8)
    return np.concatenate([part for row in rows for part in (row, gap)][:-1])


def with_heat(
    pair: tuple[np.ndarray, np.ndarray],
    heat: np.ndarray,
    display_range: tuple[float, float],
    colour: str,
    side: int = 140,
) -> np.ndarray:
    """A picture, its reconstruction, and the picture again with a heat map on it, RGBA bytes.

    Args:
        pair: original and reconstruction, (h, w, channels) each, in scaled units.
        heat: (h, w), 0 or more; its largest value is in full colour.
        colour: of the heat, `#rrggbb`.
    """
    original, rebuilt = shades(np.stack(pair), display_range)
    share = np.sqrt(heat / (float(heat.max()) or 1.0))[..., None] * HOTTEST
    heated = (original * (1 - share) + np.array(rgb(colour)) * share).round().astype(np.uint8)
    factor = max(1, round(side * SHARPNESS / max(original.shape[:2])))
    tiles = [enlarged(tile, factor) for tile in (original, rebuilt, heated)]
    return _side_by_side(tiles, GAP * SHARPNESS)


def strip(images: np.ndarray, side: int) -> np.ndarray:
    """Pictures (n, h, w, 3) of bytes in a row, each of about `side` pixels on screen, as RGBA."""
    factor = max(1, round(side * SHARPNESS / max(images.shape[1:3])))
    return _side_by_side([enlarged(image, factor) for image in images], GAP * SHARPNESS)


def enlarged(image: np.ndarray, factor: int) -> np.ndarray:
    """An image (h, w, channels) in pixels of factor × factor, with sharp edges."""
    return image.repeat(factor, axis=0).repeat(factor, axis=1)


def sprites(samples: Samples) -> Sprites:
    """Original and reconstruction of every sample, at most 32 pixels a side, in one sheet."""
    step = math.ceil(max(samples.original.shape[1:3]) / MAX_SPRITE_SIDE)
    pairs = np.concatenate(
        [
            shades(x[:, ::step, ::step], samples.display_range)
            for x in (samples.original, samples.reconstruction)
        ],
        axis=2,
    )
    count, height, width, _ = pairs.shape
    columns = math.ceil(math.sqrt(count / 2)) or 1
    rows = math.ceil(count / columns)
    sheet = np.zeros((rows * columns, height, width, RGB), dtype=np.uint8)
    sheet[:count] = pairs
    sheet = sheet.reshape(rows, columns, height, width, RGB).swapaxes(1, 2)
    source = data_address(sheet.reshape(rows * height, -1, RGB))
    return Sprites(source, columns, width // 2, height)


def data_address(image: np.ndarray) -> str:
    """A picture (h, w, 3 or 4) of bytes as a PNG in a data address; grey ones take less.

    Nothing is fetched for it: at an address of its own a picture is gone once the next one has
    replaced it, and a browser that is slow to fetch it shows a broken one.
    """
    grey = bool((image == image[..., :1]).all())
    buffer = io.BytesIO()
    Image.fromarray(image[..., 0] if grey else image).save(buffer, "PNG", compress_level=4)
    return "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode("ascii")


def _side_by_side(images: list[np.ndarray], gap: int) -> np.ndarray:
    """Images of one height with transparent gaps, as RGBA."""
    height, width, _ = images[0].shape
    picture = np.zeros((height, len(images) * (width + gap) - gap, RGB + 1), dtype=np.uint8)
    for i, image in enumerate(images):
        left = i * (width + gap)
        picture[:, left : left + width, :RGB] = image
        picture[:, left : left + width, RGB] = 255
    return picture


def rgb(colour: str) -> tuple[int, int, int]:
    """The three bytes of `#rrggbb`."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
