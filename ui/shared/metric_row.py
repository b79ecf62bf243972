"""Metrics of a run in a row, each beside its yardstick."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from aecore.evaluation.metrics import HEADLINES, MetricSpec
from aecore.experiment.stored import StoredExperiment
from aecore.training.schedules import SCHEDULES
from aecore.training.stops import STOPS
from ui.base.text import against, count, counted, rounded

TEST = ", used only for these metrics"


def show_metrics(metrics: Mapping[str, Any], experiment: StoredExperiment) -> None:
    """Held-out MSE, MAE, R² and error relative to PCA, and what they were measured on."""
    for column, spec in zip(st.columns(len(HEADLINES)), HEADLINES, strict=True):
        column.metric(
            spec.title,
            rounded(number(metrics, spec.name)),
            help=f"{spec.summary} {spec.yardstick}".strip(),
            border=True,
            height="stretch",
            **_comparison(spec, metrics),
        )
    st.caption(measured_on(metrics, experiment))


def metrics_in_words(metrics: Mapping[str, Any]) -> str:
    """The same figures in one line of Markdown."""
    return " · ".join(
        f"{spec.title} **{rounded(number(metrics, spec.name))}**" for spec in HEADLINES
    )


def warn_of_training_rows(metrics: Mapping[str, Any]) -> None:
    """A box where the figures are not of rows that were held out."""
    if metrics.get("measured_on") == "training":
        st.warning(
            "No rows were held out, so these figures say how well the training rows are "
            "remembered, not how well new ones would be reconstructed.",
            icon=":material/warning:",
        )


def show_beside(where: DeltaGenerator, title: str, value: str, yardstick: str, help: str) -> None:
    """A figure over its yardstick, which is neither good nor bad in itself."""
    where.metric(
        title, value, yardstick, delta_color="off", delta_arrow="off", border=True, help=help
    )


def measured_on(metrics: Mapping[str, Any], experiment: StoredExperiment) -> str:
    """Which rows the figures stand for, and what these rows decided, in a sentence or two."""
    split, rows = str(metrics.get("measured_on", "")), number(metrics, "rows")
    of = number(metrics, "of_rows") if "of_rows" in metrics else rows
    said = {"test": TEST, "validation": _validation(experiment)}.get(split, "")
    noun = f"{split if said else 'training'} row"
    if not math.isfinite(of):
        return f"Measured on some {noun}s{said}."
    some = f"{count(int(rows))} of " if rows < of else ""
    return f"Measured on {some}{counted(int(of), noun)}{said}."


def number(metrics: Mapping[str, Any], name: str) -> float:
    """A figure, or NaN where it could not be worked out."""
    value = metrics.get(name)
    return float(value) if isinstance(value, int | float) else math.nan


def _validation(experiment: StoredExperiment) -> str:
    """What validation rows were used for."""
    training = experiment.tree.training
    if not (experiment.knows("training.stop") and experiment.knows("training.schedule")):
        return ", which were not trained on"
    stops = STOPS[training.stop.kind].watches_validation
    chosen = ["the epoch whose weights were kept"] if stops else []
    if SCHEDULES[training.schedule].watches_validation:
        chosen.append("the learning rate")
    if not chosen:
        return ", never used to set the weights"
    return (
        f". They were not trained on, but chose {' and '.join(chosen)}: on rows "
        "that chose nothing the error may be a little larger. Test rows would tell"
    )


def _comparison(spec: MetricSpec, metrics: Mapping[str, Any]) -> dict[str, Any]:
    """The line under a figure: how it compares with PCA of the same dimension."""
    relative = number(metrics, spec.against_pca)
    if not math.isfinite(relative):
        return {}
    return {
        "delta": against(relative, "PCA"),
        "delta_color": "green" if relative < 1 else "red",
        "delta_arrow": "down" if relative < 1 else "up",
    }
