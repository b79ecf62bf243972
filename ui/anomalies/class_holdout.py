"""Each class held out in turn: a job that trains again without it, and the table that it keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from aecore.errors import LabError
from aecore.jobs.kinds.class_holdout import SPEC, ClassHoldoutRequest
from aecore.runs import kept_class_holdout
from ui.anomalies.detections import show_classes
from ui.anomalies.review import Looked
from ui.app import session
from ui.base.text import count, counted, plain
from ui.shared.jobs import show_refusal, start, stop, view_of
from ui.shared.worker import show_trouble

if TYPE_CHECKING:
    from aecore.evaluation.anomalies.by_class import ClassDetection
    from aecore.jobs.kinds.class_holdout import ClassHoldoutView

TICK_SECONDS = 0.5
READING = (
    "The run’s experiment is trained again once for each class, on all others, and the rows of "
    "that class are then the odd ones: it tells which classes such a network would find odd if it "
    "had never seen them. It takes as long as so many runs; what is done is kept with the run."
)


def show_class_holdout(looked: Looked) -> None:
    """The button, progress with Stop, and the table, the class that is found worst first."""
    request = ClassHoldoutRequest(looked.request.run_id)
    show_refusal(SPEC)
    st.caption(READING)
    view = view_of(SPEC, request)
    is_live = view is not None and not view.ended
    found = _kept(request.run_id)
    st.button(
        "Hold each class out again" if found else "Hold each class out",
        icon=":material/model_training:",
        on_click=start,
        args=(SPEC, request),
        disabled=is_live,
        key="odd-hold-out",
    )
    if view is not None and is_live:
        st.fragment(_watch, run_every=TICK_SECONDS)(request)
        return
    if view is not None and view.cause:
        st.error(f"**{plain(view.cause)}** {plain(view.remedy)}", icon=":material/error:")
    if found:
        show_classes(found)


def _watch(request: ClassHoldoutRequest) -> None:
    view = view_of(SPEC, request)
    if view is None or view.ended:
        st.rerun()
    show_trouble()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.progress(view.share_done or 0.0, text=_progress(view))
        st.button(
            "Stop",
            icon=":material/stop:",
            on_click=stop,
            args=(SPEC, request),
            key="stop-hold-out",
        )
    if view.found:
        show_classes(view.found)


def _progress(view: ClassHoldoutView) -> str:
    if not view.classes:
        return "Waiting for the worker"
    return f"{count(len(view.found))} of {counted(view.classes, 'class')} · without {view.doing}"


def _kept(run_id: str) -> tuple[ClassDetection, ...]:
    try:
        return kept_class_holdout.load(session.store(), run_id)
    except LabError as error:
        session.show_error(error)
        return ()
