"""Does everything that can go wrong with a run store end in a sentence, and hurt nothing?"""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from aecore.errors import RunStoreError
from aecore.experiment import Experiment
from aecore.runs import RunStore
from aecore.training.events import epoch_ended
from tests.full_disk import full_disk

BAD_IDS = [
    "",
    "..",
    "../../etc",
    "/etc/passwd",
    "a" * 31,
    "A" * 32,
    "0" * 32 + "\n",
    "%2e%2e%2f" + "0" * 23,
    "0" * 300,
]
BAD_NAMES = ["", ".", "..", "../mlflow.db", "/etc/passwd", "a/b", "a\\b", ".x", "a" * 200, "a\n"]


@pytest.mark.parametrize("run_id", BAD_IDS)
def test_what_is_no_run_id_never_reaches_a_path(store: RunStore, run_id: str, files: Path) -> None:
    """Every method that takes an id refuses it, and nothing is written."""
    attempts = [
        lambda: store.summary(run_id),
        lambda: store.view(run_id),
        lambda: store.samples(run_id),
        lambda: store.path(run_id, "samples.npz"),
        lambda: store.claim(run_id),
        lambda: store.keep(run_id, files),
        lambda: store.end(run_id, "finished"),
        lambda: store.rename(run_id, "x"),
        lambda: store.delete(run_id),
        lambda: store.log_epochs(run_id, []),
    ]
    for attempt in attempts:
        with pytest.raises(RunStoreError, match="There is no run"):
            attempt()
    assert {path.name for path in store.home.iterdir()} <= {"mlflow.db", "artifacts", ".opening"}


@pytest.mark.parametrize("name", BAD_NAMES)
def test_what_is_no_file_name_never_reaches_a_path(
    store: RunStore, experiment: Experiment, name: str
) -> None:
    """A run's files are named by letters, digits, dots, dashes and underscores."""
    with pytest.raises(RunStoreError, match="has no file named"):
        store.path(store.create(experiment), name)


def test_a_link_in_place_of_a_runs_folder_is_not_followed(
    store: RunStore, experiment: Experiment, tmp_path: Path
) -> None:
    """Deleting such a run leaves what the link points to alone."""
    run_id = store.create(experiment)
    store.end(run_id, "finished")
    precious = tmp_path / "precious"
    precious.mkdir()
    (store.home / "artifacts" / run_id).symlink_to(precious)

    with pytest.raises(RunStoreError, match="cannot be written"):
        store.delete(run_id)

    assert precious.is_dir()


@pytest.mark.parametrize("state", ["queued", "running", "failed", "interrupted", "finished"])
def test_a_run_without_samples_says_why(
    store: RunStore, experiment: Experiment, state: str
) -> None:
    """For each state a sentence of its own."""
    run_id = store.create(experiment, "Half")
    if state == "running":
        store.claim(run_id)
    elif state != "queued":
        store.end(run_id, state)
    words = {
        "queued": "has not begun",
        "running": "still training",
        "failed": "failed before",
        "interrupted": "interrupted before",
        "finished": "are gone",
    }

    with pytest.raises(RunStoreError, match=words[state]) as caught:
        store.samples(run_id)

    assert "“Half”" in caught.value.cause
    assert caught.value.remedy


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04half", b"no archive at all"])
def test_half_written_samples_are_a_sentence(
    store: RunStore, experiment: Experiment, files: Path, content: bytes
) -> None:
    """A damaged file is named as such."""
    run_id = store.create(experiment)
    (files / "samples.npz").write_bytes(content)
    store.keep(run_id, files)
    store.end(run_id, "finished")

    with pytest.raises(RunStoreError, match="cannot be read: the file is damaged"):
        store.samples(run_id)


def test_a_run_that_vanished_is_a_sentence(store: RunStore) -> None:
    """As a well-formed id of nothing."""
    with pytest.raises(RunStoreError, match="may have been deleted"):
        store.summary("0" * 32)
    with pytest.raises(RunStoreError, match="not in the run store"):
        store.log_epochs("0" * 32, [epoch_ended(1, {"loss": 1.0}, 0.1)])


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path, experiment: Experiment) -> None:
    """Said at once, not after minutes of trying."""
    (tmp_path / "file").write_text("in the way")
    began = time.monotonic()

    with pytest.raises(RunStoreError, match="cannot be written to") as caught:
        RunStore(tmp_path / "file" / "runs").create(experiment)

    assert "AECORE_HOME" in caught.value.remedy
    assert time.monotonic() - began < 30


def test_a_path_that_sqlite_cannot_hold_is_a_sentence(tmp_path: Path) -> None:
    """And no stray folder is made."""
    with pytest.raises(RunStoreError, match=r"has a \? or % in its path"):
        RunStore(tmp_path / "a%20b").open()
    assert not list(tmp_path.iterdir())


