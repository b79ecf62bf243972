"""Presets: each suits the size of the data that it is offered for, and says where it is not."""

from __future__ import annotations

from math import ceil
from pathlib import Path

import numpy as np
import pytest

from aecore.data import DATASETS, facts
from aecore.experiment import Experiment
from aecore.experiment.presets import PRESETS, left_out, suiting


def experiments(source: str) -> dict[str, Experiment]:
    """Every preset that is offered for a data set."""
    return {name: PRESETS[name].experiment(source) for name in suiting(source)}


@pytest.mark.parametrize("source", DATASETS)
def test_presets_suit_every_data_set_but_those_made_for_others(source: str) -> None:
    """Left out is what needs pictures, series, labels or larger samples; each says why."""
    known, others = facts(source), set()
    others |= set() if known.kind == "image" else {"convolutional", "repair"}
    read = known.kind in ("image", "series") and known.sample_shape[0] <= 32
    others |= set() if read else {"lstm"}
    others |= set() if known.class_names else {"conditional-vae"}
    others |= {"article"} if known.kind == "text" else set()
    others |= {"beta-vae"} if known.features < 64 else set()
    others |= {"sparse", "article"} if known.features < 16 else set()
    others |= {"two-numbers", "denoising"} if known.features < 3 else set()
    assert set(left_out(source)) == others
    assert set(suiting(source)) == set(PRESETS) - others
    assert all(reason.endswith(".") and len(reason) > 20 for reason in left_out(source).values())
    assert all(made.data.source == source for made in experiments(source).values())


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_presets_can_be_asked_about_the_smallest_table(tmp_path: Path, columns: int) -> None:
    """Each is offered or says why it is not; none fails."""
    table = tmp_path / "small.csv"
    values = np.random.default_rng(0).normal(size=(60, columns))
    head = ",".join(f"c{i}" for i in range(columns))
    np.savetxt(table, values, delimiter=",", header=head, comments="")
    reasons = left_out(str(table))
    assert {*suiting(str(table)), *reasons} == set(PRESETS)
    assert "suggested" not in reasons and {"sparse", "article"} <= set(reasons)
    for made in experiments(str(table)).values():
        assert made.model.encoding_dim >= 1


@pytest.mark.parametrize("source", DATASETS)
def test_a_code_is_smaller_than_what_it_stands_for(source: str) -> None:
    """But one that is an entry of a codebook, which is a single choice."""
    for name, made in experiments(source).items():
        assert made.entry_size or made.model.encoding_dim < made.facts.features, name


@pytest.mark.parametrize("source", DATASETS)
def test_there_are_steps_enough_to_learn_in(source: str) -> None:
    """Small data get more epochs, not fewer steps, but where they would be learned by heart."""
    known = facts(source)
    steps = {
        name: made.training.epochs * ceil(0.8 * known.rows / made.training.batch_size)
        for name, made in experiments(source).items()
    }
    assert min(steps.values()) >= 500
    assert steps["suggested"] >= 3000 or known.rows < known.features


@pytest.mark.parametrize("source", DATASETS)
def test_codes_drawn_to_a_prior_are_few_where_values_are(source: str) -> None:
    """Two numbers of a small table: eight cannot be filled by what it holds."""
    known, made = facts(source), experiments(source)
    wanted = 8 if known.features >= 16 else min(2, known.features - 1)
    for name in {"adversarial", "wasserstein", "conditional-vae"} & set(made):
        assert made[name].model.encoding_dim == wanted, name
    assert made["vae"].model.encoding_dim >= min(2, known.features - 1)


def test_noise_outweighs_what_a_small_code_loses() -> None:
    """Else handing the noisy sample on would be better than to clean it."""
    for source, noise, numbers in (
        ("wine", 0.8, 7),
        ("breast-cancer", 0.4, 15),
        ("digits", 0.4, 8),
    ):
        model = PRESETS["denoising"].experiment(source).model
        assert model.corruption.stddev == noise  # type: ignore[union-attr]
        assert model.encoding_dim == numbers


def test_a_codebook_is_as_large_as_the_data_can_fill() -> None:
    """On 150 flowers most of 128 entries were never chosen."""
    sizes = {"iris": 8, "breast-cancer": 32, "digits": 128, "mnist-5k": 128, "mnist": 128}
    for source, size in sizes.items():
        bottleneck = PRESETS["vq-vae"].experiment(source).model.bottleneck
        assert bottleneck.codebook_size == size, source  # type: ignore[union-attr]


def test_a_heavy_prior_is_lighter_for_small_pictures() -> None:
    """With four times the weight, 64 pixels cannot pay for a single number."""
    for source, beta in (("digits", 2.0), ("mnist-5k", 4.0)):
        bottleneck = PRESETS["beta-vae"].experiment(source).model.bottleneck
        assert bottleneck.beta == beta  # type: ignore[union-attr]


def test_the_article_s_preset_is_the_article_s_model() -> None:
    """784-32-784 has 50,992 trained numbers, in 50 epochs of batches of 256."""
    article = PRESETS["article"].experiment("mnist-5k")
    assert [layer.shape for layer in article.layers()] == [(28, 28, 1), (32,), (28, 28, 1)]
    assert sum(layer.parameters for layer in article.layers()) == 784 * 32 + 32 + 32 * 784 + 784
    assert (article.training.epochs, article.training.batch_size) == (50, 256)
