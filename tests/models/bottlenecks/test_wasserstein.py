"""The maximum mean discrepancy: unbiased, as its definition has it, and its permutation test."""

import random

import numpy as np
import pytest
from keras import ops

from aecore import Experiment
from aecore.models.bottlenecks._prior import KERNEL_SCALES, mmd
from aecore.models.bottlenecks.wasserstein import SPEC, scaled
from aecore.models.building import build


def normals(rows, units, seed, shift=0.0, scale=1.0):
    """(rows, units) draws of N(shift, scale²)."""
    drawn = shift + scale * np.random.default_rng(seed).standard_normal((rows, units))
    return drawn.astype(np.float32)


def untouched(prior_scale=1.0, **bottleneck):
    """A Wasserstein autoencoder of two numbers whose codes are the samples themselves."""
    changes = {"kind": "wasserstein", "prior_scale": prior_scale, **bottleneck}
    experiment = Experiment(data={"source": "breast-cancer"}).replace(
        {
            "model.encoding_dim": 2,
            "model.backbone.units": [],
            **{f"model.bottleneck.{name}": value for name, value in changes.items()},
        }
    )
    random.seed(0)
    model = build(experiment.design, (2,))
    model.encoder.get_layer("code").set_weights([np.eye(2), np.zeros(2)])
    return model


def slow_mmd(a, b, sigma):
    """Tolstikhin et al. 2018, pair by pair, in float64."""

    def kernel(x, y):
        squared = float(np.sum((x.astype(np.float64) - y) ** 2))
        widths = [2 * len(x) * sigma**2 * s for s in (0.1, 0.2, 0.5, 1, 2, 5, 10)]
        return sum(c / (c + squared) for c in widths)

    n = len(a)
    within = sum(
        kernel(group[i], group[j]) for group in (a, b) for i in range(n) for j in range(n) if i != j
    )
    across = sum(kernel(x, y) for x in a for y in b)
    return within / (n * (n - 1)) - 2 * across / n**2


@pytest.mark.parametrize("sigma", [1.0, 3.0])
@pytest.mark.parametrize("shift", [0.0, 0.7])
def test_mmd_is_that_of_a_double_loop(sigma, shift):
    """The estimate without its diagonal, in numpy and in Keras."""
    a, b = normals(12, 3, 0), normals(12, 3, 1, shift)
    expected = slow_mmd(a, b, sigma)
    assert float(mmd(a, b, sigma, np)) == pytest.approx(expected, abs=1e-5)
    assert float(mmd(ops.array(a), ops.array(b), sigma, ops)) == pytest.approx(expected, abs=1e-5)


def test_mmd_of_equal_distributions_is_unbiased():
    """Over many draws its mean is 0 within noise, and it falls on both sides."""
    pairs = [(normals(20, 2, 2 * i), normals(20, 2, 2 * i + 1)) for i in range(400)]
    found = np.array([mmd(a, b, 1.0, np) for a, b in pairs])
    assert abs(found.mean()) < 3 * found.std() / 20
    assert 0.2 < (found < 0).mean() < 0.9


def test_mmd_grows_with_the_distance():
    """The farther one distribution is from the other, the larger, up to two kernels' height."""
    here = normals(200, 2, 0)
    found = [float(mmd(here, normals(200, 2, 1, d), 1.0, np)) for d in (0, 0.5, 2, 200)]
    assert found == sorted(found)
    assert found[1] > 0.05
    assert found[-1] < 2 * len(KERNEL_SCALES)


def test_mmd_is_measured_in_prior_standard_deviations():
    """Codes, prior and σ in other units give the same value."""
    a, b = normals(50, 4, 0), normals(50, 4, 1, 0.3)
    assert float(mmd(5 * a, 5 * b, 5.0, np)) == pytest.approx(float(mmd(a, b, 1.0, np)), rel=1e-3)


def test_a_pair_of_single_codes_has_an_mmd():
    """A last batch of one sample divides nothing by zero."""
    one = ops.array(normals(1, 3, 0))
    assert np.isfinite(float(mmd(one, one, 1.0, ops)))


def p_values(shift):
    """p-values of 40 draws of 60 codes each, from N(shift, 1)."""
    model = untouched()
    draws = [normals(60, 2, 1000 + i, shift) for i in range(40)]
    return np.array([SPEC.diagnose(model, x, x, i)["prior_p_value"] for i, x in enumerate(draws)])


def test_p_values_are_uniform_where_codes_are_the_priors():
    """Small ones are as rare as they should be, and so are large ones."""
    found = p_values(0.0)
    assert (found <= 0.05).mean() <= 0.15
    assert 0.35 < found.mean() < 0.65
    assert 0.25 < (found <= 0.5).mean() < 0.75
    assert found.min() >= 1 / 201
    assert found.max() <= 1


def test_p_values_are_small_where_codes_are_not_the_priors():
    """A shift by one standard deviation is found in every draw of 60 codes."""
    assert p_values(1.0).max() < 0.05


@pytest.mark.parametrize("prior_scale", [1.0, 4.0])
def test_figures_are_in_prior_standard_deviations(prior_scale):
    """Mean and spread of the codes are compared with the prior's own."""
    x = prior_scale * normals(200, 2, 0) * [1.0, 3.0] + prior_scale * np.array([0.2, -1.5])
    x = x.astype(np.float32)
    found = SPEC.diagnose(untouched(prior_scale), x, x, 0)
    assert found["code_mean"] == pytest.approx(1.5, abs=0.3)
    assert found["code_stddev"] == pytest.approx(2.0, abs=0.1)
    assert found["prior_p_value"] < 0.05
    assert SPEC.diagnose(untouched(prior_scale), x, x, 0) == found


def test_loss_is_summed_and_weighs_the_mmd():
    """D · mean squared error + λ · MMD² against new draws of the prior."""
    model, x = untouched(prior_scale=3.0, mmd_weight=7.0), normals(300, 2, 0, scale=3.0)
    terms = [model.loss_terms(ops.array(x), ops.array(x), training=True) for _ in range(30)]
    squared = np.square(np.asarray(model(x)) - x).sum(axis=1).mean()
    assert float(terms[0]["reconstruction"]) == pytest.approx(squared, rel=1e-4)
    assert scaled(model.settings, "mse", 2, squared / 2) == pytest.approx(squared)
    drawn = np.array([float(term["mmd"]) for term in terms])
    assert len(set(drawn)) == 30, "a new draw of the prior each time"
    weighed = [7 * mmd(x, normals(300, 2, 10 + i, scale=3.0), 3.0, np) for i in range(30)]
    noise = np.hypot(drawn.std(), np.std(weighed)) / 30**0.5
    assert abs(drawn.mean() - np.mean(weighed)) < 3 * noise


def test_weight_scales_the_term():
    """λ reaches the loss: codes far off cost λ times their MMD."""
    x = normals(400, 2, 0, shift=30.0)
    costs = {}
    for weight in (1.0, 10.0):
        model = untouched(mmd_weight=weight)
        costs[weight] = float(model.loss_terms(ops.array(x), ops.array(x), True)["mmd"])
    assert costs[10.0] == pytest.approx(10 * costs[1.0], rel=0.05)
    assert costs[1.0] == pytest.approx(float(mmd(x, normals(400, 2, 1), 1.0, np)), rel=0.05)
