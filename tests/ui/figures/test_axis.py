"""Do values lie where they belong, between round numbers?"""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.figures.axis import Axis, extent

LOSSES = st.floats(1e-9, 1e9)


def test_a_linear_axis_has_equal_steps() -> None:
    """From its start to its stop, downwards in pixels where it goes up in value."""
    axis = Axis(0.0, 4.0, 250.0, 50.0)
    assert [axis.place(v) for v in (0.0, 1.0, 2.0, 4.0)] == [250.0, 200.0, 150.0, 50.0]


def test_a_logarithmic_axis_has_equal_factors() -> None:
    """A tenth is as far from one as one from ten."""
    axis = Axis(0.1, 10.0, 0.0, 100.0, log=True)
    assert [axis.place(v) for v in (0.1, 1.0, 10.0)] == pytest.approx([0.0, 50.0, 100.0])


def test_what_has_no_place_has_none() -> None:
    """No number, and no logarithm."""
    assert Axis(0.0, 1.0, 0.0, 9.0).place(math.nan) is None
    assert Axis(0.1, 1.0, 0.0, 9.0, log=True).place(0.0) is None


def test_an_axis_without_a_span_has_its_values_at_the_start() -> None:
    """No division by nothing."""
    assert Axis(2.0, 2.0, 5.0, 9.0).place(2.0) == 5.0


@pytest.mark.parametrize(
    ("axis", "most", "ticks"),
    [
        (Axis(0.0, 0.4, 0, 1), 6, [0.0, 0.1, 0.2, 0.3, 0.4]),
        (Axis(1, 20, 0, 1), 7, [5.0, 10.0, 15.0, 20.0]),
        (Axis(1, 2000, 0, 1), 5, [500.0, 1000.0, 1500.0, 2000.0]),
        (Axis(0.05, 0.5, 0, 1, log=True), 6, [0.05, 0.1, 0.2, 0.5]),
        (Axis(1e-5, 10, 0, 1, log=True), 6, [1e-5, 1e-3, 0.1, 10.0]),
    ],
)
def test_ticks_are_round_numbers(axis: Axis, most: int, ticks: list[float]) -> None:
    """Tenths, fives and whole decades, as one would write them by hand."""
    assert axis.ticks(most) == ticks


def test_whole_numbers_alone() -> None:
    """There is no epoch 1.2."""
    assert Axis(1, 2, 0, 1).ticks(8, whole=True) == [1.0, 2.0]


@given(low=LOSSES, factor=st.floats(1.01, 1e6), most=st.integers(6, 10), log=st.booleans())
def test_ticks_are_between_the_ends_and_few(
    low: float, factor: float, most: int, log: bool
) -> None:
    """Whatever the axis."""
    axis = Axis(*extent([low, low * factor], log=log), 0, 100, log=log)
    ticks = axis.ticks(most)
    assert ticks == sorted(ticks)
    assert 2 <= len(ticks) <= (3 * most + 3 if log else most)
    assert all(-1e-6 <= (axis.place(tick) or 0.0) <= 100 + 1e-6 for tick in ticks)


@given(values=st.lists(LOSSES, max_size=8), log=st.booleans())
def test_the_extent_holds_all_values(values: list[float], log: bool) -> None:
    """And is a span, even around one value or none."""
    low, high = extent(values, log=log)
    assert low < high
    assert all(low * (1 - 1e-5) <= value <= high * (1 + 1e-5) for value in values)
    assert not log or low > 0
