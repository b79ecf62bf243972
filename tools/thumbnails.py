"""Writes ui/data/thumbnails: a few samples of each data set that comes with the product."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from aecore.data import DATASETS, load
from aecore.data.dataset import Dataset, Table

FOLDER = Path(__file__).parents[1] / "ui" / "data" / "thumbnails"
# On a screen of twice the resolution.
WIDTH, HEIGHT, GAP = 480, 88, 8
POINTS, DOT = 400, 3
# Between both grounds, so that it is seen on each.
INK = (79, 127, 214, 255)
CLASSES = ((63, 144, 218, 255), (217, 102, 10, 255), (131, 45, 182, 255), (15, 127, 114, 255))


def main() -> None:
    """One picture each; what would have to be downloaded has none."""
    FOLDER.mkdir(exist_ok=True)
    for name, spec in DATASETS.items():
        loaded = None if spec.origin == "downloaded" else load(name)
        if isinstance(loaded, Dataset | Table):
            drawn(loaded).save(FOLDER / f"{name}.png", optimize=True)


def drawn(dataset: Dataset | Table) -> Image.Image:
    """Pictures in a row, the line of a series, or the points of a table."""
    if isinstance(dataset, Table):
        picture = Image.new("RGBA", (WIDTH, HEIGHT))
        numbers = dataset.frame.select_dtypes("number")
        _line(ImageDraw.Draw(picture), numbers.iloc[:POINTS, 0].to_numpy(float))
        return picture
    rows = np.random.default_rng(0).permutation(len(dataset.x))
    if dataset.kind == "image":
        return _pictures(dataset.x[rows[: WIDTH // HEIGHT + 1]])
    picture = Image.new("RGBA", (WIDTH, HEIGHT))
    if dataset.kind == "series":
        _line(ImageDraw.Draw(picture), dataset.x[rows[0], :, 0])
    else:
        _points(ImageDraw.Draw(picture), dataset, rows[:POINTS])
    return picture


def _pictures(x: np.ndarray) -> Image.Image:
    sheet, left = Image.new("RGBA", (WIDTH, HEIGHT)), 0
    for sample in x.astype(float):
        shares = (sample - x.min()) / (float(np.ptp(x)) or 1.0)
        pixels = (255 * shares).astype(np.uint8)
        tile = Image.fromarray(pixels[..., 0] if pixels.shape[-1] == 1 else pixels)
        sheet.paste(tile.resize((HEIGHT, HEIGHT), Image.Resampling.NEAREST), (left, 0))
        left += HEIGHT + GAP
    return sheet


def _line(draw: ImageDraw.ImageDraw, values: np.ndarray) -> None:
    across = np.linspace(DOT, WIDTH - DOT, len(values))
    draw.line(list(zip(across, _within(-values, HEIGHT), strict=True)), fill=INK, width=DOT)


def _points(draw: ImageDraw.ImageDraw, dataset: Dataset, rows: np.ndarray) -> None:
    """The two directions in which a table varies most, in the colours of its classes."""
    x = dataset.x[rows].astype(float)
    scaled = (x - x.mean(axis=0)) / (x.std(axis=0) + 1e-9)
    _, _, ways = np.linalg.svd(scaled, full_matrices=False)
    across, down = (
        _within(scaled @ way, size) for way, size in zip(ways[:2], (WIDTH, HEIGHT), strict=True)
    )
    labels = np.zeros(len(x), int) if dataset.y is None else dataset.y[rows].astype(int)
    for left, top, label in zip(across, down, labels, strict=True):
        colour = CLASSES[label % len(CLASSES)]
        draw.ellipse((left - DOT, top - DOT, left + DOT, top + DOT), fill=colour)


def _within(values: np.ndarray, size: int) -> np.ndarray:
    """Values spread over so many pixels, with a margin."""
    span = float(np.ptp(values)) or 1.0
    return np.asarray(2 * DOT + (values - values.min()) / span * (size - 4 * DOT))


if __name__ == "__main__":
    main()
