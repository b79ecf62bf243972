"""Does the code keep to its design: one way, thin pages, small functions?"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("aecore", "ui", "pages", "benchmarks", "tools", "docs", "tests")
FILES = sorted([ROOT / "app.py", *(p for folder in FOLDERS for p in (ROOT / folder).rglob("*.py"))])
CODE = [path for path in FILES if path.relative_to(ROOT).parts[0] != "tests"]
ENGINE = [path for path in FILES if path.relative_to(ROOT).parts[0] == "aecore"]
SCREEN = [path for path in FILES if path.relative_to(ROOT).parts[0] in ("ui", "pages", "app.py")]
TESTS = [path for path in FILES if path.relative_to(ROOT).parts[0] == "tests"]
TESTS.remove(ROOT / "tests/waiting.py")
PAGES = sorted((ROOT / "pages").glob("*.py"))

# The way of the data: what stands in `aecore/`, each importing only what stands before it.
ORDER = (
    "errors",
    "environment",
    "memory",
    "plain_files",
    "specs",
    "wording",
    "settings",
    "progress",
    "data",
    "models",
    "training",
    "experiment",
    "evaluation",
    "latent",
    "generation",
    "diagnosis",
    "search",
    "access",
    "runs",
    "trained",
    "run",
    "class_holdout",
    "dimensions",
    "estimator",
    "detector",
    "transformer",
    "export",
    "jobs",
    "console",
    "row_commands",
    "run_commands",
    "cli",
    "__main__",
    "__init__",
)

MAX_FILE_LINES = 300
MAX_FUNCTION_LINES = 50
MAX_PAGE_LINES = 120
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager"}
UNSAFE_MODULES = {"pickle", "cloudpickle", "dill", "joblib", "shelve", "marshal"}
UNSAFE_CALLS = {"eval", "exec", "compile", "__import__"}


def name_of(path: Path) -> str:
    """The path as shown in test ids and messages."""
    return str(path.relative_to(ROOT))


def imports(path: Path) -> Iterator[str]:
    """The dotted name of every module that a file imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)} has a relative import."
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def roots(path: Path) -> set[str]:
    """The top-level packages that a file imports."""
    return {name.split(".")[0] for name in imports(path)}


