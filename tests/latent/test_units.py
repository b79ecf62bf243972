"""What is known of each number of a code, of codes made for the purpose."""

from __future__ import annotations

import numpy as np
import pytest

from aecore.errors import LatentError
from aecore.evaluation.samples import Samples
from aecore.latent.units import extremes, histogram, units_of
from tests.made import samples

ROWS = 200


@pytest.fixture
def made() -> Samples:
    """Five numbers: a class, a column, noise, the column again, and one that never moves."""
    random = np.random.default_rng(0)
    label = np.arange(ROWS) % 2
    table = random.normal(size=(ROWS, 3)).astype(np.float32)
    column = table[:, 1]
    code = np.stack(
        [
            4 * label + 0.1 * random.normal(size=ROWS),
            -2 * column,
            0.5 * random.normal(size=ROWS),
            column,
            np.full(ROWS, 3.0),
        ],
        axis=1,
    )
    return samples(
        "table",
        table,
        table,
        code=code.astype(np.float32),
        label=label,
        class_names=("calm", "wild"),
    )


def test_units_say_what_they_go_with(made: Samples) -> None:
    """A class by its names, a column by its sign; noise goes with nothing."""
    by_place = {unit.place: unit for unit in units_of(made)}
    [of_class, *_] = by_place[0].ties
    assert (of_class.name, of_class.highest, of_class.lowest) == ("Label", "wild", "calm")
    assert of_class.strength > 0.99
    [of_column, *_] = by_place[1].ties
    assert (of_column.name, of_column.sign) == ("name 1", -1)
    assert of_column.strength == pytest.approx(1, abs=1e-4)
    assert not by_place[2].ties
    assert sum(unit.share for unit in by_place.values()) == pytest.approx(1)


def test_dead_units_and_copies_come_last(made: Samples) -> None:
    """A copy names the livelier unit that says the same."""
    units = units_of(made)
    assert [unit.place for unit in units] == [1, 0, 2, 3, 4]
    assert [unit.same_as for unit in units] == [None, None, None, 1, None]
    assert [unit.dead for unit in units] == [False, False, False, False, True]
    assert units_of(made, least_deviation=0.6)[-1].dead
    assert {unit.place for unit in units_of(made, least_deviation=0.6) if unit.dead} == {2, 4}


def test_a_code_that_never_moves_is_dead() -> None:
    """All of it."""
    x = np.zeros((4, 2))
    assert all(unit.dead for unit in units_of(samples("table", x, x, code=np.ones((4, 2)))))
    with pytest.raises(LatentError):
        units_of(samples("table", x, x, code=np.full((4, 2), np.nan)))


def test_extremes_and_spread_are_of_the_samples(made: Samples) -> None:
    """The highest from the top, the lowest from the bottom; every sample is in a bin."""
    high, low = extremes(made, 1, 3)
    values = made.code[:, 1]
    np.testing.assert_array_equal(values[high], np.sort(values)[::-1][:3])
    np.testing.assert_array_equal(values[low], np.sort(values)[:3])
    counts, edges = histogram(made, 1)
    assert counts.sum() == ROWS
    assert (edges[0], edges[-1]) == (values.min(), values.max())
