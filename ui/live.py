"""One run on screen: progress, curves, samples and map while it trains, figures once it ended."""

from __future__ import annotations

import os
import time

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from aecore.data.dataset import Kind
from aecore.errors import LabError
from aecore.experiment import Experiment
from aecore.training.events import RunView
from ui import session, start, text
from ui.figures import curves, live_map, probe
from ui.live_state import show_state
from ui.loss_parts import describe_parts, loss_title, loss_unit
from ui.theme import palette

# Drawing takes 0.25 s of a core from the training that it shows, half of it in Streamlit for the
# page around; at this pace that is a 24th of the machine. It is done more often only where
# something is waited for: the first epoch of a run just started, for a moment, or a stop. A change
# of pace draws the whole page anew.
TICK_SECONDS = max(0.5, 6 / (os.cpu_count() or 1))
QUICK_TICK_SECONDS = 0.2
FIRST_EPOCH_SECONDS = 1.5
LOOK_SECONDS = 0.05
LOOK_FOR: dict[Kind, str] = {
    "image": "Outlines come first, detail later; colour in the last row is what is still wrong.",
    "table": "Each line is a sample, each column a feature. The last block should fade.",
    "series": "The thin line should come to lie on the broad one, slow waves first, sharp peaks "
    "last; what is still wrong stands beneath, on the same scale.",
    "text": "The terms that weigh most in a text, and in what is rebuilt of it. Common terms come "
    "back first; crosses and plus signs should become fewer.",
}


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
    tick = None if view.ended and not was_live else _tick(run_id)
    # It would slide for half a second at each step, which costs as much as all charts together.
    st.html("<style>[data-testid='stProgress'] * { transition: none !important; }</style>")
    st.fragment(_panel, run_every=tick)(run_id, tick)


def load_ahead() -> None:
    """Have the browser fetch the code of what a run is drawn with before the first run needs it."""
    with st.container(key="ahead"):
        # Neither seen nor read out nor reached by keys, but drawn.
        st.html(
            "<style>.st-key-ahead { position: absolute; visibility: hidden; height: 1px; "
            "overflow: hidden; }</style>"
        )
        st.progress(0)
        st.metric("Ahead", 0)
        st.toggle("Ahead", key="toggle-ahead")
        st.echarts_chart({}, key="charts-ahead", height=1, alt="Room for charts")


def _tick(run_id: str) -> float:
    """Seconds until the next look at a run under way."""
    return QUICK_TICK_SECONDS if start.is_stopping(run_id) else TICK_SECONDS


def _panel(run_id: str, tick: float | None) -> None:
    # A box of its own, so that what stands below keeps its place when a run ends.
    box = st.empty()
    view = session.view(run_id)
    if start.was_just_started(run_id):
        view = _first_epoch(run_id, view, box)
    if view.ended and tick is not None:
        # The buttons outside this fragment must hear of the end as well.
        st.rerun()
    show_state(run_id, view, box)
    _curves(view)
    _probe(view)
    _map(view)


def _first_epoch(run_id: str, view: RunView, box: DeltaGenerator) -> RunView:
    """The run once its first epoch is there or a moment has passed: the next tick may be far."""
    until = time.monotonic() + FIRST_EPOCH_SECONDS
    drawn = 0.0
    while not (view.epochs_done or view.ended) and (now := time.monotonic()) < until:
        if now - drawn > QUICK_TICK_SECONDS:
            # Drawing is also where Streamlit lets a click, such as on Stop, end this script.
            show_state(run_id, view, box)
            drawn = now
        time.sleep(LOOK_SECONDS)
        view = session.view(run_id)
    return view


def _curves(view: RunView) -> None:
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        st.markdown(f"**{loss_title(view.experiment)}**")
        log_scale = st.toggle("Log scale", key="log_loss")
    st.echarts_chart(
        curves.plot_curves(view, loss_unit(view.experiment), palette(), log_scale=log_scale),
        key="curves",
        height=curves.HEIGHT,
        alt=curves.describe_curves(view),
    )
    st.caption(f"{_reading(view)} {describe_parts(view)}".strip())


def _reading(view: RunView) -> str:
    """What the curves and the dashed lines say."""
    dimension = view.experiment.get("model", {}).get("encoding_dim")
    said = [
        "Lower is better; where validation rises while training falls, rows are learned by heart.",
        f"Dashed: every sample rebuilt as the mean, and by PCA with {dimension} numbers"
        + (", and the least there can be." if _has_floor(view) else "."),
    ]
    far = [f"{name.lower()} at {text.figure(v)}" for name, v in curves.out_of_sight(view).items()]
    return " ".join([*said, f"Off the scale: {', '.join(far)}." if far else ""])


def _has_floor(view: RunView) -> bool:
    return view.yardsticks is not None and "entropy_floor" in view.yardsticks["values"]


def _probe(view: RunView) -> None:
    """A few samples and what the model makes of them; room for them before there are any."""
    if view.snapshot is None:
        st.markdown("**The same samples, again and again**")
        st.image(
            probe.plot_empty_probe(*_kind_and_shape(view), palette()),
            width="stretch",
            alt="Room for a few samples",
        )
        st.caption("They appear after the first epoch.")
        return
    seen = view.snapshot["probe"]["measured_on"]
    st.markdown(f"**The same {seen} samples, again and again** · epoch {view.snapshot['epoch']}")
    st.image(
        probe.plot_probe(view.snapshot, palette()),
        width="stretch",
        alt=probe.describe_probe(view.snapshot),
    )
    look_for = LOOK_FOR[view.snapshot["probe"]["kind"]]
    st.caption(f"{look_for} {probe.left_out(view.snapshot)}".strip())


def _kind_and_shape(view: RunView) -> tuple[Kind, tuple[int, ...]]:
    try:
        facts = Experiment.from_dict(view.experiment).facts
    except LabError:
        # The run's file may be gone, and it was trained all the same.
        return "image", (1, 1, 1)
    return facts.kind, facts.sample_shape


def _map(view: RunView) -> None:
    st.markdown("**Map of the codes**")
    st.echarts_chart(
        live_map.plot_live_map(view.snapshot, palette()),
        key="map",
        height=live_map.HEIGHT,
        alt=live_map.describe_live_map(view.snapshot),
    )
    st.caption(f"{_plane(view)} Samples that look alike should come to lie together.")


def _plane(view: RunView) -> str:
    """What the two directions of the map are."""
    dimension = view.snapshot["map"]["dimension"] if view.snapshot else 0
    if dimension <= 2:
        return "Each point is one sample at its latent code."
    return (
        f"Each point is one sample's code of {dimension} numbers, seen from the side that showed "
        "most after the first epoch."
    )
