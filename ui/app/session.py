"""What belongs to one browser tab: the draft, the open run, and the address that holds both."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

from aecore.data import DATASETS
from aecore.errors import ExperimentError, LabError, SpaceError
from aecore.experiment import Experiment, link
from aecore.experiment.stored import StoredExperiment
from aecore.experiment.tree import ExperimentTree
from ui.app import services, typed_values
from ui.app.services import engine_failure as engine_failure
from ui.app.services import engine_is_up as engine_is_up
from ui.app.services import engine_trouble as engine_trouble
from ui.app.services import painted as painted
from ui.app.visitors import access as access
from ui.base.text import plain

if TYPE_CHECKING:
    from aecore.jobs.server.engine_access import EngineAccess
    from aecore.runs.run_access import RunAccess
    from aecore.runs.run_view import RunView

DRAFT = "draft"
RUN = "open_run"
NOTES = "notes"
NOT_YOURS = "The address names a file that is not among yours, which was ignored."
NOT_TAKEN = "Not taken over from the run:"
RUN_IN_ADDRESS = "run"
SOURCE_IN_ADDRESS = "data.source"
WITH_SETTINGS = "came_with_settings"
# What pages put there for themselves.
KNOWN_IN_ADDRESS = (
    *(RUN_IN_ADDRESS, "rows", "score", "odd", "alarms", "threshold", "amount"),
    *("form", "embed", "embed_options"),
)
MOST_LETTERS = 40
ASKED, PAGE, OF_PAGE = "asked_in_address", "page_on_screen", "page_in_address"


def begin(page: str) -> None:
    """Bring the tab's state and its address in step; the first thing that the app does.

    The address is read once, when the tab opens, and written ever after: a rerun that was on its
    way before the last change would otherwise bring an old draft back.

    Args:
        page: the one that is drawn, by its path.

    Raises:
        AccessError: nobody knows who this visitor is.
    """
    engine_is_up()
    if DRAFT not in st.session_state or not access().reads(draft().data.source):
        _open_tab(st.query_params.to_dict())
    # What is known of its data set may have changed since the last run of a page.
    set_draft(draft())
    if st.session_state.get(PAGE) != page:
        st.session_state[PAGE] = page
        st.session_state[OF_PAGE] = {}
    _write_address()


def require_app() -> None:
    """Run the page inside the app; the first line of every page.

    Streamlit runs a file of `pages/` alone, without app.py, where its address is the first that
    a fresh server is asked for.
    """
    if PagesManager.uses_pages_directory:
        PagesManager.uses_pages_directory = False
        st.rerun()


def draft() -> ExperimentTree:
    """The experiment as the form holds it: options valid one by one, but perhaps not together."""
    draft: ExperimentTree = st.session_state[DRAFT]
    return draft


def set_draft(tree: ExperimentTree) -> None:
    """Fill the form.

    Raises:
        DataError: the data set is not the visitor's to use.
    """
    access().refuse_source(tree.data.source)
    # A copy of its fields, without what the tree has worked out of its data set.
    st.session_state[DRAFT] = ExperimentTree.model_construct(**dict(tree))


def use_settings(kept: StoredExperiment) -> None:
    """Fill the form with what can be read of a run's settings, and note what cannot.

    Raises:
        DataError: it was trained on a file that is not the visitor's.
    """
    set_draft(kept.draft())
    st.session_state[NOTES] = [f"{NOT_TAKEN} {note}" for note in kept.notes]


def store() -> RunAccess:
    """The run store, as the visitor may use it.

    Raises:
        LabError: it cannot be opened, or nobody knows who this visitor is.
    """
    return services.store_for(access())


def engine() -> EngineAccess:
    """The job engine, as the visitor may use it; waits for it to start.

    Raises:
        LabError: it cannot be started, or nobody knows who this visitor is.
    """
    return services.engine_for(access())


def view(run_id: str) -> RunView:
    """The run as it is now: live from the engine, or kept.

    Raises:
        LabError: there is no such run for the visitor, or the store cannot be read.
    """
    return services.view(run_id, access())


def kept_view(run_id: str) -> RunView:
    """The run as it was kept, without the engine. Errors are those of `view`."""
    return services.view_from_store(run_id, access())


def problems() -> dict[str, str]:
    """What keeps the draft from being run: field path -> sentence; empty when it can be run."""
    refused = typed_values.problems()
    try:
        Experiment.of(draft())
    except ExperimentError as error:
        return {problem.path: problem.message for problem in error.problems} | refused
    return refused


def notes() -> list[str]:
    """Sentences about what of an address or a run was not taken over, until dismissed."""
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


def came_with_settings() -> bool:
    """Whether the address described an experiment when the tab opened."""
    return bool(st.session_state.get(WITH_SETTINGS))


def asked_in_address() -> dict[str, str]:
    """What the address said of the page when the tab opened, and of which run; told once."""
    asked: dict[str, str] = st.session_state.pop(ASKED, {})
    return asked


def asked_of_page(name: str) -> str | None:
    """One parameter of what the address said when the tab opened; told once."""
    asked: dict[str, str] = st.session_state.get(ASKED, {})
    return asked.pop(name, None)


def put_in_address(told: Mapping[str, str]) -> None:
    """What the address says of the page on screen, beside the draft and the run."""
    st.session_state[OF_PAGE] = dict(told)
    _write_address()


def forget_unless(key: str, offered: Collection[Any]) -> None:
    """A choice that is no longer offered gives way to the first that is."""
    if key in st.session_state and st.session_state[key] not in offered:
        del st.session_state[key]


def show_error(error: LabError) -> None:
    """An error box with the cause and what to do."""
    st.error(f"**{plain(error.cause)}** {plain(error.remedy)}", icon=":material/error:")
    if isinstance(error, SpaceError):
        st.page_link("pages/runs.py", label="Make room", icon=":material/list:")


def _open_tab(address: dict[str, str]) -> None:
    st.session_state[WITH_SETTINGS] = any("." in name for name in address)
    foreign = not access().reads(address.get(SOURCE_IN_ADDRESS, next(iter(DATASETS))))
    if foreign:
        del address[SOURCE_IN_ADDRESS]
    experiment, ignored = link.from_query(address)
    set_draft(experiment)
    st.session_state[NOTES] = [*([NOT_YOURS] if foreign else []), *ignored, *_unknown(address)]
    st.session_state[ASKED] = link.beside(address)
    run_id = address.get(RUN_IN_ADDRESS) or _running_now()
    if run_id:
        open_run(run_id)


def _unknown(address: Mapping[str, str]) -> list[str]:
    """A sentence on each part of an address that is nobody's."""
    names = [name for name in link.beside(address) if name not in KNOWN_IN_ADDRESS]
    return [f"{name[:MOST_LETTERS]} in the address was not understood." for name in names]


def _running_now() -> str | None:
    """A run that is going on, so that a new tab shows it."""
    if not engine_is_up():
        return None
    return next(iter(engine().active()), None)


def _write_address() -> None:
    address = {**link.to_query(draft()), **st.session_state[OF_PAGE]}
    run_id = current_run_id()
    if run_id is not None:
        address[RUN_IN_ADDRESS] = run_id
    if st.query_params.to_dict() != address:
        st.query_params.from_dict(address)
