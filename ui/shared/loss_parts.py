"""Parts of a run's loss, and the numbers of its bottleneck."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from aecore.experiment.data_facts import known_facts
from aecore.experiment.stored import StoredExperiment
from aecore.runs.run_view import RunView
from ui.base import text
from ui.figures.curves import LOSS, RECONSTRUCTION

# More would cut their titles short.
A_ROW = 3
VALIDATION = "val_"
PENALTIES = {
    "l1": "L1 on weights",
    "l2": "L2 on weights",
    "activity_l1": "L1 on the code",
    "kl_sparsity": "KL sparsity",
    "contractive": "contractive",
}


def loss_unit(experiment: StoredExperiment) -> str:
    """The unit in which a run's loss is logged."""
    own = experiment.loss.unit if experiment.loss else ""
    known = known_facts(experiment.tree) if experiment.source else None
    is_grey = known is not None and known.kind == "image" and known.sample_shape[-1] == 1
    own = own.replace("per value", "per pixel") if is_grey else own
    return experiment.tree.bottleneck.loss_unit or own


def loss_title(experiment: StoredExperiment) -> str:
    """What is minimised, in a few words."""
    title = experiment.loss.title if experiment.loss else "Loss"
    spec = experiment.tree.bottleneck
    return f"{title} · {spec.title}" if spec.shapes_code else title


def curve_drawn(view: RunView) -> str:
    """What of the logs is drawn beside the yardsticks: the reconstruction where there is more."""
    return RECONSTRUCTION if _parts(view) else LOSS


def terms_drawn(view: RunView) -> dict[str, list[float]]:
    """The whole loss and its parts beside the reconstruction; empty where there are none.

    Of the validation rows where there are any. Name on screen -> values, one an epoch.
    """
    parts, prefix = _parts(view), _prefix(view)
    if not parts:
        return {}
    drawn = {"sum": LOSS, **{title: name for name, title in parts.items()}}
    return {title: view.history[prefix + name] for title, name in drawn.items()}


def describe_logged(view: RunView) -> str:
    """What is logged beside the loss after the last epoch, as a sentence; or nothing."""
    logged = view.experiment.tree.bottleneck.logged
    latest = [
        f"{title} {text.rounded(view.history[_prefix(view) + name][-1])}"
        for name, title in logged.items()
        if view.history.get(_prefix(view) + name)
    ]
    return f"Beside it: {', '.join(latest)}." if latest else ""


def _parts(view: RunView) -> dict[str, str]:
    """Parts of the loss that were logged beside the reconstruction, with their names on screen."""
    if not view.history.get(_prefix(view) + RECONSTRUCTION):
        return {}
    names = {**view.experiment.tree.bottleneck.terms, **PENALTIES}
    return {name: title for name, title in names.items() if view.history.get(_prefix(view) + name)}


def _prefix(view: RunView) -> str:
    return VALIDATION if f"{VALIDATION}loss" in view.history else ""


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
            column.metric(title, _shown(value), help=reading)


def _shown(value: float) -> str:
    """A figure; a whole number as one, though the store gives it back as 32.0."""
    return text.count(int(value)) if float(value).is_integer() else text.rounded(float(value))
