"""The models that a run keeps load with Keras alone, and give what the run's own models gave."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from aecore.models import archives
from tests.models.archived import (
    CASES,
    OPTIONS,
    PAIRS,
    QUICK,
    ROWS,
    SLOW,
    STEPS,
    built,
    given_to,
    write,
)

EVERY_CASE = [*QUICK, *(pytest.param(case, marks=pytest.mark.slow) for case in SLOW)]
TO_TRAIN = [*PAIRS, "dense plain tied", "dense plain k-sparse", "dense variational conditional"]

WITH_KERAS_ALONE = """
import json
import sys
from pathlib import Path
import keras
import numpy as np

def named(outputs):
    return outputs if isinstance(outputs, dict) else {"": outputs}

for folder in map(Path, sys.argv[1:]):
    given = np.load(folder / "given.npz")
    made, names = {}, {}
    for part, first in (("encoder", "sample"), ("decoder", "code"), ("autoencoder", "sample")):
        model = keras.saving.load_model(folder / f"{part}.keras", safe_mode=True)
        inputs = [given[first], given["label"]][: len(model.inputs)]
        outputs = named(model(inputs if len(inputs) > 1 else inputs[0], training=False))
        made |= {f"{part}{name and '.'}{name}": np.asarray(outputs[name]) for name in outputs}
        names[part] = [each.name for each in model.inputs], model.output_names
    np.savez(folder / "made.npz", **made)
    (folder / "names.json").write_text(json.dumps(names))
assert not [name for name in sys.modules if name.startswith("aecore")]
"""

WITH_AECORE = """
import sys
from pathlib import Path
import aecore
assert "keras" not in sys.modules
from aecore.models.archives import read_training
import numpy as np

for folder in map(Path, sys.argv[1:]):
    given = np.load(folder / "given.npz")
    model = read_training(folder)
    inputs = [given["sample"], given["label"]] if model.labels else given["sample"]
    reconstruction = np.asarray(model(inputs, training=False))
    steps = int(model.optimizer.iterations)
    np.savez(folder / "trained.npz", reconstruction=reconstruction, steps=steps)
"""


@pytest.fixture(scope="module")
def with_keras_alone(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Case -> the folder of its archives, with what a process without `aecore` made of them."""

    @cache
    def read(slow: bool) -> Path:
        root = tmp_path_factory.mktemp("archives")
        folders = [root / case for case in (SLOW if slow else QUICK)]
        for folder in folders:
            write(CASES[folder.name], folder)
        # Isolated: neither the folder of the project nor the environment tells where `aecore` is.
        run("-I", "-c", WITH_KERAS_ALONE, *folders)
        return root

    return lambda case: read(case in SLOW) / case


@pytest.fixture(scope="module")
def with_aecore(with_keras_alone: Callable[[str], Path]) -> Callable[[str], Path]:
    """The same, with what a process made of those that train further."""
    run("-c", WITH_AECORE, *map(with_keras_alone, TO_TRAIN))
    return with_keras_alone


