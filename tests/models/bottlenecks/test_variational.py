"""Variational autoencoders against closed forms, and against probabilistic PCA."""

import math
import random

import keras
import numpy as np
import pytest
from keras import ops
from scipy.stats import norm

from aecore import Experiment, train
from aecore.models.bottlenecks.variational import (
    SPEC,
    VariationalBottleneck,
    gaussian_nll,
    kl_to_prior,
    scaled,
)
from aecore.models.building import build

EIGENVALUES = np.array([4.0, 2.0, 1.0, 0.3, 0.1, 0.05])


def built(steps_an_epoch=1, **changes):
    """A VAE with a code of 5 for digits; its options are those of the bottleneck."""
    experiment = Experiment(data={"source": "digits"}).replace(
        {
            "training.loss": changes.pop("loss", "binary_crossentropy"),
            "model.encoding_dim": 5,
            "model.bottleneck.kind": "variational",
            **{f"model.bottleneck.{name}": value for name, value in changes.items()},
        }
    )
    random.seed(0)
    return build(experiment.design, (8, 8, 1), steps_an_epoch=steps_an_epoch)


def digits_like(rows=50):
    """Values in [0, 1] in the shape of digits."""
    return np.random.default_rng(0).uniform(size=(rows, 8, 8, 1)).astype(np.float32)


def kl_by_hand(model, x):
    """(n, k) KL of each sample and unit, in float64, from what the heads give."""
    mean, log_variance = (np.asarray(part, np.float64) for part in model.trunk(x))
    return 0.5 * (np.square(mean) + np.exp(log_variance) - log_variance - 1.0)


def nearly_certain(model):
    """Give all codes the least variance there is, e^−10."""
    head = model.trunk.get_layer("log_variance")
    head.set_weights([np.zeros(head.kernel.shape), np.full(head.bias.shape, -10.0)])


@pytest.mark.parametrize(
    ("mean", "variance", "expected"),
    [(0, 1, 0.0), (1, 1, 0.5), (0, math.e, 0.359141), (2, 0.25, 2.318147)],
)
def test_kl_of_known_normals(mean, variance, expected):
    """KL(N(μ, σ²) ‖ N(0, 1)) in nats, in numpy and in Keras."""
    assert kl_to_prior(mean, math.log(variance), np) == pytest.approx(expected, abs=1e-6)
    inside = kl_to_prior(ops.array([[mean * 1.0]]), ops.array([[math.log(variance)]]), ops)
    assert float(inside[0, 0]) == pytest.approx(expected, abs=1e-5)


def test_gaussian_nll_is_minus_the_log_density():
    """As scipy's normal distribution has it, summed over a sample's values."""
    x, x_hat = np.random.default_rng(0).standard_normal((2, 7))
    for variance in (0.3, 1.0, 2.5):
        ours = gaussian_nll(np.mean((x - x_hat) ** 2), math.log(variance), 7, np)
        theirs = -norm.logpdf(x, x_hat, math.sqrt(variance)).sum()
        assert ours == pytest.approx(theirs, rel=1e-9)


@pytest.mark.parametrize(("features", "expected"), [(1, 0.918939), (784, 720.448)])
def test_a_perfect_reconstruction_costs_the_normal_constant(features, expected):
    """½ log 2π a value at σ² = 1."""
    assert gaussian_nll(0.0, 0.0, features, math) == pytest.approx(expected, rel=1e-6)


def test_yardsticks_are_scaled_as_the_loss_is():
    """D times the mean loss; for squared error −log p at the fixed σ², or else at the best."""
    learned = VariationalBottleneck()
    fixed = VariationalBottleneck(decoder_variance="fixed", variance=0.5)
    assert scaled(learned, "binary_crossentropy", 784, 0.09) == pytest.approx(70.56)
    constant = 0.5 * 64 * math.log(2 * math.pi * 0.5)
    assert scaled(fixed, "mse", 64, 0.03) == pytest.approx(64 * 0.03 + constant)
    best = scaled(learned, "mse", 64, 0.03)
    others = [gaussian_nll(0.03, v, 64, math) for v in np.linspace(-8, 2, 1001)]
    assert best <= min(others)
    assert best == pytest.approx(min(others), rel=1e-4)


@pytest.mark.parametrize("beta", [0.5, 4.0])
def test_loss_is_summed_cross_entropy_and_beta_kl(beta):
    """D · BCE + β · KL, worked out from the mean code where the code hardly varies."""
    model, x = built(beta=beta), digits_like()
    nearly_certain(model)
    p = np.asarray(model(x), np.float64)
    cross_entropy = -(x * np.log(p) + (1 - x) * np.log(1 - p)).sum(axis=(1, 2, 3)).mean()
    expected = cross_entropy + beta * kl_by_hand(model, x).sum(axis=1).mean()
    assert float(model.compute_loss(x=ops.array(x))) == pytest.approx(expected, rel=1e-3)


