"""Sentinels: numbers that stand for missing values are found, and others are left alone."""

import numpy as np
import pytest

from aecore.data.columns.sentinels import sentinels

ORDINARY = np.sort(np.random.default_rng(0).normal(15, 4, 200))


def found(values, count=5):
    """What is found among ordinary numbers and so many of each of these."""
    return [tuple(one) for one in sentinels(np.sort([*ORDINARY, *np.repeat(values, count)]))]


@pytest.mark.parametrize(
    "value", [-99.0, -999.0, -9999.0, -99.99, -999.9, 999.0, 9999.0, 999.99, -200.0, 1e20, -32768.0]
)
def test_usual_numbers_far_from_all_else_are_found(value):
    """At either end, and how often they come."""
    assert found([value]) == [(value, 5)]


def test_several_are_found():
    """At both ends, and one beyond the other."""
    assert found([-9999.0, 9999.0]) == [(-9999.0, 5), (9999.0, 5)]
    assert found([-99.0, -9999.0]) == [(-9999.0, 5), (-99.0, 5)]


@pytest.mark.parametrize("value", [99.0, -98.0, -1.0, 0.0, 500.0, 30.0])
def test_other_numbers_are_left_alone(value):
    """A far one that nobody writes for nothing, and 99, which is an age as well."""
    assert found([value]) == []


def test_a_usual_number_among_others_is_left_alone():
    """Where real values reach as far, 9999 is one of them."""
    assert sentinels(np.sort([*np.linspace(0, 9990, 50), 9999.0, 9999.0])) == ()
    assert sentinels(np.array([-999.0, -999.0])) == ()
    assert sentinels(np.array([])) == ()


def test_one_alone_needs_three_nines():
    """Once, -99 may be a value; -999 hardly is."""
    assert found([-99.0], count=1) == []
    assert found([-999.0], count=1) == [(-999.0, 1)]