def module_name(path: Path) -> str:
    """The dotted name of a file's module; a package's own file is its `__init__`."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


MODULES = {module_name(path): path for path in CODE}


def imported_modules(path: Path) -> set[str]:
    """Our own modules that a file imports, also only for its types; a package is its `__init__`."""
    found = set()
    for name in imports(path):
        parts = name.split(".")
        for end in (len(parts), len(parts) - 1):
            module = ".".join(parts[:end])
            known = next((m for m in (module, f"{module}.__init__") if m in MODULES), None)
            if known is not None:
                found.add(known)
                break
    return found


def rooms_in(package: str) -> dict[str, set[str]]:
    """What stands side by side in a package -> which of the others each imports."""
    depth = package.count(".") + 1
    edges: dict[str, set[str]] = {}
    for name, path in MODULES.items():
        if name.startswith(f"{package}."):
            room = name.split(".")[depth]
            inside = {
                other.split(".")[depth]
                for other in imported_modules(path)
                if other.startswith(f"{package}.")
            }
            edges.setdefault(room, set()).update(inside - {room})
    return edges


def circle_in(edges: dict[str, set[str]]) -> list[str]:
    """Rooms that stay when all that import no other are taken away, again and again."""
    left = dict(edges)
    while True:
        free = [room for room, others in left.items() if not others & left.keys()]
        if not free:
            return sorted(left)
        for room in free:
            del left[room]


PACKAGES = sorted({name.rpartition(".")[0] for name in MODULES if name.count(".")})


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@pytest.mark.parametrize("path", ENGINE, ids=name_of)
def test_the_engine_knows_no_screen(path: Path) -> None:
    """`aecore` imports neither Streamlit nor a chart library nor what builds on them."""
    assert not roots(path) & {"streamlit", "plotly", "ui", "pages", "app", "tools"}


@pytest.mark.parametrize("path", SCREEN, ids=name_of)
def test_the_screen_knows_no_tensorflow(path: Path) -> None:
    """Pages and `ui` import neither TensorFlow nor Keras, so the server stays small and quick."""
    assert not roots(path) & {"tensorflow", "keras"}


@pytest.mark.parametrize("path", ENGINE, ids=name_of)
def test_a_stage_imports_no_later_one(path: Path) -> None:
    """Imports follow the way of the data: data, models, training, experiment, evaluation, …"""
    own = ORDER.index(path.relative_to(ROOT / "aecore").with_suffix("").parts[0])
    for module in imported_modules(path):
        package, stage, *_ = module.split(".")
        if package == "aecore" and stage != "__init__":
            assert ORDER.index(stage) <= own, f"{name_of(path)} imports {module}"


@pytest.mark.parametrize("package", PACKAGES)
def test_rooms_import_each_other_one_way(package: str) -> None:
    """In no folder do files or folders side by side import each other in a circle."""
    assert not circle_in(rooms_in(package))


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_private_modules_stay_in_their_package(path: Path) -> None:
    """What starts with `_` is imported from within its own package alone."""
    package = module_name(path).rpartition(".")[0]
    for name in imports(path):
        owner = name.split("._")[0]
        private = "._" in name and not name.rpartition("._")[2].startswith("_")
        if private and name.split(".")[0] in ("aecore", "ui", "tools", "benchmarks", "docs"):
            assert package == owner or package.startswith(f"{owner}."), name


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_only_ui_knows_plotly(path: Path) -> None:
    """Plotly is drawn with in `ui` alone."""
    assert path.is_relative_to(ROOT / "ui") or "plotly" not in roots(path)


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_pages_are_thin_scripts(path: Path) -> None:
    """A page defines nothing and fits on a screen or two."""
    source = path.read_text(encoding="utf-8")
    defined = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    assert not [node for node in ast.walk(ast.parse(source)) if isinstance(node, defined)]
    assert len(source.splitlines()) <= MAX_PAGE_LINES


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_files_are_small_and_say_what_they_answer(path: Path) -> None:
    """No file is long or vaguely named, and each opens with a docstring."""
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= MAX_FILE_LINES
    assert path.stem not in VAGUE_NAMES
    assert ast.get_docstring(ast.parse(source))


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_functions_are_small(path: Path) -> None:
    """No function is longer than a screen."""
    long = [f.name for f in functions(path) if f.end_lineno - f.lineno >= MAX_FUNCTION_LINES]
    assert not long


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_nothing_unsafe_is_used(path: Path) -> None:
    """No unescaped HTML, no unpickling, no evaluated text, no model files of strangers."""
    assert not roots(path) & UNSAFE_MODULES
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.keyword):
            assert node.arg != "unsafe_allow_html", node.value.lineno
            allowed = isinstance(node.value, ast.Constant) and node.value.value is True
            assert not (node.arg == "allow_pickle" and allowed), node.value.lineno
        if isinstance(node, ast.Call):
            called, literal = ast.unparse(node.func), all_literal(node)
            assert called not in UNSAFE_CALLS, node.lineno
            assert called != "st.html" or literal, node.lineno
        if isinstance(node, ast.Attribute):
            assert node.attr != "enable_unsafe_deserialization", node.lineno


def all_literal(call: ast.Call) -> bool:
    """Whether a call is given nothing but texts and numbers that stand in the code."""
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    return all(isinstance(value, ast.Constant) for value in given)


@pytest.mark.parametrize("path", TESTS, ids=name_of)
def test_tests_wait_for_states_and_not_for_time(path: Path) -> None:
    """`tests/waiting.py` asks until a condition holds; in a browser, Playwright and `lab` do."""
    called = {
        node.func.attr
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert not called & {"sleep", "wait_for_timeout"}


def test_the_server_imports_no_heavy_library() -> None:
    """All that app, pages and `ui` import, imported afresh, leaves TensorFlow and MLflow out."""
    wanted = sorted({line for path in SCREEN for line in import_lines(path)})
    script = "\n".join(
        [*wanted, "import sys", "print({'tensorflow', 'keras', 'mlflow'} & set(sys.modules))"]
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "set()"


def import_lines(path: Path) -> Iterator[str]:
    """A file's imports at its top, each as one line, and that of the file itself in `ui`."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Import | ast.ImportFrom) and "__future__" not in ast.unparse(node):
            yield ast.unparse(node)
    if path.is_relative_to(ROOT / "ui"):
        yield "import " + ".".join(path.relative_to(ROOT).with_suffix("").parts)
