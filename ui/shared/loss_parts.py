"""Parts of a run's loss, and the numbers of its bottleneck."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from aecore.experiment.stored import StoredExperiment
from aecore.runs.run_view import RunView
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


def loss_unit(experiment: StoredExperiment) -> str:
    """The unit in which a run's loss is logged."""
    own = experiment.loss.unit if experiment.loss else ""
    return experiment.tree.bottleneck.loss_unit or own


def loss_title(experiment: StoredExperiment) -> str:
    """What is minimised, in a few words."""
    title = experiment.loss.title if experiment.loss else "Loss"
    spec = experiment.tree.bottleneck
    return f"{title} · {spec.title}" if spec.shapes_code else title


def describe_parts(view: RunView) -> str:
    """The parts of the loss after the last epoch, and what is logged beside them; or nothing."""
    prefix = "val_" if "val_loss" in view.history else ""
    names = {**TERMS, **view.experiment.tree.bottleneck.terms}
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


def show_quantities(experiment: StoredExperiment, metrics: Mapping[str, Any]) -> None:
    """What the bottleneck is judged by, each with how to read it; the noisy input's own error."""
    found = [
        (quantity.title, metrics[quantity.name], f"{quantity.reading} In {quantity.unit}.")
        for quantity in experiment.tree.bottleneck.quantities
        if isinstance(metrics.get(quantity.name), int | float)
    ]
    if isinstance(metrics.get("noisy_mse"), int | float):
        reading = "The error of handing the noisy sample on as it is: the yardstick for denoising."
        found.append(("MSE of the noisy input", metrics["noisy_mse"], reading))
    if not found:
        return
    for first in range(0, len(found), A_ROW):
        row = found[first : first + A_ROW]
        for column, (title, value, reading) in zip(st.columns(A_ROW), row, strict=False):
            shown = text.count(value) if isinstance(value, int) else text.rounded(float(value))
            column.metric(title, shown, help=reading)
