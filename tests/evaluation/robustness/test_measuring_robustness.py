"""Robustness against closed forms, and what is said where there is nothing to measure."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from aecore import DataError, Experiment, Result, train
from aecore.data.prepare.preparing import Prepared
from aecore.evaluation.baselines import fit_baselines
from aecore.evaluation.features.figures import Draws
from aecore.evaluation.robustness.levels import Sides
from aecore.evaluation.robustness.measuring import MeasuredRobustness, measure_robustness
from aecore.evaluation.robustness.tried_rows import TriedRows
from aecore.evaluation.robustness.verdict import ERROR, TOLD, verdict
from aecore.runs.training_data import training_data


class Copy:
    """A model that hands on what it sees."""

    labels = 0

    def codes(self, x: np.ndarray) -> np.ndarray:
        """All values."""
        return x.reshape(len(x), -1)

    def reconstructions(self, x: np.ndarray, code: np.ndarray) -> np.ndarray:
        """The sample itself."""
        return x


@pytest.fixture(scope="module")
def result() -> Result:
    """A short run on a table with classes."""
    changes = {"data.source": "breast-cancer", "training.epochs": 60, "model.encoding_dim": 4}
    return train(Experiment().replace(changes))


@pytest.fixture(scope="module")
def prepared(result: Result) -> Prepared:
    """Its data."""
    return training_data(result)[0]


@pytest.fixture(scope="module")
def found(result: Result, prepared: Prepared) -> MeasuredRobustness:
    """All that is measured of it."""
    return list(measure_robustness(result.experiment, prepared, result.autoencoder))[-1]


def test_a_copy_is_off_by_the_noise_and_pca_by_its_share_of_it() -> None:
    """σ² for a copy; for PCA of k of d axes what it leaves, and k/d of σ²; intervals hold both."""
    random = np.random.default_rng(0)
    n, d, k, sigma = 4000, 20, 5, 0.5
    scale = np.r_[np.full(k, 3.0), np.full(d - k, 0.1)]
    x = (random.normal(size=(n, d)) * scale).astype(np.float32)
    seen = x + sigma * random.normal(size=(n, d)).astype(np.float32)
    sides = Sides(Copy(), fit_baselines(x, k))
    level = sides.level(sigma, seen, x, Draws.of(n, 0), None)
    left = (d - k) / d * 0.1**2
    for side, expected in (("code", sigma**2), ("pca", k / d * sigma**2 + left)):
        figure = level.error[side]
        assert figure.value == pytest.approx(expected, rel=0.03)
        assert figure.low < figure.value < figure.high
    assert level.error_ahead.high < 0, "PCA takes most of the noise away"
    assert not level.told and level.told_ahead is None


def test_all_disturbances_are_measured_from_clean_rows_on(found: MeasuredRobustness) -> None:
    """The first level is the same for all; errors grow, and accuracies fall."""
    assert set(found.curves) == {"added-noise", "missing-values"}
    assert (found.numbers, found.target, found.kind, found.notes) == (4, "Label", "classes", ())
    for levels in found.curves.values():
        assert levels[0].strength == 0 and len(levels) == 6
        assert levels[0] == found.curves["added-noise"][0]
        for side in ("code", "pca"):
            assert levels[-1].error[side].value > levels[0].error[side].value
        assert levels[-1].told["pca"].value < levels[0].told["pca"].value


def test_clean_rows_have_the_error_of_the_run(result: Result, found: MeasuredRobustness) -> None:
    """As the run itself measured it, and PCA's beside it."""
    clean = found.curves["added-noise"][0]
    mse = result.metrics["mse"]
    assert clean.error["code"].value == pytest.approx(mse, rel=1e-4)
    assert clean.error["code"].value / clean.error["pca"].value == pytest.approx(
        result.metrics["relative_to_pca"], rel=1e-3
    )


def test_what_is_measured_can_be_kept(found: MeasuredRobustness, tmp_path: Path) -> None:
    """Written and read it is the same; damaged it says so."""
    path = tmp_path / "robustness.json"
    found.save(path)
    assert MeasuredRobustness.load(path) == found
    path.write_text("{")
    with pytest.raises(DataError, match=r"cannot be read .* Measure it again"):
        MeasuredRobustness.load(path)


