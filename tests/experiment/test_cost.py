"""Does the estimate of memory and time follow what an experiment is made of?"""

from __future__ import annotations

from typing import Any

import pytest

from aecore.experiment import Experiment
from aecore.experiment.cost import BLOCKS_BYTES, SECONDS_TO_BEGIN, cost_of, shortage

# Layers, batch, MB that training took beside an idle worker: seen once on two cores.
MEASURED = (
    ("digits", {"kind": "dense", "units": [4096, 4096]}, 32, 789),
    ("faces", {"kind": "dense", "units": [4096, 2048]}, 32, 459),
    ("mnist-5k", {"kind": "dense", "units": [512, 256]}, 2048, 311),
    ("mnist-5k", {"kind": "convolutional", "filters": [64, 128]}, 256, 869),
    ("mnist-5k", {"kind": "convolutional", "filters": [32, 32]}, 32, 536),
    ("mnist-5k", {"kind": "recurrent", "cell": "lstm", "units": [512]}, 512, 903),
)
LINEAR = {"kind": "dense", "units": [], "activation": "linear"}


def experiment(source: str, backbone: dict[str, Any], **training: Any) -> Experiment:
    """With these layers."""
    model = {"backbone": backbone, "encoding_dim": 8}
    return Experiment.from_dict({"data": {"source": source}, "model": model, "training": training})


def weights(made: Experiment) -> int:
    """Trained numbers of its model."""
    return sum(layer.parameters for layer in made.layers())


@pytest.mark.parametrize(("source", "backbone", "batch", "megabytes"), MEASURED)
def test_memory_is_about_what_was_measured(
    source: str, backbone: dict[str, Any], batch: int, megabytes: int
) -> None:
    """Within a third, for each kind of layers, large weights and large batches."""
    made = cost_of(experiment(source, backbone, batch_size=batch, epochs=2))
    assert made.memory / 2**20 == pytest.approx(megabytes, rel=0.34)


def test_operations_are_six_a_weight_and_row() -> None:
    """Of one linear layer each way, 64 to 8 to 64: (64 · 8 + 8) + (8 · 64 + 64) weights."""
    digits = experiment("digits", LINEAR, epochs=3, batch_size=100)
    rows = round(1797 * (1 - digits.data.validation_fraction - digits.data.test_fraction))
    made = cost_of(digits)
    assert weights(digits) == 1096
    assert made.operations == 6 * 1096 * rows * 3
    assert made.steps == 3 * -(-rows // 100)


def test_a_filter_works_at_each_place_and_a_cell_at_each_step() -> None:
    """So that a few weights of theirs take longer than as many of a dense layer."""
    for kind in (
        {"kind": "convolutional", "filters": [8]},
        {"kind": "recurrent", "cell": "gru", "units": [16]},
    ):
        made = experiment("digits", kind, epochs=1)
        rows = cost_of(made).operations / (6 * weights(made))
        assert rows > 3 * 1797, kind


def test_time_grows_with_epochs_and_sinks_with_speed() -> None:
    """Ten times the epochs take ten times as long, and half the speed less than twice."""
    short = cost_of(experiment("digits", {"kind": "dense", "units": [2048]}, epochs=100))
    long = cost_of(experiment("digits", {"kind": "dense", "units": [2048]}, epochs=1000))
    trained = [made.seconds(1e11) - SECONDS_TO_BEGIN for made in (short, long)]
    assert trained[1] / trained[0] == pytest.approx(10)
    assert 1 < long.seconds(5e10) / long.seconds(1e11) < 2


def test_a_table_that_is_read_in_parts_is_not_held_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes some blocks, however large it is."""
    from aecore.data import limits

    whole = cost_of(experiment("digits", LINEAR))
    most = limits.Limits(in_memory_bytes=1)
    monkeypatch.setattr("aecore.experiment.cost.limits", lambda: most)
    assert cost_of(experiment("digits", LINEAR)).memory > BLOCKS_BYTES > whole.memory


def test_what_is_missing_is_said_in_gigabytes() -> None:
    """Nothing is said where there is enough."""
    made = cost_of(experiment("faces", {"kind": "dense", "units": [4096] * 10}))
    assert shortage(made, made.memory) == ""
    told = shortage(made, int(1.8e9))
    assert told.startswith("It needs about ")
    assert told.endswith(" GB of memory, and 1.8 GB are free.")
