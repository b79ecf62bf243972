"""What can be done with one run: open it, use its settings, share, rename or delete it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from aecore.data import DATASETS
from aecore.errors import LabError
from aecore.experiment import link
from aecore.experiment.stored import StoredExperiment
from aecore.experiment.tree import ExperimentTree
from aecore.runs.layout import RunSummary
from ui.app import session
from ui.base.text import plain
from ui.runs import deletion, whose
from ui.runs.runs_table import forget_selection
from ui.runs.take_along import show_take_along
from ui.shared.next_steps import PAGES
from ui.shared.unread import show_unread

NEW_NAME = "new_name"
NAME_LENGTH = 120
UNDONE = "You can undo this until you delete another run or close the page."
FOR_GOOD = "This cannot be undone."
OF_A_RUN = (
    *("Train", "Reconstructions", "Latent space", "Dimensions", "Features", "Anomalies"),
    "Generate",
)


def show_actions(run: RunSummary) -> None:
    """A bar of buttons for the run."""
    st.header(plain(run.name))
    if run.cause:
        st.caption(f"{plain(run.cause)} {plain(run.remedy)}")
    kept = run.experiment
    show_unread(kept, beside_delete=True)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("Open in")
        for title in OF_A_RUN:
            page, icon, _ = PAGES[title]
            if st.button(title, icon=icon, key=f"open-{title}", help=f"Open this run in {title}."):
                session.open_run(run.run_id)
                st.switch_page(page)
        st.button(
            "Use its settings",
            icon=":material/tune:",
            on_click=_use_settings,
            args=(kept,),
            disabled=not kept.values,
            key="use-settings",
            help="Fill the form on the Train page with what this run was trained with.",
        )
        _link(kept)
        show_take_along(run)
        if whose.owns(run):
            _changes(run)
    _show_failure()


def _changes(run: RunSummary) -> None:
    """What only its owner may do with a run."""
    with st.container(horizontal=True, width="content"):
        if whose.publish_button(run):
            _try(lambda: session.store().publish(run.run_id, not run.is_published))
            st.rerun()
        if st.button(
            "Unpin" if run.is_pinned else "Pin",
            icon=":material/keep_off:" if run.is_pinned else ":material/keep:",
            key="pin",
            help="A pinned run stays when room is made.",
        ):
            _try(lambda: session.store().pin(run.run_id, not run.is_pinned))
            st.rerun()
        if st.button("Rename", icon=":material/edit:", key="rename"):
            _rename(run)
        if st.button("Delete", icon=":material/delete:", key="delete"):
            _delete(run)


def _link(kept: StoredExperiment) -> None:
    with st.popover("Link", icon=":material/link:", disabled=not kept.is_whole):
        if not kept.is_whole:
            return
        if kept.source not in DATASETS:
            st.caption("This run's data is a file on this machine, which no link can carry.")
            return
        st.caption("Opens the form with the settings of this run, for anyone who has this app.")
        st.code(_address(kept.draft()), language=None, wrap_lines=True)


def _address(experiment: ExperimentTree) -> str:
    parts = urlsplit(st.context.url or "")
    query = urlencode(link.to_query(experiment))
    # The form is on the first page, whose path is that of the app itself.
    root = parts.path.rsplit("/", 1)[0] + "/"
    return urlunsplit((parts.scheme, parts.netloc, root, query, ""))


@st.dialog("Rename run", icon=":material/edit:")
def _rename(run: RunSummary) -> None:
    st.text_input("Name", run.name, max_chars=NAME_LENGTH, key=NEW_NAME)
    if st.button("Save", type="primary", on_click=_save_name, args=(run.run_id,), key="save-name"):
        st.rerun()


@st.dialog("Delete run", icon=":material/delete:")
def _delete(run: RunSummary) -> None:
    if not run.ended:
        st.write(f"**{plain(run.name)}** is {run.state}. Stop it first; what it learned is kept.")
        if st.button("Stop it", icon=":material/stop:", on_click=_stop, args=(run.run_id,)):
            st.rerun()
        return
    under = session.store().children(run.run_id)
    beside = f" and with it the {len(under)} separate trainings under it" if under else ""
    st.write(
        f"Delete **{plain(run.name)}** with its model, samples and curve{beside}? "
        + (UNDONE if deletion.can_be_undone() else FOR_GOOD)
    )
    with st.container(horizontal=True, horizontal_alignment="right"):
        if st.button("Keep it", key="keep"):
            st.rerun()
        if st.button(
            "Delete", type="primary", on_click=_delete_now, args=(run.run_id,), key="delete-now"
        ):
            st.rerun()


def _save_name(run_id: str) -> None:
    _try(lambda: session.store().rename(run_id, st.session_state[NEW_NAME]))


def _stop(run_id: str) -> None:
    _try(lambda: session.engine().stop(run_id))


def _delete_now(run_id: str) -> None:
    if not _try(lambda: deletion.delete(run_id)):
        return
    forget_selection()
    if session.current_run_id() == run_id:
        session.close_run()


def _use_settings(kept: StoredExperiment) -> None:
    if _try(lambda: session.use_settings(kept)):
        st.toast(
            "The form on the Train page now holds the settings of this run.",
            icon=":material/tune:",
        )


FAILURE = "run_action_failure"


def _try(act: Callable[[], object]) -> bool:
    """Act, and keep what went wrong for the page to show."""
    try:
        act()
    except LabError as error:
        st.session_state[FAILURE] = error
        return False
    return True


def _show_failure() -> None:
    error = st.session_state.pop(FAILURE, None)
    if error is not None:
        session.show_error(error)
