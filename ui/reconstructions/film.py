"""A film of a run's training, played in the browser."""

from __future__ import annotations

from typing import Any

import streamlit as st

from aecore.errors import LabError
from aecore.evaluation.samples import Samples
from aecore.latent.film import Film, losses_at, make_film
from aecore.runs.layout import RunSummary
from aecore.training.snapshot_history import SnapshotHistory
from ui.app import session
from ui.base.component import component
from ui.base.text import count, counted, rounded
from ui.base.theme import Palette
from ui.figures.film_scene import ERRORS_CAPTION, MAP_CAPTION, film_scene
from ui.reconstructions.film_frames import packed
from ui.reconstructions.film_gif import show_export
from ui.shared.loss_parts import loss_unit

HTML = f"""
<div class="film">
  <div class="controls">
    <button type="button">Play</button>
    <label class="time">Time <input type="range" min="0" value="0" step="1"></label>
    <label>Speed
      <select>
        <option value="2">slow</option>
        <option value="5" selected>normal</option>
        <option value="12">fast</option>
      </select>
    </label>
  </div>
  <div class="now"></div>
  <figure class="probe"><figcaption></figcaption>
    <canvas role="img"></canvas></figure>
  <div class="views">
    <figure class="map"><figcaption>{MAP_CAPTION}</figcaption>
      <canvas role="img"></canvas><div class="legend"></div></figure>
    <figure class="bars"><figcaption>{ERRORS_CAPTION}</figcaption>
      <canvas role="img"></canvas></figure>
  </div>
</div>
"""
_film = component(__file__, HTML)


def show_film(run: RunSummary, samples: Samples, palette: Palette) -> None:
    """The film of a run, what is to be seen in it, and its export; or why there is none."""
    try:
        film = _made(run.run_id, samples)
    except LabError as error:
        session.show_error(error)
        return
    said = moments(run, film)
    st.caption(reading(film))
    for note in notes(run, film, samples):
        st.caption(note)
    _film(key="film", data=_packed(run.run_id, palette.dark, film, samples, said, palette))
    show_export(run, film, samples, said, palette)


def moments(run: RunSummary, film: Film) -> list[str]:
    """What is to be said of each frame: its epoch and its loss."""
    history = session.kept_view(run.run_id).history
    which = "validation loss" if history.get("val_loss") else "training loss"
    unit, total = loss_unit(run.experiment), count(int(film.snapshots.epochs[-1]))
    said = []
    for epoch, loss in zip(
        film.snapshots.epochs.tolist(), losses_at(film.snapshots.epochs, history), strict=True
    ):
        if epoch == 0:
            said.append("Before training: weights drawn at random")
            continue
        tail = "" if loss is None else f" · {which} {rounded(loss)} {unit}".rstrip()
        said.append(f"Epoch {count(epoch)} of {total}{tail}")
    return said


def reading(film: Film) -> str:
    """How to read the film, in sentences."""
    shares = " and ".join(f"{share:.0%}" for share in film.explained)
    return (
        "Press Play, or move the slider with the mouse or the arrow keys. The map is one fixed "
        "view for all frames: the two principal components of the codes at the last one, which "
        f"carry {shares} of their variance there. So what moves is the code and not the view; "
        "early frames may also vary in directions that it does not show. It shows the codes of "
        f"{counted(film.points.shape[1], 'sample')}. In the histogram, bars that move to "
        "the left are "
        "samples that are reconstructed better; errors stand on a logarithmic axis, and the "
        "tallest bar of each frame fills the height."
    )


def notes(run: RunSummary, film: Film, samples: Samples) -> list[str]:
    """What this film lacks or leaves out, one sentence or two each."""
    frames, found = len(film.snapshots.epochs), []
    if frames == 1:
        found.append("This run kept a single look at itself, so the film is one picture.")
    if frames < film.snapshots_kept:
        found.append(
            f"Of {count(film.snapshots_kept)} looks {count(frames)} are shown, evenly spaced."
        )
    if samples.kind == "text":
        found.append("Texts have no picture that could move, so the film is of map and errors.")
    if not len(film.edges):
        found.append(
            "This run kept no errors along the way, so there is no histogram; a new run has one."
        )
    if film.label is None:
        found.append("Points have one colour: the labels of these samples are not known.")
    best = run.metrics.get("best_epoch")
    if isinstance(best, int | float) and best < film.snapshots.epochs[-1]:
        found.append(f"The run kept the weights of epoch {count(int(best))}, its best.")
    return found


@st.cache_resource(show_spinner="Drawing the film", max_entries=8)
def _packed(
    run_id: str,
    dark: bool,
    _film: Film,
    _samples: Samples,
    _moments: list[str],
    _palette: Palette,
) -> dict[str, Any]:
    return packed(film_scene(_film, _samples, _moments, _palette))


@st.cache_resource(show_spinner="Reading the film", max_entries=8)
def _made(run_id: str, _samples: Samples) -> Film:
    return make_film(SnapshotHistory.load(session.store().path(run_id, "snapshots.npz")), _samples)
