"""Does every defect do what it says, where its mask says, and nothing else?"""

from __future__ import annotations

import numpy as np
import pytest

from aecore.data.dataset import Kind
from aecore.evaluation.anomalies.planted import DEFECTS, LEVELS, DefectSpec, learn_ground

RANDOM = np.random.default_rng(0)
NAMES = ("age", "constant", "weight", "dog = yes", "dog = no", "height")


def table(rows: int) -> np.ndarray:
    """Three numbers of different spreads, one that never varies, a category."""
    x = RANDOM.normal(size=(rows, 6)) * [1.0, 0.0, 5.0, 0, 0, 0.1]
    x[:, 3:5] = np.eye(2)[RANDOM.integers(0, 2, rows)]
    return x.astype(np.float32)


def texts(rows: int) -> np.ndarray:
    """Texts of four terms of sixty, to length 1."""
    x = np.zeros((rows, 60))
    for row in x:
        row[RANDOM.choice(60, 4, replace=False)] = RANDOM.uniform(0.2, 1, 4)
    return (x / np.linalg.norm(x, axis=1, keepdims=True)).astype(np.float32)


SAMPLES: dict[Kind, np.ndarray] = {
    "table": table(300),
    "image": RANDOM.uniform(0.1, 0.9, (60, 20, 24, 3)).astype(np.float32),
    "series": np.cumsum(RANDOM.normal(size=(60, 40, 2)), axis=1).astype(np.float32),
    "text": texts(60),
}
CASES = [(spec, kind) for spec in DEFECTS.values() for kind in spec.kinds]


def planted(name: str, x: np.ndarray, strength: float) -> tuple[np.ndarray, np.ndarray]:
    """Samples of a kind with a defect, the ground learned of themselves."""
    ground = learn_ground(x, NAMES if x.shape[1:] == (6,) else ())
    return DEFECTS[name].plant(x, strength, ground, np.random.default_rng(1))


@pytest.mark.parametrize(("spec", "kind"), CASES, ids=lambda case: getattr(case, "name", case))
def test_every_defect_keeps_its_word(spec: DefectSpec, kind: Kind) -> None:
    """What is not in the mask is as it was, bounds are kept, and a seed gives the same again."""
    x = SAMPLES[kind]
    before = x.copy()
    ground = learn_ground(x, NAMES if kind == "table" else ())
    for level in LEVELS:
        changed, mask = spec.plant(x, spec.strengths[level], ground, np.random.default_rng(3))
        again, _ = spec.plant(x, spec.strengths[level], ground, np.random.default_rng(3))

        assert changed.dtype == x.dtype and mask.shape == x.shape
        assert np.array_equal(changed[~mask], x[~mask]) and (changed[mask] != x[mask]).all()
        assert mask.reshape(len(x), -1).any(axis=1).mean() > 0.7
        assert np.isfinite(changed).all()
        assert np.array_equal(changed, again)
        assert spec.meaning(level).endswith(spec.unit)
        if kind == "image":
            assert x.min() <= changed.min() and changed.max() <= x.max()
    assert np.array_equal(x, before)
    assert spec.title and spec.summary and spec.unit


@pytest.mark.parametrize(("spec", "kind"), CASES, ids=lambda case: getattr(case, "name", case))
def test_stronger_changes_more(spec: DefectSpec, kind: Kind) -> None:
    """The mean squared change rises from low to high."""
    x = SAMPLES[kind]
    sizes = [
        np.square(planted(spec.name, x, spec.strengths[level])[0] - x).mean() for level in LEVELS
    ]

    assert sizes[0] < sizes[1] < sizes[2]


def test_swapped_values_come_from_the_same_column_of_other_rows() -> None:
    """Each value occurs in its column, and a category stays one."""
    x = SAMPLES["table"]
    changed, mask = planted("swapped-values", x, 1.0)

    for column in range(6):
        assert np.isin(changed[:, column], x[:, column]).all()
    assert (changed[:, 3:5].sum(axis=1) == 1).all()
    assert mask[:, [0, 2]].all() and mask[:, 3].any()


def test_a_share_of_the_columns_is_swapped() -> None:
    """A fifth of five columns, of which a category counts as one, is one."""
    _, mask = planted("swapped-values", SAMPLES["table"], 0.2)

    assert max(mask[:, [0, 1, 2, 3, 5]].sum(axis=1)) == 1


def test_one_number_is_shifted_by_its_spreads() -> None:
    """Neither a category nor what never varies."""
    x = SAMPLES["table"]
    changed, mask = planted("shifted-column", x, 4.0)

    assert (mask.sum(axis=1) == 1).all()
    assert set(np.flatnonzero(mask.any(axis=0))) == {0, 2, 5}
    by = np.abs(changed - x) / np.maximum(x.std(axis=0), 1e-9)
    assert by[mask] == pytest.approx(4.0, rel=1e-4)


def test_a_noise_burst_has_the_spread_that_it_says() -> None:
    """Half of three numbers, rounded, are two."""
    x = SAMPLES["table"]
    changed, mask = planted("noise-burst", x, 2.0)

    assert (mask.sum(axis=1) == 2).all() and not mask[:, [1, 3, 4]].any()
    assert ((changed - x)[:, 2][mask[:, 2]] / x[:, 2].std()).std() == pytest.approx(2, rel=0.15)


def test_a_table_of_categories_alone_has_no_numbers_to_shift() -> None:
    """Nothing is changed, and nothing fails; but values can be swapped."""
    hot = np.eye(2, dtype=np.float32)[RANDOM.integers(0, 2, 50)]
    ground = learn_ground(hot, ("a = 1", "a = 2"))

    for name in ("shifted-column", "noise-burst"):
        assert not DEFECTS[name].plant(hot, 4.0, ground, np.random.default_rng(0))[1].any()
    assert DEFECTS["swapped-values"].plant(hot, 1.0, ground, np.random.default_rng(0))[1].any()


