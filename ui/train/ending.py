"""The end of a run: what it reached, and where to go from there."""

from __future__ import annotations

import streamlit as st

from aecore.evaluation.metrics import HEADLINES
from aecore.runs.run_view import RunView
from ui.base import text
from ui.shared.findings import show_findings
from ui.shared.loss_parts import show_quantities
from ui.shared.metric_row import measured_on, number
from ui.shared.unread import show_unread
from ui.train import start
from ui.train.live_answer import describe_settings

# The last title, "Error relative to PCA", is the longest.
METRIC_WIDTHS = (*[2] * (len(HEADLINES) - 1), 3)


def show_ending(run_id: str, view: RunView) -> None:
    """What was trained, how it ended and what it reached, and links to what comes next."""
    st.caption(text.plain(describe_settings(view.experiment)))
    show_unread(view.experiment)
    if view.state in ("failed", "interrupted"):
        st.error(f"**{text.plain(view.cause)}** {text.plain(view.remedy)}", icon=":material/error:")
    else:
        st.markdown(_ended_well(view))
    if view.metrics:
        _metrics(view)
        show_quantities(view.experiment, view.metrics)
    with st.container(horizontal=True, vertical_alignment="center"):
        if view.metrics:
            st.page_link(
                "pages/reconstructions.py", label="See reconstructions", icon=":material/compare:"
            )
            st.page_link(
                "pages/latent_space.py",
                label="See the latent space",
                icon=":material/scatter_plot:",
            )
        st.button(
            "Train again",
            icon=":material/replay:",
            on_click=start.start_again,
            args=(view.experiment,),
            disabled=not view.experiment.values,
            help="The same settings once more, as a new run",
        )
    show_findings(run_id, view)


def _metrics(view: RunView) -> None:
    """The held-out figures that a run is judged by."""
    for column, spec in zip(st.columns(METRIC_WIDTHS), HEADLINES, strict=True):
        value = number(view.metrics, spec.name)
        column.metric(spec.title, text.rounded(value), help=f"{spec.summary} {spec.yardstick}")
    st.caption(measured_on(view.metrics, view.experiment))


def _ended_well(view: RunView) -> str:
    epochs = text.counted(view.epochs_done, "epoch")
    took = text.duration(sum(view.epoch_seconds))
    parameters = text.counted(view.parameters, "parameter")
    if view.state == "stopped":
        return (
            f":orange[:material/stop_circle:] **Stopped** after {epochs}, {took} of training; "
            f"what it learned is kept · {parameters}"
            + (f"  \n{text.plain(view.cause)} {text.plain(view.remedy)}" if view.cause else "")
        )
    return (
        f":green[:material/check_circle:] **Finished** {epochs} in {took} of training · "
        f"{parameters}"
    )
