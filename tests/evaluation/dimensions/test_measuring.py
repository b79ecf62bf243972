"""Curves, probes and estimates of a run with an ordered code, and what is kept of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from aecore import Experiment, Result, train
from aecore.errors import DataError
from aecore.evaluation.dimensions.advice import Evidence, advise
from aecore.evaluation.dimensions.measuring import STEPS, MeasuredDimensions, measure_dimensions
from aecore.evaluation.dimensions.probes import measure_probes, probed
from aecore.models.code_lengths import shortened
from aecore.runs.training_data import training_data

NUMBERS = 6


@pytest.fixture(scope="module")
def result() -> Result:
    """An ordered code of digits, trained shortly."""
    return train(
        Experiment(data={"source": "digits"}).replace(
            {
                "model.encoding_dim": NUMBERS,
                "model.penalties.ordered": True,
                "training.epochs": 5,
            }
        )
    )


@pytest.fixture(scope="module")
def measured(result: Result) -> MeasuredDimensions:
    """All that is measured of it."""
    return list(steps_of(result))[-1]


def steps_of(result: Result, **more: object) -> Iterator[MeasuredDimensions]:
    """What is known after each step."""
    prepared, _ = training_data(result)
    return measure_dimensions(result.experiment, prepared, result.autoencoder, **more)  # type: ignore[arg-type]


def test_the_ordered_curve_is_of_the_first_numbers(
    result: Result, measured: MeasuredDimensions
) -> None:
    """Its end is the run's own error, and each length that of its code cut so."""
    ordered, kept = measured.curves.ordered, result.samples
    assert ordered is not None
    assert ordered.dimensions == tuple(range(1, NUMBERS + 1))
    assert ordered.error[-1] == pytest.approx(result.metrics["mse"], rel=1e-5)
    made = result.autoencoder.reconstructions(kept.original, shortened(kept.code, 2))
    assert ordered.error[1] == pytest.approx(np.square(made - kept.original).mean(), rel=1e-4)
    assert ordered.error[0] > ordered.error[-1]


def test_the_yardsticks_are_those_of_the_run(result: Result, measured: MeasuredDimensions) -> None:
    """PCA of as many numbers, the mean, and the entropy of grey pixels."""
    curves = measured.curves
    assert curves.pca.error[-1] == pytest.approx(result.metrics["pca_mse"], rel=1e-5)
    assert (curves.measured_on, curves.features) == (result.metrics["measured_on"], 64)
    assert curves.mean[0] == pytest.approx(
        result.metrics["mse"] / (1 - result.metrics["r2"]), rel=1e-4
    )
    assert curves.floor is not None
    assert 0 < curves.floor < min(curves.pca.loss)
    assert list(curves.pca.error) == sorted(curves.pca.error, reverse=True)


def test_probes_agree_with_plain_scikit_learn(result: Result, measured: MeasuredDimensions) -> None:
    """Scaled and fitted on training codes alone, tried on held-out ones."""
    probes = measured.probes
    assert probes is not None
    prepared, _ = training_data(result)
    code = result.encode(prepared.train)
    scaler = StandardScaler().fit(code)
    labels = prepared.labels(prepared.split.train)
    plain = LogisticRegression(max_iter=1000).fit(scaler.transform(code), labels)
    _, held_out, rows = prepared.held_out
    accuracy = plain.score(scaler.transform(result.encode(held_out)), prepared.labels(rows))
    assert probes.code[-1] == pytest.approx(accuracy, abs=5e-4)
    assert probes.dimensions == tuple(probed(NUMBERS))
    assert probes.chance < 0.2 < probes.code[-1] < probes.raw
    assert probes.rows == len(rows)


def test_what_is_measured_is_kept(measured: MeasuredDimensions, tmp_path: Path) -> None:
    """And read again as it was; a damaged file is told."""
    measured.save(tmp_path / "dimensions.json")
    assert MeasuredDimensions.load(tmp_path / "dimensions.json") == measured
    assert advise(Evidence(measured.curves, {}, measured.intrinsic)).choice in range(1, NUMBERS + 1)
    for text in ("{}", "[", '{"curves": 3}'):
        (tmp_path / "dimensions.json").write_text(text)
        with pytest.raises(DataError, match="Measure it again"):
            MeasuredDimensions.load(tmp_path / "dimensions.json")


def test_a_stop_leaves_what_was_measured_before(result: Result) -> None:
    """Each step is told before it begins."""
    told: list[str] = []
    (found,) = steps_of(result, on_doing=told.append, should_stop=lambda: len(told) > 0)
    assert told == [STEPS[0]]
    assert found.curves.ordered is not None
    assert found.curves.ordered.dimensions == (1,)


def test_what_cannot_be_measured_is_said(tmp_path: Path) -> None:
    """Without labels there is nothing to probe; of few rows there is no estimate."""
    rows = np.random.default_rng(0).normal(size=(20, 3)).astype(np.float32)
    np.save(tmp_path / "few.npy", rows)
    experiment = Experiment.from_dict(
        {
            "data": {"source": str(tmp_path / "few.npy")},
            "model": {"encoding_dim": 3, "penalties": {"ordered": True}},
            "training": {"epochs": 1},
        }
    )
    found = list(steps_of(train(experiment)))[-1]
    assert found.intrinsic is None and found.probes is None
    assert "neighbours of each row" in found.notes[0]
    assert "no classes for a probe" in found.notes[1]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"data.classes": ["3"]}, "of one class"),
        ({"data.validation_fraction": 0.0}, "held no rows out"),
        ({"model.bottleneck.kind": "variational", "model.conditional": True}, "told the class"),
    ],
    ids=str,
)
def test_probes_that_would_tell_nothing_are_refused(changes: dict[str, object], why: str) -> None:
    """In a sentence each."""
    experiment = Experiment(data={"source": "digits"}).replace({"training.epochs": 1, **changes})
    result = train(experiment)
    prepared, _ = training_data(result)
    with pytest.raises(DataError, match=why):
        measure_probes(experiment, prepared, None)


def test_a_code_that_is_not_ordered_has_no_curve() -> None:
    """PCA's is there all the same."""
    experiment = Experiment(data={"source": "digits"}).replace({"training.epochs": 1})
    found = next(steps_of(train(experiment)))
    assert found.curves.ordered is None
    assert len(found.curves.pca.error) == experiment.model.encoding_dim


@pytest.mark.slow
def test_digits_of_mnist_need_ten_to_sixteen_numbers() -> None:
    """The range that is advised of 5,000 of them holds both, by one ordered training."""
    experiment = Experiment.from_dict({"data": {"source": "mnist-5k"}})
    found = list(steps_of(train(experiment.replace({"model.penalties.ordered": True}))))[-1]
    advice = advise(Evidence(found.curves, {}, found.intrinsic))
    assert advice.low <= 10
    assert advice.high >= 16
