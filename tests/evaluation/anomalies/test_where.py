"""Are the features that are named those that were planted, in the data's own units?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from aecore.data.dataset import Kind
from aecore.data.prepare.scaling import Units
from aecore.evaluation.anomalies.scores import SCORES, Evidence
from aecore.evaluation.anomalies.where import Meaning, Oddity, learn_usual, where_odd

RANDOM = np.random.default_rng(0)
NAMES = ("temperature", "pressure", "smoker = yes", "smoker = no")


def table(rows: int) -> Evidence:
    """Two numbers, rebuilt too low by 1 and 0 but for noise of 0.1 and 1; a category rebuilt."""
    numbers = RANDOM.normal(size=(rows, 2))
    hot = np.eye(2)[RANDOM.integers(0, 2, rows)]
    made = numbers - [1.0, 0.0] + RANDOM.normal(size=(rows, 2)) * [0.1, 1.0]
    return Evidence(
        np.concatenate([numbers, hot], axis=1),
        np.concatenate([made, 0.9 * hot + 0.05], axis=1),
        np.zeros((rows, 1)),
    )


TRAIN = table(4000)
TABLE = Meaning(
    "table",
    NAMES,
    Units(np.array([[10.0, 2.0, 1, 1]]), np.array([[50.0, 0.0, 0, 0]])),
)


def told(
    evidence: Evidence, train: Evidence, meaning: Meaning, score: str = "robust-error", at: int = 0
) -> tuple[Oddity, ...]:
    """Where the sample at a place is odd by a score fitted to training rows."""
    spec = SCORES[score]
    assert spec.parts is not None
    parts = spec.parts(evidence, spec.fit(train))[at]
    return where_odd(evidence, at, parts, learn_usual(train), meaning)


def test_usual_deviations_are_robust() -> None:
    """Median and spread of residuals, hardly moved by training rows that are wildly off."""
    x = TRAIN.x.copy()
    x[:200, 0] += 1e5

    usual = learn_usual(replace(TRAIN, x=x))

    assert usual["middle"][:2] == pytest.approx([1.0, 0.0], abs=0.1)
    assert usual["spread"][:2] == pytest.approx([0.1, 1.0], rel=0.15)


def test_a_number_is_told_in_its_own_units() -> None:
    """What the network always gets wrong by is expected; ± is the usual deviation."""
    odd = Evidence(np.array([[3.12, 0.3, 1, 0]]), np.array([[0.4, 0.3, 1, 0]]), np.zeros((1, 1)))
    usual = {"middle": np.array([1.0, 0, 0, 0]), "spread": np.array([0.21, 1, 0, 0])}

    first, second = where_odd(odd, 0, np.array([3.0, 1.0, 0, 0]), usual, TABLE)

    assert first.words == "temperature 81.2, expected 64.0 ± 2.1"
    assert (first.value, first.expected, first.usual) == pytest.approx((81.2, 64.0, 2.1))
    assert (first.share, second.share) == (0.75, 0.25)
    assert second.words == "pressure 0.6, expected 0.6 ± 2.0"


def test_a_category_is_told_by_name() -> None:
    """All of its columns together: their shares are the whole score where numbers are rebuilt."""
    odd = Evidence(np.array([[0, 0, 1, 0]]), np.array([[0, 0, 0.1, 0.9]]), np.zeros((1, 1)))

    (found,) = told(odd, TRAIN, TABLE, "squared-error")

    assert (found.name, found.value, found.expected) == ("smoker", "yes", "no")
    assert (found.words, found.places) == ("smoker = yes, expected no", (2, 3))
    assert found.share == pytest.approx(1.0)


def test_a_category_that_is_less_sure_or_unknown() -> None:
    """Rebuilt to its half; of no known category."""
    x = np.array([[0, 0, 1, 0], [0, 0, 0, 0]], float)
    odd = Evidence(x, np.array([[0, 0, 0.5, 0.1], [0, 0, 0.1, 0.8]]), np.zeros((2, 1)))

    words = [
        next(
            one.words for one in told(odd, TRAIN, TABLE, "squared-error", at) if len(one.places) > 1
        )
        for at in (0, 1)
    ]

    assert words == [
        "smoker = yes, expected less surely",
        "smoker = none that is known, expected no",
    ]


def test_of_a_series_the_stretch_is_told() -> None:
    """Channel and steps of a planted level shift, the worst step in own units."""

    def evidence(rows: int) -> Evidence:
        x = RANDOM.normal(size=(rows, 40, 2))
        return Evidence(x, x + 0.1 * RANDOM.normal(size=x.shape), np.zeros((rows, 1)))

    odd, meaning = evidence(1), Meaning("series", ("flow", "heat"), Units(np.ones(1), np.zeros(1)))
    odd.x[0, 12:20, 1] += 3.0
    odd.x[0, 15, 1] += 1.0

    first, *_ = told(odd, evidence(500), meaning)

    assert first.stretch is not None
    assert (first.name, first.stretch.start, first.stretch.end) == ("heat", 12, 20)
    assert first.words.startswith("heat, steps 13 to 20: at step 16 ")
    assert first.places == tuple(range(25, 41, 2))


def test_of_texts_the_terms_are_told() -> None:
    """One that occurs and was not expected, and one that is missing."""
    x = np.array([[0.8, 0.0, 0.6, 0.0]])
    odd = Evidence(x, np.array([[0.05, 0.5, 0.6, 0.0]]), np.zeros((1, 1)))
    train = Evidence(
        RANDOM.uniform(size=(300, 4)), RANDOM.uniform(size=(300, 4)), np.zeros((300, 1))
    )
    meaning = Meaning("text", ("refund", "price", "room", "bus"), Units(np.ones(1), np.zeros(1)))

    found = told(odd, train, meaning, "squared-error")

    assert [one.name for one in found] == ["refund", "price"]
    assert found[0].words.startswith("“refund” occurs, not expected (0.8")
    assert found[1].words.startswith("“price” is missing (0.0")


def test_of_pictures_the_pixels_are_told() -> None:
    """Rows and columns from 1; at most so many."""
    x = np.zeros((1, 5, 6, 1))
    x[0, 3, 4, 0] = 1.0
    odd = Evidence(x, np.zeros_like(x), np.zeros((1, 1)))
    noise = RANDOM.normal(size=(50, 5, 6, 1))
    train = Evidence(noise, np.zeros_like(noise), np.zeros((50, 1)))

    found = told(odd, train, Meaning("image", (), Units(np.ones(1), np.zeros(1))), "squared-error")

    assert [one.name for one in found] == ["row 4, column 5"]


def test_each_sample_may_have_units_of_its_own() -> None:
    """As where samples are scaled to length 1."""
    meaning = replace(TABLE, units=Units(np.array([[1.0], [5.0]]), np.zeros((1, 1))))
    odd = Evidence(np.ones((2, 4)), np.zeros((2, 4)), np.zeros((2, 1)))

    assert [told(odd, TRAIN, meaning, at=at)[0].value for at in (0, 1)] == [1.0, 5.0]


@pytest.mark.parametrize(
    ("kind", "shape", "name"),
    [
        ("table", (4,), "column 1"),
        ("series", (2, 2), "channel 1"),
        ("text", (4,), "term 1"),
        ("image", (1, 1, 4), "row 1, column 1, channel 1"),
    ],
)
def test_values_without_names_are_counted(kind: Kind, shape: tuple[int, ...], name: str) -> None:
    """From 1, in the words of their kind."""
    x = np.array([9.0, 1.0, 0.0, 0.5]).reshape(1, *shape)
    odd = Evidence(x, np.zeros_like(x), np.zeros((1, 1)))
    usual = {"middle": np.zeros(4), "spread": np.ones(4)}
    meaning = Meaning(kind, (), Units(np.ones(1), np.zeros(1)))

    assert where_odd(odd, 0, np.square(x.ravel()), usual, meaning)[0].name == name


def test_nothing_is_odd_in_what_is_rebuilt() -> None:
    """A score of 0 has no features to name."""
    same = Evidence(np.zeros((1, 4)), np.zeros((1, 4)), np.zeros((1, 1)))

    assert told(same, TRAIN, TABLE, "squared-error") == ()
