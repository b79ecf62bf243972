"""Probes against a plain script of scikit-learn, and what is said where there are none."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, r2_score
from sklearn.neighbors import KNeighborsClassifier
from sklearn.preprocessing import StandardScaler

from aecore import DataError, Experiment, Result, train
from aecore.evaluation.features.measuring import STEPS, MeasuredFeatures, measure_features
from aecore.evaluation.features.scores import CHANCE, LINEAR, NEAREST
from aecore.evaluation.features.sides import CODE, RANDOM, RAW
from aecore.evaluation.features.verdict import verdict
from aecore.evaluation.probing import one_thread
from aecore.runs.training_data import training_data

NUMBERS = 8


def trained(source: str, **more: object) -> Result:
    """A run of an epoch."""
    return train(Experiment().replace({"data.source": source, "training.epochs": 1, **more}))


def measured(result: Result, target: str = "", **more: object) -> MeasuredFeatures:
    """All that is measured of it."""
    prepared, _ = training_data(result)
    steps = measure_features(result.experiment, prepared, result.autoencoder, target, **more)  # type: ignore[arg-type]
    return list(steps)[-1]


@pytest.fixture(scope="module")
def digits() -> Result:
    """5,000 digits, of which 1,000 are held out."""
    return trained("mnist-5k", **{"model.encoding_dim": NUMBERS})


@pytest.fixture(scope="module")
def found(digits: Result) -> MeasuredFeatures:
    """What probes tell of them."""
    return measured(digits)


@pytest.mark.parametrize("side", ["code", "pca", "raw"])
def test_probes_agree_with_a_plain_script(
    digits: Result, found: MeasuredFeatures, side: str
) -> None:
    """To the third digit: accuracy and macro F1 of both probes on 5,000 digits."""
    prepared, _ = training_data(digits)
    _, held, rows = prepared.held_out
    x = [part.reshape(len(part), -1) for part in (prepared.train, held)]
    y, truth = prepared.labels(prepared.split.train), prepared.labels(rows)
    if side == "code":
        x = [digits.encode(part) for part in (prepared.train, held)]
    if side == "pca":
        pca = PCA(NUMBERS).fit(x[0])
        x = [pca.transform(part) for part in x]
    scaler = StandardScaler().fit(x[0])
    scaled = [scaler.transform(part) for part in x]
    with one_thread():
        logistic = LogisticRegression(max_iter=1000).fit(scaled[0], y).predict(scaled[1])
        nearest = KNeighborsClassifier(5).fit(x[0], y).predict(x[1])
    for probe, told in ((LINEAR, logistic), (NEAREST, nearest)):
        score = found.score(probe, side)
        assert score is not None
        assert score.main.value == pytest.approx((told == truth).mean(), abs=0.0015)
        f1 = score.figures["macro_f1"]
        assert f1.value == pytest.approx(f1_score(truth, told, average="macro"), abs=0.0015)
        assert score.main.low < score.main.value < score.main.high


def test_sides_are_compared_on_the_same_rows(found: MeasuredFeatures) -> None:
    """All values tell digits better than eight numbers do, beyond chance, and it is said so."""
    raw, random, chance = (
        found.score(*which) for which in ((LINEAR, RAW), (LINEAR, RANDOM), (CHANCE, CHANCE))
    )
    code = found.score(LINEAR, CODE)
    assert raw is not None and random is not None and code is not None and chance is not None
    assert raw.gain is not None and raw.gain.high < 0
    assert raw.gain.value == pytest.approx(code.main.value - raw.main.value)
    assert chance.main.value < random.main.value < raw.main.value
    assert (found.train, found.held_out, found.values) == (4000, 1000, 784)
    said = " ".join(verdict(found))
    assert "All 784 values of a sample do better" in said
    assert "on codes of 8 numbers names the class" in said


def test_more_labels_tell_more(found: MeasuredFeatures) -> None:
    """10, 50, 100 and 1,000, each beside the least and the most of its draws."""
    assert found.labels is not None
    assert found.labels.labels == (10, 50, 100, 1000)
    for curve in found.labels.sides.values():
        means = [mean for mean, _, _ in curve]
        assert means == sorted(means)
        assert all(least <= mean <= most for mean, least, most in curve)


def test_it_is_kept_as_json(found: MeasuredFeatures, tmp_path: Path) -> None:
    """And what is damaged is told in a sentence."""
    found.save(tmp_path / "features.json")
    assert MeasuredFeatures.load(tmp_path / "features.json") == found
    (tmp_path / "features.json").write_text("{}")
    with pytest.raises(DataError, match="Measure it again"):
        MeasuredFeatures.load(tmp_path / "features.json")


def test_a_target_of_numbers_is_explained() -> None:
    """R² of a linear regression, beside the mean, which explains nothing."""
    result = trained("diabetes", **{"model.encoding_dim": 12, "training.epochs": 20})
    told: list[tuple[str, int]] = []
    found = measured(result, on_doing=lambda doing, done: told.append((doing, done)))
    assert (found.target, found.kind) == ("disease progression", "numbers")
    code, chance = found.score(LINEAR, CODE), found.score(CHANCE, CHANCE)
    assert code is not None and chance is not None
    assert list(code.figures) == ["r2"]
    assert chance.main.value == pytest.approx(0, abs=0.1) and code.main.value > 0.2
    assert "explains" in verdict(found)[0]
    # A code that is longer than a sample is said to be.
    assert "The code has 12 numbers and a sample only 10 values" in found.notes[0]
    assert told[0] == ("Coding rows", 0) and told[-1][1] == STEPS - 1


def test_figures_of_numbers_are_those_of_scikit_learn() -> None:
    """R² of all rows, in the first line."""
    from aecore.evaluation.features.figures import Draws, of_numbers

    random = np.random.default_rng(0)
    truth, told = random.normal(3, 1, size=(2, 50))
    [values] = of_numbers(truth, told, Draws.of(50, 0)).values()
    assert values[0] == pytest.approx(r2_score(truth, told))
    assert np.isfinite(values).all() and np.ptp(values) > 0


def test_a_stop_leaves_out_the_rest(digits: Result) -> None:
    """Before the probes have ended there is nothing to keep."""
    prepared, _ = training_data(digits)
    steps = measure_features(
        digits.experiment, prepared, digits.autoencoder, should_stop=lambda: True
    )
    assert list(steps) == []


@pytest.fixture
def table(tmp_path: Path) -> pd.DataFrame:
    """Forty rows with a name, which is a text, and a class."""
    random = np.random.default_rng(0)
    frame = pd.DataFrame(random.normal(size=(40, 3)), columns=list("abc"))
    frame["name"] = [f"part-{place}x" for place in range(40)]
    frame["label"] = np.where(frame["a"] > 0, "high", "low")
    return frame


def of_table(frame: pd.DataFrame, folder: Path, **more: object) -> Result:
    """A run of a table."""
    path = folder / "table.csv"
    frame.to_csv(path, index=False)
    return trained(str(path), **more)


def test_without_anything_to_tell_it_is_said_what_to_do(
    table: pd.DataFrame, tmp_path: Path
) -> None:
    """No labels: and a column of texts, which is no target, is named."""
    result = of_table(table.drop(columns="label"), tmp_path)
    with pytest.raises(DataError, match=r'no labels, and no numbers .* "name", are none') as told:
        measured(result)
    assert "role label" in told.value.remedy
    with pytest.raises(DataError, match='Column "name" holds texts'):
        measured(of_table(table, tmp_path), "name")
    with pytest.raises(DataError, match="nothing named"):
        measured(of_table(table, tmp_path), "other")


def test_one_class_is_nothing_to_tell(table: pd.DataFrame, tmp_path: Path) -> None:
    """As where a run was trained on rows of one class."""
    result = of_table(table, tmp_path, **{"data.classes": ["high"]})
    with pytest.raises(DataError, match="All training rows have one class"):
        measured(result)


def test_rows_that_were_not_held_out_try_nothing(table: pd.DataFrame, tmp_path: Path) -> None:
    """A probe would be tried on what it learned."""
    shares = {"data.validation_fraction": 0.0, "data.test_fraction": 0.0}
    with pytest.raises(DataError, match="held no rows out"):
        measured(of_table(table, tmp_path, **shares))


def test_an_encoder_that_is_told_the_class_is_not_probed_for_it() -> None:
    """The code need not hold what the encoder was told."""
    result = trained("iris", **{"model.conditional": True, "model.bottleneck.kind": "variational"})
    with pytest.raises(DataError, match="is told the class of each row"):
        measured(result)


def test_fewer_rows_than_neighbours_leave_these_out(table: pd.DataFrame, tmp_path: Path) -> None:
    """The other probe is there, and few labels are not asked for."""
    frame = table.groupby("label").head(3)
    found = measured(of_table(frame, tmp_path, **{"data.validation_fraction": 0.4}))
    assert found.train < 5
    assert found.score(NEAREST, CODE) is None and found.score(LINEAR, CODE) is not None
    assert found.notes[0].startswith("Nearest neighbours were left out: 5 are asked")
    assert found.labels is None
