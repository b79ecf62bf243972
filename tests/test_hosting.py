"""Do Dockerfile and compose.yaml fit the app, each other and what is said of them?"""

from __future__ import annotations

import ast
import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml
from streamlit import config

from aecore import environment
from aecore.access import MODES
from aecore.access.allowance import Allowance
from aecore.data.limits import Limits
from tests import image
from tests.image import ROOT

IMAGE = image.read()
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
LAB, PROXY = COMPOSE["services"]["lab"], COMPOSE["services"]["proxy"]
HOSTING = (ROOT / "docs/hosting.md").read_text(encoding="utf-8")
PORT = IMAGE.variables["STREAMLIT_SERVER_PORT"]
NAMED = {value for value in vars(environment).values() if isinstance(value, str)}
LIMITS = {environment.limit_variable(each.name) for each in (*fields(Limits), *fields(Allowance))}
OPTIONS = {option.env_var for option in config._config_options_template.values()}


def known(variable: str) -> bool:
    """Whether somebody reads a variable: we, Streamlit or Python."""
    return variable in NAMED | LIMITS | OPTIONS | {"PYTHONUNBUFFERED"}


def top_level_imports(folder: Path) -> set[str]:
    """The packages of this repository that files import."""
    files = folder.rglob("*.py") if folder.is_dir() else [folder]
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in files]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    names = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    names |= {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    first = {name.partition(".")[0] for name in names}
    return {name for name in first if (ROOT / name).is_dir()}


def test_the_image_has_all_that_runs_and_nothing_that_is_left_out() -> None:
    """Each copied file is there and passes .dockerignore; what the app imports is copied."""
    ignore = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    let_in = {line[1:] for line in ignore if line.startswith("!")}
    assert ignore[1] == "*" and "**/__pycache__" in ignore
    assert let_in == set(IMAGE.copied)
    for source in IMAGE.copied:
        assert (ROOT / source).exists()
        if source.endswith(".py") or (ROOT / source).is_dir():
            assert top_level_imports(ROOT / source) <= set(IMAGE.copied)
    installed = [word for step in IMAGE.all("RUN") for word in re.findall(r"-[rc] (\S+)", step)]
    assert set(installed) <= set(IMAGE.copied) and "constraints.txt" in installed


def test_the_image_runs_without_rights_and_keeps_its_data_in_one_place() -> None:
    """Code is not the user's; runs, downloads and home lie in the volume."""
    names = [name for name, _ in IMAGE.steps]
    [user], [volume] = IMAGE.all("USER"), IMAGE.all("VOLUME")
    [added] = [step for step in IMAGE.all("RUN") if step.startswith("useradd")]
    assert user == added.split()[-1] != "root" and f"--home-dir {volume}" in added
    assert names.index("USER") > max(i for i, name in enumerate(names) if name in ("COPY", "RUN"))
    folders = [IMAGE.variables[name] for name in (environment.HOME, environment.DOWNLOADS)]
    assert all(folder.startswith(f"{volume}/") for folder in folders)
    assert f"data:{volume}" in LAB["volumes"] and "data" in COMPOSE["volumes"]


def test_one_port_is_served_asked_for_its_health_and_proxied() -> None:
    """At Streamlit's own address for that; no other way leads in."""
    assert IMAGE.all("EXPOSE") == LAB["expose"] == [PORT]
    assert f"http://127.0.0.1:{PORT}/_stcore/health" in IMAGE.health_check[-1]
    assert f"--to lab:{PORT}" in PROXY["command"] and "--from ${LAB_HOST}" in PROXY["command"]
    assert "ports" not in LAB and PROXY["depends_on"]["lab"]["condition"] == "service_healthy"


def test_the_service_may_do_nothing_but_its_work() -> None:
    """It gains no rights, writes to its volume and /tmp, and has a most of memory and processes."""
    assert LAB["read_only"] and LAB["cap_drop"] == ["ALL"] and LAB["tmpfs"] == ["/tmp"]
    assert LAB["security_opt"] == ["no-new-privileges:true"]
    assert "2700m" in LAB["mem_limit"] and LAB["pids_limit"] and LAB["init"]


def test_accounts_are_looked_for_where_compose_puts_them() -> None:
    """The folder beside compose.yaml, which is neither committed nor copied, read only."""
    inside = Path(IMAGE.variables["STREAMLIT_SECRETS_FILES"])
    assert f"./secrets:{inside.parent}:ro" in LAB["volumes"]
    assert "/secrets/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert "requirements-signin.txt" in IMAGE.copied


@pytest.mark.parametrize("variable", sorted({*IMAGE.variables, *LAB["environment"]}))
def test_each_variable_is_read_by_somebody(variable: str) -> None:
    """A slip in a name would leave a server open or its data unkept."""
    assert known(variable)


def test_what_can_be_set_is_told() -> None:
    """Each `${…}` of compose.yaml stands in docs/hosting.md, with the value it has otherwise."""
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    for variable, default in re.findall(r"\$\{(\w+)(?::-(\w+))?", text):
        [row] = re.findall(rf"^\| `{variable}` \|.*$", HOSTING, re.MULTILINE)
        assert default in row
    assert LAB["environment"]["AECORE_MODE"] == "${AECORE_MODE:-shared}"
    assert IMAGE.variables["AECORE_MODE"] == "shared" in MODES
    assert "?" in LAB["environment"]["STREAMLIT_SERVER_ALLOWED_HOSTS"]


def test_the_documented_variables_are_read_by_somebody() -> None:
    """In docs/hosting.md and SECURITY.md."""
    for text in (HOSTING, (ROOT / "SECURITY.md").read_text(encoding="utf-8")):
        named = set(re.findall(r"\b(?:AECORE|STREAMLIT)_[A-Z_]+\b", text))
        assert named and all(map(known, named))
