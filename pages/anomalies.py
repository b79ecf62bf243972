"""The Anomalies page: rows by how odd they are to a run, and where alarms begin."""

from __future__ import annotations

from functools import partial

import streamlit as st

from ui.anomalies import address, choices
from ui.anomalies.figures import show_figures
from ui.anomalies.review import Looked, show_review
from ui.anomalies.scoring import choose_rows, scored_rows, scorer_of
from ui.anomalies.sections import show_sections
from ui.anomalies.threshold import show_threshold
from ui.app import session
from ui.base.text import plain
from ui.base.theme import palette
from ui.shared.next_steps import show_next_steps
from ui.shared.run_bar import run_bar
from ui.shared.run_picker import samples_of

session.require_app()
run = run_bar("Anomalies")
samples = samples_of(run)
address.take(run.run_id)
scorer = scorer_of(run)
request = choose_rows(run, samples.kind)
scored, kept = scored_rows(request)
for note in scored.notes:
    if note:
        st.caption(plain(note))

by, odd = choices.choose_score(run, scored)
cut = choices.choose_cut(run, by)
address.tell(run.run_id)
channel = f"odd-threshold-{run.run_id}"
show_threshold(by, cut, channel, palette(), partial(choices.move, run.run_id))
show_figures(channel)
st.markdown(cut.told)
looked = Looked(run, request, scored, scorer, samples, kept, by, odd, cut, channel)
# A mark or another row draws the list anew, not the whole page.
st.fragment(show_review)(looked, palette())
st.divider()
st.fragment(show_sections)(looked, palette())
show_next_steps("Latent space", "Reconstructions", "Train")
