"""The command that tells which encoding dimension to take."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from aecore.cli import main


def told(folder: Path, experiment: dict[str, Any], capsys: Any, *more: str) -> list[dict[str, Any]]:
    """What the command prints, line by line."""
    path = folder / "experiment.json"
    path.write_text(json.dumps(experiment))
    assert main(["dimensions", str(path), *more]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_the_last_line_holds_the_advice(tmp_path: Path, capsys: Any) -> None:
    """A flat of three dimensions in ten columns, by one ordered training."""
    random = np.random.default_rng(0)
    rows = random.normal(size=(600, 3)) @ random.normal(size=(3, 10))
    np.save(tmp_path / "flat.npy", rows.astype(np.float32))
    experiment = {"data": {"source": str(tmp_path / "flat.npy")}, "training": {"epochs": 20}}
    lines = told(tmp_path, experiment, capsys)
    assert [line["event"] for line in lines] == ["progress", "trained", "measured", "finished"]
    assert (lines[1]["encoding_dim"], lines[1]["ordered"]) == (10, True)
    assert lines[2]["curves"]["ordered"]["dimensions"] == list(range(1, 11))
    advice = lines[-1]["advice"]
    assert abs(advice["choice"] - 3) <= 1
    assert advice["sentences"][-1] == f"Use {advice['choice']}."


def test_separate_trainings_are_told_one_by_one(tmp_path: Path, capsys: Any) -> None:
    """From several seeds, also where the code cannot be ordered; a ladder alone is one seed."""
    experiment = {
        "data": {"source": "iris"},
        "model": {"bottleneck": {"kind": "wasserstein"}},
        "training": {"epochs": 1},
    }
    lines = told(tmp_path, experiment, capsys, "--ladder", "1,3", "--seeds", "2")
    trained = [(e["encoding_dim"], e["seed"]) for e in lines if e["event"] == "trained"]
    assert trained == [(1, 0), (3, 0), (1, 1), (3, 1)]
    assert "whole codes" in next(e["cause"] for e in lines if e["event"] == "not_ordered")
    lines = told(tmp_path, experiment, capsys, "--ladder", "2")
    assert [e["seed"] for e in lines if e["event"] == "trained"] == [0]


@pytest.mark.parametrize("ladder", ["2,x", "0", "", "-3", "2,,4"])
def test_what_is_no_ladder_is_refused(ladder: str, tmp_path: Path, capsys: Any) -> None:
    """With an example of one."""
    with pytest.raises(SystemExit) as ended:
        main(["dimensions", "e.json", f"--ladder={ladder}"])
    assert ended.value.code == 2
    assert "must be whole numbers, such as 2,4,8,16" in capsys.readouterr().err


def test_a_code_that_cannot_be_ordered_needs_a_ladder(tmp_path: Path, capsys: Any) -> None:
    """The reason is told, and nothing is trained."""
    path = tmp_path / "experiment.json"
    path.write_text('{"model": {"bottleneck": {"kind": "adversarial"}}}')
    assert main(["dimensions", str(path)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "compares whole codes" in said.err