def test_a_learned_variance_is_the_batch_s_squared_error():
    """In training the reconstruction costs ½D (1 + log 2π MSE), the least of any σ²."""
    model, x = built(loss="mse"), digits_like()
    nearly_certain(model)
    mse = np.square(np.asarray(model(x), np.float64) - x).mean()
    expected = 32 * (1 + math.log(2 * math.pi * mse))
    terms = model.loss_terms(ops.array(x), ops.array(x), training=True)
    assert float(terms["reconstruction"]) == pytest.approx(expected, rel=1e-3)
    assert expected == pytest.approx(scaled(model.settings, "mse", 64, mse))
    assert math.exp(float(model.log_sigma2)) == pytest.approx(mse, rel=1e-3)
    assert id(model.log_sigma2) not in {id(v) for v in model.trainable_variables}


def test_the_kept_variance_is_that_of_the_last_epoch(tmp_path):
    """The mean over its batches, whatever the steps before; it is saved and loaded."""
    model, x = built(loss="mse", steps_an_epoch=2), digits_like(40)
    nearly_certain(model)
    model.compile(optimizer=keras.optimizers.SGD(0.0))
    model.build_optimizers()
    batches = [ops.array(part) for part in (x[:10], x[10:20], x[20:30], 2 * x[30:])]
    errors = [np.square(np.asarray(model(b), np.float64) - b).mean() for b in batches]
    kept = []
    for batch in batches:
        model.train_step((batch,))
        kept.append(math.exp(float(model.log_sigma2)))
    expected = [errors[0], np.mean(errors[:2]), errors[2], np.mean(errors[2:])]
    assert kept == pytest.approx(expected, rel=1e-3)
    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras", safe_mode=True)
    assert float(loaded.log_sigma2) == pytest.approx(float(model.log_sigma2))


def test_a_variance_arrives_however_few_the_steps():
    """After forty steps of a small rate it is the error of the last epoch, not on its way there."""
    result = train(
        Experiment(data={"source": "breast-cancer"}).replace(
            {
                "model.bottleneck.kind": "variational",
                "training.epochs": 4,
                "training.batch_size": 46,
                "training.learning_rate": 1e-5,
            }
        )
    )
    told = result.history["reconstruction"][-1] / 15 - 1
    assert float(result.autoencoder.log_sigma2) == pytest.approx(
        told - math.log(2 * math.pi), abs=0.02
    )
    assert float(result.autoencoder.log_sigma2) > -0.5


@pytest.mark.parametrize("options", [{"decoder_variance": "fixed", "variance": 0.2}, {}], ids=str)
def test_squared_error_is_a_normal_decoder(options):
    """SSE/(2σ²) + ½D log 2πσ², for σ² as given or as kept from training."""
    model, x = built(loss="mse", **options), digits_like()
    nearly_certain(model)
    squared = np.square(np.asarray(model(x), np.float64) - x).sum(axis=(1, 2, 3)).mean()
    variance = options.get("variance") or math.exp(float(model.log_sigma2))
    expected = squared / (2 * variance) + 32 * math.log(2 * math.pi * variance)
    terms = model.loss_terms(ops.array(x), ops.array(x), training=False)
    assert float(terms["reconstruction"]) == pytest.approx(expected, rel=1e-3)


def test_codes_are_drawn_from_the_posterior():
    """z = μ + σε: mean and standard deviation of the codes of one sample are the heads'."""
    model = built()
    x = np.repeat(digits_like(1), 8000, axis=0)
    mean, log_variance = model.posterior(x[:1])
    code = np.asarray(model.encode(ops.array(x), training=True)[0])
    deviation = np.exp(0.5 * np.asarray(log_variance[0]))
    assert np.abs((code.mean(axis=0) - np.asarray(mean[0])) / deviation).max() < 4 / 8000**0.5
    assert code.std(axis=0) == pytest.approx(deviation, rel=0.04)
    assert np.asarray(model.encoder(x[:1]))[0] == pytest.approx(np.asarray(mean[0]), rel=1e-6)


@pytest.mark.parametrize("free", [0.0, 0.2, 1.0])
def test_free_bits_are_of_units_averaged_over_the_batch(free):
    """β Σ_j max(λ, mean KL_j), not a mean of maxima; the true KL is logged."""
    model, x = built(beta=2.0, free_bits=free), digits_like()
    kl = kl_by_hand(model, x)
    _, terms = model.encode(ops.array(x), training=True)
    expected = 2.0 * np.maximum(kl.mean(axis=0), free).sum()
    assert float(terms["beta_kl"]) == pytest.approx(expected, rel=1e-4)
    assert float(model.get_metrics_result()["kl"]) == pytest.approx(kl.sum(1).mean(), rel=1e-4)
    if free == 0.2:
        assert expected < 2.0 * np.maximum(kl, free).mean(axis=0).sum() - 1e-3
        assert expected > 2.0 * kl.mean(axis=0).sum() + 1e-3