def test_a_path_with_spaces_and_signs_works(tmp_path: Path, experiment: Experiment) -> None:
    """Such as people have."""
    store = RunStore(tmp_path / "Ünï #1 & 'runs'")

    assert store.summary(store.create(experiment, "x")).name == "x"
    assert [path.name for path in tmp_path.iterdir()] == ["Ünï #1 & 'runs'"]


def test_a_full_disk_is_a_sentence(store: RunStore, experiment: Experiment, files: Path) -> None:
    """Whatever is asked of the store; what was written half is gone, and then all goes on."""
    run_id = store.create(experiment)
    attempts = [
        lambda: store.create(experiment),
        lambda: store.keep(run_id, files),
        lambda: store.log_epochs(run_id, [epoch_ended(1, {"loss": 1.0}, 0.1)]),
        lambda: store.end(run_id, "finished"),
        lambda: RunStore(files / "new").open(),
    ]
    for attempt in attempts:
        with full_disk(), pytest.raises(RunStoreError, match="is full") as caught:
            attempt()
        assert "Free some space" in caught.value.remedy
    assert store.names(run_id) == []
    assert not list((store.home / "artifacts").rglob("*"))

    store.end(run_id, "finished")
    assert store.summary(run_id).ended


def test_deleting_makes_room_on_a_full_disk(
    store: RunStore, experiment: Experiment, files: Path
) -> None:
    """The files go first, although the database cannot be written to before they are gone."""
    run_id = store.create(experiment)
    store.keep(run_id, files)
    store.end(run_id, "finished")

    with full_disk(), pytest.raises(RunStoreError, match="is full"):
        store.delete(run_id)

    assert store.names(run_id) == []
    store.delete(run_id)
    assert store.summaries() == []


def test_a_damaged_database_is_a_sentence(tmp_path: Path) -> None:
    """It is not overwritten."""
    (tmp_path / "mlflow.db").write_bytes(b"something else entirely" * 100)

    with pytest.raises(RunStoreError, match="damaged or none of this app"):
        RunStore(tmp_path).open()

    assert (tmp_path / "mlflow.db").read_bytes().startswith(b"something else")


def test_a_server_that_does_not_answer_is_a_sentence(tmp_path: Path) -> None:
    """Within seconds."""
    began = time.monotonic()

    with pytest.raises(RunStoreError, match="does not answer") as caught:
        RunStore(tmp_path, "http://127.0.0.1:9").open()

    assert "MLFLOW_TRACKING_URI" in caught.value.remedy
    assert time.monotonic() - began < 60


def test_a_busy_database_loses_no_epoch(store: RunStore, experiment: Experiment) -> None:
    """Another process that holds the database for a while only delays the writing."""
    run_id = store.create(experiment)
    other = sqlite3.connect(store.home / "mlflow.db", check_same_thread=False)
    other.execute("BEGIN EXCLUSIVE")
    threading.Timer(1.0, other.rollback).start()

    store.log_epochs(run_id, [epoch_ended(1, {"loss": 0.5}, 0.1)])

    assert store.view(run_id).history["loss"] == [0.5]
    other.close()


def test_two_processes_can_write_at_once(store: RunStore, experiment: Experiment) -> None:
    """Server and worker; no epoch of either is lost."""
    mine, theirs = store.create(experiment), store.create(experiment)
    script = (
        "import sys; from pathlib import Path; from aecore.runs import RunStore\n"
        "from aecore.training.events import epoch_ended\n"
        "store = RunStore(Path(sys.argv[1]))\n"
        "for i in range(1, 41): store.log_epochs(sys.argv[2], [epoch_ended(i, {'loss': i}, 0.1)])\n"
    )
    worker = subprocess.Popen([sys.executable, "-c", script, str(store.home), theirs])
    epoch = 0
    while worker.poll() is None:
        epoch += 1
        store.log_epochs(mine, [epoch_ended(epoch, {"loss": epoch}, 0.1)])

    assert worker.returncode == 0
    assert store.view(theirs).history["loss"] == list(range(1, 41))
    assert store.view(mine).history["loss"] == list(range(1, epoch + 1))


def test_a_fresh_folder_opened_by_two_processes_at_once_is_made_once(tmp_path: Path) -> None:
    """The migrations of a new database do not meet."""
    script = (
        "import sys; from pathlib import Path; from aecore.runs import RunStore\n"
        "print(RunStore(Path(sys.argv[1])).summaries())"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "fresh")]
    both = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]

    for process in both:
        output, noise = process.communicate(timeout=120)
        assert (process.returncode, output.strip(), noise) == (0, "[]", "")
