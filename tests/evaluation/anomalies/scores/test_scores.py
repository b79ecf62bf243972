"""Does every score rise with what is odd, and are its parts what it is made of?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from aecore.errors import DataError
from aecore.evaluation.anomalies.detection import auroc
from aecore.evaluation.anomalies.scores import SCORES, Evidence, ScoreSpec
from aecore.models.losses import mean_loss

SHAPE = (12, 12, 1)


def evidence(rows: int, seed: int = 0, *, off: float = 0.05, far: float = 0.0) -> Evidence:
    """Pictures that are rebuilt up to noise of this size, with codes this far from the usual."""
    random = np.random.default_rng(seed)
    x = random.uniform(size=(rows, *SHAPE)).astype(np.float32)
    x_hat = (x + off * random.normal(size=x.shape)).astype(np.float32)
    code = (random.normal(size=(rows, 3)) + far).astype(np.float32)
    elbo = np.square(x - x_hat).sum(axis=(1, 2, 3)) + 0.5 * np.square(code).sum(axis=1)
    return Evidence(x, x_hat, code, elbo)


@pytest.mark.parametrize("spec", SCORES.values(), ids=SCORES)
def test_what_is_odd_scores_higher(spec: ScoreSpec) -> None:
    """Samples rebuilt badly whose codes lie far out, one by one and in one go the same."""
    fitted = spec.fit(evidence(200))
    odd, usual = evidence(30, 1, off=0.3, far=4.0), evidence(100, 2)
    scores = spec.score(odd, fitted)

    assert auroc(scores, spec.score(usual, fitted)) > 0.95
    first = Evidence(odd.x[:1], odd.x_hat[:1], odd.code[:1], odd.negative_elbo[:1])  # type: ignore[index]
    assert spec.score(first, fitted) == pytest.approx(scores[:1])


@pytest.mark.parametrize("spec", [s for s in SCORES.values() if s.parts], ids=lambda s: s.name)
def test_parts_say_where_it_is_odd(spec: ScoreSpec) -> None:
    """One value that is off by much has the largest part of its sample."""
    found = evidence(5, 3, off=0.0)
    x_hat = found.x_hat.copy()
    x_hat[2, 6, 7, 0] += 0.9
    assert spec.parts is not None

    parts = spec.parts(replace(found, x_hat=x_hat), spec.fit(evidence(200)))

    assert parts.shape == (5, 144)
    place = np.unravel_index(parts[2].argmax(), SHAPE)
    assert np.abs(np.subtract(place, (6, 7, 0))).max() <= 1


@pytest.mark.parametrize("name", ["squared-error", "robust-error", "structure"])
def test_a_score_is_the_sum_of_its_parts(name: str) -> None:
    """So that features can be ranked by them."""
    spec, found = SCORES[name], evidence(20)
    fitted = spec.fit(evidence(100, 5))
    assert spec.parts is not None

    assert spec.score(found, fitted) == pytest.approx(spec.parts(found, fitted).sum(axis=1))


def test_the_reconstruction_error_is_the_mean_squared_error() -> None:
    """As everywhere else in the app."""
    found = evidence(20)

    scores = SCORES["squared-error"].score(found, {})

    assert scores.mean() == pytest.approx(mean_loss("mse", found.x, found.x_hat), rel=1e-6)


def test_one_wild_feature_does_not_drown_the_rest() -> None:
    """Beyond three spreads a residual counts linearly; anomalies in training hardly matter."""
    random = np.random.default_rng(0)
    x = random.normal(size=(1000, 4))
    x[:50, 0] += 1e4
    train = Evidence(x, np.zeros_like(x), x)
    spec = SCORES["robust-error"]
    fitted = spec.fit(train)

    wild = Evidence(np.array([[300.0, 0, 0, 0]]), np.zeros((1, 4)), np.zeros((1, 4)))

    assert fitted["spread"] == pytest.approx([1.0] * 4, rel=0.15)
    assert spec.score(wild, {"middle": np.zeros(4), "spread": np.ones(4)}) == pytest.approx(
        [3 * (600 - 3) / 4]
    )


def test_the_code_s_distance_is_mahalanobis() -> None:
    """Of a wide cloud of codes: the squared distance over covariance and number of units."""
    random = np.random.default_rng(0)
    code = random.normal(size=(20_000, 2)) * [3.0, 0.5]
    found = Evidence(code, code, code)
    spec = SCORES["code-distance"]
    fitted = spec.fit(found)

    at = Evidence(np.zeros((2, 2)), np.zeros((2, 2)), np.array([[3.0, 0.0], [0.0, 0.5]]))

    first, second = spec.score(at, fitted)
    assert first == pytest.approx(second, rel=0.05)


def test_the_joint_score_sees_both_kinds_of_anomaly() -> None:
    """Rebuilt badly where training rows lie, and rebuilt well where none does."""
    fitted = SCORES["joint"].fit(evidence(500))
    usual = SCORES["joint"].score(evidence(300, 2), fitted)

    assert auroc(SCORES["joint"].score(evidence(30, 3, off=0.3), fitted), usual) > 0.9
    moved = evidence(30, 4)
    moved = replace(moved, x=moved.x + 0.5, x_hat=moved.x_hat + 0.5)
    assert auroc(SCORES["joint"].score(moved, fitted), usual) > 0.9
    assert auroc(SCORES["robust-error"].score(moved, fitted), usual) < 0.7


def test_without_an_elbo_it_is_refused() -> None:
    """In a sentence; and it does not claim to suit."""
    found = replace(evidence(3), negative_elbo=None)

    with pytest.raises(DataError, match="variational"):
        SCORES["negative-elbo"].score(found, {})
    assert not SCORES["negative-elbo"].suits("image", has_elbo=False)
    assert SCORES["structure"].suits("image", has_elbo=False)
    assert not SCORES["structure"].suits("table", has_elbo=False)
