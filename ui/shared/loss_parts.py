"""Parts of a run's loss, and the numbers of its bottleneck."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from aecore.models.bottlenecks import BOTTLENECKS, BottleneckSpec
from aecore.models.losses import LOSSES
from aecore.training.events import RunView
from ui.base import text

# More would cut their titles short.
A_ROW = 3
TERMS = {
    "reconstruction": "reconstruction",
    "l1": "L1 on weights",
    "l2": "L2 on weights",
    "activity_l1": "L1 on the code",
    "kl_sparsity": "KL sparsity",
    "contractive": "contractive",
}


def bottleneck_of(experiment: Mapping[str, Any]) -> BottleneckSpec:
    """The bottleneck of a run, of which only plain data is known."""
    kind = experiment.get("model", {}).get("bottleneck", {}).get("kind", "plain")
    return BOTTLENECKS.get(kind, BOTTLENECKS["plain"])


def loss_unit(experiment: Mapping[str, Any]) -> str:
    """The unit in which a run's loss is logged."""
    loss = LOSSES.get(experiment.get("training", {}).get("loss", ""))
    own = loss.unit if loss else ""
    return bottleneck_of(experiment).loss_unit or own


def loss_title(experiment: Mapping[str, Any]) -> str:
    """What is minimised, in a few words."""
    loss = LOSSES.get(experiment.get("training", {}).get("loss", ""))
    title, spec = loss.title if loss else "Loss", bottleneck_of(experiment)
    return title if spec.name == "plain" else f"{title} · {spec.title}"


def describe_parts(view: RunView) -> str:
    """The parts of the loss after the last epoch, and what is logged beside them; or nothing."""
    prefix = "val_" if "val_loss" in view.history else ""
    spec = bottleneck_of(view.experiment)
    names = {**TERMS, **spec.terms}
    latest = {
        title: view.history[prefix + name][-1]
        for name, title in names.items()
        if view.history.get(prefix + name)
    }
    if len(latest) < 2:
        return ""
    which = "validation" if prefix else "training"
    parts = ", ".join(f"{title} {text.rounded(value)}" for title, value in latest.items())
    return f"Parts of the {which} loss and what is logged beside it: {parts}."


def show_quantities(experiment: Mapping[str, Any], metrics: Mapping[str, Any]) -> None:
    """What the bottleneck is judged by, each with how to read it; the noisy input's own error."""
    found = [
        (quantity.title, metrics[quantity.name], f"{quantity.reading} In {quantity.unit}.")
        for quantity in bottleneck_of(experiment).quantities
        if metrics.get(quantity.name) is not None
    ]
    if metrics.get("noisy_mse") is not None:
        reading = "The error of handing the noisy sample on as it is: the yardstick for denoising."
        found.append(("MSE of the noisy input", metrics["noisy_mse"], reading))
    if not found:
        return
    for first in range(0, len(found), A_ROW):
        row = found[first : first + A_ROW]
        for column, (title, value, reading) in zip(st.columns(A_ROW), row, strict=False):
            shown = text.count(value) if isinstance(value, int) else text.rounded(float(value))
            column.metric(title, shown, help=reading)
