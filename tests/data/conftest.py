"""A folder for users' files, and limits that a test can set."""

import pytest

from aecore.data.limits import limits


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A run folder that does not exist yet; where uploads go."""
    monkeypatch.setenv("AECORE_HOME", str(tmp_path / "runs"))
    return tmp_path / "runs" / "uploads"


@pytest.fixture
def limit(monkeypatch):
    """Sets one of the limits for this test."""

    def set_limit(name, value):
        monkeypatch.setenv(f"AECORE_MAX_{name}", str(value))
        limits.cache_clear()

    yield set_limit
    monkeypatch.undo()
    limits.cache_clear()
