"""Do the commands show these runs, with the MLflow that wrote them?"""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import pytest

from ui.runs.mlflow_screens import commands, server_address


def test_the_commands_install_the_version_that_wrote_the_runs() -> None:
    """Another one may want to change the database first."""
    make, install, show = commands(Path("/a folder/runs"), None).splitlines()
    assert make == "python3 -m venv .venv-mlflow"
    assert install.endswith(f"mlflow=={version('mlflow-skinny')}")
    assert show.endswith("mlflow ui --backend-store-uri 'sqlite:////a folder/runs/mlflow.db'")


def test_a_database_elsewhere_is_named_as_it_was_given() -> None:
    """The folder has no runs then."""
    assert "postgresql://host/lab" in commands(Path("/runs"), "postgresql://host/lab")


@pytest.mark.parametrize(
    ("uri", "shown"),
    [
        ("https://lab.example/mlflow", "https://lab.example/mlflow"),
        ("http://ada:secret@lab.example:5000", "http://lab.example:5000"),
        ("sqlite:////runs/mlflow.db", None),
        (None, None),
    ],
)
def test_a_server_is_shown_without_what_is_secret(uri: str | None, shown: str | None) -> None:
    """A visitor may see where runs are, not how the app gets at them."""
    assert server_address(uri) == shown
