"""The Latent space page: where the encoder puts the samples, and what neighbours have in common."""

from __future__ import annotations

import streamlit as st

from ui.app import session
from ui.base.theme import palette
from ui.latent.colour import READING, RELIABILITY, colours, known_colours
from ui.latent.downloads import show_downloads
from ui.latent.honesty import show_honesty
from ui.latent.inspector import show_inspector
from ui.latent.toolbar import choose
from ui.shared.latent_map import draw, sampled, show_map
from ui.shared.map_jobs import computed_map
from ui.shared.next_steps import show_next_steps
from ui.shared.run_bar import run_bar
from ui.shared.run_picker import samples_of

session.require_app()
run = run_bar("Latent space")
samples = samples_of(run)
choice, by, settings = choose(run.run_id, samples)
shown, inspected = st.columns([8, 5], gap="medium")

with shown:
    if settings is None:
        drawn = draw(run.run_id, samples, choice)
    else:
        drawn = computed_map(run.run_id, settings, samples, known_colours(samples, by))
    if drawn is None:
        st.stop()
    show_map(run.run_id, samples, drawn, colours(run.run_id, samples, drawn, by), palette())
with inspected:
    show_inspector(run.run_id, samples, drawn, palette())

st.caption(f"{READING if by == RELIABILITY else drawn.reading} {sampled(samples)}")
show_downloads(samples)
show_honesty(run.run_id, samples, drawn)
show_next_steps("Features", "Generate", "Reconstructions")
