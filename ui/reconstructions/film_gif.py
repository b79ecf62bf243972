"""The film as a GIF to take along."""

from __future__ import annotations

import re

import streamlit as st

from aecore.evaluation.samples import Samples
from aecore.export.gif import encode_gif
from aecore.latent.film import Film
from aecore.runs.layout import RunSummary
from ui.base.text import megabytes
from ui.base.theme import DARK, LIGHT, Palette
from ui.figures.film import plot_frames
from ui.figures.film_scene import film_scene

SECONDS = {"slow": 0.5, "normal": 0.2, "fast": 0.08}


def show_export(
    run: RunSummary, film: Film, samples: Samples, moments: list[str], palette: Palette
) -> None:
    """A speed to choose, a button that makes the film a GIF, and one that saves it."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        speed = st.segmented_control(
            "Speed of the GIF",
            list(SECONDS),
            default="normal",
            required=True,
            help="How long the file shows each frame: half, a fifth or a twelfth of a second.",
        )
        wanted = ("gif-wanted", run.run_id, speed, palette.dark)
        st.button(
            "Make a GIF",
            icon=":material/movie:",
            key="make-gif",
            on_click=lambda: st.session_state.update({"film-gif": wanted}),
            help="A picture that moves, of what is above, for slides and pages.",
        )
        if st.session_state.get("film-gif") != wanted:
            return
        made = _gif(run.run_id, speed, palette.dark, film, samples, moments)
        st.download_button(
            f"Save the GIF ({megabytes(len(made))})",
            made,
            f"{_file_name(run.name)}.gif",
            "image/gif",
            icon=":material/download:",
            on_click="ignore",
            help="Plays in any browser.",
        )


@st.cache_data(show_spinner="Drawing the GIF", max_entries=4)
def _gif(
    run_id: str, speed: str, dark: bool, _film: Film, _samples: Samples, _moments: list[str]
) -> bytes:
    colours = DARK if dark else LIGHT
    frames = list(plot_frames(film_scene(_film, _samples, _moments, colours)))
    return encode_gif(frames, SECONDS[speed])


def _file_name(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-").lower()[:60] or "run"
