"""Adversarial training: who learns in which step, and what is logged of it."""

import math
import random

import numpy as np
import pytest
from keras import ops

from aecore import Experiment, train
from aecore.models.bottlenecks._prior import mmd
from aecore.models.bottlenecks.adversarial import SPEC
from aecore.models.building import build
from aecore.training import schedules
from aecore.training.optimizers import OPTIMIZERS

# What each of the three steps does, without what steadies them.
GAME_ALONE = {"gradient_penalty": 0.0, "mmd_weight": 0.0}


def built(**changes):
    """A compiled adversarial autoencoder of two numbers; without hidden layers, linear."""
    experiment = Experiment(data={"source": "breast-cancer"}).replace(
        {
            "model.encoding_dim": 2,
            "model.backbone.units": [],
            "model.bottleneck.kind": "adversarial",
            "model.bottleneck.discriminator_units": [32],
            **{
                f"model.bottleneck.{name}": value
                for name, value in {**GAME_ALONE, **changes}.items()
            },
        }
    )
    random.seed(0)
    model = build(experiment.design, (2,))
    model.compile(optimizer="adam")
    model.build_optimizers()
    return model


def untouched(**changes):
    """The same, with codes that are the samples themselves, and that stay so."""
    model = built(**changes)
    for part, layer in ((model.encoder, "code"), (model.decoder, "values")):
        part.get_layer(layer).set_weights([np.eye(2), np.zeros(2)])
    model.optimizer.learning_rate = 0.0
    model.fooling.learning_rate = 0.0
    return model


@pytest.mark.parametrize("kind", ["adam", "rmsprop", "sgd", "adamw"])
def test_all_three_follow_the_chosen_optimizer(kind):
    """Kind, clipping and schedule are those of the run; the rates keep their ratio."""
    model = built(discriminator_learning_rate=0.004, adversarial_weight=0.5)
    rate = schedules.cosine_decay(0.01, 100)
    model.compile(optimizer=OPTIMIZERS[kind].build(rate, clip_norm=0.7))
    model.build_optimizers()
    assert {type(o).__name__.lower() for o in model.optimizers} == {kind}
    assert {o.global_clipnorm for o in model.optimizers} == {0.7}
    for done, share in ((0, 1.0), (50, 0.5), (100, 0.0)):
        for optimizer in model.optimizers:
            optimizer.iterations.assign(done)
        found = [float(optimizer.learning_rate) for optimizer in model.optimizers]
        assert found == pytest.approx([0.01 * share, 0.004 * share, 0.002 * share], abs=1e-8)


def test_optimizers_are_made_once_for_what_the_model_is_compiled_with():
    """Building them again keeps what they have learned; another optimizer brings others."""
    model = built()
    first = model.optimizers
    model.build_optimizers()
    assert all(a is b for a, b in zip(first, model.optimizers, strict=True))
    model.compile(optimizer="sgd")
    model.build_optimizers()
    assert {type(o).__name__ for o in model.optimizers} == {"SGD"}


def test_cosine_does_not_ruin_a_run():
    """The discriminator slows down with the encoder: the error stays well below the mean's."""
    result = train(
        Experiment().replace(
            {
                "data.source": "digits",
                "model.encoding_dim": 8,
                "model.bottleneck.kind": "adversarial",
                "training.schedule": "cosine",
                "training.epochs": 30,
            }
        )
    )
    assert result.metrics["mse"] < 0.6 * result.metrics["mean_mse"]


def normals(rows, seed, shift=0.0, scale=1.0):
    """(rows, 2) draws of N(shift, scale²)."""
    drawn = shift + scale * np.random.default_rng(seed).standard_normal((rows, 2))
    return ops.array(drawn.astype(np.float32))


def weights(model):
    """The weights of each of the three networks."""
    parts = (model.encoder, model.decoder, model.discriminator)
    return [np.concatenate([np.ravel(w) for w in part.get_weights()]) for part in parts]


def trained_discriminator(x, steps, **changes):
    """A model of fixed codes x whose discriminator has learned for some steps."""
    model = untouched(discriminator_learning_rate=0.05, **changes)
    for _ in range(steps):
        model.train_step((x,))
    return model


