"""Batches of an epoch: every row once, and statistics never of a few rows."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aecore import Experiment, train
from aecore.data import load
from aecore.data.prepare.preparing import prepare
from aecore.models.bottlenecks import BOTTLENECKS
from aecore.models.building import build
from aecore.training.batches import LEAST_FOR_STATISTICS, batch_count, rows_in_whole_batches
from aecore.training.loop import EVALUATION_BATCH, Compiled
from tests.data.test_shards import frame, shards


@pytest.mark.parametrize(
    ("rows", "whole", "batches"),
    [
        (160, 160, 5),
        (161, 128, 5),
        (167, 128, 5),
        (168, 160, 6),
        (32, 32, 1),
        (33, 0, 1),
        (5, 5, 1),
    ],
)
def test_a_last_batch_of_a_few_rows_is_joined(rows, whole, batches):
    """In batches of 32, up to seven rows more go along with the last of them."""
    size = min(32, rows)
    assert rows_in_whole_batches(rows, size, LEAST_FOR_STATISTICS) == whole
    assert batch_count(rows, 32, LEAST_FOR_STATISTICS) == batches


@given(st.integers(1, 500), st.integers(1, 64), st.integers(1, 8))
def test_batches_hold_every_row(rows, batch_size, least):
    """Whole batches and the rest are all rows; the rest is not small, unless there is no more."""
    size = min(batch_size, rows)
    whole = rows_in_whole_batches(rows, size, least)
    rest = rows - whole
    assert whole % size == 0 and 0 <= rest < size + least
    assert rest == 0 or size < least or rest >= min(least, rows)
    assert batch_count(rows, batch_size, least) == whole // size + (rest > 0)
    assert batch_count(rows, batch_size) == -(-rows // size)


def wasserstein(**changes):
    """161 training rows of breast cancer in batches of 32."""
    base = {
        "data.source": "breast-cancer",
        "data.rows": 201,
        "model.bottleneck.kind": "wasserstein",
        "training.batch_size": 32,
        "training.epochs": 2,
    }
    return Experiment().replace(base | changes)


def test_a_step_of_statistics_sees_eight_rows_or_more():
    """Five steps an epoch, not six of which the last sees one row; others take the sixth."""
    assert int(train(wasserstein()).autoencoder.optimizer.iterations) == 2 * 5
    plain = train(wasserstein(**{"model.bottleneck.kind": "plain"}))
    assert int(plain.autoencoder.optimizer.iterations) == 2 * 6


@pytest.mark.parametrize(
    ("changes", "least"),
    [
        ({}, 1),
        ({"model.bottleneck.kind": "wasserstein"}, 8),
        ({"model.bottleneck.kind": "variational"}, 8),
        ({"model.bottleneck": {"kind": "variational", "decoder_variance": "fixed"}}, 1),
        ({"model.penalties.batch_normalization": True}, 8),
        ({"model.penalties.kl_sparsity": 0.1}, 8),
    ],
    ids=str,
)
def test_who_takes_statistics_of_a_batch(changes, least):
    """MMD, a learned variance, batch normalisation and the mean activation do."""
    assert Experiment(data={"source": "breast-cancer"}).replace(changes).least_rows == least


def test_validation_takes_no_statistics_of_a_single_row():
    """A row more than a batch of evaluation: codes of the prior stay at an MMD of about 0."""
    experiment = wasserstein(**{"model.encoding_dim": 2, "model.backbone.units": []})
    model = build(experiment.design, (2,))
    model.encoder.get_layer("code").set_weights([np.eye(2), np.zeros(2)])
    model.compile(optimizer="adam")
    x = np.random.default_rng(0).standard_normal((EVALUATION_BATCH + 1, 2)).astype(np.float32)
    found = Compiled(model).evaluate(x, x)
    assert BOTTLENECKS["wasserstein"].settings().mmd_weight == 10.0
    # A single row's MMD² would be about −9, and weigh 1 in 1,025.
    assert abs(float(found["mmd"])) < 0.05


def test_blocks_of_a_file_end_in_no_single_row(tmp_path):
    """A last block of one row is joined to the one before; every row comes once."""
    source = shards(tmp_path / "t", frame())
    chosen = Experiment(data={"source": source}, preprocessing={"scaling": "standardize"})
    stream = prepare(chosen.preparation_options, load(source)).stream
    size = (stream.rows - 1) // 4
    sizes = [len(block) for block in stream.blocks(size, 0, LEAST_FOR_STATISTICS)]
    left = stream.rows - 4 * size
    assert sizes == [size, size, size, size + left]
    assert [len(block) for block in stream.blocks(size, 0)] == [size] * 4 + [left]
