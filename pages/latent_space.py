"""The Latent space page: where the encoder puts the samples, and what neighbours have in common."""

from __future__ import annotations

import streamlit as st

from aecore.latent.maps.methods import METHODS
from ui.app import session
from ui.base.theme import palette
from ui.latent.colour import READING, RELIABILITY, choose_colour, colours, known_colours
from ui.latent.finding import find_sample
from ui.latent.honesty import show_honesty
from ui.latent.neighbours import show_neighbours
from ui.latent.selection import show_selection
from ui.shared.latent_map import (
    choose_map,
    draw,
    reason_unavailable,
    sample_cards,
    sampled,
    show_map,
)
from ui.shared.map_jobs import choose_job, computed_map
from ui.shared.next_steps import show_next_steps
from ui.shared.run_bar import run_bar
from ui.shared.run_picker import samples_of

HOW_TO_LOOK = (
    "Point at a dot to see its sample, click on it for its neighbours. In 2-D, draw a box or a "
    "lasso around some to compare them with the rest; click a class in the legend to hide it."
)

session.require_app()
run = run_bar("Latent space")
samples = samples_of(run)
shown, controls = st.columns([3, 1], gap="medium")

with controls:
    choice = choose_map(samples)
    problem = reason_unavailable(samples, choice.method)
    if not problem:
        by = choose_colour(run.run_id, samples)
        find_sample(run.run_id, samples)
    takes_job = choice.method in METHODS and not problem
    settings = choose_job(run.run_id, samples, choice) if takes_job else None

with shown:
    if problem:
        st.info(problem, icon=":material/info:")
        st.stop()
    if settings is None:
        drawn = draw(run.run_id, samples, choice)
    else:
        drawn = computed_map(run.run_id, settings, samples, known_colours(samples, by))
    if drawn is None:
        st.stop()
    show_map(run.run_id, samples, drawn, colours(run.run_id, samples, drawn, by), palette())
    st.caption(READING if by == RELIABILITY else drawn.reading)
    st.caption(f"{HOW_TO_LOOK} {sampled(samples)}")
    show_honesty(run.run_id, samples, drawn)

show_neighbours(run.run_id, samples, drawn, sample_cards(run.run_id, samples), palette())
show_selection(run.run_id, samples, palette())
show_next_steps("Features", "Generate", "Reconstructions")
