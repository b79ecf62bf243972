"""One run on screen: progress, curves, samples and map while it trains, figures once it ended."""

from __future__ import annotations

import os
from typing import Any

import streamlit as st

from aecore.data import title_of
from aecore.data.dataset import Kind
from aecore.errors import LabError
from aecore.evaluation.metrics import METRICS
from aecore.experiment import Experiment
from aecore.models.backbones import BACKBONES
from aecore.training.events import RunView
from aecore.training.optimizers import OPTIMIZERS
from ui import session, start, text
from ui.figures import curves, live_map, probe
from ui.loss_parts import bottleneck_of, describe_parts, loss_title, loss_unit, show_figures
from ui.metric_row import SHOWN, measured_on, number
from ui.text import NOT_YET
from ui.theme import palette

# On a small machine, drawing takes processor time from the training that it shows; so it is done
# often only where something is waited for: the first epoch, or a stop. A change of pace draws the
# whole page anew, so the end, which nobody has asked for, is not waited for in this way.
MANY_CORES = 8
TICK_SECONDS = 0.5 if (os.cpu_count() or 1) >= MANY_CORES else 2.0
WAITING_TICK_SECONDS = 0.2
LOOK_FOR: dict[Kind, str] = {
    "image": "Outlines come first, detail later; colour in the last row is what is still wrong.",
    "table": "Each line is a sample, each column a feature. The last block should fade.",
    "series": "The thin line should come to lie on the broad one, slow waves first, sharp peaks "
    "last; what is still wrong stands beneath, on the same scale.",
    "text": "The terms that weigh most in a text, and in what is rebuilt of it. Common terms come "
    "back first; crosses and plus signs should become fewer.",
}
# The last title, "Error relative to PCA", is the longest.
METRIC_WIDTHS = (2, 2, 2, 3)


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
    tick = None if view.ended and not was_live else _tick(run_id, view)
    st.fragment(_panel, run_every=tick)(run_id, tick)


def load_charts_ahead() -> None:
    """Have the browser fetch its code for charts before the first run needs it."""
    st.echarts_chart({}, key="charts-ahead", height=1, alt="Room for charts")


def _tick(run_id: str, view: RunView) -> float:
    """Seconds until the next look at a run under way."""
    waited_for = not view.epochs_done or start.is_stopping(run_id)
    return WAITING_TICK_SECONDS if waited_for else TICK_SECONDS


def _panel(run_id: str, tick: float | None) -> None:
    view = session.view(run_id)
    if view.ended and tick is not None:
        # The buttons outside this fragment must hear of the end as well.
        st.rerun()
    _run(run_id, view)
    if tick is not None and tick != _tick(run_id, view):
        # A fragment keeps its pace until it is made anew.
        st.rerun()


def _run(run_id: str, view: RunView) -> None:
    # A box of its own, so that what stands below keeps its place when a run ends.
    with st.container():
        if view.experiment:
            st.caption(text.plain(_settings(view.experiment)))
        if view.ended:
            _ending(view)
        else:
            _progress(run_id, view)
    _curves(view)
    _probe(view)
    _map(view)


def _settings(experiment: dict[str, Any]) -> str:
    """What was trained, in a line: the form may say something else by now."""
    data, model, training = (experiment[part] for part in ("data", "model", "training"))
    source = data["source"]
    sizes = model["backbone"].get("units") or model["backbone"].get("filters") or []
    units = "-".join(str(n) for n in [*sizes, model["encoding_dim"]])
    return (
        f"{title_of(source)} · {_parts(model)} {units} · "
        f"{OPTIMIZERS[training['optimizer']].title}, rate {training['learning_rate']:g}, "
        f"batches of {training['batch_size']}"
    )


def _parts(model: dict[str, Any]) -> str:
    """The kinds of layers, code and corruption, where they are out of the ordinary."""
    backbone, corruption = (
        model["backbone"]["kind"],
        model.get("corruption", {}).get("kind", "none"),
    )
    found = [BACKBONES[backbone].title.lower()] if backbone in BACKBONES else []
    bottleneck = bottleneck_of({"model": model})
    found += [] if bottleneck.name == "plain" else [bottleneck.title.lower()]
    found += [] if corruption == "none" else ["denoising"]
    return ", ".join(found).capitalize()


def _progress(run_id: str, view: RunView) -> None:
    planned = max(1, view.epochs_planned)
    # It would slide for half a second at each step, which costs as much as all charts together.
    st.html("<style>[data-testid='stProgress'] * { transition: none !important; }</style>")
    st.progress(min(1.0, view.epochs_done / planned), text=_doing(run_id, view))
    pace = text.duration(view.epoch_seconds[-1]) if view.epoch_seconds else NOT_YET
    left = NOT_YET if view.seconds_left is None else text.duration(view.seconds_left)
    figures = {
        "Epoch": f"{view.epochs_done} of {planned}",
        "Time an epoch": pace,
        "Time left": left,
        "Parameters": text.count(view.parameters) if view.parameters else NOT_YET,
    }
    for column, (title, value) in zip(st.columns(METRIC_WIDTHS), figures.items(), strict=True):
        column.metric(title, value)
    st.caption("You can leave or close this page: the run goes on, and is here when you return.")


def _doing(run_id: str, view: RunView) -> str:
    """What the run is at."""
    if view.state != "queued":
        return "Training" if view.epochs_done else "Training: the first epoch takes the longest"
    ahead = session.queue_position(run_id)
    if ahead:
        return f"Waiting for {ahead} {'run' if ahead == 1 else 'runs'} ahead of this one"
    return "Starting: the worker loads the data and builds the model"


def _ending(view: RunView) -> None:
    """How the run ended, what it reached, and where to go from here."""
    if view.state in ("failed", "interrupted"):
        st.error(f"**{text.plain(view.cause)}** {text.plain(view.remedy)}", icon=":material/error:")
    else:
        st.markdown(_ended_well(view))
    if view.metrics:
        _metrics(view.metrics)
        show_figures(view.experiment, view.metrics)
    with st.container(horizontal=True, vertical_alignment="center"):
        if view.metrics:
            st.page_link(
                "pages/reconstructions.py", label="See reconstructions", icon=":material/compare:"
            )
            st.page_link(
                "pages/latent_space.py",
                label="See the latent space",
                icon=":material/scatter_plot:",
            )
        st.button(
            "Train again",
            icon=":material/replay:",
            on_click=start.start_again,
            args=(view.experiment,),
            help="The same settings once more, as a new run",
        )


def _metrics(metrics: dict[str, Any]) -> None:
    """The held-out figures that a run is judged by."""
    for column, name in zip(st.columns(METRIC_WIDTHS), SHOWN, strict=True):
        spec, value = METRICS[name], number(metrics, name)
        column.metric(spec.title, text.figure(value), help=f"{spec.summary} {spec.yardstick}")
    st.caption(measured_on(metrics))


def _ended_well(view: RunView) -> str:
    epochs = f"{view.epochs_done} {'epoch' if view.epochs_done == 1 else 'epochs'}"
    took = text.duration(sum(view.epoch_seconds))
    parameters = f"{text.count(view.parameters)} parameters"
    if view.state == "stopped":
        return (
            f":orange[:material/stop_circle:] **Stopped** after {epochs}, {took}; "
            f"what it learned is kept · {parameters}"
        )
    return f":green[:material/check_circle:] **Finished** {epochs} in {took} · {parameters}"


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
