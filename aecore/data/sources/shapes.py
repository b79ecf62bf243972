"""Rendered circles, squares and triangles of which everything is known."""

from __future__ import annotations

import numpy as np

from aecore.data.dataset import Dataset, DatasetSpec, Facts

ROWS = 3000
SIDE = 24
SEED = 0
CORNERS = {"circle": 0, "square": 4, "triangle": 3}
CLASSES = tuple(CORNERS)
# Pixels, counted from the middle of the first; every shape lies wholly within its image.
POSITIONS = (7.5, 15.5)
SIZES = (4.0, 7.0)
# Degrees; a square looks the same after 90.
ROTATIONS = (0.0, 90.0)


def load() -> Dataset:
    """The images as (3000, 24, 24, 1) uint8, white on black.

    Factors: the centre's column and row and the distance from it to a corner (for a circle, the
    radius), in pixels; and the angle from the image's right to a corner, clockwise, in degrees,
    which a circle does not show.
    """
    random = np.random.default_rng(SEED)
    y = random.integers(0, len(CLASSES), ROWS)
    across, down = random.uniform(*POSITIONS, (2, ROWS))
    size, rotation = random.uniform(*SIZES, ROWS), random.uniform(*ROTATIONS, ROWS)
    x = np.empty((ROWS, SIDE, SIDE, 1), np.uint8)
    for label, corners in enumerate(CORNERS.values()):
        rows = y == label
        x[rows, ..., 0] = draw(corners, across[rows], down[rows], size[rows], rotation[rows])
    factors = {
        "horizontal position": across,
        "vertical position": down,
        "size": size,
        "rotation": rotation,
    }
    return Dataset(
        x=x,
        y=y.astype(np.int64),
        kind="image",
        class_names=CLASSES,
        factors={name: values.astype(np.float32) for name, values in factors.items()},
    )


def draw(
    corners: int, across: np.ndarray, down: np.ndarray, size: np.ndarray, rotation: np.ndarray
) -> np.ndarray:
    """Shapes of one kind, (n, 24, 24) uint8; all four parameters are (n,), as in `load`.

    A pixel is as bright as the share of it that the shape covers, taking the outline for
    straight within the pixel.
    """
    pixels = np.arange(SIDE)
    dx = pixels[None, None, :] - across[:, None, None]
    dy = pixels[None, :, None] - down[:, None, None]
    outside = _distance(corners, dx, dy, size[:, None, None], np.radians(rotation)[:, None, None])
    return np.round(255 * np.clip(0.5 - outside, 0, 1)).astype(np.uint8)


def _distance(
    corners: int, dx: np.ndarray, dy: np.ndarray, size: np.ndarray, rotation: np.ndarray
) -> np.ndarray:
    """How far pixels lie beyond the outline, or beyond the line through the nearest edge."""
    if corners == 0:
        return np.hypot(dx, dy) - size
    apothem = size * np.cos(np.pi / corners)
    normals = [rotation + (2 * edge + 1) * np.pi / corners for edge in range(corners)]
    along = [dx * np.cos(normal) + dy * np.sin(normal) for normal in normals]
    return np.max(along, axis=0) - apothem


SPEC = DatasetSpec(
    name="shapes",
    title="Shapes, 24 × 24",
    summary="3,000 grey images of a circle, a square or a triangle, with the position, size and "
    "rotation of each known.",
    facts=Facts(ROWS, (SIDE, SIDE, 1), "image", (0, 255), bytes_of_grey=True, class_names=CLASSES),
    load=load,
    source="generated, after the idea of dSprites (Matthey, Higgins, Hassabis and Lerchner 2017)",
    origin="generated",
    known="An image follows from its kind and four independent numbers; of a circle, from three.",
    order=170,
)
