"""The end of a run: what came of it in a line for the bar, and its figures under the charts."""

from __future__ import annotations

import streamlit as st

from aecore.evaluation.metrics import HEADLINES, MAIN
from aecore.runs.run_view import RunView
from ui.base import text
from ui.form import starting_points
from ui.shared.findings import show_findings
from ui.shared.loss_parts import show_quantities
from ui.shared.metric_row import measured_on, number
from ui.shared.unread import show_unread
from ui.shared.verdict import verdict_of
from ui.train import start

# The last title, "Error relative to PCA", is the longest.
METRIC_WIDTHS = (*[2] * (len(HEADLINES) - 1), 3)


def show_outcome(view: RunView) -> None:
    """How a run ended, and links to what comes next."""
    if view.state in ("failed", "interrupted"):
        st.markdown(
            f":red[:material/error: **{text.plain(view.cause)}**] {text.plain(view.remedy)}"
        )
        return
    st.markdown(_ended_well(view))
    if not view.metrics:
        return
    with st.container(horizontal=True, gap="small"):
        for page, (label, icon) in starting_points.next_pages().items():
            st.page_link(f"pages/{page}.py", label=label, icon=icon)


def show_details(run_id: str, view: RunView) -> None:
    """The held-out figures of a run, what could not be read of it, and the same run once more."""
    show_unread(view.experiment)
    advice = verdict_of(view).advice if view.metrics else ""
    if advice:
        st.caption(text.plain(advice))
    if view.metrics:
        _metrics(view)
        show_quantities(view.experiment, view.metrics)
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
    if view.state == "stopped":
        return (
            f":orange[:material/stop_circle:] **Stopped** after {epochs}, {took} of training; "
            "what it learned is kept"
            + (f"  \n{text.plain(view.cause)} {text.plain(view.remedy)}" if view.cause else "")
        )
    said = f":green[:material/check_circle:] **Finished** {epochs} in {took} of training"
    return (
        f"{said} · **{text.plain(verdict_of(view).line)}**" if MAIN.name in view.metrics else said
    )
