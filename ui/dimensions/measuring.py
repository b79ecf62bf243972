"""What was measured of a run's dimensions, and the job that measures it."""

from __future__ import annotations

import streamlit as st

from aecore.errors import LabError
from aecore.evaluation.dimensions.measuring import MeasuredDimensions
from aecore.jobs.kinds.dimensions import SPEC, DimensionsRequest, DimensionsView
from aecore.runs import kept_dimensions
from aecore.runs.layout import RunSummary
from ui.app import session
from ui.base.text import plain
from ui.shared.jobs import show_refusal, start, stop, view_of

TICK_SECONDS = 0.4
FIRST = (
    "Measuring tells the error at each encoding dimension beside PCA’s, estimates how many numbers "
    "the data varies in, and tries how well classes can be told. It takes seconds, runs in the "
    "background and is kept with the run."
)


def measured_dimensions(run: RunSummary) -> MeasuredDimensions:
    """What was measured; where there is nothing yet, ends the page.

    While a job is under way its progress stands above what is kept.
    """
    show_refusal(SPEC)
    if not session.engine_is_up():
        st.caption(":material/hourglass_top: The engine is starting.")
        st.fragment(_wait_for_engine, run_every=TICK_SECONDS)()
        st.stop()
    request = DimensionsRequest(run.run_id)
    view, kept = view_of(SPEC, request), stamp(run.run_id)
    is_live = view is not None and not view.ended
    st.button(
        "Measure again" if kept else "Measure",
        type="secondary" if kept else "primary",
        icon=":material/straighten:",
        on_click=start,
        args=(SPEC, request),
        disabled=is_live or not run.ended,
        key="measure-dimensions",
    )
    if is_live:
        st.fragment(_watch, run_every=TICK_SECONDS)(request, kept)
    elif view is not None and view.cause:
        st.error(f"**{plain(view.cause)}** {plain(view.remedy)}", icon=":material/error:")
    found = _read(run.run_id, kept) if kept else None
    if found is None:
        if not is_live:
            st.info(FIRST, icon=":material/info:")
        st.stop()
    return found


def stamp(run_id: str) -> int:
    """When what is kept was measured; 0 where nothing is."""
    path = session.store().path(run_id, kept_dimensions.MEASURED)
    return path.stat().st_mtime_ns if path.is_file() else 0


def progress(view: DimensionsView) -> str:
    """How far the job is, in words."""
    return "Waiting for the worker" if view.state == "queued" else view.doing or "Beginning"


def _read(run_id: str, kept: int) -> MeasuredDimensions | None:
    try:
        return _loaded(run_id, kept)
    except LabError as error:
        session.show_error(error)
        return None


@st.cache_resource(show_spinner="Reading what was measured", max_entries=8)
def _loaded(run_id: str, kept: int) -> MeasuredDimensions | None:
    return kept_dimensions.load(session.store(), run_id)


def _wait_for_engine() -> None:
    if session.engine_is_up() or session.engine_failure() is not None:
        st.rerun()


def _watch(request: DimensionsRequest, kept: int) -> None:
    """Progress; the page is drawn anew with each step that is kept, and at the end."""
    view = view_of(SPEC, request)
    if view is None or view.ended or stamp(request.run_id) != kept:
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.progress(view.share_done or 0.0, text=progress(view))
        st.button(
            "Stop",
            icon=":material/stop:",
            on_click=stop,
            args=(SPEC, request),
            key="stop-dimensions",
        )
