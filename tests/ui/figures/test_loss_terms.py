"""Parts of a loss beside the reconstruction: each a line with its name, small ones small."""

from __future__ import annotations

import math
from xml.etree import ElementTree

from aecore.experiment import Experiment
from aecore.runs.run_view import RunView
from aecore.training import events
from ui.base.theme import LIGHT
from ui.figures.lines import BOTTOM
from ui.figures.loss_terms import HEIGHT, describe_terms, plot_terms

SVG = "{http://www.w3.org/2000/svg}"
WIDTH = 700
TERMS = {"sum": [120.0, 107.0], "β · KL": [20.0, 25.0], "L2": [0.5, math.nan]}


def run() -> RunView:
    """Two epochs of a run."""
    view = RunView.of([events.started(Experiment().to_dict(), {"train": 8}, 10)])
    for epoch in (1, 2):
        view = view.after(events.epoch_ended(epoch, {"loss": 1.0}, 0.5))
    return view


def test_each_part_is_a_line_with_its_name_and_last_value() -> None:
    """In colours of their own, from 0: 25 of 107 looks like a quarter."""
    chart = ElementTree.fromstring(plot_terms(run(), TERMS, "nats", LIGHT, WIDTH))
    paths = [p for p in chart.iter(f"{SVG}path") if p.get("stroke-width") == "2"]
    assert [p.get("stroke") for p in paths] == [LIGHT.text, LIGHT.floor, LIGHT.yardstick]
    heights = [float(p.attrib["d"].split()[-1]) for p in paths[:2]]
    of_sum, of_kl = (HEIGHT - BOTTOM - y for y in heights)
    assert abs(of_kl / of_sum - 25 / 107) < 0.01
    written = {text.text: text.get("fill") for text in chart.iter(f"{SVG}text")}
    assert written["sum 107"] == LIGHT.text
    assert written["β · KL 25.0"] == LIGHT.floor
    assert not any(str(text).startswith("L2") for text in written)


def test_parts_are_described_in_words() -> None:
    """With their last values."""
    assert describe_terms(run(), {"sum": [1.0, 2.0], "KL": [0.5, 0.25]}) == (
        "Parts of the loss after epoch 2: sum 2.000, KL 0.2500."
    )
