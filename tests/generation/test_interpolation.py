"""Do ways between codes start and end where they should, and keep to their path?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from aecore.errors import LatentError
from aecore.generation.interpolation import analogy, class_means, direction, linear, spherical

POINTS = hnp.arrays(np.float64, 4, elements=st.floats(-100, 100))
STEPS = st.integers(2, 12)


@given(POINTS, POINTS, STEPS)
def test_both_ways_include_their_ends(a: np.ndarray, b: np.ndarray, steps: int) -> None:
    """Whatever the codes, equal, zero or opposite ones too."""
    for way in (linear, spherical):
        codes = way(a, b, steps)

        assert codes.shape == (steps, 4)
        np.testing.assert_allclose(codes[[0, -1]], [a, b], atol=1e-9)


@given(POINTS, POINTS, STEPS)
def test_a_straight_way_has_equal_steps(a: np.ndarray, b: np.ndarray, steps: int) -> None:
    """Each is the same part of the difference."""
    expected = np.tile((b - a) / (steps - 1), (steps - 1, 1))

    np.testing.assert_allclose(np.diff(linear(a, b, steps), axis=0), expected, atol=1e-9)


@given(POINTS, POINTS, STEPS)
def test_a_spherical_way_goes_along_the_great_circle(
    a: np.ndarray, b: np.ndarray, steps: int
) -> None:
    """Lengths go evenly, so does the angle, and the way never leaves the plane of both ends."""
    lengths = np.linalg.norm(a), np.linalg.norm(b)
    assume(min(lengths) > 0.1)
    cosine = a @ b / (lengths[0] * lengths[1])
    assume(abs(cosine) < 0.999)

    codes = spherical(a, b, steps)

    t = np.linspace(0, 1, steps)
    norms = np.linalg.norm(codes, axis=1)
    np.testing.assert_allclose(norms, (1 - t) * lengths[0] + t * lengths[1])
    angles = np.arccos(np.clip(codes @ a / norms / lengths[0], -1, 1))
    np.testing.assert_allclose(angles, t * np.arccos(cosine), atol=1e-6)
    assert np.linalg.matrix_rank(np.vstack([codes, a, b]), tol=1e-6) <= 2


def test_halfway_round_a_quarter_circle() -> None:
    """Spherical stays on the circle where linear cuts the corner."""
    a, b = np.array([1.0, 0]), np.array([0.0, 1])

    np.testing.assert_allclose(spherical(a, b, 3)[1], [0.5**0.5, 0.5**0.5])
    np.testing.assert_allclose(linear(a, b, 3)[1], [0.5, 0.5])


@pytest.mark.parametrize("b", [[2.0, 4.0], [-1.0, -2.0], [0.0, 0.0], [1.0, 2.0]])
def test_without_a_great_circle_the_way_is_straight(b: list[float]) -> None:
    """For parallel, opposite, zero and equal codes."""
    a = np.array([1.0, 2.0])

    np.testing.assert_array_equal(spherical(a, np.array(b), 5), linear(a, np.array(b), 5))


def test_each_class_has_the_mean_of_its_codes() -> None:
    """Classes without samples have none."""
    means = class_means(np.array([[1.0, 2], [3, 4], [9, 9]]), np.array([4, 4, 0]))

    assert {label: mean.tolist() for label, mean in means.items()} == {
        0: [9.0, 9.0],
        4: [2.0, 3.0],
    }


def test_an_analogy_carries_a_difference_over() -> None:
    """a is to b as the result is to c."""
    rng = np.random.default_rng(0)
    a, b, c = rng.normal(size=(3, 5))

    np.testing.assert_allclose(analogy(a, b, c) - c, a - b)
    np.testing.assert_allclose(analogy(a, a, c), c)


def test_a_direction_leads_from_one_mean_to_the_other() -> None:
    """Its unit has length 1, and its length is the distance of the means."""
    code = np.array([[0.0, 0], [2, 0], [1, 5], [50, 50]])

    found = direction(code, np.array([1, 1, 0, 0], bool), np.array([0, 0, 1, 0], bool))

    assert found.length == pytest.approx(5)
    np.testing.assert_allclose(found.unit, [0, 1])


ALL, NONE = np.ones(3, bool), np.zeros(3, bool)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: linear(np.ones(2), np.ones(3), 4), "2 and 3 numbers"),
        (lambda: spherical(np.ones(2), np.ones(2), 1), "at least its two ends"),
        (lambda: analogy(np.ones(2), np.ones(2), np.ones(1)), "2 and 2 and 1 numbers"),
        (lambda: class_means(np.ones((3, 2)), np.ones(2)), r"3 codes, but labels .* \(2,\)"),
        (lambda: direction(np.eye(3), ALL, NONE), "has no samples"),
        (lambda: direction(np.eye(3), ALL, ALL), "the same mean code"),
        (lambda: direction(np.eye(3), ALL[:2], ALL), "3 codes, but labels"),
    ],
)
def test_codes_that_do_not_go_together_are_refused(make: object, words: str) -> None:
    """With what must hold."""
    with pytest.raises(LatentError, match=words):
        make()  # type: ignore[operator]
