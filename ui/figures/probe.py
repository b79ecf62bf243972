"""The same few held-out samples before and after, drawn as their kind asks for."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Mapping

import numpy as np
from PIL import Image

from aecore.data.dataset import Kind
from aecore.training.events import Event, unpack
from ui.base.theme import Palette
from ui.figures import series_probe, svg, terms
from ui.figures.pictures import shades, tints

WIDTH = 640
LABEL_WIDTH = 106
GAP = 4
TABLE_ROW = 9
ROWS = {
    "original": "Original",
    "seen": "Noisy input",
    "reconstruction": "Reconstruction",
    "difference": "Difference",
}
# Two pictures are no larger than this, or they would fill the page.
WIDEST_PICTURE = 120
# Samples in a probe of pictures that are not large; see aecore/training/snapshot_recorder.py.
USUAL_SAMPLES = 10
KEY_HEIGHT = 30
KEY_WIDTH = 160
# A difference of half the data's range has the full colour; most are far smaller than all of it.
FULL_COLOUR_AT = 0.5
# A table's few largest values share the full colour, or all others would look alike.
USUAL_SHARE = 0.97

Pixels = np.ndarray

PLOTS: dict[Kind, Callable[[Event, Palette], str]] = {
    "series": series_probe.plot_series_probe,
    "text": terms.plot_text_probe,
}
DESCRIPTIONS: dict[Kind, Callable[[Event], str]] = {
    "series": series_probe.describe_series_probe,
    "text": terms.describe_text_probe,
}


def plot_probe(snapshot: Event, palette: Palette) -> str:
    """The probe of a snapshot event as an SVG."""
    return PLOTS.get(snapshot["probe"]["kind"], _plot_pixels)(snapshot, palette)


def plot_empty_probe(kind: Kind, sample_shape: tuple[int, ...], palette: Palette) -> str:
    """The frame that a probe of such samples will fill, so that nothing moves when it comes."""
    if kind == "series":
        return series_probe.plot_empty_series(sample_shape[-1], palette)
    if kind == "text":
        return terms.plot_empty_texts(palette)
    blank = _pictures(np.zeros((USUAL_SAMPLES, *sample_shape)))
    pixels = tints(blank, 1.0, (palette.surface,))
    rows = dict.fromkeys(("original", "reconstruction", "difference"), pixels)
    return _rows(rows, len(sample_shape) == 1, palette)


def describe_probe(snapshot: Event) -> str:
    """The figure in words, for those who do not see it."""
    return DESCRIPTIONS.get(snapshot["probe"]["kind"], _describe_pixels)(snapshot)


def left_out(snapshot: Event) -> str:
    """What of the samples is not drawn, as a sentence; empty where all is."""
    return series_probe.left_out(snapshot) if snapshot["probe"]["kind"] == "series" else ""


def probe_samples(snapshot: Event) -> tuple[np.ndarray, np.ndarray]:
    """Originals and reconstructions (n, *sample_shape) of images or a table, in scaled units."""
    probe = snapshot["probe"]
    return unpack(probe["original"]), unpack(probe["reconstruction"])


def _plot_pixels(snapshot: Event, palette: Palette) -> str:
    """Images side by side; of a table, each sample is a line and each feature a column."""
    original, reconstruction = probe_samples(snapshot)
    low, high = _range(snapshot, original)
    limit = FULL_COLOUR_AT * ((high - low) or 1.0)
    difference = tints(_pictures(reconstruction - original), limit, palette.diverging)
    shown = {"original": original, "reconstruction": reconstruction}
    if "seen" in snapshot["probe"]:
        shown["seen"] = unpack(snapshot["probe"]["seen"])
    rows = {name: _values(x, low, high, palette) for name, x in shown.items()}
    return _rows({**rows, "difference": difference}, original.ndim == 2, palette)


def _describe_pixels(snapshot: Event) -> str:
    original, reconstruction = probe_samples(snapshot)
    error = float(np.mean(np.square(reconstruction - original)))
    return (
        f"{len(original)} samples as original, reconstruction and difference "
        f"after epoch {snapshot['epoch']}; mean squared error {error:.4f}."
    )


def _range(snapshot: Event, original: np.ndarray) -> tuple[float, float]:
    """The values drawn with the two ends of the scale; around 0 where values have both signs."""
    packed = snapshot["probe"]["original"]
    if original.ndim == 4:
        return packed["low"], packed["high"]
    reach = float(np.quantile(np.abs(original), USUAL_SHARE)) or 1.0
    return (-reach if packed["low"] < 0 else 0.0), reach


def _rows(rows: Mapping[str, Pixels], as_table: bool, palette: Palette) -> str:
    """The rows under each other, with their names and a key."""
    draw = _table if as_table else _images
    body, y = [], 0.0
    for name, label in ROWS.items():
        if name not in rows:
            continue
        drawn, height = draw(rows[name], y, palette)
        body += [svg.text(label, 0, y + height / 2 + 4, palette.text), drawn]
        y += height + GAP
    body.append(_key(y + GAP, palette))
    return svg.document("".join(body), WIDTH, y + GAP + KEY_HEIGHT)


def _pictures(x: np.ndarray) -> np.ndarray:
    """Samples as pictures (n, height, width, channels): a table is one picture, a line a sample."""
    return x if x.ndim == 4 else x.reshape(1, len(x), -1, 1)


def _values(x: np.ndarray, low: float, high: float, palette: Palette) -> Pixels:
    """Samples as pixels: images in their own grey or colour, tables on a colour scale."""
    if x.ndim == 4:
        return shades(x, (low, high))
    if low < 0:
        return tints(_pictures(x), high, palette.diverging)
    middle, half = (low + high) / 2, (high - low) / 2 or 1.0
    return tints(_pictures(x) - middle, half, palette.sequential)


def _images(pixels: Pixels, y: float, palette: Palette) -> tuple[str, float]:
    """A row of images (n, height, width, 3), and its height."""
    count, high, wide = pixels.shape[:3]
    pitch = min((WIDTH - LABEL_WIDTH + GAP) / count, WIDEST_PICTURE)
    width = pitch - GAP
    height = width * high / wide
    drawn = (
        _image(picture, LABEL_WIDTH + i * pitch, y, width, height, palette)
        for i, picture in enumerate(pixels)
    )
    return "".join(drawn), height


def _table(pixels: Pixels, y: float, palette: Palette) -> tuple[str, float]:
    """One block of lines (1, n, features, 3), and its height."""
    height = float(TABLE_ROW * pixels.shape[1])
    return _image(pixels[0], LABEL_WIDTH, y, WIDTH - LABEL_WIDTH, height, palette), height


def _image(
    pixels: Pixels, x: float, y: float, width: float, height: float, palette: Palette
) -> str:
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, format="png")
    data = base64.b64encode(buffer.getvalue()).decode("ascii")
    place = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
    picture = (
        f'<image {place} preserveAspectRatio="none" image-rendering="pixelated" '
        f'style="image-rendering:pixelated" href="data:image/png;base64,{data}"/>'
    )
    return picture + svg.box(x, y, width, height, f'fill="none" stroke="{palette.grid}"')


def _key(y: float, palette: Palette) -> str:
    """What the colours of the difference mean."""
    ramp = tints(np.linspace(-1, 1, 64).reshape(1, 1, -1, 1), 1.0, palette.diverging)[0]
    bar = _image(ramp, LABEL_WIDTH + 68, y, KEY_WIDTH, 10, palette)
    low = svg.text("too low", LABEL_WIDTH, y + 9, palette.muted)
    high = svg.text("too high", LABEL_WIDTH + 68 + KEY_WIDTH + 10, y + 9, palette.muted)
    return low + bar + high
