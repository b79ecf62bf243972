"""Where does the encoder put the samples, and what do neighbours have in common?"""

from __future__ import annotations

import streamlit as st

from ui import session
from ui.gallery import show_selected
from ui.latent_map import choose_map, draw, obstacle, show_map
from ui.run_picker import pick_run, samples_of
from ui.theme import palette
from ui.tsne import choose_settings, tsne_map

HOW_TO_LOOK = (
    "Point at a dot to see its sample. In 2-D, draw a box or a lasso around some to see them below."
)

session.require_app()
st.title("Latent space", anchor=False)
run = pick_run()
samples = samples_of(run)
shown, controls = st.columns([3, 1], gap="medium")

with controls:
    choice = choose_map(samples)
    problem = obstacle(samples, choice.method)
    tsne = choice.method == "tsne" and not problem
    settings = choose_settings(run.run_id, samples, choice.dimensions) if tsne else None

with shown:
    if problem:
        st.info(problem, icon=":material/info:")
        st.stop()
    if settings is None:
        drawn = draw(run.run_id, samples, choice)
    else:
        drawn = tsne_map(settings, samples, choice.by)
    if drawn is None:
        st.stop()
    selected = show_map(run.run_id, samples, drawn, choice, palette())
    st.caption(drawn.reading)
    st.caption(HOW_TO_LOOK)

show_selected(samples, selected, palette())
