"""The runs that a page can look at, and whether anything of the open one can be seen yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NoReturn

import streamlit as st

from aecore.data import title_of
from aecore.errors import RunStoreError
from aecore.evaluation.metrics import MAIN
from aecore.evaluation.samples import Samples
from aecore.runs.layout import RunSummary
from ui.app import session
from ui.base.text import plain, rounded

PICKED = "picked_run"
ID_SHOWN = 8
# A choice of more is slow to draw, and nobody reads it; the table of runs has them all.
MOST_OFFERED = 100


def offered_runs() -> tuple[dict[str, RunSummary], str]:
    """The runs that a page can look at by their ids, and the open one's; the newest if none is.

    Says so where the open one is gone; where there is none at all, the page ends.
    """
    open_run = session.current_run_id()
    choices = {run.run_id: run for run in newest_runs(open_run)}
    if open_run is not None and open_run not in choices:
        _say_that_it_is_gone(open_run)
        session.close_run()
        open_run = None
    if open_run is None and choices:
        open_run = next(iter(choices))
        session.open_run(open_run)
    return choices, open_run or session.require_run()


def choose_run(choices: dict[str, RunSummary], open_run: str) -> None:
    """A list of the runs to choose from; what is chosen is open from then on."""
    st.session_state[PICKED] = open_run
    named = lines(choices)
    st.selectbox(
        "Run",
        list(choices),
        format_func=named.__getitem__,
        key=PICKED,
        on_change=lambda: session.open_run(st.session_state[PICKED]),
        help=f"Runs that have ended, the newest first. Those before the last {MOST_OFFERED} can be "
        "opened on the Runs page.",
    )


def newest_runs(open_run: str | None) -> Iterator[RunSummary]:
    """The runs that a page offers: those that ended last, and the open one."""
    offered = 0
    for run in session.store().summaries():
        # Those under another run are seen with it.
        is_offered = run.ended and not run.parent and offered < MOST_OFFERED
        offered += is_offered
        if is_offered or run.run_id == open_run:
            yield run


def samples_of(run: RunSummary) -> Samples:
    """The samples that a run kept; where it has none, says why and ends the page."""
    if not run.ended:
        _stop_with_links(
            "This run is still training. What it learned can be seen here once it "
            "has ended; until then, watch it on the Train page."
        )
    try:
        return _samples(run.run_id)
    except RunStoreError as error:
        if run.cause:
            st.warning(
                f"**This run {run.state} before there was anything to show.** "
                f"{plain(run.cause)} {plain(run.remedy)}",
                icon=":material/warning:",
            )
        else:
            session.show_error(error)
    _stop_with_links(
        "Its curve, as far as it came, stands on the Train page; the Runs page can "
        "open its settings in the form or delete it."
    )


def data_title(run: RunSummary) -> str:
    """The name of a run's data set as on screen."""
    source = run.experiment.source
    return title_of(source) if source else "unknown data"


@st.cache_resource(show_spinner="Reading the run’s samples", max_entries=8)
def _samples(run_id: str) -> Samples:
    return session.store().samples(run_id)


def lines(runs: dict[str, RunSummary]) -> dict[str, str]:
    """What the choice calls each run; no two alike, or Streamlit would take the one for the other.

    Runs of the same name, score and minute are told apart by the beginning of their ids.
    """
    called = {run_id: _line(run) for run_id, run in runs.items()}
    seen = Counter(called.values())
    return {
        run_id: line if seen[line] == 1 else f"{line} · {run_id[:ID_SHOWN]}"
        for run_id, line in called.items()
    }


def _line(run: RunSummary) -> str:
    parts = [run.name, data_title(run), f"{run.started.astimezone():%d %b %Y %H:%M}"]
    if MAIN.name in run.metrics:
        parts.insert(2, f"{MAIN.title} {rounded(run.metrics[MAIN.name])}")
    if not run.ended:
        parts.append(run.state)
    return " · ".join(parts)


def _say_that_it_is_gone(run_id: str) -> None:
    shown = run_id if len(run_id) <= 40 else run_id[:39] + "…"
    st.warning(
        f"**There is no run {plain(shown)}.** It was deleted, or its address is not complete. "
        "Choose another one.",
        icon=":material/warning:",
    )


def _stop_with_links(sentence: str) -> NoReturn:
    st.info(sentence, icon=":material/info:")
    with st.container(horizontal=True):
        st.page_link("pages/train.py", label="Train", icon=":material/model_training:")
        st.page_link("pages/runs.py", label="Runs", icon=":material/list:")
    st.stop()
