"""Scoring rows: which rows, the job that scores them, and the scores that its run keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from aecore.data.dataset import Kind
from aecore.data.reading_options import AS_FOUND
from aecore.errors import LabError
from aecore.evaluation.anomalies.detectors import DETECTORS
from aecore.evaluation.anomalies.scored_rows import UNTRAINED_TITLE, ScoredRows
from aecore.evaluation.anomalies.scorer import FILE, Scorer
from aecore.jobs.kinds.scoring import SPEC, ScoringRequest
from aecore.runs import kept_scores
from aecore.runs.layout import RunSummary
from ui.app import session
from ui.base.text import counted, plain
from ui.shared.jobs import show_refusal, start, stop, view_of
from ui.shared.row_source import choose_source
from ui.shared.worker import show_trouble, wait_for_engine

if TYPE_CHECKING:
    from aecore.jobs.kinds.scoring import ScoringView

TICK_SECONDS = 0.4
SOURCE = "odd-source"
OWN = "The run’s own held-out rows"
SOURCE_HELP = (
    "Rows that the run held out, or any data set of the same kind. Columns are found by name and "
    "prepared as the run's own were."
)
COMMITTEE, MOST_NETWORKS = "odd-committee", 10
COMMITTEE_HELP = (
    "With more than one, the experiment is trained again from further seeds on the same rows, and "
    "the mean of all networks' first scores stands beside those of this run."
)
# What the job does, one after another, in its own words.
STAGES = (
    *("Reading", "Scoring", "Planting defects", "Looking for blind spots"),
    *(spec.title for spec in DETECTORS.values()),
    UNTRAINED_TITLE,
)
FIRST = (
    "Scoring tells how odd each row is to this run, compares that with other detectors, and plants "
    "defects to see which would be found. It runs in the background and is kept with the run."
)


def scorer_of(run: RunSummary) -> Scorer:
    """What the run tells odd rows by; where it kept none, says so and ends the page."""
    try:
        return _scorer(run.run_id)
    except LabError as error:
        session.show_error(error)
        st.page_link("pages/runs.py", label="Runs", icon=":material/list:")
        st.stop()


def choose_rows(run: RunSummary, kind: Kind) -> ScoringRequest:
    """A choice among the run's held-out rows and all data sets of its kind that are at hand."""
    own = {kept_scores.HELD_OUT: OWN}
    key = f"{SOURCE}-{run.run_id}"
    source = choose_source(own, kind, SPEC, key, "Rows to score", SOURCE_HELP)
    reading = run.experiment.tree.data.reading if source else AS_FOUND
    members = st.session_state.get(f"{COMMITTEE}-{run.run_id}", 1) - 1
    return ScoringRequest(run.run_id, source, reading, members)


def scored_rows(request: ScoringRequest) -> tuple[ScoredRows, int]:
    """The rows with their scores, and the stamp of these; where there are none, ends the page.

    While a job is under way its progress stands above what is kept.
    """
    show_refusal(SPEC)
    if not session.engine_is_up():
        wait_for_engine()
        st.stop()
    view, kept = view_of(SPEC, request), stamp(request)
    is_live = view is not None and not view.ended
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.button(
            "Score the rows again" if kept else "Score the rows",
            type="secondary" if kept else "primary",
            icon=":material/troubleshoot:",
            on_click=start,
            args=(SPEC, request),
            disabled=is_live,
            key="score-rows",
        )
        st.number_input(
            "Networks in a committee",
            1,
            MOST_NETWORKS,
            key=f"{COMMITTEE}-{request.run_id}",
            disabled=is_live,
            help=COMMITTEE_HELP,
            persist_state="session",
            width=200,
        )
    if view is not None and is_live:
        st.fragment(_watch, run_every=TICK_SECONDS)(request, kept)
    elif view is not None and view.cause:
        st.error(f"**{plain(view.cause)}** {plain(view.remedy)}", icon=":material/error:")
    if not kept:
        if not is_live:
            st.info(FIRST, icon=":material/info:")
        st.stop()
    return _read(request, kept), kept


def stamp(request: ScoringRequest) -> int:
    """When the kept scores were written; 0 where there are none."""
    store, name = session.store(), request.file_name
    if not kept_scores.is_kept(store, request.run_id, name):
        return 0
    path = store.path(request.run_id, name)
    return path.stat().st_mtime_ns if path.is_file() else 0


def _read(request: ScoringRequest, kept: int) -> ScoredRows:
    try:
        return _loaded(request.run_id, request.file_name, kept)
    except LabError as error:
        session.show_error(error)
        st.stop()


@st.cache_resource(show_spinner="Reading the scores", max_entries=8)
def _loaded(run_id: str, name: str, kept: int) -> ScoredRows:
    return kept_scores.load(session.store(), run_id, name)


@st.cache_resource(show_spinner=False, max_entries=8)
def _scorer(run_id: str) -> Scorer:
    return Scorer.load(session.store().path(run_id, FILE).parent)


def _watch(request: ScoringRequest, kept: int) -> None:
    """Progress; the page is drawn anew once there are scores, and at the end."""
    view = view_of(SPEC, request)
    if view is None or view.ended or stamp(request) != kept:
        st.rerun()
    show_trouble()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.progress(_share(view), text=progress(view))
        st.button(
            "Stop",
            icon=":material/stop:",
            on_click=stop,
            args=(SPEC, request),
            key="stop-scoring",
        )


def progress(view: ScoringView) -> str:
    """How far a scoring is, in words."""
    if view.state == "queued":
        return "Waiting for the worker"
    rows = f" · {counted(view.rows, 'row')} scored" if view.rows else ""
    return f"{view.doing or 'Beginning'}{rows}"


def _share(view: ScoringView) -> float:
    """By its steps; how long each takes is not known before."""
    return STAGES.index(view.doing) / len(STAGES) if view.doing in STAGES else 0.0
