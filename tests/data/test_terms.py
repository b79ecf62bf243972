"""Are the heaviest terms found, and is it right which of them come back?"""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from aecore.data.terms import absent_weights, compare_terms, heaviest

NAMES = ("bike", "car", "god", "gun", "key", "nasa")
NOTHING = np.zeros(6)


def test_terms_that_come_back_are_told_from_those_that_do_not() -> None:
    """A term of the text is shared if its reconstruction has it among its heaviest."""
    pair = compare_terms(
        np.array([0.0, 0.9, 0.5, 0.1, 0.0, 0.0]),
        np.array([0.0, 0.4, 0.0, 0.2, 0.3, 0.1]),
        NOTHING,
        NAMES,
        count=2,
    )

    assert [(term.name, term.weight, term.shared) for term in pair.original] == [
        ("car", 0.9, True),
        ("god", 0.5, False),
    ]
    assert [(term.name, term.weight, term.shared) for term in pair.reconstruction] == [
        ("car", 0.4, True),
        ("key", 0.3, False),
    ]
    assert pair.kept == 1


def test_a_light_term_of_the_text_is_not_said_to_be_new() -> None:
    """It is in the text, though not among its heaviest."""
    pair = compare_terms(
        np.array([0.9, 0.1, 0, 0, 0, 0]), np.array([0, 0.5, 0, 0, 0, 0]), NOTHING, NAMES, count=1
    )

    assert pair.reconstruction[0].shared
    assert not pair.original[0].shared


def test_an_empty_text_has_no_terms() -> None:
    """Nothing is listed for weights of 0, nor for a reconstruction that is no number."""
    pair = compare_terms(NOTHING, np.full(6, np.nan), NOTHING, NAMES, count=3)

    assert pair.original == pair.reconstruction == ()


def test_terms_of_standardised_texts_are_those_that_a_text_has() -> None:
    """Scaling moves a term that is absent below 0, each by another amount."""
    raw = np.array([[0.5, 0, 0.2, 0, 0, 0], [0, 0.7, 0, 0, 0, 0], [0, 0, 0, 0.1, 0.1, 0.1]])
    x = (raw - raw.mean(axis=0)) / raw.std(axis=0)

    pair = compare_terms(x[1], x[0], absent_weights(x), NAMES, count=6)

    assert [term.name for term in pair.original] == ["car"]
    assert {term.name for term in pair.reconstruction} == {"bike", "god"}


def test_without_texts_nothing_is_absent() -> None:
    """No rows are a normal case."""
    assert absent_weights(np.empty((0, 6), np.float32)).tolist() == [0.0] * 6


@given(st.lists(st.floats(-1, 1), max_size=30), st.integers(1, 8))
def test_the_heaviest_are_heaviest(weights: list[float], count: int) -> None:
    """Largest first, all above 0, and none that was left out is larger."""
    x = np.array(weights)
    found = heaviest(x, count)

    assert len(found) == min(count, int((x > 0).sum()))
    assert x[found].tolist() == sorted(x[x > 0].tolist(), reverse=True)[:count]
