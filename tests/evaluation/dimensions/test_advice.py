"""The encoding dimension that is advised, and the reasons that are given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from aecore import data
from aecore.data.prepare.preparing import Prepared, prepare
from aecore.evaluation.anomalies.detection import Estimate
from aecore.evaluation.dimensions.advice import Advice, Evidence, advise
from aecore.evaluation.dimensions.curves import Curve, Curves, measure_curves
from aecore.evaluation.dimensions.intrinsic import IntrinsicDimension, intrinsic_dimension
from aecore.experiment import Experiment


def curves(pca: Sequence[float], ordered: Sequence[float] = (), features: int = 64) -> Curves:
    """Errors of 1, 2, … numbers, beside those of the mean, which are 1."""
    of_pca, of_code = (
        Curve(tuple(range(1, len(errors) + 1)), tuple(errors), tuple(errors))
        for errors in (pca, ordered)
    )
    return Curves(
        "test", 100, features, "mse", of_pca, (1.0, 1.0), None, of_code if ordered else None
    )


def estimated(value: float, coarse: float) -> IntrinsicDimension:
    """Estimates that fall from one value to another."""
    near, far = Estimate(value, value - 0.1, value + 0.1), Estimate(coarse, coarse, coarse)
    return IntrinsicDimension(near, ((5, near), (100, far)), near, 500, 500, 0)


def told(advice: Advice) -> str:
    """All sentences."""
    return " ".join(advice.sentences)


def test_the_range_is_where_numbers_still_explain_something() -> None:
    """From 2.5 % of the mean's error each, to half a per cent."""
    network = [0.5, 0.3, 0.2, 0.15, 0.14, 0.13, 0.121, 0.12, 0.119, 0.118]
    advice = advise(Evidence(curves([0.9] * 10, network)))
    assert (advice.low, advice.high, advice.choice) == (4, 7, 7)
    assert advice.sentences[0].startswith("Between 4 and 7")
    assert "the network’s error is 87% below that of PCA" in told(advice)
    assert advice.sentences[-1] == "Use 7."


def test_what_differs_less_than_seeds_does_not_count() -> None:
    """Separate trainings with a spread of their own end the range sooner."""
    network = [0.5, 0.3, 0.2, 0.15, 0.14, 0.13, 0.121, 0.12, 0.119, 0.118]
    separate = {4: [0.13, 0.17], 8: [0.10, 0.14]}
    advice = advise(Evidence(curves([0.9] * 10, network), separate))
    assert advice.high == 4
    assert "less than two seeds differ" in told(advice)


def test_pca_is_said_to_do_as_well() -> None:
    """Where it does, and nowhere else."""
    errors = [0.6, 0.2, 0.02, 0.019, 0.018, 0.017]
    as_well = advise(Evidence(curves(errors, [e * 1.02 for e in errors])))
    assert as_well.pca_does_as_well
    assert "PCA with 3 does as well as the network." in told(as_well)
    better = advise(Evidence(curves(errors, [e * 0.5 for e in errors])))
    assert not better.pca_does_as_well
    assert "does as well" not in told(better)


def test_without_a_network_it_is_pcas_curve() -> None:
    """And said to be."""
    advice = advise(Evidence(curves([0.6, 0.2, 0.02, 0.019, 0.018, 0.017])))
    assert advice.choice == 3
    assert "This is PCA’s curve" in told(advice)


def test_a_curve_that_still_falls_is_open() -> None:
    """Unless there are no more values to code."""
    errors = [0.8, 0.6, 0.4, 0.2]
    assert "4 or more" in told(advise(Evidence(curves(errors))))
    whole = told(advise(Evidence(curves(errors, features=4))))
    assert "or more:" not in whole
    assert "could simply be a copy" in whole


def test_a_bent_shape_may_need_one_number_more() -> None:
    """Of a circle's kind; a flat of as many dimensions, and one of many, need none."""
    bent = Evidence(curves([0.5, 0.01, 0.009], [0.1, 0.009, 0.009]), {}, estimated(2.0, 1.2))
    assert "must be torn" in told(advise(bent))
    assert "With 5 neighbours it is 2.0 and with 100 it is 1.2" in told(advise(bent))
    flat = replace(bent, curves=curves([0.05, 0.01, 0.009], [0.05, 0.009, 0.009]))
    assert "must be torn" not in told(advise(flat))
    many = replace(bent, intrinsic=estimated(8.0, 7.6))
    assert "must be torn" not in told(advise(many))
    assert "about 8-dimensional (8 to 8)" in told(advise(many))


def prepared(experiment: Experiment) -> Prepared:
    """The data of an experiment, split and scaled."""
    raw, sheet = data.checked(experiment.data.source, experiment.data.reading)
    return prepare(experiment.preparation_options, raw, lambda: False, columns=sheet.columns)


@pytest.mark.parametrize("noise", [0.0, 0.05])
@pytest.mark.parametrize("dimension", [3, 8, 16])
def test_the_dimension_of_a_flat_is_found(dimension: int, noise: float, tmp_path: object) -> None:
    """Within one, of normal rows in 64 columns, by PCA's curve alone."""
    random = np.random.default_rng(dimension)
    axes = np.linalg.qr(random.normal(size=(64, dimension)))[0]
    rows = random.normal(size=(2000, dimension)) @ axes.T
    rows += noise * rows.std() * random.normal(size=rows.shape)
    np.save(f"{tmp_path}/flat.npy", rows.astype(np.float32))
    experiment = Experiment.from_dict(
        {"data": {"source": f"{tmp_path}/flat.npy"}, "model": {"encoding_dim": 32}}
    )
    own = prepared(experiment)
    evidence = Evidence(
        measure_curves(experiment, own, None), intrinsic=intrinsic_dimension(own.train)
    )
    assert abs(advise(evidence).choice - dimension) <= 1


@pytest.mark.parametrize(("source", "dimension"), [("circle", 1), ("swiss-roll", 2)])
def test_of_bent_data_it_is_said_why_one_more_may_be_needed(source: str, dimension: int) -> None:
    """Both are told apart from flats by what PCA leaves."""
    experiment = Experiment.from_dict(
        {"data": {"source": source}, "model": {"encoding_dim": dimension + 1}}
    )
    own = prepared(experiment)
    evidence = Evidence(
        measure_curves(experiment, own, None), intrinsic=intrinsic_dimension(own.train)
    )
    advice = advise(evidence)
    assert advice.choice == dimension + 1
    dimensions = "1 dimension" if dimension == 1 else f"{dimension} dimensions"
    assert f"it has {dimensions}, and one number more is needed all the same" in told(advice)
