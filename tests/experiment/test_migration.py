"""Experiments of earlier shapes: migrated, or refused in a sentence, at each border."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from aecore.cli import BAD_INPUT, main
from aecore.errors import ExperimentError
from aecore.experiment import Experiment
from aecore.experiment.link import from_query, to_query
from aecore.experiment.migration import STEPS, VERSION, migrated
from aecore.settings import with_values
from tests.broken import OF_0_1, mangled

# What later versions could write.
OF_0_2 = with_values(
    OF_0_1,
    {
        "model.backbone.tied": True,
        "model.corruption": {"kind": "masking", "share": 0.5},
        "model.penalties": {"l1": None, "l2": 0.001, "sparsity_target": 0.1},
        "training.schedule": "cosine",
        "training.clip_norm": 2.0,
    },
)
OF_0_3 = with_values(
    OF_0_2,
    {"data.rows": 500, "data.classes": ["1", "2"], "preprocessing.image_size": 14},
)


def test_an_experiment_says_its_shape() -> None:
    """Also in its JSON, and its schema knows of it."""
    experiment = Experiment()

    assert experiment.to_dict()["version"] == VERSION == len(STEPS) + 1
    assert json.loads(experiment.to_json())["version"] == VERSION
    assert Experiment.from_json(experiment.to_json()) == experiment
    described = Experiment.model_json_schema()["properties"]["version"]
    assert (described["type"], described["maximum"]) == ("integer", VERSION)


def test_an_experiment_of_0_1_means_what_it_meant() -> None:
    """What later versions brought is off."""
    experiment = Experiment.from_dict(OF_0_1)

    assert experiment == Experiment()
    assert experiment.model.penalties.l2 is None and experiment.model.corruption.kind == "none"
    assert experiment.data.rows is None and experiment.preprocessing.image_size is None


@pytest.mark.parametrize("old", [OF_0_2, OF_0_3], ids=["0.2", "0.3"])
def test_what_an_earlier_version_wrote_is_kept(old: dict[str, Any]) -> None:
    """No step writes over what is there, and none changes what it was given."""
    before = json.dumps(old)
    experiment = Experiment.from_dict(old)

    tree = experiment.to_dict()
    for group in ("data", "preprocessing", "training"):
        kept = {name: value for name, value in old[group].items() if name != "early_stopping"}
        assert kept.items() <= tree[group].items()
    assert tree["training"]["stop"] == {"kind": "epochs"}
    assert experiment.model.penalties.l2 == 0.001
    assert experiment.model.penalties.sparsity_target == 0.1
    assert json.dumps(old) == before


@pytest.mark.parametrize(
    ("before", "kind"), [({"patience": 4}, "validation"), ({}, "validation"), (None, "epochs")]
)
def test_early_stopping_of_0_4_is_a_stop(before: dict[str, int] | None, kind: str) -> None:
    """In a file and in an address, where its patience is text."""
    stop = Experiment.from_dict({"training": {"early_stopping": before}}).training.stop
    assert stop.kind == kind
    patience = (before or {}).get("patience", 10)
    assert getattr(stop, "patience", 10) == patience
    said = "none" if before is None else str(patience)
    name = "training.early_stopping" + ".patience" * (before is not None)
    read, ignored = from_query({name: said})
    assert (read.training.stop, ignored) == (stop, [])


def test_an_adversarial_run_of_0_4_was_trained_without_what_steadies_it() -> None:
    """Where all its options are named; a file that names only the kind gets today's defaults."""
    options = {"kind": "adversarial", "discriminator_units": [64], "prior_scale": 2.0}
    old = Experiment.from_dict(with_values(OF_0_3, {"model.bottleneck": options}))
    assert (old.model.bottleneck.gradient_penalty, old.model.bottleneck.mmd_weight) == (0.0, 0.0)
    assert old.model.bottleneck.prior_scale == 2.0
    new = Experiment.from_dict(with_values(OF_0_3, {"model.bottleneck": {"kind": "adversarial"}}))
    assert new.model.bottleneck.mmd_weight > 0 < new.model.bottleneck.gradient_penalty


def test_an_experiment_of_today_is_taken_as_it_is() -> None:
    """With its version, no step touches it; without, none of them has anything to do."""
    tree = Experiment().to_dict()
    bare = {name: value for name, value in tree.items() if name != "version"}

    assert migrated(tree) == bare
    assert migrated(bare) == bare


def test_what_a_file_leaves_open_still_suits_its_data() -> None:
    """A file by hand without a version gets the defaults of its data set."""
    experiment = Experiment.from_dict({"data": {"source": "breast-cancer"}, "model": {}})

    assert experiment == Experiment(data={"source": "breast-cancer"})
    assert experiment.preprocessing.scaling == "standardize"


@pytest.mark.parametrize("version", [VERSION + 1, 999])
def test_a_newer_shape_is_refused_with_the_way_out(version: int) -> None:
    """It is not guessed at, even if every field of it looks right."""
    with pytest.raises(ExperimentError, match=r"newer version.* Update Autoencoder Lab\.$") as told:
        Experiment.from_dict({**Experiment().to_dict(), "version": version})

    assert [problem.path for problem in told.value.problems] == ["version"]


@pytest.mark.parametrize("version", [0, -1, 1.0, "3", None, True, []])
def test_what_is_no_version_is_refused(version: Any) -> None:
    """In a sentence, whatever it is."""
    with pytest.raises(ExperimentError, match="version must be a whole number from 1"):
        Experiment.from_dict({**Experiment().to_dict(), "version": version})


@given(mangled)
def test_steps_take_whatever_stands_there(values: dict[str, Any]) -> None:
    """A tree by any hand is migrated or refused, and what is migrated is as it is."""
    try:
        tree = migrated(with_values({}, {}) | values)
    except ExperimentError:
        return
    assert migrated({**tree, "version": VERSION}) == tree


def test_an_address_says_its_shape() -> None:
    """One of an earlier version, which had none, gives the same experiment."""
    experiment = Experiment.from_dict(OF_0_3)
    query = to_query(experiment)

    assert query.pop("version") == str(VERSION)
    assert from_query(query) == (experiment, [])
    assert from_query({"version": str(VERSION), **query}) == (experiment, [])


@pytest.mark.parametrize("version", [str(VERSION + 1), "3.5", "", "x", "-1", "\N{SUPERSCRIPT TWO}"])
def test_an_address_of_another_version_opens_the_defaults(version: str) -> None:
    """And says why in one sentence or two."""
    experiment, [note] = from_query({"version": version, "model.encoding_dim": "8"})

    assert experiment == Experiment()
    assert note.startswith("The address was ignored.")


def test_a_group_named_in_an_address_beside_its_options_is_told() -> None:
    """Nothing that cannot be placed hides the rest."""
    query = {"model": "3", "model.kind": "x", "model.encoding_dim": "16", "data": "digits"}
    experiment, ignored = from_query(query)

    assert experiment == Experiment().replace({"model.encoding_dim": 16})
    assert len(ignored) == 3


def test_the_command_line_migrates_files(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    """One of a newer version is refused before anything is trained."""
    newer = tmp_path / "newer.json"
    newer.write_text(json.dumps({**Experiment().to_dict(), "version": VERSION + 1}), "utf-8")

    assert main(["run", str(newer)]) == BAD_INPUT
    assert "newer version" in capsys.readouterr().err
