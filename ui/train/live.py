"""One run on screen: curves, samples and map, while it trains and once it has ended.

What changes while it trains is drawn by a component that asks the server by itself, at
`ui/train/live_route.py`: a run of the page's script for each look would take more of the machine
from the training than all charts.
"""

from __future__ import annotations

import os

import streamlit as st

from aecore.experiment.differences import differences, in_words
from aecore.runs.run_view import RunView
from ui.app import session, visitors
from ui.base import text
from ui.base.component import component, run_again
from ui.base.theme import palette
from ui.train import beside, example, progress, start, welcome
from ui.train.live_answer import describe_settings

HTML = """
<div class="panel">
  <p class="trouble" role="status" hidden></p>
  <section class="loss" hidden>
    <header>
      <p class="title"></p>
      <label class="switch"><input type="checkbox" role="switch">Log scale</label>
    </header>
    <div class="chart" tabindex="0" role="group"
      aria-label="Losses by epoch; left and right arrow keys read them">
      <div class="drawing" role="img"></div>
      <div class="cross" hidden></div>
      <div class="reading" role="status" hidden></div>
    </div>
    <details><summary>How to read it</summary><p class="caption"></p></details>
  </section>
  <section class="map" hidden>
    <p class="title"></p>
    <div class="drawing" role="img"></div>
    <details><summary>How to read it</summary><p class="caption"></p></details>
  </section>
  <section class="samples" hidden>
    <p class="title"></p>
    <img class="drawing" alt="">
    <details><summary>How to read it</summary><p class="caption"></p></details>
  </section>
  <section class="terms" hidden>
    <p class="title"></p>
    <div class="drawing" role="img"></div>
    <details><summary>How to read it</summary><p class="caption"></p></details>
  </section>
</div>
"""
# Milliseconds from one answer to the next question. A look takes some 0.04 s of a core from the
# training that it shows: of all cores, this pace makes it a fiftieth.
PACE = max(250, 2000 // (os.cpu_count() or 1))
# The same while something is waited for: the first epoch, or a stop.
QUICK_PACE = 100

_live = component(__file__, HTML)


def panel(run_id: str | None, was_live: bool, view: RunView | None) -> None:
    """The run, redrawn while it is queued or running; what there will be to see without one.

    Args:
        was_live: what Start and Stop were drawn for; a run may end between them and this.
        view: the run as it was then.
    """
    if run_id is None:
        _without_run()
        return
    if not session.engine_is_up():
        # The line about the worker, in the bar, draws the page again once it is.
        st.caption(":material/hourglass_top: The engine is starting.")
        return
    trouble = beside.trouble()
    if trouble is not None:
        session.show_error(trouble)
        st.button("Close this run", on_click=session.close_run)
        return
    if view is None:
        return
    # As high with one line as with two, so that nothing moves when a run begins or ends.
    with st.container(key="run-line", gap=None):
        st.html("<style>.st-key-run-line { min-height: 48px; }</style>")
        _run_line(view, was_live or not view.ended)
    _show(run_id, follow=was_live or not view.ended, quick=start.is_stopping(run_id))


def _without_run() -> None:
    """The example, a first visit, or what there will be to see."""
    if welcome.is_at_example():
        welcome.example_line()
        _show(example.RUN, follow=False, quick=False)
    elif beside.is_first_visit():
        welcome.show()
    else:
        st.info(
            "Press **Start**: the loss, a few samples and a map of their codes appear here and "
            "change with every epoch.",
            icon=":material/model_training:",
        )


def load_ahead() -> None:
    """Have the browser fetch the code of the panel before the first run needs it."""
    with st.container(key="ahead"):
        # Neither seen nor read out nor reached by keys, but drawn.
        st.html(
            "<style>.st-key-ahead { position: absolute; visibility: hidden; height: 1px; "
            "width: 1px; min-width: 0; overflow: hidden; }</style>"
        )
        _live(key="live-ahead", data={})
        progress.load_ahead()


def _run_line(view: RunView, is_live: bool) -> None:
    """What run this is, and whether the form still describes it."""
    st.caption(text.plain(describe_settings(view.experiment)))
    changed = _changed_since(view)
    if changed:
        st.caption(f":blue[:material/edit: {text.plain(changed)}]")
    elif is_live:
        st.caption("You can leave or close this page: the run goes on, and is here again later.")


def _changed_since(view: RunView) -> str:
    """In what the form is no longer what was trained, as a sentence; empty where it is the same."""
    if not view.experiment.is_whole:
        return ""
    found = in_words(differences(view.experiment.tree, session.draft()))
    return f"The form has changed since this run: {found}." if found else ""


def _show(run_id: str, *, follow: bool, quick: bool) -> None:
    """The panel in the browser.

    Args:
        follow: whether it asks again and again, until the run ends; the page is run then.
        quick: whether it does so without a pause.
    """
    _live(
        key="live",
        data={
            "run": run_id,
            "behind": start.run_before(run_id),
            "ticket": visitors.ticket(),
            "base": st.get_option("server.baseUrlPath"),
            "dark": palette().dark,
            "follow": follow,
            "pace": QUICK_PACE if quick else PACE,
            "quickPace": QUICK_PACE,
        },
        on_ended_change=run_again,
    )
