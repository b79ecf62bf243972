"""Does the browser get every frame of a film, as it was, in a message of bounded size?"""

from __future__ import annotations

import base64
import io
import json
from typing import Any

import numpy as np
import pytest
from PIL import Image

from aecore.evaluation.samples import Samples
from aecore.latent.film import Film, make_film
from tests.made import HOSTILE, kept_snapshots, samples, series, texts
from ui.base.text import rounded
from ui.base.theme import LIGHT
from ui.figures.film_scene import film_scene
from ui.reconstructions.film_frames import packed as packed_scene


def packed(film: Film, kept: Samples) -> dict[str, Any]:
    """The message that a film makes."""
    moments = [f"frame {i}" for i in range(len(film.snapshots.epochs))]
    return packed_scene(film_scene(film, kept, moments, LIGHT))


def bytes_of(text: str) -> np.ndarray:
    """What base64 stands for."""
    return np.frombuffer(base64.b64decode(text), np.uint8)


def test_points_come_frame_by_frame_with_their_class() -> None:
    """Sixteen bits a number, of colours and names that the palette and the run give."""
    kept = samples("table", np.zeros((2, 4)), np.zeros((2, 4)), class_names=("a", HOSTILE, "c"))
    film = make_film(kept_snapshots(3, kept.original), kept)

    data = packed(film, kept)

    points = np.frombuffer(base64.b64decode(data["points"]), "<u2").reshape(3, 30, 2) / 65535
    np.testing.assert_allclose(points, film.points, atol=1e-5)
    names = [data["classes"][place]["name"] for place in data["class_of"]]
    assert names == ["a", HOSTILE, "c"] * 10
    assert [each["colour"] for each in data["classes"]] == list(LIGHT.classes[:3])
    assert data["counts"] == film.counts.tolist() and data["epochs"] == [0, 1, 2]
    assert data["moments"] == ["frame 0", "frame 1", "frame 2"]
    assert data["means"] == [f"mean {rounded(float(mean))}" for mean in film.mean_error]


def test_pictures_come_in_one_sheet() -> None:
    """A row of originals, a row of reconstructions a frame, a row of differences a frame."""
    pixels = np.random.default_rng(0).random((4, 5, 3, 1))
    kept = samples("image", pixels, pixels)
    film = make_film(kept_snapshots(2, pixels), kept)

    probe = packed(film, kept)["probe"]

    sheet = Image.open(io.BytesIO(bytes_of(probe["sheet"].split(",")[1]).tobytes()))
    found = np.asarray(sheet.convert("RGB"))[..., 0].reshape(5, 5, 4, 3).swapaxes(1, 2) / 255
    np.testing.assert_allclose(found[0], pixels[..., 0], atol=0.01)
    reconstruction = film.snapshots.reconstruction[..., 0].clip(0, 1)
    np.testing.assert_allclose(found[1:3], reconstruction, atol=0.01)
    assert (probe["width"], probe["height"]) == (3, 5)


def test_series_and_rows_come_as_values() -> None:
    """Originals first; a value's byte grows with it; long series are thinned."""
    kept = series(3, 4000, 2)
    film = make_film(kept_snapshots(2, kept.original), kept)
    probe = packed(film, kept)["probe"]
    values = bytes_of(probe["values"]).reshape(3, 3, 2, probe["steps"])
    original = kept.original[:, ::20, :].swapaxes(1, 2)
    assert probe["steps"] == 200
    assert np.corrcoef(values[0].ravel(), original.ravel())[0, 1] > 0.999

    rows = np.random.default_rng(0).random((5, 60))
    kept = samples("table", rows, rows)
    probe = packed(make_film(kept_snapshots(2, rows), kept), kept)["probe"]
    chosen = [int(name.split()[1]) if name.startswith("name") else 0 for name in probe["names"]]
    values = bytes_of(probe["values"]).reshape(3, 3, 16)
    assert np.corrcoef(values[0].ravel(), rows[:3, chosen].ravel())[0, 1] > 0.999


@pytest.mark.parametrize("shape", [(10, 200, 200, 3), (10, 1200), (4, 3000, 10)])
def test_the_largest_film_is_a_few_megabytes(shape: tuple[int, ...]) -> None:
    """Whatever the data, a message that the browser takes at once; JSON without NaN."""
    x = np.random.default_rng(0).random(shape).astype(np.float16)
    kind = {4: "image", 2: "table", 3: "series"}[len(shape)]
    kept = samples(kind, x, x)  # type: ignore[arg-type]
    snapshots = kept_snapshots(42, x)

    data = packed(make_film(snapshots, kept), kept)

    assert len(json.dumps(data, allow_nan=False)) < 10_000_000


def test_texts_have_no_picture() -> None:
    """Map and histogram alone."""
    kept = texts(3, 8)

    data = packed(make_film(kept_snapshots(2, kept.original), kept), kept)

    assert data["probe"] is None and data["ticks"]
