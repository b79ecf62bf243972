"""Experiments that are trained to tell the encoding dimension."""

from __future__ import annotations

import pytest

from aecore.errors import DataError, ExperimentError
from aecore.experiment import Experiment
from aecore.search.encoding_dimensions import (
    MOST_TRAININGS,
    ladder,
    longest,
    ordered,
    separate,
)

DIGITS = Experiment(data={"source": "digits"})


@pytest.mark.parametrize(
    ("encoding_dim", "expected"),
    [(1, (1,)), (2, (1, 2)), (8, (1, 2, 4, 8)), (30, (1, 2, 4, 8, 16, 30))],
)
def test_a_ladder_doubles_up_to_the_end(encoding_dim: int, expected: tuple[int, ...]) -> None:
    """Which is a rung itself."""
    assert ladder(encoding_dim) == expected


def test_a_code_is_as_long_as_it_takes_to_see_the_end() -> None:
    """32 numbers, fewer where a sample has fewer values, more where more were chosen."""
    assert longest(DIGITS) == 32
    assert longest(Experiment(data={"source": "iris"})) == 4
    assert longest(DIGITS.replace({"model.encoding_dim": 50})) == 50


def test_an_ordered_run_differs_in_its_code_alone() -> None:
    """And is refused with the reason where a code cannot be ordered."""
    found = ordered(DIGITS, 32)
    assert found == DIGITS.replace({"model.encoding_dim": 32, "model.penalties.ordered": True})
    with pytest.raises(ExperimentError, match="whole codes"):
        ordered(DIGITS.replace({"model.bottleneck.kind": "adversarial"}), 32)


def test_separate_trainings_go_seed_by_seed() -> None:
    """Each dimension once, without an order in the code."""
    found = list(separate(ordered(DIGITS, 32).replace({"seed": 5}), [8, 2, 8], 2))
    assert [(e.model.encoding_dim, e.seed) for e in found] == [(2, 5), (8, 5), (2, 6), (8, 6)]
    assert not any(e.model.penalties.ordered for e in found)


@pytest.mark.parametrize(
    ("dimensions", "seeds"), [([], 3), ([2], 0), ([2], -1), ([2], 11), (range(1, 22), 2)]
)
def test_none_and_too_many_are_refused(dimensions: list[int], seeds: int) -> None:
    """With how many there can be."""
    with pytest.raises(DataError, match=f"1 to {MOST_TRAININGS}"):
        list(separate(DIGITS, dimensions, seeds))


def test_a_dimension_that_does_not_fit_is_refused() -> None:
    """As a codebook whose entries do not divide it."""
    quantised = DIGITS.replace({"model.bottleneck.kind": "vector-quantized"})
    with pytest.raises(ExperimentError):
        list(separate(quantised, [1], 1))
