"""What a run is at while it trains, and how it ended: the head of the panel of one run."""

from __future__ import annotations

from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from aecore.data import title_of
from aecore.evaluation.metrics import METRICS
from aecore.models.backbones import BACKBONES
from aecore.training.events import RunView
from aecore.training.optimizers import OPTIMIZERS
from ui import session, start, text
from ui.loss_parts import bottleneck_of, show_figures
from ui.metric_row import SHOWN, measured_on, number
from ui.text import NOT_YET

# The last title, "Error relative to PCA", is the longest.
METRIC_WIDTHS = (2, 2, 2, 3)


def show_state(run_id: str, view: RunView, box: DeltaGenerator) -> None:
    """What was trained and how far it is, or how it ended."""
    with box.container():
        if view.experiment:
            st.caption(text.plain(_settings(view.experiment)))
        if view.ended:
            _ending(view)
        else:
            _progress(run_id, view)


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
