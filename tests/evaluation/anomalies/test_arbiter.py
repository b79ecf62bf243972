"""Does the arbiter name the score that finds the planted anomalies best, and only if it does?"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from aecore.errors import DataError
from aecore.evaluation.anomalies.arbiter import Verdict, arbitrate, paired_aurocs, shown
from aecore.evaluation.anomalies.detection import RESAMPLES, assess, auroc

ODD = np.repeat([True, False], [100, 900])
NOISE = np.random.default_rng(0).normal(size=1000)
OURS, FOREST = "the autoencoder", "Isolation Forest"


def signal(strength: float, seed: int = 0, own: float = 0.3) -> np.ndarray:
    """Scores that share most of their noise with the others', as scores of the same rows do."""
    return NOISE + own * np.random.default_rng(seed).normal(size=1000) + strength * ODD


def verdict(scores: Mapping[str, np.ndarray], odd: np.ndarray = ODD) -> Verdict:
    """On these rows, ours among them."""
    return arbitrate(scores, {name: assess(s, odd) for name, s in scores.items()}, odd, OURS)


def test_a_better_detector_is_to_be_used() -> None:
    """With both figures, as the page says it."""
    found = verdict({OURS: signal(1.2, 1), "kNN": signal(1.1, 2), FOREST: signal(2.0, 3)})
    theirs, own = (shown(one.auroc.value) for one in (found.others[0], found.ours))

    assert found.best == FOREST
    assert found.sentences == (
        f"Isolation Forest finds these better: {theirs} against {own}. Use it here.",
    )
    assert [other.name for other in found.others] == [FOREST, "kNN"]
    assert found.others[0].is_ahead


def test_where_ours_is_best_it_says_so() -> None:
    """With the next one."""
    found = verdict({FOREST: signal(0.8, 1), OURS: signal(2.0, 2)})

    assert found.best == OURS
    assert found.sentences[0].startswith("The autoencoder finds these best: .9")
    assert found.others[0].is_behind


def test_a_difference_within_its_interval_is_none() -> None:
    """The detector's figure is higher, and yet ours is kept."""
    better = max((signal(1.5, seed) for seed in range(1, 6)), key=lambda s: auroc(s[ODD], s[~ODD]))
    found = verdict({OURS: signal(1.48, 9), FOREST: better})

    assert found.best == OURS
    assert "equally well" in found.sentences[0] and "Keep the autoencoder." in found.sentences[0]
    assert found.others[0].ahead.low < 0 < found.others[0].ahead.high


def test_pairs_make_intervals_narrower() -> None:
    """Two scores that share their noise differ by less than their own intervals are wide."""
    found = verdict({OURS: signal(1.5, 1, 0.1), FOREST: signal(1.7, 2, 0.1)}).others[0]

    assert found.is_ahead
    assert found.auroc.low < found.auroc.value - found.ahead.value


def test_an_inverted_score_is_told_with_a_reason_and_never_flipped() -> None:
    """Ours and a detector's."""
    found = verdict({OURS: signal(-1.0, 1), FOREST: signal(-0.9, 2), "kNN": signal(1.0, 3)})

    assert found.ours.is_inverted and found.ours.auroc.value < 0.3
    assert found.best == "kNN"
    assert found.sentences[1].startswith("The autoencoder is inverted: its AUROC is .2")
    assert "rebuilt better" in found.sentences[1]
    assert found.sentences[2].startswith("Isolation Forest is inverted.")


def test_a_score_beside_itself_differs_by_nothing() -> None:
    """Exactly: the same rows are drawn for both."""
    found = verdict({OURS: signal(1.0), FOREST: signal(1.0)}).others[0]

    assert (found.ahead.value, found.ahead.low, found.ahead.high) == (0, 0, 0)


def test_resampled_areas_are_those_of_the_drawn_rows() -> None:
    """By `auroc` on rows repeated as often as drawn, with ties."""
    scores = np.round(signal(1.0), 1)[::10]
    odd = ODD[::10]
    random = np.random.default_rng(7)
    a = random.integers(0, odd.sum(), odd.sum())
    b = random.integers(0, (~odd).sum(), (~odd).sum())

    found = paired_aurocs([scores, -scores], odd, seed=7)

    assert found.shape == (RESAMPLES, 2)
    assert found[0, 0] == pytest.approx(auroc(scores[odd][a], scores[~odd][b]))
    assert found.sum(axis=1) == pytest.approx(np.ones(RESAMPLES))


def test_one_kind_of_rows_alone_is_refused() -> None:
    """Neither without anomalies nor without normal rows."""
    for odd in (np.zeros(1000, bool), np.ones(1000, bool)):
        with pytest.raises(DataError, match="both kinds"):
            verdict({OURS: NOISE}, odd)


def test_few_anomalies_decide_nothing() -> None:
    """One row that is found by a detector alone is no reason to change."""
    odd = np.arange(1000) == 0
    found = verdict({OURS: NOISE, FOREST: np.where(odd, 9.0, NOISE)}, odd)

    assert found.best == OURS
    assert found.sentences[0].startswith("Only 1 anomaly is known: too few")


def test_alone_it_has_nothing_to_say() -> None:
    """Without a detector beside it."""
    assert verdict({OURS: signal(1.0)}).sentences == ()


@pytest.mark.parametrize(("value", "text"), [(0.934, ".93"), (1.0, "1.00"), (np.nan, "–")])
def test_areas_are_written_without_a_leading_zero(value: float, text: str) -> None:
    """As people write them."""
    assert shown(value) == text
