"""The toolbar over the map: which map, in which colours, and where a sample is."""

from __future__ import annotations

import streamlit as st

from aecore.evaluation.samples import Samples
from aecore.latent.maps.methods import METHODS
from aecore.latent.maps.settings import MapSettings
from ui.latent.colour import choose_colour
from ui.latent.finding import find_sample
from ui.shared.latent_map import MapChoice, choose_axes, choose_map, reason_unavailable
from ui.shared.map_jobs import choose_job


def choose(run_id: str, samples: Samples) -> tuple[MapChoice, str, MapSettings | None]:
    """The map asked for, what colours stand for, and what it is computed with if it takes a job.

    Where there can be no map, says why and ends the page.
    """
    with st.container(horizontal=True, vertical_alignment="bottom", key="map-toolbar"):
        choice = choose_map(samples)
        if choice.method == "axes":
            choice = choose_axes(choice, samples)
        problem = reason_unavailable(samples, choice.method)
        by = "" if problem else choose_colour(run_id, samples)
        if not problem:
            find_sample(run_id, samples)
        settings = None
        if choice.method in METHODS and not problem:
            with st.popover(f"{METHODS[choice.method].title} options", icon=":material/tune:"):
                settings = choose_job(run_id, samples, choice)
    if problem:
        st.info(problem, icon=":material/info:")
        st.stop()
    return choice, by, settings
