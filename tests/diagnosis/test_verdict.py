"""Verdicts: what a run's figures come to in a line."""

from __future__ import annotations

from typing import Any

import pytest

from aecore.diagnosis.verdict import verdict
from aecore.experiment import Experiment


def figures(ratio: float | None, low: float | None = None, high: float | None = None) -> Any:
    """Final figures of a run on 120 validation rows, by its error over PCA's."""
    return {
        "measured_on": "validation",
        "rows": 120.0,
        "mse": 0.02,
        "r2": 0.8,
        "relative_to_pca": ratio,
        "relative_to_pca_low": low,
        "relative_to_pca_high": high,
    }


def test_less_error_beyond_the_interval_is_good() -> None:
    """A ratio whose interval ends below 1 is told as a share less than PCA's error."""
    found = verdict(figures(0.59, 0.55, 0.63))
    assert (found.line, found.tone) == ("Good: 41 % less error than PCA", "good")


def test_an_interval_close_around_one_is_as_good() -> None:
    """A ratio that is 1 within a tenth either way is no difference that matters."""
    assert verdict(figures(1.01, 0.96, 1.06)).line == "About as good as PCA"


def test_a_wide_interval_decides_nothing() -> None:
    """With so few rows that both may be better, the verdict says so and asks for more rows."""
    found = verdict(figures(0.8, 0.5, 1.3))
    assert found.tone == "unknown"
    assert found.line == (
        "Cannot tell: between 50 % less and 30 % more error than PCA on 120 held-out rows"
    )


def test_more_error_on_pictures_names_layers_made_for_them() -> None:
    """Dense layers that lose to PCA on pictures are advised convolutional ones."""
    found = verdict(
        figures(1.4, 1.2, 1.6), Experiment.from_dict({"data": {"source": "digits"}}), "image"
    )
    assert found.tone == "bad"
    assert found.sentence == (
        "Worse than PCA: 40 % more error than PCA on 120 held-out pictures: "
        "try Convolutional or fewer parameters"
    )


def test_codes_that_serve_a_prior_are_not_blamed() -> None:
    """A variational code reconstructs worse than PCA by design, which is no fault."""
    vae = Experiment.from_dict(
        {"data": {"source": "digits"}, "model": {"bottleneck": {"kind": "variational"}}}
    )
    assert verdict(figures(1.4, 1.2, 1.6), vae).tone == "fair"


def test_a_constant_answer_is_the_worst() -> None:
    """An R² of almost nothing is told before any comparison with PCA."""
    assert verdict({**figures(0.9, 0.8, 0.95), "r2": 0.01}).line == (
        "No better than answering with the mean"
    )


@pytest.mark.parametrize(
    ("metrics", "line"),
    [
        ({}, "Not measured"),
        (
            {**figures(1.0), "measured_on": "training"},
            "Cannot tell: measured on training rows alone",
        ),
        (
            figures(None),
            "Explains 80 % of the variation; PCA with as many numbers explains all of it",
        ),
        ({**figures(None), "r2": None}, "Cannot tell: all samples are the same"),
    ],
)
def test_figures_that_decide_nothing_say_why(metrics: Any, line: str) -> None:
    """Each way of having nothing to compare with has a line of its own."""
    found = verdict(metrics)
    assert found.line == line
    assert found.tone in ("unknown", "fair")


def test_runs_of_earlier_versions_have_a_verdict() -> None:
    """Without an interval a ratio a twentieth off 1 counts as a difference."""
    assert verdict(figures(0.9)).tone == "good"
    assert verdict(figures(0.98)).line == "About as good as PCA"
