"""One run on screen: progress, curves, samples and map while it trains, figures once it ended.

What changes while it trains is drawn by a component that asks the server by itself, at
`ui/train/live_route.py`: a run of the page's script for each look would take more of the machine
from the training than all charts.
"""

from __future__ import annotations

import os

import streamlit as st

from aecore.errors import LabError
from ui.app import session, visitors
from ui.base.component import component, run_again
from ui.base.theme import palette
from ui.train import start
from ui.train.ending import show_ending

HTML = """
<div class="panel">
  <p class="trouble" role="status" hidden></p>
  <section class="head" hidden>
    <p class="caption settings"></p>
    <p class="doing"></p>
    <div class="bar" role="progressbar" aria-label="Training" aria-valuemin="0" aria-valuemax="100">
      <div></div>
    </div>
    <dl class="figures"></dl>
    <p class="caption">You can leave or close this page: the run goes on, and is here when you
      return.</p>
  </section>
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
    <p class="caption"></p>
  </section>
  <section class="terms" hidden>
    <p class="title"></p>
    <div class="drawing" role="img"></div>
    <p class="caption"></p>
  </section>
  <section class="samples" hidden>
    <p class="title"></p>
    <img class="drawing" alt="">
    <p class="caption"></p>
  </section>
  <section class="map" hidden>
    <p class="title"></p>
    <div class="drawing" role="img"></div>
    <p class="caption"></p>
  </section>
</div>
"""
# Milliseconds from one answer to the next question. A look takes some 0.04 s of a core from the
# training that it shows: of all cores, this pace makes it a fiftieth.
PACE = max(250, 2000 // (os.cpu_count() or 1))
# The same while something is waited for: the first epoch, or a stop.
QUICK_PACE = 100

_live = component(__file__, HTML)


def panel(run_id: str | None, was_live: bool) -> None:
    """The run, redrawn while it is queued or running; a hint without one.

    Args:
        was_live: what Start and Stop were drawn for; a run may end between them and this.
    """
    if not session.engine_is_up():
        # The line about the worker, over the form, draws the page again once it is.
        st.caption(":material/hourglass_top: The engine is starting.")
        return
    if run_id is None:
        st.info(
            "Nothing is trained yet. Press **Start**: the loss, a few samples and a map of their "
            "codes appear here and change with every epoch.",
            icon=":material/model_training:",
        )
        return
    try:
        view = session.view(run_id)
    except LabError as error:
        session.show_error(error)
        st.button("Close this run", on_click=session.close_run)
        return
    # A box of its own, so that what stands below keeps its place when a run ends.
    with st.container():
        if view.ended and not was_live:
            show_ending(run_id, view)
    _show(run_id, follow=was_live or not view.ended, quick=start.is_stopping(run_id))


def load_ahead() -> None:
    """Have the browser fetch the code of the panel before the first run needs it."""
    with st.container(key="ahead"):
        # Neither seen nor read out nor reached by keys, but drawn.
        st.html(
            "<style>.st-key-ahead { position: absolute; visibility: hidden; height: 1px; "
            "width: 1px; min-width: 0; "
            "overflow: hidden; }</style>"
        )
        _live(key="live-ahead", data={})


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
            "ticket": visitors.ticket(),
            "base": st.get_option("server.baseUrlPath"),
            "dark": palette().dark,
            "follow": follow,
            "pace": QUICK_PACE if quick else PACE,
            "quickPace": QUICK_PACE,
        },
        on_ended_change=run_again,
    )