def run(*arguments: str | Path) -> None:
    """A fresh Python."""
    command = [sys.executable, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_every_pair_is_among_the_cases() -> None:
    """And each option is admitted by some pair."""
    assert set(PAIRS) <= set(QUICK)
    assert all(any(case.endswith(option) for case in QUICK) for option in OPTIONS)


@pytest.mark.parametrize("case", EVERY_CASE)
def test_it_loads_with_keras_alone(case: str, with_keras_alone: Callable[[str], Path]) -> None:
    """Encoder, decoder and autoencoder, in safe mode, and give the same under the same names."""
    folder = with_keras_alone(case)
    made, wanted = np.load(folder / "made.npz"), np.load(folder / "expected.npz")
    assert set(made) == set(wanted)
    for name in wanted:
        np.testing.assert_allclose(made[name], wanted[name], rtol=1e-6, atol=1e-6, err_msg=name)


@pytest.mark.parametrize("case", EVERY_CASE)
def test_inputs_and_outputs_are_named(case: str, with_keras_alone: Callable[[str], Path]) -> None:
    """By what they are, also where there is one output, which a model names by its last layer."""
    folder = with_keras_alone(case)
    names = json.loads((folder / "names.json").read_text("utf-8"))
    label = ["label"] if CASES[case].model.conditional else []
    assert names["encoder"][0] == ["sample", *label]
    assert names["decoder"] == [["code", *label], ["reconstruction"]]
    assert names["autoencoder"] == [["sample", *label], ["reconstruction"]]
    assert len(names["encoder"][1]) > 1 or names["encoder"][1] == ["code"]


@pytest.mark.parametrize("case", TO_TRAIN)
def test_what_trains_further_loads_with_aecore(
    case: str, with_aecore: Callable[[str], Path]
) -> None:
    """The autoencoder with its optimizer."""
    folder = with_aecore(case)
    made, wanted = np.load(folder / "trained.npz"), np.load(folder / "expected.npz")
    assert made["steps"] == STEPS
    np.testing.assert_allclose(made["reconstruction"], wanted["autoencoder"], rtol=1e-6, atol=1e-6)


def test_it_trains_on_as_it_would_have(tmp_path: Path) -> None:
    """With the optimizer where it was: the same weights after as many steps more."""
    model = built(CASES["dense plain"])
    x = given_to(model)["sample"]
    model.fit(x, epochs=3, verbose=0)
    archives.write(model, tmp_path)

    again = archives.read_training(tmp_path)
    for each_model in (model, again):
        each_model.fit(x, epochs=3, verbose=0)

    for one, other in zip(model.weights, again.weights, strict=True):
        np.testing.assert_allclose(np.asarray(one), np.asarray(other), rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("bottleneck", ["variational", "vector-quantized"])
def test_an_encoder_of_several_outputs_gives_its_code_alone(
    bottleneck: str, tmp_path: Path
) -> None:
    """Read for the app, it gives one array: what the run's own encoder gives."""
    model = built(CASES[f"dense {bottleneck}"])
    x = given_to(model)["sample"]
    archives.write(model, tmp_path)

    encoder = archives.with_code_alone(archives.read(tmp_path / "encoder.keras"))

    np.testing.assert_allclose(np.asarray(encoder(x)), np.asarray(model.encoder(x)), atol=1e-6)


def test_the_log_variance_is_bounded_as_in_training(tmp_path: Path) -> None:
    """Where the layer itself gives more."""
    model = built(CASES["dense variational"])
    model.trunk.get_layer("log_variance").bias.assign([-99.0, 99.0] * 4)
    archives.write(model, tmp_path)

    encoder = archives.read(tmp_path / "encoder.keras")

    found = np.asarray(encoder(given_to(model)["sample"])["log_variance"])
    np.testing.assert_array_equal(found, np.tile([-10.0, 10.0], (ROWS, 4)))


@pytest.mark.parametrize(
    "case",
    ["dense plain k-sparse", "dense plain tied", "dense vector-quantized", "dense variational"],
)
def test_archives_of_earlier_versions_are_read(case: str, tmp_path: Path) -> None:
    """They held layers of our own, and the autoencoder to train further under the usual name."""
    model = built(CASES[case])
    x = given_to(model)["sample"]
    for part in ("autoencoder", "encoder", "decoder"):
        getattr(model, part, model).save(tmp_path / f"{part}.keras")

    encoder = archives.with_code_alone(archives.read(tmp_path / "encoder.keras"))
    decoder = archives.read(tmp_path / "decoder.keras")
    trained = archives.read_training(tmp_path)

    wanted = np.asarray(model(x))
    np.testing.assert_allclose(np.asarray(decoder(encoder(x))), wanted, atol=1e-6)
    np.testing.assert_allclose(np.asarray(trained(x)), wanted, atol=1e-6)
    assert int(trained.optimizer.iterations) == STEPS


def test_a_folder_without_one_to_train_further_is_refused(tmp_path: Path) -> None:
    """What is there under the older name may be a model of Keras alone."""
    archives.write(built(CASES["dense plain"]), tmp_path)
    (tmp_path / "training.keras").unlink()
    with pytest.raises(ValueError, match=r"autoencoder\.keras holds no autoencoder"):
        archives.read_training(tmp_path)
