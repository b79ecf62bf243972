"""Frames of the film, all that the browser needs to play it."""

from __future__ import annotations

import base64
import math
from dataclasses import replace
from typing import Any

import numpy as np

from aecore.evaluation.reconstruction import class_name, feature_names
from aecore.evaluation.samples import Samples
from aecore.latent.colours import of_labels
from aecore.latent.film import Film
from ui.base.text import count
from ui.base.theme import Palette
from ui.figures.latent import Group, class_groups
from ui.figures.pictures import data_address, shades, tints
from ui.figures.sparklines import MAX_CHANNELS
from ui.figures.svg import shortened

MAX_SIDE = 96
# Of all pictures of a film together: a message to the browser should stay small.
MAX_PIXELS = 2_000_000
MAX_STEPS = 200
MAX_FEATURES = 16
SAMPLES = {"image": 10, "table": 3, "series": 4}
LETTERS = 24
CAPTIONS = {
    "image": "The same samples, reconstructed",
    "table": "The same rows, reconstructed: a ring for the original, a dot for its reconstruction",
    "series": "The same series, reconstructed: broad line original, thin line reconstruction",
}
LEGEND = 20
UINT16 = 65535
UINT8 = 255
HEADROOM = 0.15


def groups_of(film: Film, samples: Samples, palette: Palette) -> list[Group]:
    """The map's points by class, with colour and symbol; one group without labels."""
    on_map = replace(samples, label=film.label, error=np.zeros(film.points.shape[1]))
    return class_groups(of_labels(on_map), palette)


def packed(film: Film, samples: Samples, palette: Palette) -> dict[str, Any]:
    """All frames as JSON: points and lines as base64 of bytes, pictures as one PNG."""
    groups = groups_of(film, samples, palette)
    group = np.zeros(film.points.shape[1], dtype=np.uint8)
    for place, each in enumerate(groups):
        group[each.positions] = place
    return {
        "epochs": film.snapshots.epochs.tolist(),
        "points": _base64((film.points * UINT16 + 0.5).astype("<u2")),
        "group": group.tolist(),
        "groups": [
            {"name": each.name, "colour": each.colour, "symbol": each.symbol} for each in groups
        ],
        "legend": LEGEND if film.label is not None else 0,
        "counts": film.counts.tolist(),
        "range": film.edges[[0, -1]].tolist() if len(film.edges) else [],
        "means": film.mean_error.tolist(),
        "probe": _probe(film, samples, palette),
        "colours": _colours(palette),
    }


def _probe(film: Film, samples: Samples, palette: Palette) -> dict[str, Any] | None:
    """The samples that are rebuilt at each frame; None without any, and for texts."""
    if samples.kind == "text" or not len(film.snapshots.rows):
        return None
    shown = min(SAMPLES[samples.kind], len(film.snapshots.rows))
    made = {"image": _pictures, "table": _dots, "series": _lines}[samples.kind]
    titles = [_title(film, samples, place) for place in range(shown)]
    about = {"kind": samples.kind, "caption": CAPTIONS[samples.kind], "titles": titles}
    return {**about, **made(film, samples, palette, shown)}


def _pictures(film: Film, samples: Samples, palette: Palette, shown: int) -> dict[str, Any]:
    """A sheet: a row of originals, then one of reconstructions a frame, then one of differences."""
    step = _thinning(
        film.snapshots.original.shape[1:3], (2 * len(film.snapshots.epochs) + 1) * shown
    )
    original = film.snapshots.original[:shown, ::step, ::step]
    made = film.snapshots.reconstruction[:, :shown, ::step, ::step]
    height, width, channels = original.shape[1:]
    off = (made - original).reshape(-1, height, width, channels)
    limit = float(np.quantile(np.abs(made[-1] - original), 0.995)) or 1.0
    tiles = np.concatenate(
        [
            shades(original, samples.display_range),
            shades(made.reshape(-1, height, width, channels), samples.display_range),
            tints(off, limit, palette.diverging),
        ]
    )
    sheet = tiles.reshape(-1, shown, height, width, 3).swapaxes(1, 2)
    return {
        "sheet": data_address(sheet.reshape(-1, shown * width, 3)),
        "width": width,
        "height": height,
    }


def _thinning(sides: tuple[int, ...], pictures: int) -> int:
    """Every so manyth pixel of pictures of these sides is sent."""
    pixels = pictures * math.prod(sides)
    return math.ceil(max(max(sides) / MAX_SIDE, math.sqrt(pixels / MAX_PIXELS)))


def _lines(film: Film, samples: Samples, palette: Palette, shown: int) -> dict[str, Any]:
    """(t + 1, samples, channels, steps) bytes, originals first; each channel on its own scale."""
    total, channels = film.snapshots.original.shape[1:]
    every, drawn = math.ceil(total / MAX_STEPS), min(channels, MAX_CHANNELS)
    values = _with_originals(film, shown)[:, :, ::every, :drawn].swapaxes(2, 3)
    low, high = (edge(values[:1], axis=(0, 1, 3), keepdims=True) for edge in (np.min, np.max))
    names = [shortened(name, LETTERS) for name in feature_names(samples)[:drawn]]
    return {"values": _as_bytes(values, low, high), "names": names, "steps": values.shape[-1]}


def _dots(film: Film, samples: Samples, palette: Palette, shown: int) -> dict[str, Any]:
    """(t + 1, samples, features) bytes, originals first; the features furthest off at the end."""
    values = _with_originals(film, shown)
    deviation = np.square(values[-1] - values[0]).mean(axis=0)
    chosen = np.argsort(-deviation, kind="stable")[:MAX_FEATURES]
    values = values[:, :, chosen]
    low, high = values[:1].min(), values[:1].max()
    names = [shortened(feature_names(samples)[i], LETTERS) for i in chosen]
    return {"values": _as_bytes(values, low, high), "names": names}


def _with_originals(film: Film, shown: int) -> np.ndarray:
    snapshots = film.snapshots
    return np.concatenate([snapshots.original[None, :shown], snapshots.reconstruction[:, :shown]])


def _as_bytes(values: np.ndarray, low: Any, high: Any) -> str:
    """Values as bytes of a range and a little room around it, in base64."""
    span = np.maximum(high - low, 1e-12)
    unit = np.nan_to_num((values - low) / span + HEADROOM) / (1 + 2 * HEADROOM)
    return _base64((np.clip(unit, 0, 1) * UINT8 + 0.5).astype(np.uint8))


def _base64(values: np.ndarray) -> str:
    return base64.b64encode(values.tobytes()).decode("ascii")


def _title(film: Film, samples: Samples, place: int) -> str:
    row = film.snapshots.rows[place]
    found = np.flatnonzero(film.snapshots.map_rows == row)
    if film.label is None or not len(found):
        return f"row {count(int(row))}"
    return shortened(class_name(samples, int(film.label[found[0]])), LETTERS)


def _colours(palette: Palette) -> dict[str, str]:
    names = ("text", "muted", "grid", "surface", "original", "reconstruction")
    return {name: getattr(palette, name) for name in names}
