"""Do the curves show what was measured, on a scale that keeps them readable?"""

from __future__ import annotations

import math
import re
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest

from aecore.experiment import Experiment
from aecore.runs.run_view import RunView
from aecore.training import events
from ui.base.theme import DARK, LIGHT, Palette
from ui.figures import curves
from ui.figures.curves import (
    RECONSTRUCTION,
    describe_curves,
    epoch_axis,
    loss_axis,
    out_of_sight,
    plot_curves,
    readings,
)
from ui.figures.lines import MOST_POINTS, NAME_HEIGHT

SVG = "{http://www.w3.org/2000/svg}"
WIDTH = 700


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


def drawn(view: RunView, **options: Any) -> ElementTree.Element:
    """The chart, parsed."""
    return ElementTree.fromstring(plot_curves(view, "nats a value", LIGHT, WIDTH, **options))


def points(chart: ElementTree.Element, colour: str) -> list[list[tuple[float, float]]]:
    """The unbroken stretches of a curve, in pixels."""
    (path,) = [p for p in chart.iter(f"{SVG}path") if is_curve(p, colour)]
    stretches = path.attrib["d"].split("M")[1:]
    return [
        [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", stretch)]
        for stretch in stretches
    ]


def is_curve(path: ElementTree.Element, colour: str) -> bool:
    """Whether a path is the line of a curve and not its dots."""
    return path.get("stroke") == colour and path.get("stroke-width") == "2"


def lines(chart: ElementTree.Element) -> list[tuple[str, float]]:
    """The yardsticks drawn, from top to bottom: the label's text and the line's height."""
    dashed = [line for line in chart.iter(f"{SVG}line") if "stroke-dasharray" in line.attrib]
    names = [text for text in written(chart) if text.split()[0] in curves.YARDSTICKS.values()]
    return [(n, float(line.attrib["y1"])) for n, line in zip(names, dashed, strict=True)]


def written(chart: ElementTree.Element) -> list[str]:
    """All text of the chart."""
    return [text.text or "" for text in chart.iter(f"{SVG}text")]


def test_both_curves_run_over_the_epochs() -> None:
    """A point an epoch, from 1, for training and validation, each at its place on the axes."""
    view = run([0.3, 0.2])
    chart = drawn(view)
    epochs, losses = epoch_axis(view, WIDTH), loss_axis(view, log_scale=False)
    for colour, values in ((LIGHT.train, (0.3, 0.2)), (LIGHT.validation, (0.33, 0.22))):
        (stretch,) = points(chart, colour)
        wanted = [(epochs.place(i), losses.place(v)) for i, v in enumerate(values, start=1)]
        assert stretch == [pytest.approx(place, abs=0.06) for place in wanted]
    assert written(chart).count("Training") == written(chart).count("Validation") == 1


def test_a_lower_loss_is_lower_on_screen() -> None:
    """Pixels count from the top; epochs go to the right."""
    ((first, second),) = points(drawn(run([0.3, 0.2])), LIGHT.train)
    assert second[1] > first[1] and second[0] > first[0]


def test_yardsticks_are_labelled_lines() -> None:
    """Mean, PCA and floor each have a line with a name and a value."""
    view = run([0.3, 0.2], {"mean": 0.263, "pca": 0.119, "entropy_floor": 0.0585})
    axis = loss_axis(view, log_scale=False)
    assert lines(drawn(view)) == [
        ("Mean 0.263", pytest.approx(axis.place(0.263), abs=0.06)),
        ("PCA 0.119", pytest.approx(axis.place(0.119), abs=0.06)),
        ("Floor 0.0585", pytest.approx(axis.place(0.0585), abs=0.06)),
    ]


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_no_line_has_the_colour_of_another(palette: Palette) -> None:
    """Two curves and four yardsticks are six colours; a median stands where a mean would."""
    view = run([0.3, 0.2], dict.fromkeys(set(curves.YARDSTICKS) - {"median"}, 0.1))
    chart = ElementTree.fromstring(plot_curves(view, "nats a value", palette, WIDTH))
    dashed = [line for line in chart.iter(f"{SVG}line") if "stroke-dasharray" in line.attrib]
    colours = {line.attrib["stroke"] for line in dashed} | {palette.train, palette.validation}
    assert len(colours) == 6


def test_of_a_loss_with_more_parts_the_reconstruction_can_be_drawn() -> None:
    """Beside lines that have no other part; axis, readings and words are its own."""
    view = run([1.9, 1.75], {"mean": 0.425, "pca": 0.316})
    for name, shift in (("reconstruction", 0.0), ("val_reconstruction", 0.01)):
        view.history[name] = [0.4 + shift, 0.28 + shift]
    axis = loss_axis(view, log_scale=False, drawn=RECONSTRUCTION)
    chart = drawn(view, drawn=RECONSTRUCTION)
    ((_, last),) = points(chart, LIGHT.validation)
    assert last[1] == pytest.approx(axis.place(0.29), abs=0.06)
    assert last[1] > dict(lines(chart))["PCA 0.316"] > dict(lines(chart))["Mean 0.425"]
    assert axis.high < 1
    assert readings(view, WIDTH, RECONSTRUCTION)[1][2:] == ["Training 0.2800", "Validation 0.2900"]
    assert "its reconstruction alone: training 0.2800" in describe_curves(view, RECONSTRUCTION)
    assert out_of_sight(view, RECONSTRUCTION) == {}


def test_a_yardstick_far_above_does_not_flatten_the_curves() -> None:
    """The mean is left out of the drawing, and said in words."""
    view = run([0.3, 0.2], {"mean": 9.0, "pca": 0.1})
    assert [name for name, _ in lines(drawn(view))] == ["PCA 0.100"]
    assert loss_axis(view, log_scale=False).high < 1
    assert out_of_sight(view) == {"Mean": 9.0}


@pytest.mark.parametrize("marks", [(0.1, 0.099, 0.25), (0.001, 0.0, 0.002), (0.3, 0.299, 0.298)])
def test_close_labels_move_apart(marks: tuple[float, float, float]) -> None:
    """No name writes over another, and none leaves the plot; apart, each is beside its line."""
    view = run([0.3], dict(zip(("mean", "pca", "entropy_floor"), marks, strict=True)))
    chart = drawn(view)
    names = dict(lines(chart))
    labels = {t.text: float(t.attrib["y"]) - 4 for t in chart.iter(f"{SVG}text")}
    places = sorted(labels[name] for name in names)
    assert all(b - a >= NAME_HEIGHT - 0.11 for a, b in pairwise(places))
    assert places[-1] <= curves.HEIGHT - curves.BOTTOM + 0.1
    assert all(abs(labels[name] - y) <= 2 * NAME_HEIGHT for name, y in names.items())


@pytest.mark.parametrize("log_scale", [False, True])
@pytest.mark.parametrize("losses", [[0.3, 0.2], [3e-7, 1e-7], [5e4, 2.0], [0.5, 0.5]])
def test_the_axis_holds_all_that_is_drawn(losses: list[float], log_scale: bool) -> None:
    """No value lies outside the plot, and the ends of the axis are round."""
    view = run(losses, {"pca": losses[0]})
    axis = loss_axis(view, log_scale=log_scale)
    assert axis.log == log_scale
    assert len(f"{axis.high:g}") <= 7
    chart = drawn(view, log_scale=log_scale)
    for colour in (LIGHT.train, LIGHT.validation):
        for _, y in points(chart, colour)[0]:
            assert curves.TOP - 0.1 <= y <= curves.HEIGHT - curves.BOTTOM + 0.1


def test_a_logarithmic_scale_shows_equal_factors_as_equal_steps() -> None:
    """Halving twice goes down twice as far as halving once."""
    (stretch,) = points(drawn(run([0.4, 0.2, 0.1]), log_scale=True), LIGHT.train)
    first, second, third = (y for _, y in stretch)
    assert third - second == pytest.approx(second - first, abs=0.2)


def test_before_the_first_epoch_there_are_axes_alone() -> None:
    """An empty run is a normal case."""
    view = run([])
    assert points(drawn(view), LIGHT.train) == points(drawn(view), LIGHT.validation) == []
    assert epoch_axis(view, WIDTH).high == 20
    assert {"epoch", "nats a value"} <= set(written(drawn(view)))
    assert readings(view, WIDTH) == []
    assert "no epoch" in describe_curves(view)


def test_the_epoch_axis_does_not_move_while_a_run_goes_on() -> None:
    """It ends at the last planned epoch, and at the last one done once the run has ended."""
    view = run([0.3, 0.2, 0.1])
    assert epoch_axis(view, WIDTH).high == epoch_axis(run([0.3]), WIDTH).high == 20
    assert epoch_axis(view.after(events.ended("stopped", metrics={})), WIDTH).high == 3


def test_a_loss_that_is_no_number_is_a_gap() -> None:
    """A diverged run keeps its curve on both sides of it."""
    before, after = points(drawn(run([0.3, math.nan, 0.2])), LIGHT.train)
    assert len(before) == len(after) == 1


def test_long_curves_are_thinned_with_both_ends_kept() -> None:
    """Two thousand epochs stay small to send."""
    view = run([1 / (i + 1) for i in range(2000)], planned=2000)
    (stretch,) = points(drawn(view), LIGHT.train)
    assert len(stretch) <= MOST_POINTS
    axis = epoch_axis(view, WIDTH)
    assert stretch[0][0] == pytest.approx(axis.start, abs=0.06)
    assert stretch[-1][0] == pytest.approx(axis.stop, abs=0.06)


def test_readings_tell_both_losses_at_each_epoch() -> None:
    """At the place of the epoch on the axis."""
    view = run([0.3, 0.2])
    axis = epoch_axis(view, WIDTH)
    assert readings(view, WIDTH) == [
        [axis.place(1), "Epoch 1", "Training 0.3000", "Validation 0.3300"],
        [axis.place(2), "Epoch 2", "Training 0.2000", "Validation 0.2200"],
    ]


def test_the_chart_is_drawn_in_the_colours_of_its_theme() -> None:
    """On a dark ground, dark ink would not be seen."""
    dark = plot_curves(run([0.3]), "nats a value", DARK, WIDTH)
    assert DARK.train in dark and LIGHT.train not in dark


def test_the_chart_is_described_in_words() -> None:
    """The latest losses and the yardsticks, for a screen reader."""
    words = describe_curves(run([0.3, 0.2], {"pca": 0.119}))
    assert words == ("Loss after epoch 2: training 0.2000, validation 0.2200, pca 0.1190.")
