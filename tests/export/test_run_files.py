"""A run as one file of each format, what stands in it, and the way back from its ZIP."""

import csv
import io
import json
import shutil
import zipfile
from pathlib import Path

import numpy as np
import pytest

from aecore import DataError, Experiment, load, save, train
from aecore.cli import main
from aecore.export.run_files import RUN_FORMATS
from aecore.models.blueprint import BLUEPRINT, WEIGHTS
from aecore.runs.importing import import_run

KINDS = {
    "plain": {},
    "convolutional": {"model.backbone": {"kind": "convolutional"}},
    "variational": {"model.bottleneck": {"kind": "variational"}, "model.conditional": True},
    "vector-quantised": {"model.bottleneck": {"kind": "vector-quantized"}},
    "adversarial": {"model.bottleneck": {"kind": "adversarial"}},
    "normalised": {"model.penalties.batch_normalization": True},
}


def trained(folder: Path, changes: dict) -> Path:
    """A run of two epochs, as it was saved."""
    base = {"data.source": "digits", "model.encoding_dim": 8, "training.epochs": 2}
    save(train(Experiment().replace({**base, **changes})), folder)
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plain run."""
    return trained(tmp_path_factory.mktemp("run"), {})


@pytest.fixture(scope="module")
def archive(folder: Path) -> Path:
    """Its ZIP."""
    out = folder.parent / "run.zip"
    RUN_FORMATS["zip"].write(folder, out)
    return out


def changed(archive: Path, path: Path, contents: dict[str, bytes | None]) -> Path:
    """A copy in which some files hold something else, or are missing."""
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            content = contents.get(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return path


@pytest.mark.parametrize("name", RUN_FORMATS)
def test_each_format_leaves_a_file_by_the_command_line(name: str, folder: Path, tmp_path: Path):
    """`export` writes one file and nothing beside it."""
    out = tmp_path / f"run{RUN_FORMATS[name].suffix}"
    assert main(["export", str(folder), "--to", name, "--out", str(out)]) == 0
    assert out.stat().st_size > 0
    assert list(tmp_path.iterdir()) == [out]


def test_settings_are_those_of_the_run(folder: Path, tmp_path: Path):
    """The JSON is an experiment that can be trained."""
    RUN_FORMATS["experiment"].write(folder, tmp_path / "e.json")
    read = Experiment.from_json((tmp_path / "e.json").read_text("utf-8"))
    assert read.to_dict() == load(folder).experiment.to_dict()


def test_curve_is_that_of_the_run(folder: Path, tmp_path: Path):
    """A row an epoch, the numbers those of the history."""
    RUN_FORMATS["history"].write(folder, tmp_path / "h.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "h.csv").read_text("utf-8"))))
    assert [float(row["loss"]) for row in rows] == load(folder).history["loss"]


def test_the_archive_says_where_it_comes_from(folder: Path, archive: Path):
    """Seed, digest and versions stand in it, in words and as data."""
    digest = load(folder).metrics["data_digest"]
    with zipfile.ZipFile(archive) as opened:
        told = json.loads(opened.read("origin.json"))
        readme = opened.read("README.txt").decode("utf-8")
    assert told["data_digest"] == digest and digest in readme
    assert told["seed"] == 0 and "keras" in told["exported_with"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_run_comes_back_from_its_archive(kind: str, tmp_path: Path):
    """Codes and reconstructions by the model that was rebuilt are those of the run."""
    folder = trained(tmp_path / "run", KINDS[kind])
    RUN_FORMATS["zip"].write(folder, tmp_path / "run.zip")
    out = tmp_path / "back"
    assert main(["import", str(tmp_path / "run.zip"), "--out", str(out)]) == 0
    before, after = load(folder), load(out)
    assert after.experiment == before.experiment
    assert after.history == before.history and after.metrics == before.metrics
    old, new = before.apply("digits"), after.apply("digits")
    np.testing.assert_allclose(new.codes, old.codes, atol=1e-5)
    np.testing.assert_allclose(new.reconstructions, old.reconstructions, atol=1e-5)


def test_keras_files_of_strangers_are_never_read(archive: Path, tmp_path: Path):
    """An archive whose Keras files are junk opens all the same: they stay packed."""
    junk = {f"{name}.keras": b"junk" for name in ("encoder", "decoder", "autoencoder", "training")}
    (tmp_path / "out").mkdir()
    import_run(changed(archive, tmp_path / "x.zip", junk), tmp_path / "out")
    assert load(tmp_path / "out").encode(np.zeros((1, 8, 8), np.float32)).shape == (1, 8)


def weights_of(shape: tuple[int, ...]) -> bytes:
    """A file of one array."""
    held = io.BytesIO()
    np.savez(held, w0000=np.zeros(shape, np.float32))
    return held.getvalue()


def experiment_with(archive: Path, **changes: object) -> bytes:
    """The settings in an archive with another model."""
    with zipfile.ZipFile(archive) as opened:
        given = json.loads(opened.read("experiment.json"))
    given["model"].update(changes)
    return json.dumps(given).encode()


@pytest.mark.parametrize(
    "contents",
    [
        {WEIGHTS: weights_of((3, 4))},
        {WEIGHTS: b"PK\x03\x04 junk"},
        {WEIGHTS: None},
        {BLUEPRINT: b"[" * 3000},
        {BLUEPRINT: b'{"sample_shape": [1000000000], "value_range": [0, 1]}'},
        {"experiment.json": b"{}"},
        {"experiment.json": b"\xff\xfe"},
        {"preparation.json": b"{}"},
        {"samples.npz": b"junk"},
        {"history.csv": b"a,b\n1\n"},
        {"events.jsonl": b""},
        {"metrics.json": b"[]"},
        {"snapshots.npz": b"junk"},
    ],
    ids=lambda contents: "-".join(contents),
)
def test_what_is_damaged_is_refused_in_words(contents: dict, archive: Path, tmp_path: Path):
    """One sentence of cause and one of what to do, and no folder is left."""
    path = changed(archive, tmp_path / "x.zip", contents)
    (tmp_path / "out").mkdir()
    with pytest.raises(DataError) as refused:
        import_run(path, tmp_path / "out")
    assert refused.value.cause and refused.value.remedy


def test_a_model_that_no_memory_holds_is_refused_before_it_is_built(archive: Path, tmp_path: Path):
    """Settings of a few bytes that ask for billions of weights."""
    units = {"kind": "dense", "units": [4096] * 10, "activation": "relu", "tied": False}
    path = changed(
        archive, tmp_path / "x.zip", {"experiment.json": experiment_with(archive, backbone=units)}
    )
    (tmp_path / "out").mkdir()
    with pytest.raises(DataError, match="another model"):
        import_run(path, tmp_path / "out")


def test_a_folder_that_is_there_is_not_overwritten(archive: Path, folder: Path, capsys):
    """`import` says so and leaves it as it is."""
    before = sorted(path.name for path in folder.iterdir())
    assert main(["import", str(archive), "--out", str(folder)]) != 0
    assert "there already" in capsys.readouterr().err
    assert sorted(path.name for path in folder.iterdir()) == before


def test_a_run_without_what_a_format_takes_is_told(folder: Path, tmp_path: Path, capsys):
    """A run of an earlier version has no plain weights: one sentence, and no file."""
    old = tmp_path / "old"
    shutil.copytree(folder, old)
    (old / WEIGHTS).unlink()
    out = tmp_path / "x.zip"
    assert main(["export", str(old), "--to", "zip", "--out", str(out)]) != 0
    assert "kept no weights.npz" in capsys.readouterr().err
    assert not out.exists()