def test_beta_warms_up():
    """From 0 in a straight line to β after the warm-up's steps, and no further."""
    model = built(steps_an_epoch=10, beta=2.0, warm_up_epochs=4)
    assert float(model.beta()) == 2.0, "uncompiled models are not in training"
    model.compile(optimizer="adam")
    found = []
    for step in (0, 10, 20, 40, 100):
        model.optimizer.iterations.assign(step)
        found.append(float(model.beta()))
    assert found == pytest.approx([0.0, 0.5, 1.0, 2.0, 2.0])


def test_the_first_step_of_a_warm_up_ignores_the_kl():
    """β counts the optimizer's own steps: 0 in the first, 1/T of β in the second."""
    model, x = built(steps_an_epoch=5, warm_up_epochs=2), digits_like()
    model.compile(optimizer="adam")
    model.build_optimizers()
    first = model.train_step((ops.array(x),))
    assert float(first["beta_kl"]) == 0.0
    model.reset_metrics()
    second = model.train_step((ops.array(x),))
    assert float(second["beta_kl"]) == pytest.approx(0.1 * float(second["kl"]), rel=1e-4)


def test_diagnosis_adds_up():
    """KL is the sum over units, −ELBO the expected reconstruction plus KL."""
    model, x = built(), digits_like(400)
    found = SPEC.diagnose(model, x, x, 0)
    kl = kl_by_hand(model, x).mean(axis=0)
    assert found["kl_per_unit"] == pytest.approx(kl, rel=1e-4)
    assert found["kl"] == pytest.approx(sum(found["kl_per_unit"]))
    assert found["active_units"] == (np.asarray(model.encoder(x)).var(axis=0) > 0.01).sum()
    reconstruction = model.loss_terms(ops.array(x), ops.array(x), training=False)["reconstruction"]
    assert found["negative_elbo"] == pytest.approx(float(reconstruction) + found["kl"], rel=0.01)


def test_minus_elbo_is_of_the_clean_samples():
    """What the encoder sees is noisy; what p(x|z) is taken of is clean."""
    model, x = built(), 0.2 * digits_like(400)
    nearly_certain(model)
    model.decoder.get_layer("values").bias.assign(np.full(64, 2.0))
    seen = digits_like(800)[400:]
    p = np.asarray(model(seen), np.float64)
    cross_entropy = -(x * np.log(p) + (1 - x) * np.log(1 - p)).sum(axis=(1, 2, 3)).mean()
    assert model.expected_reconstruction(seen, x, 0) == pytest.approx(cross_entropy, rel=1e-3)


def trained_linear(tmp_path, encoding_dim, rate, **bottleneck):
    """Figures and model of a linear VAE on 1000 rows whose covariance has just EIGENVALUES."""
    rng = np.random.default_rng(0)
    z = rng.standard_normal((1000, 6))
    white = np.linalg.svd(z - z.mean(axis=0), full_matrices=False)[0] * 1000**0.5
    rotation = np.linalg.qr(rng.standard_normal((6, 6)))[0]
    x = white * np.sqrt(EIGENVALUES) @ rotation.T
    np.savez(tmp_path / "normal.npz", x=x.astype(np.float32))
    experiment = Experiment.from_dict(
        {
            "data": {"source": str(tmp_path / "normal.npz"), "validation_fraction": 0.0},
            "preprocessing": {"scaling": "none"},
            "model": {
                "encoding_dim": encoding_dim,
                "backbone": {"kind": "dense", "units": [], "activation": "linear"},
                "bottleneck": {"kind": "variational", **bottleneck},
                "output_activation": "linear",
            },
            "training": {
                "loss": "mse",
                "learning_rate": rate,
                "epochs": 120,
                "batch_size": 250,
                "schedule": "cosine",
            },
        }
    )
    result = train(experiment)
    return result.metrics, result.autoencoder


@pytest.mark.parametrize(("variance", "active"), [(0.5, 3), (1.5, 2)])
def test_linear_vae_is_probabilistic_pca(tmp_path, variance, active):
    """A unit for each eigenvalue above σ², with ½ log(λ/σ²) nats; −ELBO is −log p(x).

    Source: Lucas et al., Don't Blame the ELBO!, NeurIPS 2019; Tipping and Bishop 1999.
    """
    found, _ = trained_linear(tmp_path, 6, 0.05, decoder_variance="fixed", variance=variance)
    assert found["active_units"] == active
    used = np.maximum(EIGENVALUES, variance)
    expected = 0.5 * np.log(used / variance)
    assert sorted(found["kl_per_unit"], reverse=True) == pytest.approx(expected, abs=0.03)
    evidence = 0.5 * (6 * math.log(2 * math.pi) + np.sum(np.log(used) + EIGENVALUES / used))
    assert found["negative_elbo"] == pytest.approx(evidence, abs=0.15)


def test_learned_variance_is_that_of_what_the_code_leaves_out(tmp_path):
    """With 2 units σ² becomes the mean of the other eigenvalues (Tipping and Bishop 1999)."""
    found, model = trained_linear(tmp_path, 2, 0.1)
    assert found["active_units"] == 2
    assert math.exp(float(model.log_sigma2)) == pytest.approx(EIGENVALUES[2:].mean(), rel=0.05)
