"""The database of a run store: made whole or not at all, and noticed when it is replaced."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from aecore.errors import RunStoreError
from aecore.experiment import Experiment
from aecore.runs import RunStore, tracking
from aecore.runs.database import BOOKKEEPING
from tests.waiting import until

OPEN = "import sys; from pathlib import Path; from aecore.runs import RunStore\n" + (
    "RunStore(Path(sys.argv[1])).open()"
)
# A migration changes the tables, then the number of their version; what was killed in between would
# be migrated twice.
HALF = (
    "UPDATE alembic_version SET version_num = '451aebb31d03'",
    "DELETE FROM experiments",
    "DROP TABLE webhooks",
)


def files(home: Path) -> set[str]:
    """The names of what lies in a run folder."""
    return {path.name for path in home.iterdir()}


def query(home: Path, statement: str) -> None:
    """Change the database as another program would."""
    with closing(sqlite3.connect(home / "mlflow.db")) as database, database:
        database.execute(statement)


def database_size(home: Path) -> int:
    """Bytes of the database so far, wherever it is being made."""
    return sum(path.stat().st_size for path in home.rglob("mlflow.db"))


@pytest.mark.parametrize("size", [60_000, 600_000])
def test_a_store_whose_making_was_killed_opens_all_the_same(tmp_path: Path, size: int) -> None:
    """Killed when the first tables or some migrations are there; nothing of it stays."""
    home = tmp_path / "runs"
    with subprocess.Popen([sys.executable, "-c", OPEN, str(home)]) as process:
        until(lambda: any(home.rglob("mlflow.db")) and database_size(home) >= size, every=0.001)
        process.kill()

    store = RunStore(home)
    store.open()

    assert store.summaries() == []
    assert files(home) == {"mlflow.db", "artifacts", ".opening"}


def test_what_an_earlier_version_left_half_made_is_made_again(
    tmp_path: Path, template: Path, experiment: Experiment
) -> None:
    """It holds nothing, and stopped among the migrations."""
    (tmp_path / "mlflow.db").write_bytes((template / "mlflow.db").read_bytes())
    for statement in HALF:
        query(tmp_path, statement)

    store = RunStore(tmp_path)

    assert store.summary(store.create(experiment, "First")).name == "First"


def test_a_database_that_holds_something_else_is_never_made_again(
    template: Path, tmp_path: Path
) -> None:
    """One that MLflow made for somebody, and one of another program."""
    (tmp_path / "mlflow.db").write_bytes((template / "mlflow.db").read_bytes())
    query(tmp_path, "UPDATE experiments SET name = 'Of my own' WHERE name = 'Autoencoder Lab'")
    before = (tmp_path / "mlflow.db").stat().st_ino
    RunStore(tmp_path).open()
    assert (tmp_path / "mlflow.db").stat().st_ino == before

    other = tmp_path / "other"
    other.mkdir()
    query(other, "CREATE TABLE letters (text)")
    query(other, "INSERT INTO letters VALUES ('precious')")
    before = (other / "mlflow.db").stat().st_ino
    RunStore(other).open()
    assert (other / "mlflow.db").stat().st_ino == before


def test_tables_that_only_say_how_they_were_made_are_known(template: Path) -> None:
    """In a new store nothing else has a row, so that an unfinished one is told apart."""
    with closing(sqlite3.connect(template / "mlflow.db")) as database:
        found = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        filled = {
            name
            for (name,) in found
            if database.execute(f"SELECT count(*) FROM {name}").fetchone() != (0,)
        }

    assert filled == {*BOOKKEEPING, "experiments"}


def test_junk_in_the_middle_is_noticed_when_the_store_is_opened(
    store: RunStore, experiment: Experiment
) -> None:
    """With what to do, and the file is left as it is."""
    for number in range(20):
        store.create(experiment, f"Run {number}")
    path = store.home / "mlflow.db"
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 65_536] = b"\xa5" * 65_536
    path.write_bytes(content)

    with pytest.raises(RunStoreError, match="damaged") as caught:
        RunStore(store.home).open()

    assert "good copy" in caught.value.remedy
    assert path.read_bytes() == content


def test_a_folder_in_the_place_of_the_database_is_refused_at_once(tmp_path: Path) -> None:
    """Not after two minutes of trying."""
    (tmp_path / "mlflow.db").mkdir()
    began = time.monotonic()

    with pytest.raises(RunStoreError, match="something else is there"):
        RunStore(tmp_path).open()

    assert time.monotonic() - began < 10


@pytest.mark.parametrize("how", ["removed", "emptied"])
def test_a_database_that_goes_while_the_app_runs_is_begun_anew(
    store: RunStore, experiment: Experiment, how: str
) -> None:
    """The next question finds a whole store, and what is kept then stays."""
    store.create(experiment, "Lost")
    path = store.home / "mlflow.db"
    if how == "removed":
        path.unlink()
    else:
        os.truncate(path, 0)

    assert store.summaries() == []
    store.create(experiment, "New")
    assert [run.name for run in RunStore(store.home).summaries()] == ["New"]


def test_a_database_that_is_replaced_while_the_app_runs_is_read_anew(
    store: RunStore, experiment: Experiment, template: Path
) -> None:
    """Nothing is read from, or written to, the one that no name leads to any more."""
    store.create(experiment, "In the old one")
    other = store.home / "other.db"
    other.write_bytes((template / "mlflow.db").read_bytes())
    other.replace(store.home / "mlflow.db")

    assert store.summaries() == []
    store.create(experiment, "In the new one")
    assert [run.name for run in RunStore(store.home).summaries()] == ["In the new one"]


def test_another_database_in_its_place_is_a_sentence(
    store: RunStore, experiment: Experiment, template: Path
) -> None:
    """One without our tables; once a good one is back, the same store goes on."""
    run_id = store.create(experiment)
    path = store.home / "mlflow.db"
    good = path.read_bytes()
    path.unlink()
    query(store.home, "CREATE TABLE letters (text)")
    query(store.home, "INSERT INTO letters VALUES ('precious')")
    for table in ("experiments", "runs"):
        query(store.home, f"CREATE TABLE {table} (name)")

    with pytest.raises(RunStoreError, match="cannot be read"):
        store.summaries()

    path.write_bytes(good)
    assert [run.run_id for run in store.summaries()] == [run_id]


def test_a_store_that_another_process_does_not_get_open_is_a_sentence(
    store: RunStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Instead of waiting for ever."""
    monkeypatch.setattr(tracking, "OPENING_SECONDS", 0.2)
    hold = "import fcntl, sys\nlock = open(sys.argv[1], 'w')\nfcntl.flock(lock, fcntl.LOCK_EX)\n"
    command = [sys.executable, "-c", f"{hold}print(flush=True)\nsys.stdin.read()"]
    with subprocess.Popen(
        [*command, str(store.home / ".opening")], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with pytest.raises(RunStoreError, match="Another program has been opening"):
            store.open()
        other.communicate()

    store.open()
