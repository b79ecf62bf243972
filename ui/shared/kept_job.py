"""A job whose outcome is kept in a file of its run: its button, its progress, its end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from ui.app import session
from ui.base.text import plain
from ui.shared.jobs import show_refusal, start, stop, view_of
from ui.shared.worker import show_trouble, wait_for_engine

if TYPE_CHECKING:
    from aecore.jobs.kind import JobKind
    from aecore.jobs.measuring import MeasuringView

TICK_SECONDS = 0.4


@dataclass(frozen=True)
class KeptJob:
    """A job, and how it is offered.

    Attributes:
        kind, request: what is asked for.
        file: the name of the run's file that holds what comes of it.
        run_id: the run.
        begin, again: on the button, before there is anything and after.
        icon: of the button.
        key: tells its widgets from others.
        first: a sentence or two on what it does, until there is anything.
        progress: how far it is, in words.
    """

    kind: JobKind[Any, Any]
    request: Any
    file: str
    run_id: str
    begin: str
    again: str
    icon: str
    key: str
    first: str
    progress: Callable[[Any], str]

    @property
    def path(self) -> Path:
        """Where what comes of it is kept."""
        return session.store().path(self.run_id, self.file)

    @property
    def stamp(self) -> int:
        """When what is kept was written; 0 where nothing is."""
        path = self.path
        return path.stat().st_mtime_ns if path.is_file() else 0


def show_job(job: KeptJob, *, possible: bool = True) -> int:
    """The button, and progress while the job is under way; the stamp of what is kept, 0 for none.

    Ends the page while the engine starts. With each step that is kept the page is drawn anew.
    """
    show_refusal(job.kind)
    if not session.engine_is_up():
        wait_for_engine()
        st.stop()
    view, kept = view_of(job.kind, job.request), job.stamp
    is_live = view is not None and not view.ended
    st.button(
        job.again if kept else job.begin,
        type="secondary" if kept else "primary",
        icon=job.icon,
        on_click=start,
        args=(job.kind, job.request),
        disabled=is_live or not possible,
        key=f"start-{job.key}",
    )
    if is_live:
        st.fragment(_watch, run_every=TICK_SECONDS)(job, kept)
    elif view is not None and view.cause:
        st.error(f"**{plain(view.cause)}** {plain(view.remedy)}", icon=":material/error:")
    elif not kept:
        st.info(job.first, icon=":material/info:")
    return kept


def doing(view: MeasuringView) -> str:
    """How far a job that measures is, in words."""
    return view.doing or "Beginning"


def _watch(job: KeptJob, kept: int) -> None:
    view = view_of(job.kind, job.request)
    if view is None or view.ended or job.stamp != kept:
        st.rerun()
    show_trouble()
    with st.container(horizontal=True, vertical_alignment="center"):
        words = "Waiting for the worker" if view.state == "queued" else job.progress(view)
        st.progress(view.share_done or 0.0, text=words)
        st.button(
            "Stop",
            icon=":material/stop:",
            on_click=stop,
            args=(job.kind, job.request),
            key=f"stop-{job.key}",
        )