@pytest.mark.parametrize(
    ("learning", "changed"),
    [
        ("optimizer", [True, True, False]),
        ("discriminating", [False, False, True]),
        ("fooling", [True, False, False]),
        (None, [False, False, False]),
    ],
)
def test_each_optimizer_moves_its_own_networks(learning, changed):
    """Reconstruction moves encoder and decoder, telling the discriminator, fooling the encoder."""
    model = built()
    for name in ("optimizer", "discriminating", "fooling"):
        if name != learning:
            getattr(model, name).learning_rate = 0.0
    before = weights(model)
    model.train_step((normals(64, 0),))
    after = weights(model)
    moved = [not np.array_equal(a, b) for a, b in zip(before, after, strict=True)]
    assert moved == changed


def test_the_first_step_only_reconstructs():
    """What fooling costs is logged with it, but pulls at the encoder in the third step alone."""
    after = []
    for weight in (0.0, 100.0):
        model = built(adversarial_weight=weight)
        model.discriminating.learning_rate = model.fooling.learning_rate = 0.0
        for _ in range(3):
            model.train_step((normals(64, 0),))
        after.append(weights(model)[0])
    np.testing.assert_allclose(after[0], after[1], atol=1e-7)


def test_optimizers_are_three_and_each_has_state_of_its_own_variables():
    """Reconstruction's has none for the discriminator; the encoder is in two of them."""
    model = built()
    encoder, decoder = model.encoder.trainable_variables, model.decoder.trainable_variables
    ids = {id(v) for v in model.discriminator.trainable_variables}
    assert len({id(optimizer) for optimizer in model.optimizers}) == 3
    assert len(model.reconstructing_variables) == len(encoder) + len(decoder)
    assert not ids & {id(v) for v in model.reconstructing_variables}


@pytest.mark.parametrize(
    ("learning", "cost"), [("discriminating", "discriminator_loss"), ("fooling", "adversarial")]
)
def test_steps_go_the_right_way(learning, cost):
    """The discriminator's step lowers its own loss, the encoder's lowers what fooling costs."""
    model, x = built(discriminator_learning_rate=0.05), normals(256, 0, shift=2.0)
    for name in {"optimizer", "discriminating", "fooling"} - {learning}:
        getattr(model, name).learning_rate = 0.0
    costs = []
    for _ in range(10):
        model.reset_metrics()
        costs.append(float(model.train_step((x,))[cost]))
    assert costs[-1] < costs[0] - 0.02


def test_an_undecided_discriminator_costs_log_two():
    """Logits of 0: −log ½ for fooling, times its weight, and log 2 for telling."""
    model = untouched(adversarial_weight=3.0)
    logit = model.discriminator.get_layer("logit")
    logit.set_weights([np.zeros(logit.kernel.shape), np.zeros(1)])
    found = model.test_step((normals(100, 0), normals(100, 0)))
    assert float(found["adversarial"]) == pytest.approx(3 * math.log(2), rel=1e-6)
    assert float(found["discriminator_loss"]) == pytest.approx(math.log(2), rel=1e-6)


@pytest.mark.parametrize("step", ["train_step", "test_step"])
def test_the_discriminators_loss_is_no_part_of_the_loss(step):
    """The loss is reconstruction + fooling; identical samples and codes reconstruct to 0."""
    model, x = untouched(adversarial_weight=2.0), normals(100, 0)
    expected = 2 * np.log1p(np.exp(-np.asarray(model.discriminator(x), np.float64))).mean()
    found = getattr(model, step)((x,))
    assert float(found["reconstruction"]) == pytest.approx(0, abs=1e-10)
    assert float(found["loss"]) == pytest.approx(expected, rel=1e-4)
    assert float(found["discriminator_loss"]) > 0.1


def test_evaluation_teaches_nobody():
    """A test step leaves all weights as they are."""
    model = built()
    before = weights(model)
    model.test_step((normals(64, 0),))
    assert all(np.array_equal(a, b) for a, b in zip(before, weights(model), strict=True))