def test_squares_are_squares_of_one_shade() -> None:
    """At full strength a 25th of the picture has the brightest or the darkest value."""
    x = SAMPLES["image"]
    for name, shade in (("bright-square", x.max()), ("dark-square", x.min())):
        changed, mask = planted(name, x, 1.0)
        rows, columns = np.nonzero(mask[5].any(axis=2))

        assert len(rows) == round((0.04 * 20 * 24) ** 0.5) ** 2
        assert np.ptp(rows) == np.ptp(columns) == 3
        assert (changed[5][mask[5]] == shade).all()


def test_a_scratch_is_thin_and_long() -> None:
    """About half of the shorter side long, a pixel or two wide."""
    _, mask = planted("scratch", SAMPLES["image"], 1.0)
    pixels = mask.any(axis=3).sum(axis=(1, 2))

    assert (pixels >= 6).all() and (pixels <= 24).all()


def test_what_is_pasted_was_cut_from_the_same_picture() -> None:
    """Every pixel is one of the picture; so many are changed at most."""
    x = SAMPLES["image"]
    changed, mask = planted("cut-paste", x, 0.06)

    pixels = {tuple(pixel) for pixel in x[4].reshape(-1, 3)}
    assert all(tuple(pixel) in pixels for pixel in changed[4].reshape(-1, 3))
    assert 0 < mask[4].any(axis=2).sum() <= 1.4 * 0.06 * 20 * 24


def test_a_spike_is_one_value() -> None:
    """Moved by so many spreads of its channel."""
    x = SAMPLES["series"]
    changed, mask = planted("single-spike", x, 5.0)
    spread = np.broadcast_to(x.std(axis=(0, 1)), x.shape)

    assert (mask.sum(axis=(1, 2)) == 1).all()
    assert (np.abs(changed - x) / spread)[mask] == pytest.approx(5.0, rel=1e-4)


def test_a_level_shift_lasts() -> None:
    """From some step to the end, by the same."""
    x = SAMPLES["series"]
    changed, mask = planted("level-shift", x, 2.0)
    steps, channels = np.nonzero(mask[7])

    assert len(set(channels)) == 1 and steps[-1] == 39 and len(steps) == 40 - steps[0]
    assert 10 <= steps[0] <= 30
    assert np.ptp((changed - x)[7][mask[7]]) == pytest.approx(0, abs=1e-5)


def test_a_flat_line_stands_still() -> None:
    """A quarter of the steps have one value, that of the step before those that changed."""
    x = SAMPLES["series"]
    changed, mask = planted("flat-line", x, 0.25)
    steps, channels = np.nonzero(mask[2])

    assert len(steps) == 9 and np.ptp(steps) == 8
    assert (changed[2][mask[2]] == x[2, steps[0] - 1, channels[0]]).all()


def test_another_speed_is_faster_then_slower_without_a_jump() -> None:
    """Of a ramp: slopes of 2 and 1/2, over half of the steps, ends as they were."""
    ramp = np.repeat(np.arange(41.0)[None, :, None], 2, axis=2).astype(np.float32)
    changed, mask = planted("other-speed", ramp, 2.0)
    slopes = np.diff(changed[0, :, 0])
    steps = np.flatnonzero(mask[0, :, 0])

    assert np.array_equal(changed[0, :, 0], changed[0, :, 1])
    assert 15 <= len(steps) <= 20
    assert slopes.max() == pytest.approx(2.0) and slopes.min() == pytest.approx(0.5)
    assert (slopes > 0).all() and slopes.sum() == 40


def test_a_noisy_stretch_is_a_quarter_of_one_channel() -> None:
    """Of 40 steps 10, on end."""
    _, mask = planted("noisy-stretch", SAMPLES["series"], 1.0)
    steps, channels = np.nonzero(mask[0])

    assert len(steps) == 10 and np.ptp(steps) == 9 and len(set(channels)) == 1


def test_foreign_words_are_new_to_the_text() -> None:
    """Three more terms, as heavy as its own are on average, and again the length 1."""
    x = texts(40)
    changed, _ = planted("foreign-words", x, 3.0)
    new = (changed > 0) & (x == 0)

    assert (new.sum(axis=1) == 3).all()
    assert np.linalg.norm(changed, axis=1) == pytest.approx(np.ones(40), rel=1e-5)
    ratio = changed[0][new[0]] / changed[0][x[0] > 0].mean()
    assert ratio == pytest.approx(1.0, rel=1e-4)


def test_an_empty_text_stays_empty() -> None:
    """It has no weight to go by; its mask says so."""
    x = texts(40)
    x[3] = 0
    _, mask = planted("foreign-words", x, 3.0)

    assert not mask[3].any() and mask[4].any()


def test_one_row_and_tiny_samples_are_taken() -> None:
    """Where there is no other row to swap with, nor a stretch to bend."""
    tiny: dict[Kind, np.ndarray] = {
        "table": np.ones((1, 1)),
        "image": np.ones((1, 1, 2, 1)),
        "series": np.ones((1, 1, 1)),
        "text": np.ones((1, 1)),
    }
    for spec, kind in CASES:
        x = tiny[kind].astype(np.float32)
        changed, mask = spec.plant(x, spec.strengths["high"], learn_ground(x), RANDOM)
        assert np.isfinite(changed).all() and mask.shape == x.shape
