"""`packed`: a film's scene as one message from which the browser draws every frame."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np

from ui.base.theme import Palette
from ui.figures.film_scene import ERROR_AXIS, FilmScene, Probe
from ui.figures.pictures import data_address

UINT16 = 65535
UINT8 = 255


def packed(scene: FilmScene) -> dict[str, Any]:
    """All frames as JSON: points and lines as base64 of bytes, pictures as one PNG."""
    points = np.stack([frame.points for frame in scene.frames])
    class_of = np.zeros(points.shape[1], dtype=np.uint8)
    for place, each in enumerate(scene.classes):
        class_of[each.positions] = place
    return {
        "epochs": [frame.epoch for frame in scene.frames],
        "moments": [frame.moment for frame in scene.frames],
        "points": _base64((points * UINT16 + 0.5).astype("<u2")),
        "class_of": class_of.tolist(),
        "classes": [
            # Around the origin and of radius 1; the browser moves and enlarges it.
            {"name": each.name, "colour": each.mark.colour, "path": each.mark.path(1.0)}
            for each in scene.classes
        ],
        "named": scene.named,
        "unnamed": scene.unnamed,
        "counts": [frame.counts.tolist() for frame in scene.frames],
        "means": [frame.mean for frame in scene.frames],
        "means_at": [frame.mean_at for frame in scene.frames],
        "ticks": [list(tick) for tick in scene.ticks],
        "axis": ERROR_AXIS,
        "probe": None if scene.probe is None else _packed_probe(scene, scene.probe),
        "colours": _colours(scene.palette),
    }


def _packed_probe(scene: FilmScene, probe: Probe) -> dict[str, Any]:
    described = {
        "kind": probe.kind,
        "caption": probe.caption,
        "titles": probe.titles,
        "names": probe.names,
    }
    made = [frame.made for frame in scene.frames if frame.made is not None]
    if probe.kind == "image":
        off = [frame.difference for frame in scene.frames if frame.difference is not None]
        return {**described, **_sheet(np.stack([probe.original, *made, *off]))}
    values = np.stack([probe.original, *made])
    return {**described, "values": _as_bytes(values), "steps": values.shape[-1]}


def _sheet(tiles: np.ndarray) -> dict[str, Any]:
    """A row of originals, then one of reconstructions a frame, then one of differences."""
    rows, shown, height, width, _ = tiles.shape
    sheet = tiles.swapaxes(1, 2).reshape(rows * height, shown * width, 3)
    return {"sheet": data_address(sheet), "width": width, "height": height}


def _as_bytes(shares: np.ndarray) -> str:
    """Shares of 0 to 1 as bytes, in base64."""
    return _base64((shares * UINT8 + 0.5).astype(np.uint8))


def _base64(values: np.ndarray) -> str:
    return base64.b64encode(values.tobytes()).decode("ascii")


def _colours(palette: Palette) -> dict[str, str]:
    names = ("text", "muted", "grid", "surface", "original", "reconstruction")
    return {name: getattr(palette, name) for name in names}
