"""Does the Reconstructions page play a run's training, or say why it cannot?"""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from aecore.export.gif import encode_gif
from aecore.latent.film import make_film
from aecore.runs import RunStore
from aecore.training.snapshot_history import SnapshotHistory
from tests.app.conftest import OpenTab
from tests.app.trained import Trained
from ui.base.theme import LIGHT
from ui.figures.film import plot_frames
from ui.figures.film_scene import film_scene

FILE = "snapshots.npz"


def over_time(open_tab: OpenTab) -> AppTest:
    """The section of the newest run, without an exception."""
    tab = open_tab().switch_page("pages/reconstructions.py").run()
    section = next(c for c in tab.segmented_control if c.label == "Show")
    section.set_value("Over time").run()
    assert not tab.exception
    return tab


def said(tab: AppTest) -> str:
    """All that is said in captions."""
    return "\n".join(caption.value for caption in tab.caption)


def rewrite(path: Path, **changed: object) -> None:
    """Some of a run's looks put in place of what it kept; None leaves an array out."""
    looks = replace(SnapshotHistory.load(path), **changed)  # type: ignore[arg-type]
    kept = {name: array for name, array in vars(looks).items() if array is not None}
    np.savez(path, **kept)


@pytest.mark.parametrize("name", ["digits", "breast-cancer"])
def test_a_run_can_be_seen_learning(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained], name: str
) -> None:
    """A film from before training on, saved as a GIF with as many frames as looks were kept."""
    run_id = trained[name].add_to(store)
    looks = SnapshotHistory.load(store.path(run_id, FILE))
    assert looks.epochs.tolist() == [0, 1, 2]
    assert looks.error is not None and looks.error[2].mean() < looks.error[0].mean()
    np.testing.assert_allclose(
        looks.error[2, :10],
        np.square(looks.reconstruction[2] - looks.original).reshape(10, -1).mean(axis=1),
        rtol=0.02,
    )

    tab = over_time(open_tab)
    assert "one fixed view" in said(tab)
    next(button for button in tab.button if button.label == "Make a GIF").click().run()
    assert not tab.exception

    (download,) = tab.download_button
    assert download.label.startswith("Save the GIF (")
    film = make_film(looks, trained[name].samples)
    scene = film_scene(film, trained[name].samples, ["a", "b", "c"], LIGHT)
    frames = list(plot_frames(scene))
    made = Image.open(io.BytesIO(encode_gif(frames, 0.2)))
    assert (made.format, made.n_frames) == ("GIF", 3)


def test_what_a_film_lacks_is_said(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained]
) -> None:
    """A single look of an earlier version, at rows of which nothing else is known."""
    path = store.path(trained["digits"].add_to(store), FILE)
    looks = SnapshotHistory.load(path)
    rewrite(
        path,
        epochs=looks.epochs[:1],
        reconstruction=looks.reconstruction[:1],
        code=looks.code[:1],
        map_rows=looks.map_rows + 10_000,
        error=None,
        label=None,
    )

    told = said(over_time(open_tab))

    for part in ("a single look", "no histogram", "labels of these samples are not known"):
        assert part in told


@pytest.mark.parametrize("size", [0, 300])
def test_a_missing_or_damaged_film_is_explained(
    open_tab: OpenTab, store: RunStore, trained: dict[str, Trained], size: int
) -> None:
    """In a sentence; the run's figures and its other section stay."""
    path = store.path(trained["digits"].add_to(store), FILE)
    path.write_bytes(path.read_bytes()[:size])
    if not size:
        path.unlink()

    tab = over_time(open_tab)

    assert ("damaged" if size else "kept no snapshots") in tab.error[0].value
    assert tab.metric and not tab.download_button