def test_a_stop_leaves_out_the_rest(result: Result, prepared: Prepared) -> None:
    """What was measured before is there; progress is told in words."""
    doing: list[str] = []
    asked = iter([False] * 5 + [True] * 99)
    steps = measure_robustness(
        result.experiment,
        prepared,
        result.autoencoder,
        on_doing=lambda said, share: doing.append(said),
        should_stop=lambda: next(asked),
    )
    assert [list(each.curves) for each in steps] == [["added-noise"]]
    assert doing == ["Coding rows", "Noise", "Missing values"]


def without_labels(prepared: Prepared) -> Prepared:
    """The same data of which nothing is known besides."""
    return replace(prepared, dataset=replace(prepared.dataset, y=None, factors={}))


def test_data_without_labels_have_errors_alone(result: Result, prepared: Prepared) -> None:
    """And a sentence says why."""
    bare = without_labels(prepared)
    found = next(measure_robustness(result.experiment, bare, result.autoencoder))
    assert not found.target and not found.curves["added-noise"][0].told
    [note] = found.notes
    assert note.startswith("No probe was tried: This data has no labels")


def test_bad_input_is_refused_in_a_sentence(result: Result, prepared: Prepared) -> None:
    """Nothing held out, too few rows, and a kind of data without disturbances."""

    def refused(match: str, data: Prepared, given: TriedRows | None = None) -> None:
        with pytest.raises(DataError, match=match):
            next(measure_robustness(result.experiment, data, result.autoencoder, given))

    none = np.empty((0, 30), np.float32)
    refused("held no rows out", replace(prepared, validation=none, test=none))
    few = TriedRows(prepared.train[:9], "few", None)
    refused("only 9 rows to disturb, and an interval takes at least 10", prepared, few)
    texts = replace(prepared, dataset=replace(prepared.dataset, kind="text"))
    refused("Texts have no disturbance", texts)


def test_other_rows_can_be_given(result: Result, prepared: Prepared) -> None:
    """With classes they are told by; without, errors alone."""
    rows = prepared.split.train[:50]
    given = TriedRows(prepared.train[:50], "other rows", prepared.labels(rows))
    found = next(measure_robustness(result.experiment, prepared, result.autoencoder, given))
    assert (found.rows, found.measured_on, found.target) == (50, "other rows", "Label")
    bare = replace(given, labels=None)
    found = next(measure_robustness(result.experiment, prepared, result.autoencoder, bare))
    assert not found.target and "other data say nothing" in found.notes[0]


def test_the_verdict_says_what_intervals_leave_in_no_doubt(found: MeasuredRobustness) -> None:
    """Beside PCA, and beside runs that are much better, or the same."""
    levels = found.curves["added-noise"]
    last = levels[-1]

    def times(factor: float) -> tuple:  # type: ignore[type-arg]
        error = {
            side: replace(each, **{end: factor * getattr(each, end) for end in vars(each)})
            for side, each in last.error.items()
        }
        return (*levels[:-1], replace(last, error=error))

    said = verdict("added-noise", ERROR, levels, {})
    assert said.startswith("Noise, 2 times the spread of a value: the error goes from ")
    assert said.count("times)") == 2
    said = verdict("added-noise", ERROR, levels, {"denoiser": times(0.01), "plain": times(1.0)})
    assert said.endswith('Of these 3 runs "denoiser" stands it best.')
    assert verdict("added-noise", ERROR, levels, {"worse": times(9.0)}).endswith(
        "Of these 2 runs this run stands it best."
    )
    assert "none stands it better" in verdict("added-noise", TOLD, levels, {"same": levels})
    ahead = replace(last.error_ahead, low=-1.0, high=1.0)
    tied = (*levels[:-1], replace(last, error_ahead=ahead))
    assert "do not differ by more than chance" in verdict("added-noise", ERROR, tied, {})
