"""Disturbances do what they say, at five strengths, each more than the one before."""

from __future__ import annotations

import numpy as np
import pytest

from aecore.evaluation.robustness.disturbances import DISTURBANCES, DisturbanceSpec, Ground, of_kind

PICTURES = np.random.default_rng(0).uniform(0, 1, (200, 12, 10, 2)).astype(np.float32)
TABLE = np.random.default_rng(0).normal(1.0, 3.0, (4000, 5)).astype(np.float32)
EVERY = pytest.mark.parametrize("spec", DISTURBANCES.values(), ids=lambda spec: spec.name)


def rows_for(spec: DisturbanceSpec) -> np.ndarray:
    """Samples of a kind that it suits."""
    return PICTURES if "image" in spec.kinds else TABLE


def disturbed(name: str, x: np.ndarray, strength: float) -> np.ndarray:
    """Samples as one disturbance leaves them, with what it knows learned of themselves."""
    return DISTURBANCES[name].disturb(x, strength, Ground.of(x), seed=0)


@EVERY
def test_each_keeps_shape_and_seed_and_grows(spec: DisturbanceSpec) -> None:
    """Five strengths, ascending; the same seed gives the same, and 0 nothing."""
    x = rows_for(spec)
    ground = Ground.of(x)
    assert len(set(spec.strengths)) == 5 and list(spec.strengths) == sorted(spec.strengths)
    for strength in spec.strengths:
        first, again = (spec.disturb(x, strength, ground, 1) for _ in range(2))
        assert np.array_equal(first, again)
        assert first.shape == x.shape and first.dtype == np.float32
        assert not np.array_equal(first, x)
    assert np.allclose(spec.disturb(x, 0.0, ground, 1), x, atol=1e-6)


@EVERY
def test_pictures_stay_pictures(spec: DisturbanceSpec) -> None:
    """What lies in [0, 1] stays there."""
    if "image" in spec.kinds:
        seen = disturbed(spec.name, PICTURES, spec.strengths[-1])
        assert seen.min() >= 0 and seen.max() <= 1


def test_noise_is_in_spreads_of_the_data() -> None:
    """Twice a spread of 3 is a deviation of 6."""
    added = disturbed("added-noise", TABLE, 2.0) - TABLE
    assert added.std() == pytest.approx(6.0, rel=0.03)
    assert abs(added.mean()) < 4 * 6 / added.size**0.5


def test_a_square_hides_its_share() -> None:
    """0.3 of 10 pixels are 3: nine places of each picture are grey, and all others as before."""
    grey = (PICTURES.min() + PICTURES.max()) / 2
    seen = disturbed("occlusion", PICTURES, 0.3)
    hidden = np.isclose(seen, grey, atol=1e-6).all(axis=-1)
    assert (hidden.sum(axis=(1, 2)) == 9).all()
    assert np.array_equal(seen[~hidden], PICTURES[~hidden])


def test_a_shift_moves_to_all_sides() -> None:
    """By three pixels: each picture has its inner part elsewhere, and all four ways come about."""
    seen, ways = disturbed("shift", PICTURES, 3.0), set()
    for before, after in zip(PICTURES, seen, strict=True):
        for down, right in ((3, 0), (-3, 0), (0, 3), (0, -3)):
            moved = np.roll(before, (down, right), axis=(0, 1))
            if np.array_equal(moved[3:-3, 3:-3], after[3:-3, 3:-3]):
                ways.add((down, right))
    assert len(ways) == 4


def test_contrast_is_lost_towards_the_middle() -> None:
    """A picture of 0 and 1 that loses 0.6 lies between 0.3 and 0.7."""
    x = np.zeros((2, 4, 4, 1), np.float32)
    x[:, 2:] = 1.0
    seen = disturbed("less-contrast", x, 0.6)
    assert sorted(np.unique(seen.round(6)).tolist()) == pytest.approx([0.3, 0.7])


def test_missing_values_are_filled_with_means() -> None:
    """A share of the values is the mean of its column, and all others are as before."""
    seen = disturbed("missing-values", TABLE, 0.3)
    filled = np.isclose(seen, TABLE.mean(axis=0), atol=1e-4)
    assert filled.mean() == pytest.approx(0.3, abs=4 * (0.21 / filled.size) ** 0.5)
    assert np.array_equal(seen[~filled], TABLE[~filled])


def test_what_was_moved_is_as_good_as_before() -> None:
    """Of moved pictures the moved one is wanted, of all others the clean one."""
    moving = {name for name, spec in DISTURBANCES.items() if not spec.restores}
    assert moving == {"shift", "rotation"}
    clean, seen = np.zeros(1), np.ones(1)
    assert DISTURBANCES["shift"].wanted(clean, seen) is seen
    assert DISTURBANCES["occlusion"].wanted(clean, seen) is clean


def test_kinds_of_data_have_their_own() -> None:
    """Pictures five, tables noise and gaps, texts none."""
    assert len(of_kind("image")) == 5
    assert {spec.name for spec in of_kind("table")} == {"added-noise", "missing-values"}
    assert of_kind("text") == ()
