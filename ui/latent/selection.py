"""The selected samples: what they have in common, and how they differ from all."""

from __future__ import annotations

import math
from functools import partial

import numpy as np
import pandas as pd
import streamlit as st

from aecore.evaluation.samples import Samples
from aecore.latent.groups import names_of_rows
from aecore.latent.selection import ClassShare, Summary, as_csv, summarise
from ui.base.text import NOT_YET, count, rounded
from ui.base.theme import Palette
from ui.generate.arithmetic import show_rows_next
from ui.shared import map_selection
from ui.shared.gallery import SELECTED_AT_MOST, show_gallery
from ui.shared.metric_row import show_beside

FILE = "selected-samples.csv"
GROUPS: dict[map_selection.Group, tuple[str, str]] = {
    "these": ("Save as group A", ":material/add:"),
    "those": ("Save as group B", ":material/remove:"),
}
GROUPS_HELP = (
    "The means of two selections are two places of the code. The page Generate adds the way from "
    "group B to group A to any sample: A minus B."
)


def show_selection(run_id: str, samples: Samples, palette: Palette) -> None:
    """Figures, classes and pictures of what is selected on the map, and all of it as a file."""
    positions = np.array(map_selection.selected(run_id), dtype=np.intp)
    if not len(positions):
        return
    st.header(f"{count(len(positions))} selected", anchor=False)
    found = summarise(samples, positions)
    most = SELECTED_AT_MOST[samples.kind]
    share = f"{found.rows / found.total:.1%} of {count(found.total)}"
    st.caption(f"{share}. The first {most}:" if len(positions) > most else f"{share}.")
    _show_actions(run_id, samples, positions)
    _show_figures(found)
    show_gallery(samples, positions[:most], palette, "selected")
    if found.mix:
        _show_mix(found.mix)


def _show_actions(run_id: str, samples: Samples, positions: np.ndarray) -> None:
    with st.container(horizontal=True):
        st.download_button(
            "Download as CSV",
            partial(as_csv, samples, positions),
            FILE,
            "text/csv",
            icon=":material/download:",
            on_click="ignore",
            help="Row number, label, error and code of each selected sample.",
        )
        st.button(
            "Select nothing",
            icon=":material/deselect:",
            on_click=map_selection.clear_selection,
            args=(run_id,),
            help="Shows the whole map again.",
        )
        _show_groups(run_id, names_of_rows(samples.index[positions]))


def _show_groups(run_id: str, rows: str) -> None:
    """Keep the selection as a group of Arithmetic, and go there once there are two."""
    for name, (title, icon) in GROUPS.items():
        st.button(
            title,
            icon=icon,
            key=f"keep-{name}",
            on_click=map_selection.keep_group,
            args=(run_id, name, rows),
            disabled=map_selection.group(run_id, name) == rows,
            help=GROUPS_HELP,
        )
    if not all(map_selection.group(run_id, name) for name in GROUPS):
        return
    if st.button("See A minus B", icon=":material/arrow_forward:", type="primary"):
        show_rows_next()
        st.switch_page("pages/generate.py")


def _show_figures(found: Summary) -> None:
    error, distance = st.columns(2)
    show_beside(
        error,
        "Mean error (MSE)",
        rounded(found.error),
        _against(found.error, found.error_of_all),
        "In squared scaled units. Above 1 × these samples are harder to rebuild than the average.",
    )
    show_beside(
        distance,
        "Mean distance",
        rounded(found.distance),
        _against(found.distance, found.distance_of_all),
        "Of two of their codes, Euclidean, in the code and not in the map. Near 1 × they lie "
        "together in this map alone.",
    )


def _show_mix(mix: tuple[ClassShare, ...]) -> None:
    column = st.column_config
    frame = pd.DataFrame(
        {
            "Class": [item.name for item in mix],
            "Rows": [item.rows for item in mix],
            "Share here": [item.share for item in mix],
            "Share in all": [item.share_of_all for item in mix],
        }
    )
    st.dataframe(
        frame,
        hide_index=True,
        alt="Classes of the selected samples, and their shares here and in all",
        column_config={
            "Rows": column.NumberColumn(format="localized", width="small"),
            "Share here": column.ProgressColumn(
                help="Of the selected samples.", format="percent", color="primary"
            ),
            "Share in all": column.ProgressColumn(
                help="Of all samples on the map: what a selection at random would have.",
                format="percent",
            ),
        },
    )


def _against(own: float, of_all: float) -> str:
    if not (of_all > 0 and math.isfinite(own)):
        return NOT_YET
    return f"{own / of_all:.2f} × that of all"
