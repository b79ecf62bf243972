"""Variables are read and set in one place, and importing the engine leaves the process alone."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from aecore import environment
from aecore.data.limits import Limits, limits
from aecore.errors import DataError

ROOT = Path(__file__).resolve().parents[1]
CODE = sorted(p for folder in ("aecore", "ui", "pages") for p in (ROOT / folder).rglob("*.py"))
TOUCHING = {"environ", "environb", "getenv", "getenvb", "putenv", "unsetenv"}
# What importing changes, seen from a process that does nothing else.
IMPORT = """
import json, logging, os, sys, threading
logging.getLogger()
before, handlers = dict(os.environ), list(logging.root.handlers)
import aecore
loggers = [log for log in logging.root.manager.loggerDict.values() if hasattr(log, "handlers")]
loud = [log.name for log in loggers for handler in log.handlers
        if not isinstance(handler, logging.NullHandler)]
print(json.dumps({
    "set": {name: value for name, value in os.environ.items() if before.get(name) != value},
    "unset": sorted(before.keys() - os.environ.keys()),
    "handlers": loud + [repr(h) for h in logging.root.handlers if h not in handlers],
    "threads": [thread.name for thread in threading.enumerate()],
    "heavy": sorted({"keras", "tensorflow", "mlflow", "distributed"} & set(sys.modules)),
}))
"""
TRAIN = """
import aecore
try:
    aecore.train(aecore.Experiment())
except aecore.TrainingError as error:
    print(error)
"""


def run(script: str, **variables: str) -> str:
    """What a new Python process prints, in an environment without our own variables."""
    own = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("AECORE_", "KERAS_", "MLFLOW_", "TF_", "DASK_"))
    }
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={**own, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_variables_are_read_and_set_in_one_place(path: Path) -> None:
    """No module but `aecore/environment.py` touches the environment of the process."""
    if path == ROOT / "aecore" / "environment.py":
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute):
            assert node.attr not in TOUCHING, node.lineno
        if isinstance(node, ast.ImportFrom) and node.module == "os":
            assert not {alias.name for alias in node.names} & TOUCHING, node.lineno


@pytest.mark.parametrize("chosen", ["", "tensorflow", "jax"])
def test_importing_the_engine_changes_nothing(chosen: str) -> None:
    """But for Keras's backend where none is chosen: no variable, no log handler, no thread."""
    given = {"KERAS_BACKEND": chosen} if chosen else {}

    found = json.loads(run(IMPORT, **given))

    assert found == {
        "set": {} if chosen else {"KERAS_BACKEND": "tensorflow"},
        "unset": [],
        "handlers": [],
        "threads": ["MainThread"],
        "heavy": [],
    }


def test_training_on_another_backend_is_refused_in_a_sentence(tmp_path: Path) -> None:
    """In Python and on the command line, before that backend is even looked for."""
    told = run(TRAIN, KERAS_BACKEND="jax")
    assert told == (
        "Keras is set to the backend 'jax', and training needs TensorFlow. "
        "Set KERAS_BACKEND to tensorflow before Python starts, or leave it unset."
    )
    (tmp_path / "e.json").write_text("{}")
    command = [sys.executable, "-m", "aecore", "run", str(tmp_path / "e.json")]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "KERAS_BACKEND": "jax"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.strip() == told


def test_what_is_set_for_a_library_leaves_what_was_chosen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Quieting sets what is unset alone."""
    monkeypatch.setenv("TF_CPP_MIN_LOG_LEVEL", "0")
    environment.quiet_tensorflow()
    assert os.environ["TF_CPP_MIN_LOG_LEVEL"] == "0"
    monkeypatch.delenv("MLFLOW_HTTP_REQUEST_TIMEOUT", raising=False)
    environment.quiet_mlflow()
    assert os.environ["MLFLOW_HTTP_REQUEST_TIMEOUT"] == "20"


def test_a_worker_trains_on_tensorflow_whatever_the_server_has(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """On so many cores, and on no GPU unless one is chosen."""
    monkeypatch.setenv("KERAS_BACKEND", "jax")
    monkeypatch.delenv("CUDA_VISIBLE_DEVICES", raising=False)
    own = environment.of_a_worker(3)
    assert (own["KERAS_BACKEND"], own["TF_NUM_INTRAOP_THREADS"]) == ("tensorflow", "3")
    assert own["CUDA_VISIBLE_DEVICES"] == "-1"
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "0")
    assert environment.of_a_worker(3)["CUDA_VISIBLE_DEVICES"] == "0"


def test_folders_come_from_their_variables(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An empty variable is none; what one process has, another can use."""
    monkeypatch.setenv(environment.HOME, str(tmp_path / "a"))
    monkeypatch.setenv(environment.DOWNLOADS, str(tmp_path / "b"))
    sent = environment.folders()
    monkeypatch.setenv(environment.HOME, "")
    monkeypatch.delenv(environment.DOWNLOADS)
    assert environment.home() == Path("runs").resolve()
    assert environment.downloads() == Path("~/.cache/autoencoder-lab").expanduser()

    environment.use_folders(sent)

    assert (environment.home(), environment.downloads()) == (tmp_path / "a", tmp_path / "b")


def test_each_limit_has_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    """It replaces the default, and what is no number is refused by the variable's name."""
    limits.cache_clear()
    monkeypatch.setenv(environment.limit_variable("rows"), "7")
    assert limits() == Limits(rows=7)
    limits.cache_clear()
    monkeypatch.setenv("AECORE_MAX_ROWS", "many")
    with pytest.raises(DataError, match="AECORE_MAX_ROWS must be a whole number above 0"):
        limits()
    limits.cache_clear()
