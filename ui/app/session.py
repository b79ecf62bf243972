"""What belongs to one browser tab: the draft, the open run, and the address that holds both."""

from __future__ import annotations

from typing import Any

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

from aecore.errors import ExperimentError, LabError
from aecore.experiment import Experiment, link
from aecore.settings import Settings
from ui.app.services import engine as engine
from ui.app.services import engine_failure as engine_failure
from ui.app.services import engine_is_up as engine_is_up
from ui.app.services import painted as painted
from ui.app.services import store as store
from ui.app.services import view as view
from ui.base.text import plain

DRAFT = "draft"
RUN = "open_run"
NOTES = "notes"
RUN_IN_ADDRESS = "run"


def begin() -> None:
    """Bring the tab's state and its address in step; the first thing that the app does.

    The address is read once, when the tab opens, and written ever after: a rerun that was on its
    way before the last change would otherwise bring an old draft back.
    """
    engine_is_up()
    if DRAFT not in st.session_state:
        _open_tab(st.query_params.to_dict())
    _write_address()


def require_app() -> None:
    """Run the page inside the app; the first line of every page.

    Streamlit runs a file of `pages/` alone, without app.py, where its address is the first that
    a fresh server is asked for.
    """
    if PagesManager.uses_pages_directory:
        PagesManager.uses_pages_directory = False
        st.rerun()


def draft() -> dict[str, Any]:
    """The experiment as the form holds it, as plain data; its parts may not go together yet."""
    draft: dict[str, Any] = st.session_state[DRAFT]
    return draft


def set_draft(tree: dict[str, Any]) -> None:
    """Fill the form with an experiment as plain data, such as `Experiment.to_dict()` gives."""
    st.session_state[DRAFT] = tree


def edited() -> Experiment:
    """The draft as an experiment whose fields are valid one by one, but perhaps not together."""
    return unchecked(draft())


def unchecked(tree: dict[str, Any]) -> Experiment:
    """An experiment without the check that its parts go together.

    Raises:
        pydantic.ValidationError: a single field is not valid.
    """
    fields: dict[str, Any] = dict(tree)
    for name, default in Experiment():
        if isinstance(default, Settings):
            fields[name] = type(default).model_validate(tree[name])
    return Experiment.model_construct(**fields)


def problems() -> dict[str, str]:
    """What keeps the draft from being run: field path -> sentence; empty when it can be run."""
    try:
        Experiment.from_dict(draft())
    except ExperimentError as error:
        return {problem.path: problem.message for problem in error.problems}
    return {}


def notes() -> list[str]:
    """Sentences about parts of the address that were ignored, until dismissed."""
    found: list[str] = st.session_state.get(NOTES, [])
    return found


def dismiss_notes() -> None:
    """Take the notes off the screen."""
    st.session_state[NOTES] = []


def current_run_id() -> str | None:
    """The run that this tab looks at, or None."""
    run_id: str | None = st.session_state.get(RUN)
    return run_id


def is_live() -> bool:
    """Whether the run that this tab looks at is queued or running."""
    run_id = current_run_id()
    if run_id is None or not engine_is_up():
        return False
    live = engine().view(run_id)
    return live is not None and not live.ended


def open_run(run_id: str) -> None:
    """Look at this run from now on, on every page and after a refresh."""
    st.session_state[RUN] = run_id


def close_run() -> None:
    """Look at no run, such as after it was deleted."""
    st.session_state.pop(RUN, None)


def require_run() -> str:
    """The run to look at; without one, says where to get one and ends the page."""
    run_id = current_run_id()
    if run_id is not None:
        return run_id
    st.info(
        "There is no run to look at yet. Train one, or open one of your earlier runs.",
        icon=":material/info:",
    )
    with st.container(horizontal=True):
        st.page_link("pages/train.py", label="Train", icon=":material/model_training:")
        st.page_link("pages/runs.py", label="Runs", icon=":material/list:")
    st.stop()


def show_error(error: LabError) -> None:
    """An error box with the cause and what to do."""
    st.error(f"**{plain(error.cause)}** {plain(error.remedy)}", icon=":material/error:")


def _open_tab(address: dict[str, str]) -> None:
    experiment, ignored = link.from_query(address)
    st.session_state[DRAFT] = experiment.to_dict()
    st.session_state[NOTES] = ignored
    run_id = address.get(RUN_IN_ADDRESS) or _running_now()
    if run_id:
        open_run(run_id)


def _running_now() -> str | None:
    """A run that is going on, so that a new tab shows it."""
    if not engine_is_up():
        return None
    return next(iter(engine().active()), None)


def _write_address() -> None:
    address = link.to_query(edited())
    run_id = current_run_id()
    if run_id is not None:
        address[RUN_IN_ADDRESS] = run_id
    if st.query_params.to_dict() != address:
        st.query_params.from_dict(address)
