"""Are the samples that detectors are compared on a fair sample of all?"""

from __future__ import annotations

import numpy as np
import pytest

from aecore.data.prepare.scaling import Units
from aecore.runs import compared
from aecore.runs.compared import Compared, ComparedDraw


def block(first: int, rows: int, *, own_units: bool = False) -> Compared:
    """Samples whose only value, label and scale are their number."""
    numbers = np.arange(first, first + rows)
    scale = numbers[:, None] + 1.0 if own_units else np.ones((1, 1))
    units = Units(scale, np.zeros((1, 1)))
    return Compared(numbers, numbers[:, None].astype(np.float32), numbers % 3, units)


def drawn(seed: int, blocks: int = 20, rows: int = 25) -> Compared:
    """What is left of blocks that went by."""
    draw = ComparedDraw(seed)
    for number in range(blocks):
        draw.add(block(number * rows, rows, own_units=True))
    assert draw.drawn is not None
    return draw.drawn


def test_few_are_all_kept_in_their_order() -> None:
    """With what belongs to each."""
    found = drawn(0)

    assert found.position.tolist() == list(range(500))
    assert found.x[:, 0].tolist() == found.position.tolist()


def test_of_many_a_sample_is_drawn_in_which_none_is_favoured(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A fifth of 500 samples, drawn 200 times: first and last blocks as often as those between."""
    monkeypatch.setattr(compared, "MOST_SAMPLES", 100)
    counts = np.zeros(500)
    for seed in range(200):
        found = drawn(seed)
        assert len(found.position) == 100 and (np.diff(found.position) > 0).all()
        np.testing.assert_array_equal(found.x[:, 0], found.position)
        np.testing.assert_array_equal(found.label, found.position % 3)
        np.testing.assert_array_equal(found.units.scale[:, 0], found.position + 1.0)
        counts[found.position] += 1
    # 20,000 draws over 20 blocks: 1,000 each, give or take four standard deviations.
    assert np.abs(counts.reshape(20, 25).sum(axis=1) - 1000).max() < 4 * np.sqrt(1000 * 0.8)


def test_wide_samples_are_fewer(monkeypatch: pytest.MonkeyPatch) -> None:
    """So many values are held at most; units that all share stay one."""
    monkeypatch.setattr(compared, "MOST_VALUES", 60)
    draw = ComparedDraw(0)
    draw.add(block(0, 50))
    draw.add(block(50, 50))

    assert draw.drawn is not None
    assert len(draw.drawn.x) == 60 and draw.drawn.units.scale.shape == (1, 1)
