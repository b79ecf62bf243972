"""First numbers: the same samples as an ordered code gives them back with its first k alone."""

from __future__ import annotations

from urllib.parse import quote

import streamlit as st

from aecore.data.dataset import Kind
from aecore.errors import LabError
from aecore.evaluation.samples import Samples
from aecore.runs.layout import RunSummary
from aecore.training.first_numbers import FILE, FirstNumbers
from ui.app import session
from ui.base.component import component
from ui.base.text import count, rounded
from ui.base.theme import Palette
from ui.figures.probe import plot_probe

HTML = """
<div class="numbers">
  <label>First numbers of the code <input type="range" min="0" value="0" step="1"></label>
  <output></output>
  <div class="frames"></div>
</div>
"""
TITLE = "First numbers"
LOOK_FOR: dict[Kind, str] = {
    "image": "Move the slider with the mouse or the arrow keys: outlines first, details later.",
    "table": "Each line is a sample, each column a feature; the last block fades as numbers come.",
    "series": "The thin line comes to lie on the broad one: slow waves first, sharp peaks last.",
    "text": "Crosses and plus signs become fewer: common terms first, rare ones last.",
}
READING = (
    "The same held-out samples, decoded from the first numbers of their codes alone; the numbers "
    "behind them are set to 0, as in training. The first numbers hold what samples differ in most; "
    "look for the length at which what matters to you is there."
)

_numbers = component(__file__, HTML)


def is_ordered(run: RunSummary) -> bool:
    """Whether a run's code was ordered in training, so that its first numbers stand alone."""
    return run.experiment.tree.model.penalties.ordered


def show_first_numbers(run: RunSummary, samples: Samples, palette: Palette) -> None:
    """Some samples with a slider from one number to all; or why there are none."""
    try:
        frames = _frames(run.run_id, palette.dark, palette)
    except LabError as error:
        session.show_error(error)
        return
    st.caption(look_for(samples))
    _numbers(key=f"first-numbers-{run.run_id}", data=frames)


def look_for(samples: Samples) -> str:
    """What the samples of the slider are."""
    return LOOK_FOR[samples.kind]


@st.cache_resource(show_spinner="Drawing the samples", max_entries=8)
def _frames(run_id: str, dark: bool, _palette: Palette) -> dict[str, list[str]]:
    """A picture and a sentence for each length of the code."""
    found = FirstNumbers.load(session.store().path(run_id, FILE))
    # It names an epoch to those who do not see it; here a sentence of our own does.
    events = ({"event": "snapshot", "epoch": 0, "probe": probe} for probe in found.probes)
    whole = found.lengths[-1]
    return {
        "pictures": [
            f"data:image/svg+xml,{quote(plot_probe(event, _palette))}" for event in events
        ],
        "sentences": [
            f"{count(length)} of {count(whole)} · error of these samples {rounded(error)}"
            for length, error in zip(found.lengths, found.errors, strict=True)
        ],
    }
