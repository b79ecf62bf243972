"""Do the curves show what was measured, on a scale that keeps them readable?"""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from aecore.experiment import Experiment
from aecore.training import events
from aecore.training.events import RunView
from ui.figures.curves import (
    MOST_POINTS,
    describe_curves,
    out_of_sight,
    plot_curves,
)
from ui.theme import LIGHT


def run(losses: list[float], marks: dict[str, float] | None = None, planned: int = 20) -> RunView:
    """A run with these losses; validation is a tenth higher."""
    experiment = Experiment().replace({"training.epochs": planned}).to_dict()
    told = [events.started(experiment, {"train": 8, "validation": 2, "test": 0}, 10)]
    if marks:
        told.append(events.yardsticks("validation", marks))
    told += [
        events.epoch_ended(i, {"loss": loss, "val_loss": loss * 1.1}, 0.5)
        for i, loss in enumerate(losses, start=1)
    ]
    return RunView.of(told)


def spec(view: RunView, **options: Any) -> dict[str, Any]:
    """The chart, after a trip through JSON as to the browser."""
    chart: dict[str, Any] = json.loads(
        json.dumps(plot_curves(view, "nats a value", LIGHT, **options), allow_nan=False)
    )
    return chart


def lines(chart: dict[str, Any]) -> dict[str, float]:
    """The yardsticks drawn: label -> height."""
    return {line["name"]: line["yAxis"] for line in chart["series"][0]["markLine"]["data"]}


def test_both_curves_run_over_the_epochs() -> None:
    """A point an epoch, from 1, for training and validation."""
    training, validation = spec(run([0.3, 0.2]))["series"]
    assert (training["name"], validation["name"]) == ("Training", "Validation")
    assert training["data"] == [[1, 0.3], [2, 0.2]]
    assert validation["data"] == [[1, pytest.approx(0.33)], [2, pytest.approx(0.22)]]


def test_yardsticks_are_labelled_lines() -> None:
    """Mean, PCA and floor each have a line with a name and a value."""
    chart = spec(run([0.3, 0.2], {"mean": 0.263, "pca": 0.119, "entropy_floor": 0.0585}))
    assert lines(chart) == {
        "Mean 0.263": 0.263,
        "PCA 0.119": 0.119,
        "Floor 0.0585": 0.0585,
    }


def test_a_yardstick_far_above_does_not_flatten_the_curves() -> None:
    """The mean is left out of the drawing, and said in words."""
    view = run([0.3, 0.2], {"mean": 9.0, "pca": 0.1})
    chart = spec(view)
    assert list(lines(chart)) == ["PCA 0.100"]
    assert chart["yAxis"]["max"] < 1
    assert out_of_sight(view) == {"Mean": 9.0}


def test_close_labels_move_apart() -> None:
    """Of two neighbours the lower is written below its line and the upper above."""
    chart = spec(run([0.3], {"mean": 0.25, "pca": 0.1, "entropy_floor": 0.099}))
    marks = chart["series"][0]["markLine"]["data"]
    sides = {mark["name"].split()[0]: mark["label"]["verticalAlign"] for mark in marks}
    assert sides == {"Floor": "top", "PCA": "bottom", "Mean": "middle"}


@pytest.mark.parametrize("log_scale", [False, True])
@pytest.mark.parametrize("losses", [[0.3, 0.2], [3e-7, 1e-7], [5e4, 2.0], [0.5, 0.5]])
def test_the_axis_holds_all_that_is_drawn(losses: list[float], log_scale: bool) -> None:
    """No value lies outside the axis, and its ends are round."""
    chart = spec(run(losses, {"pca": losses[0]}), log_scale=log_scale)
    low, high = chart["yAxis"]["min"], chart["yAxis"]["max"]
    assert low < high
    assert low <= min(losses) and max(losses) * 1.1 <= high * (1 + 1e-6)
    assert len(f"{high:g}") <= 7
    assert chart["yAxis"]["type"] == ("log" if log_scale else "value")


def test_before_the_first_epoch_there_are_axes_alone() -> None:
    """An empty run is a normal case."""
    chart = spec(run([]))
    assert [series["data"] for series in chart["series"]] == [[], []]
    assert chart["xAxis"]["max"] == 20
    assert "no epoch" in describe_curves(run([]))


def test_the_epoch_axis_does_not_move_while_a_run_goes_on() -> None:
    """It ends at the last planned epoch, and at the last one done once the run has ended."""
    view = run([0.3, 0.2, 0.1])
    assert spec(view)["xAxis"]["max"] == spec(run([0.3]))["xAxis"]["max"] == 20
    assert spec(view.after(events.ended("stopped", metrics={})))["xAxis"]["max"] == 3


def test_a_loss_that_is_no_number_is_a_gap() -> None:
    """A diverged run keeps its curve."""
    chart = spec(run([0.3, math.nan]))
    assert chart["series"][0]["data"] == [[1, 0.3], [2, None]]


def test_long_curves_are_thinned_with_both_ends_kept() -> None:
    """Two thousand epochs stay small to send."""
    losses = [1 / (i + 1) for i in range(2000)]
    data = spec(run(losses, planned=2000))["series"][0]["data"]
    assert len(data) <= MOST_POINTS
    assert data[0] == [1, 1.0] and data[-1] == [2000, 1 / 2000]


def test_the_chart_is_described_in_words() -> None:
    """The latest losses and the yardsticks, for a screen reader."""
    words = describe_curves(run([0.3, 0.2], {"pca": 0.119}))
    assert words == ("Loss after epoch 2: training 0.2000, validation 0.2200, pca 0.1190.")
