"""Downloads of the Latent space page: the codes on the map, and the way to those of all rows."""

from __future__ import annotations

from functools import partial

import numpy as np
import streamlit as st

from aecore.evaluation.samples import Samples
from aecore.latent.selection import as_csv
from ui.base.text import count
from ui.shared.next_steps import PAGES

HELP = "Row number, label, error and code of each sample on the map, one a line."


def show_downloads(samples: Samples) -> None:
    """A file of the codes that are on the map, and a link to where those of any rows are made."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            f"Codes of these {count(len(samples.code))} samples (CSV)",
            partial(as_csv, samples, np.arange(len(samples.code))),
            "codes.csv",
            "text/csv",
            icon=":material/download:",
            on_click="ignore",
            key="codes-on-map",
            help=HELP,
        )
        script, icon, _ = PAGES["Features"]
        st.page_link(script, label="Codes of all rows, or of new ones", icon=icon)
        st.caption("The camera over the map saves it as a picture.", width="content")
