"""Own pictures: a drawing or a file as a sample such as those that a run was trained on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image

from aecore.data.picture_files.decoding import decode_picture
from aecore.data.picture_files.sizes import fit_picture
from aecore.data.pictures import changed
from aecore.data.scalings import SCALINGS
from aecore.evaluation.perturbing import border
from aecore.evaluation.samples import Samples

MAX_LOOKED_AT = 500
# Of the value range: what differs less from the ground than this is no ink.
FAINTEST_INK = 0.05
WHITE = 255.0
# The first dot of a drawing is not yet a shape to be made as large as one.
MOST_ENLARGED = 3
# Pictures of bytes are brighter somewhere; the small digits count shades from 0 to 16.
MOST_SHADES = 32


@dataclass(frozen=True)
class PictureStyle:
    """What the pictures of a run have in common.

    Attributes:
        shape: (height, width, channels) of a sample.
        low, high: the least and the greatest raw value.
        light_ground: whether the ground is light and what is drawn on it dark.
        extent: the longer side of what is drawn over that of the picture; the median.
        middle: where the mass of what is drawn lies, as shares of height and width; the median.
        ink: share of all pixels that are drawn on.
        to_length_one: whether each sample is scaled to length 1.
        scale, offset: raw values are scaled ones times `scale` plus `offset`.
    """

    shape: tuple[int, int, int]
    low: float
    high: float
    light_ground: bool
    extent: float
    middle: tuple[float, float]
    ink: float
    to_length_one: bool
    scale: np.ndarray
    offset: np.ndarray

    @property
    def is_drawn(self) -> bool:
        """Whether samples are shapes on an empty ground, so that size and place mean something."""
        return self.ink < 0.5 and self.extent > 0

    def scaled(self, raw: np.ndarray) -> np.ndarray:
        """A picture (h, w, channels) as the run's preprocessing scales it, float32."""
        if self.to_length_one:
            return (raw / (np.linalg.norm(raw) or 1.0)).astype(np.float32)
        # Scales have an axis for samples before those of a sample.
        return ((raw[None] - self.offset) / self.scale)[0].astype(np.float32)

    def of_ink(self, ink: np.ndarray) -> np.ndarray:
        """A sample from how much ink, 0 to 1, lies on each pixel: (h, w)."""
        amount = 1.0 - ink if self.light_ground else ink
        raw = self.low + amount[..., None] * (self.high - self.low)
        return self.scaled(raw.repeat(self.shape[2], axis=-1))


def style_of(samples: Samples, scaling: str) -> PictureStyle:
    """The look of a run's kept pictures, of which there is at least one.

    Args:
        scaling: the name of the run's scaling.
    """
    raw = samples.raw(samples.original)[:MAX_LOOKED_AT]
    low, high = float(raw.min()), float(raw.max())
    light = border(raw) > (low + high) / 2
    amount = (raw.mean(axis=-1) - low) / ((high - low) or 1.0)
    ink = 1.0 - amount if light else amount
    found = [_extent_and_middle(one) for one in ink if (one > FAINTEST_INK).any()]
    extent, down, across = np.median(found, axis=0) if found else (0.0, 0.5, 0.5)
    height, width, channels = samples.original.shape[1:]
    return PictureStyle(
        shape=(height, width, channels),
        low=low,
        high=high,
        light_ground=light,
        extent=float(extent),
        middle=(float(down), float(across)),
        ink=float((ink > FAINTEST_INK).mean()),
        to_length_one=SCALINGS[scaling].by_sample,
        scale=samples.scale,
        offset=samples.offset,
    )


def from_drawing(content: bytes, style: PictureStyle, *, fitted: bool) -> np.ndarray | None:
    """The sample that a drawing makes, dark on white as an image file; None if it is empty.

    Args:
        fitted: size and place it as what is drawn in the data is; as it stands on the pad if not.

    Raises:
        DataError: it is no image, or too large a one.
    """
    ink = 1.0 - decode_picture(content, "The drawing").mean(axis=-1) / WHITE
    if not (ink > FAINTEST_INK).any():
        return None
    height, width = style.shape[:2]
    small = placed(ink, style) if fitted else _resized(ink, height, width)
    return style.of_ink(small)


def from_picture(
    content: bytes, name: str, style: PictureStyle, *, inverted: bool = False
) -> np.ndarray:
    """The sample that an image file makes: cut to the data's shape, greyed where that is.

    Args:
        name: of the file, for errors.
        inverted: turn light into dark, for data that is drawn the other way round.

    Raises:
        DataError: it is no image, is damaged, or too large.
    """
    height, width, channels = style.shape
    picture = fit_picture(decode_picture(content, name), (height, width))
    if channels == 1:
        picture = changed(picture[None], size=None, colour="grey")[0]
    shades = np.broadcast_to(picture.astype(np.float64), style.shape)
    shades = WHITE - shades if inverted else shades
    if style.high > MOST_SHADES:
        return style.scaled(shades)
    return style.scaled(style.low + shades / WHITE * (style.high - style.low))


def placed(ink: np.ndarray, style: PictureStyle) -> np.ndarray:
    """Ink (H, W) at the size and place of what is drawn in the data: (h, w).

    Its longer side becomes the median one, and the middle of its mass comes to the median place;
    for MNIST those are 20 of 28 pixels, and the middle.
    Source: LeCun et al., Gradient-based learning applied to document recognition, 1998.
    """
    top, bottom, left, right = _box(ink)
    cut = ink[top:bottom, left:right]
    height, width = style.shape[:2]
    whole = max(height, width) / max(ink.shape)
    factor = min(style.extent * max(height, width) / max(cut.shape), MOST_ENLARGED * whole)
    rows, columns = (max(1, round(side * factor)) for side in cut.shape)
    cut = _resized(cut, min(rows, height), min(columns, width))
    down, across = _middle(cut)
    first = _start(style.middle[0] * height - down, height - cut.shape[0])
    second = _start(style.middle[1] * width - across, width - cut.shape[1])
    out = np.zeros((height, width))
    out[first : first + cut.shape[0], second : second + cut.shape[1]] = cut
    return out


def _start(wanted: float, most: int) -> int:
    return min(max(round(wanted), 0), most)


def _resized(ink: np.ndarray, height: int, width: int) -> np.ndarray:
    """(height, width), each pixel the weighted mean of those that it covers."""
    image = Image.fromarray(ink.astype(np.float32))
    resized = image.resize((width, height), Image.Resampling.BILINEAR)
    return np.asarray(resized, dtype=np.float64).clip(0.0, 1.0)


def _extent_and_middle(ink: np.ndarray) -> tuple[float, float, float]:
    top, bottom, left, right = _box(ink)
    down, across = _middle(ink)
    extent = max(bottom - top, right - left) / max(ink.shape)
    return extent, down / ink.shape[0], across / ink.shape[1]


def _box(ink: np.ndarray) -> tuple[int, int, int, int]:
    """Rows from and to, columns from and to, of what is drawn."""
    rows = np.flatnonzero((ink > FAINTEST_INK).any(axis=1))
    columns = np.flatnonzero((ink > FAINTEST_INK).any(axis=0))
    return int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1


def _middle(ink: np.ndarray) -> tuple[float, float]:
    """The middle of the mass, in pixels from the upper left corner."""
    weight = ink.sum() or 1.0
    down = ((np.arange(ink.shape[0]) + 0.5) * ink.sum(axis=1)).sum() / weight
    across = ((np.arange(ink.shape[1]) + 0.5) * ink.sum(axis=0)).sum() / weight
    return float(down), float(across)
