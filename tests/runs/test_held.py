"""Folders that a process has to itself: told from what a killed one left, and cleared."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from aecore.runs.held import Held, clear, is_held

HOLD = """
import sys
from pathlib import Path
from aecore.runs.held import Held
held = Held(Path(sys.argv[1]))
(held.path / "key").write_text("secret")
print(held.path, flush=True)
sys.stdin.read()
"""


def test_what_a_killed_process_held_is_cleared_by_the_next(tmp_path: Path) -> None:
    """As long as it lives nobody touches it, and it is for this user alone."""
    shared = tmp_path / "shared"
    command = [sys.executable, "-c", HOLD, str(shared)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        theirs = Path(other.stdout.readline().strip())
        ours = Held(shared)
        assert is_held(theirs) and is_held(ours.path)
        assert (theirs / "key").read_text() == "secret"
        assert {p.stat().st_mode & 0o777 for p in (shared, theirs, ours.path)} == {0o700}
        other.kill()

    assert not is_held(theirs)
    clear(shared)
    assert not theirs.exists() and is_held(ours.path)
    ours.release()
    ours.release()
    assert not shared.exists()


def test_many_at_once_do_not_clear_each_other(tmp_path: Path) -> None:
    """Whoever makes one while another deletes its own, and the folder around both."""
    shared = tmp_path / "shared"

    def hold(number: int) -> bool:
        held = Held(shared)
        kept = held.path / "mine"
        kept.write_text(str(number))
        whole = kept.read_text() == str(number) and is_held(held.path)
        held.release()
        return whole

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(hold, range(200)))
    assert not shared.exists()


def test_only_folders_with_the_prefix_are_cleared(tmp_path: Path) -> None:
    """Others beside them are somebody else's."""
    (tmp_path / "precious").mkdir()
    (tmp_path / ".new-left").mkdir()
    (tmp_path / ".new-file").write_text("of an earlier version")

    Held(tmp_path, ".new-").release()

    assert [path.name for path in tmp_path.iterdir()] == ["precious"]
