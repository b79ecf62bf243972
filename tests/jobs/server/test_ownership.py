"""Is a run declared interrupted when its server is gone, and only then?"""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from aecore.errors import RunStoreError
from aecore.jobs.server.ownership import Ownership
from aecore.runs import RunStore

HOLD = """
import sys
from pathlib import Path
from aecore.jobs.server.ownership import Ownership
from aecore.runs import RunStore
owner = Ownership(RunStore(Path(sys.argv[1])), None)
owner.take()
print(owner.name, flush=True)
sys.stdin.read()
"""


def test_a_server_is_alive_until_it_is_killed(tmp_path: Path) -> None:
    """Even a kill that leaves it no time gives the lock up."""
    ours = Ownership(RunStore(tmp_path), None)
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        name = other.stdout.readline().strip()
        alive = not ours.has_lost(name)
        other.send_signal(signal.SIGKILL)

    assert alive
    assert ours.has_lost(name)
    ours.clear()
    assert not (tmp_path / "servers").exists()


def test_our_own_runs_and_nobodys_are_lost_when_the_scheduler_has_them_not(tmp_path: Path) -> None:
    """Whoever asks knows that the scheduler does not have the run."""
    for scheduler in (None, "tls://10.0.0.1:8786"):
        owner = Ownership(RunStore(tmp_path), scheduler)
        assert owner.has_lost(owner.name)
        assert owner.has_lost("")


def test_runs_of_another_scheduler_are_left_alone(tmp_path: Path) -> None:
    """We cannot see what it has."""
    assert not Ownership(RunStore(tmp_path), None).has_lost("tls://10.0.0.1:8786")


def test_another_machine_counts_only_with_a_shared_store(tmp_path: Path) -> None:
    """A folder serves one machine, which may have been renamed; a tracking server has many."""
    elsewhere = f"local/other-host/{'0' * 32}"

    assert Ownership(RunStore(tmp_path), None).has_lost(elsewhere)
    assert not Ownership(RunStore(tmp_path, "http://10.0.0.1:5000"), None).has_lost(elsewhere)


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    """Before anything is started."""
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(RunStoreError, match="cannot be written to"):
        Ownership(RunStore(tmp_path / "file"), None).take()
