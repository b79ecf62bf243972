"""Do sampled choices follow how often, and after what, entries were chosen?"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from aecore.errors import LatentError
from aecore.generation.discrete_sampling import codes_of, independent, markov_chain
from aecore.generation.sampling import Prior

# With entries that are their own numbers, codes are the choices.
SELF = np.arange(6)[:, None]
BOTH = pytest.mark.parametrize("fit", [independent, markov_chain])
Fit = Callable[[np.ndarray, np.ndarray], Prior]


def chain(rows: int, positions: int = 4, seed: int = 0) -> np.ndarray:
    """Choices that stay at 0 or 1 with 0.9, and otherwise change."""
    rng = np.random.default_rng(seed)
    start = rng.integers(2, size=(rows, 1))
    changes = rng.random((rows, positions - 1)) < 0.1
    return np.hstack([start, (start + changes.cumsum(axis=1)) % 2])


def test_choices_stand_for_vectors_side_by_side() -> None:
    """In the order of the positions."""
    entries = np.array([[1.0, 2], [3, 4], [5, 6]])

    codes = codes_of(np.array([[2, 0], [1, 1]]), entries)

    assert codes.tolist() == [[5.0, 6.0, 1.0, 2.0], [3.0, 4.0, 3.0, 4.0]]


@BOTH
def test_frequencies_are_those_of_each_position(fit: Fit) -> None:
    """An entry that is rare in one place and frequent in another stays so."""
    rng = np.random.default_rng(0)
    choices = np.stack([rng.choice(6, 3000, p=p) for p in ([0.7, 0.3, 0, 0, 0, 0], [1 / 6] * 6)], 1)

    drawn = fit(choices, SELF).sample(20_000, seed=1)

    for position in range(2):
        expected = np.bincount(choices[:, position], minlength=6) / 3000
        found = np.bincount(drawn[:, position], minlength=6) / 20_000
        np.testing.assert_allclose(found, expected, atol=0.015)


def test_a_chain_keeps_what_follows_what() -> None:
    """Nine in ten neighbours are equal, as in the choices; drawn apart, half of them are."""
    choices = chain(3000)

    apart = independent(choices, SELF).sample(5000, seed=0)
    joined = markov_chain(choices, SELF).sample(5000, seed=0)

    assert (apart[:, 1:] == apart[:, :-1]).mean() == pytest.approx(0.5, abs=0.02)
    assert (joined[:, 1:] == joined[:, :-1]).mean() == pytest.approx(0.9, abs=0.02)


def test_a_chain_has_steps_of_its_own_at_each_position() -> None:
    """What always changes at one position and never at the next does so in samples."""
    start = np.arange(2000) % 2
    choices = np.stack([start, 1 - start, 1 - start], axis=1)

    drawn = markov_chain(choices, SELF).sample(3000, seed=0)

    assert (drawn[:, 1] == 1 - drawn[:, 0]).mean() > 0.99
    assert (drawn[:, 2] == drawn[:, 1]).mean() > 0.99


def test_one_observation_is_added_to_a_chain() -> None:
    """P(b | a) = (count(a, b) + p(b)) / (count(a) + 1), here with three and one sample."""
    choices = np.array([[0, 0], [0, 0], [0, 0], [1, 1]])

    drawn = markov_chain(choices, SELF).sample(40_000, seed=0)

    after_0, after_1 = (drawn[drawn[:, 0] == a, 1] for a in (0, 1))
    assert (after_0 == 1).mean() == pytest.approx(0.25 / 4, abs=0.005)
    assert (after_1 == 1).mean() == pytest.approx((1 + 0.25) / 2, abs=0.02)


@BOTH
@given(
    choices=hnp.arrays(
        np.int64, st.tuples(st.integers(1, 8), st.integers(1, 5)), elements=st.integers(0, 5)
    )
)
def test_nothing_is_drawn_that_was_never_chosen_there(fit: Fit, choices: np.ndarray) -> None:
    """Dead entries stay dead, at each position by itself."""
    drawn = fit(choices, SELF).sample(30, seed=0)

    assert drawn.shape == (30, choices.shape[1])
    for position, own in enumerate(choices.T):
        assert set(drawn[:, position]) <= set(own)


@BOTH
def test_samples_are_codes_of_the_codebook(fit: Fit) -> None:
    """The same for one seed, and made of its entries."""
    entries = np.random.default_rng(0).normal(size=(6, 3)).astype(np.float32)
    prior = fit(chain(50), entries)

    codes = prior.sample(7, seed=3)

    assert codes.shape == (7, 12)
    assert {tuple(v) for v in codes.reshape(-1, 3)} <= {tuple(v) for v in entries}
    np.testing.assert_array_equal(codes, prior.sample(7, seed=3))
    assert not np.array_equal(codes, prior.sample(7, seed=4))
    assert prior.title and prior.reading.endswith(".")


@BOTH
@pytest.mark.parametrize(
    ("choices", "words"),
    [
        (np.empty((0, 4), int), "no choices"),
        (np.ones((3, 4)), "no choices"),
        (np.array([[6]]), "from 6 to 6, and the codebook has 6"),
        (np.array([[-1]]), "from -1 to -1"),
    ],
)
def test_choices_that_name_no_entries_are_refused(
    fit: Fit, choices: np.ndarray, words: str
) -> None:
    """None, such that are no whole numbers, and such beyond the codebook."""
    with pytest.raises(LatentError, match=words):
        fit(choices, SELF)