@pytest.mark.parametrize("prior_scale", [1.0, 5.0])
def test_codes_of_the_prior_cannot_be_told_from_it(prior_scale):
    """Any discriminator is right half the time, even one that has learned."""
    scale = {"prior_scale": prior_scale}
    x = normals(4000, 0, scale=prior_scale)
    for model in (untouched(**scale), trained_discriminator(x, 12, **scale)):
        assert model.accuracy_on(np.asarray(x), 1) == pytest.approx(0.5, abs=0.03)
    model.reset_metrics()
    logged = model.test_step((x, x))["discriminator_accuracy"]
    assert float(logged) == pytest.approx(0.5, abs=0.03)
    few = np.asarray(x[:300])
    found = SPEC.diagnose(model, few, few, 1)
    assert found["discriminator_accuracy"] == pytest.approx(0.5, abs=0.1)
    assert found["code_stddev"] == pytest.approx(1.0, abs=0.1)


def test_codes_far_away_are_told_from_the_prior():
    """A trained discriminator is right every time, in the log and in the diagnosis."""
    x = normals(500, 0, shift=20.0)
    model = trained_discriminator(x, 15)
    model.reset_metrics()
    assert float(model.test_step((x, x))["discriminator_accuracy"]) == pytest.approx(1.0)
    assert model.accuracy_on(np.asarray(x), 1) == 1.0


def test_the_priors_scale_reaches_the_discriminator():
    """Codes of spread 5 are told from a prior of spread 1: it is the codes that are far out."""
    x = normals(1000, 0, scale=5.0)
    model = trained_discriminator(x, 30)
    assert model.accuracy_on(np.asarray(x), 1) > 0.75
    near, far = model.discriminator(ops.zeros((1, 2))), model.discriminator(10 * ops.ones((1, 2)))
    assert float(near[0, 0]) > 0 > float(far[0, 0])


def test_the_mmd_is_a_term_that_the_encoder_alone_is_told():
    """Weight · λ · MMD² from new draws of the prior; the first step does not see it."""
    x = normals(500, 0, shift=1.0)
    model = untouched(adversarial_weight=2.0, mmd_weight=5.0)
    terms = model.loss_terms(x, x, True)
    assert set(terms) == set(model.term_names()) == {"reconstruction", "adversarial", "mmd"}
    # 500 draws of the prior leave about a tenth of chance.
    expected = 10.0 * mmd(np.asarray(x), np.asarray(normals(500, 1)), 1.0, np)
    assert float(terms["mmd"]) == pytest.approx(float(expected), rel=0.3)
    model = built(mmd_weight=5.0, adversarial_weight=0.0)
    model.optimizer.learning_rate = 0.0
    before = weights(model)
    model.train_step((x,))
    assert np.array_equal(weights(model)[0], before[0])


def test_a_penalty_keeps_the_discriminator_flat_at_the_prior():
    """Codes far away are told from the prior by a gentler slope, the gentler the more it counts."""
    slopes = []
    for penalty in (0.0, 1.0, 10.0):
        model = trained_discriminator(normals(500, 0, shift=3.0), 30, gradient_penalty=penalty)
        here, there = normals(500, 1), normals(500, 1, shift=0.1)
        change = np.asarray(model.discriminator(there)) - np.asarray(model.discriminator(here))
        slopes.append(np.abs(change).mean())
    assert slopes[0] > 2 * slopes[1] > 2 * slopes[2]


def test_steps_against_the_discriminator_are_smaller_where_codes_have_many_inputs():
    """Adam's step moves a code by as much as it has inputs; up to 48 it is the whole rate."""
    shares = {}
    for units in (32, 96, 480):
        experiment = Experiment(data={"source": "digits"}).replace(
            {
                "model.bottleneck.kind": "adversarial",
                "model.backbone.units": [units],
            }
        )
        model = build(experiment.design, (8, 8, 1))
        model.compile(optimizer="adam")
        model.build_optimizers()
        rates = [float(o.learning_rate) for o in (model.fooling, model.discriminating)]
        shares[units] = rates[0] / rates[1]
    assert shares == pytest.approx({32: 1.0, 96: 0.5, 480: 0.1})


def test_codes_come_to_look_like_the_prior():
    """Trained without reconstruction, the encoder moves its codes to the prior's mean."""
    model, x = built(), normals(256, 0, shift=3.0)
    model.optimizer.learning_rate = 0.0
    model.discriminating.learning_rate = model.fooling.learning_rate = 0.03
    before = np.abs(model.codes(np.asarray(x)).mean(axis=0)).max()
    for _ in range(20):
        model.train_step((x,))
    assert np.abs(model.codes(np.asarray(x)).mean(axis=0)).max() < before / 2
