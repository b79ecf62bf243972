"""Do the pictures of a film show probe, map and histogram of each frame, for every kind?"""

from __future__ import annotations

import numpy as np
import pytest

from aecore.evaluation.samples import Samples
from aecore.latent.film import make_film
from tests.made import kept_snapshots, samples, series, texts
from ui.base.theme import DARK, LIGHT, Palette
from ui.figures.film import ROW_NAME, TILE, plot_frames
from ui.figures.film_scene import film_scene

PIXELS = np.random.default_rng(0).random((3, 8, 6, 1))
KINDS = [
    samples("image", PIXELS, PIXELS),
    samples("table", PIXELS[..., 0, 0], PIXELS[..., 0, 0]),
    series(3, 400, 2),
    texts(3, 8),
]


@pytest.mark.parametrize("palette", [LIGHT, DARK])
@pytest.mark.parametrize("kept", KINDS, ids=lambda kept: kept.kind)
def test_each_frame_is_a_picture_of_one_size(kept: Samples, palette: Palette) -> None:
    """Frames differ, stand on the theme's ground, and show the map's colours."""
    film = make_film(kept_snapshots(3, kept.original), kept)
    scene = film_scene(film, kept, ["a", "b", "c"], palette)

    frames = list(plot_frames(scene))

    assert len(frames) == 3 and len({frame.shape for frame in frames}) == 1
    scale = tuple(int(palette.background[i : i + 2], 16) for i in (1, 3, 5))
    assert {tuple(frame[0, 0].tolist()) for frame in frames} == {scale}
    assert not np.array_equal(frames[0][30:], frames[2][30:])
    for each in scene.classes:
        dot = np.array([int(each.mark.colour[i : i + 2], 16) for i in (1, 3, 5)])
        assert (np.abs(frames[2].astype(int) - dot).max(axis=-1) < 8).any()


def test_images_stand_as_they_are() -> None:
    """A white original over a black reconstruction, at the places of the probe."""
    kept = samples("image", np.ones((1, 4, 4, 1)), np.zeros((1, 4, 4, 1)))
    snapshots = kept_snapshots(2, kept.original)
    snapshots.reconstruction[:] = 0
    film = make_film(snapshots, kept)

    frame, _ = plot_frames(film_scene(film, kept, ["", " "], DARK))

    column = frame[:, ROW_NAME + 40].astype(int)
    white, black = (np.flatnonzero((column == shade).all(axis=-1)) for shade in (255, 0))
    assert len(white) >= TILE - 2 and len(black) >= TILE - 2
    assert white.max() < black.min()
