"""Is the spread of scores drawn so that rows, odd rows and calibration can be told apart?"""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from aecore.evaluation.anomalies.judging import judged
from aecore.evaluation.anomalies.spread import spread_of
from tests.evaluation.anomalies.scored_table import scored
from ui.base.theme import DARK, LIGHT, Palette
from ui.figures.spread import LEFT, RIGHT, WIDTH, place_of, plot_spread


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_odd_rows_are_hatched_and_named(palette: Palette) -> None:
    """Told by more than colour, and only where there are labels; names are escaped."""
    by = judged(scored(), "robust-error", (0,))
    spread = spread_of(by)
    assert spread is not None

    drawn = plot_spread(spread, "<b>score</b>", palette, log=False, has_labels=True)
    without = plot_spread(spread, "score", palette, log=False, has_labels=False)

    texts = "".join(ElementTree.fromstring(drawn).itertext())
    assert "odd rows" in texts and "normal rows that calibrate" in texts and "<b>" in texts
    assert "pattern" in drawn
    assert "odd rows" not in without


def test_the_handle_finds_its_place() -> None:
    """Ends of the plot and of the scores belong together."""
    spread = spread_of(judged(scored(), "robust-error"))
    assert spread is not None
    place = place_of(spread, log=False)

    assert (place.left, place.right) == (LEFT, WIDTH - RIGHT)
    assert (place.low, place.high) == (spread.edges[0], spread.edges[-1])
