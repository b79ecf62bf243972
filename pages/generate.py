"""The Generate page: what the decoder makes of codes that no sample has."""

from __future__ import annotations

import streamlit as st

from ui.app import session
from ui.base.theme import palette
from ui.generate.arithmetic import SECTION, TITLE, show_arithmetic
from ui.generate.new import show_new
from ui.generate.ordered import show_ordered_side
from ui.generate.plane import READING as ANYWHERE
from ui.generate.plane import show_plane
from ui.generate.sides import choose_other, choose_sides
from ui.generate.sliders import show_sliders
from ui.generate.ways import show_grid, show_interpolation
from ui.shared import first_numbers
from ui.shared.decoding import reason_unavailable
from ui.shared.next_steps import show_next_steps
from ui.shared.run_bar import run_bar
from ui.shared.run_picker import samples_of

SECTIONS = {
    "Sliders": (show_sliders, "Move the numbers of a code and see what the decoder makes of it."),
    "Grid": (show_grid, "Two numbers of the code move; all others stay as the sliders stand."),
    "Anywhere": (show_plane, ANYWHERE),
    "Interpolate": (show_interpolation, "A good code changes gradually from one to the other."),
    TITLE: (show_arithmetic, "What groups of samples differ in is a direction of the code."),
    "New samples": (show_new, "Codes are drawn at random and decoded."),
}
ORDERED = {first_numbers.TITLE: (show_ordered_side, first_numbers.READING)}
QUANTISED = (
    "This code is made of entries of a codebook. Sliders and ways move between the entries, where "
    "the decoder was never trained; new samples are put together from entries alone."
)

session.require_app()
run = run_bar("Generate")
samples = samples_of(run)
problem = reason_unavailable(samples)
if problem:
    st.info(problem, icon=":material/info:")
    st.stop()
if run.experiment.tree.entry_size:
    st.info(QUANTISED, icon=":material/info:")
sections = SECTIONS | (ORDERED if first_numbers.is_ordered(run) else {})
with st.container(horizontal=True, vertical_alignment="center"):
    section = st.segmented_control(
        "Show",
        list(sections),
        default="Sliders",
        required=True,
        key=SECTION,
        label_visibility="collapsed",
    )
    st.space("stretch")
    other = choose_other(run)
sides = choose_sides(run, samples, other)
show, reading = sections[section]
st.caption(reading)
# A slider draws its section anew, not the whole page.
st.fragment(show)(sides, palette())
show_next_steps("Latent space", "Dimensions", "Train")
