"""Finding a sample on the map by row or label."""

from __future__ import annotations

import numpy as np
import streamlit as st

from aecore.evaluation.samples import Samples
from aecore.latent.finding import find
from ui.base.text import count, plain
from ui.shared import map_selection

HELP = (
    "A row number, or a label. Each match is ringed on the map, and its neighbours shown beside it."
)
LONGEST, WIDTH = 100, 190


def find_sample(run_id: str, samples: Samples) -> None:
    """A box to type a row or a label into; the match is what the page points out from then on."""
    text_key, match_key = f"find-{run_id}", f"find-match-{run_id}"
    text = st.text_input(
        "Find a sample",
        key=text_key,
        max_chars=LONGEST,
        placeholder="Row or label",
        icon=":material/search:",
        on_change=_search,
        args=(run_id, samples, text_key, match_key),
        help=HELP,
        width=WIDTH,
    )
    if not text.strip():
        return
    matches = find(samples, text)
    if not len(matches):
        st.caption(_nothing(samples, text))
        return
    if len(matches) > 1:
        st.number_input(
            f"Match, of {count(len(matches))}",
            1,
            len(matches),
            key=match_key,
            on_change=_point_out,
            args=(run_id, samples, text_key, match_key),
            help="Go through all samples that match.",
            width=WIDTH,
        )


def _search(run_id: str, samples: Samples, text_key: str, match_key: str) -> None:
    # Another text may have fewer matches than the last.
    st.session_state[match_key] = 1
    _point_out(run_id, samples, text_key, match_key)


def _point_out(run_id: str, samples: Samples, text_key: str, match_key: str) -> None:
    matches, place = find(samples, st.session_state[text_key]), st.session_state[match_key] - 1
    map_selection.set_focus(run_id, int(matches[place]) if len(matches) else None)


def _nothing(samples: Samples, text: str) -> str:
    rows = f"rows from {count(int(np.min(samples.index)))} to {count(int(np.max(samples.index)))}"
    return f"Nothing here is called {plain(text)}. The kept samples are {rows}, not all of them."
