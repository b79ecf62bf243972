"""Is the memory of a container taken for what is free, where there is a limit?"""

from __future__ import annotations

from pathlib import Path

import pytest

from aecore import memory


@pytest.fixture
def container(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which a container says what it may take."""
    files = (str(tmp_path / "memory.max"), str(tmp_path / "memory.current"))
    monkeypatch.setattr(memory, "CONTAINERS", (files,))
    return tmp_path


def test_a_machine_without_a_limit_has_what_is_available(container: Path) -> None:
    """No file, or one that says that there is no limit."""
    free = memory.free_bytes()
    assert free > 10**7
    (container / "memory.max").write_text("max\n")
    (container / "memory.current").write_text("1000\n")
    assert memory.free_bytes() > 10**7


def test_a_container_has_what_it_may_still_take(container: Path) -> None:
    """And nothing, where it has taken more than it may."""
    (container / "memory.max").write_text("5000000\n")
    (container / "memory.current").write_text("1000000\n")
    assert memory.free_bytes() == 4_000_000
    (container / "memory.current").write_text("6000000\n")
    assert memory.free_bytes() == 0
