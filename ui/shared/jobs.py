"""Jobs that a page asks for, watches and stops; what is refused is shown when it is drawn next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from aecore.errors import LabError
from ui.app import session

if TYPE_CHECKING:
    from aecore.jobs.kind import JobKind, Request, View


def view_of(kind: JobKind[Request, View], request: Request) -> View | None:
    """How far the newest job with this request is; None if nobody has asked for it."""
    job_id = session.engine().latest(kind, request)
    return None if job_id is None else session.engine().look(kind, job_id)


def start(kind: JobKind[Request, View], request: Request) -> None:
    """Ask for a job."""
    try:
        session.engine().submit(kind, request)
    except LabError as error:
        refuse(kind, error)


def stop(kind: JobKind[Request, View], request: Request) -> None:
    """Stop the newest job with this request; what there is of it is kept."""
    try:
        job_id = session.engine().latest(kind, request)
        if job_id is not None:
            session.engine().stop(job_id)
    except LabError as error:
        refuse(kind, error)


def refuse(kind: JobKind[Request, View], error: LabError) -> None:
    """Keep why nothing was begun until the page is drawn."""
    st.session_state[_key(kind)] = error


def show_refusal(kind: JobKind[Request, View]) -> None:
    """Why the last job of the kind that was asked for here did not begin, once."""
    refused = st.session_state.pop(_key(kind), None)
    if refused is not None:
        session.show_error(refused)


def _key(kind: JobKind[Request, View]) -> str:
    return f"refused-{kind.name}"
