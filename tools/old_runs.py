"""Makes the corpus of runs that must open for ever: `python -m tools.old_runs 0.2 0.3`.

Each version's own code, from its commit, trains tiny experiments into a run store of its own,
which is packed into `tests/corpus/<version>.tar.xz`. What stands there already need never be made
again; a version that is about to be released adds its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "tests" / "corpus"
TRAINER = Path(__file__).with_name("train_and_keep.py")
# The last commit of each version.
COMMITS = {"0.1": "3108678", "0.2": "bc168bf", "0.3": "58aa5f5", "0.4": "12336c5"}
MOST_BYTES = 300_000

Tree = dict[str, Any]


def _experiment(source: str, model: Tree, held_out: float, **data: Any) -> Tree:
    return {
        "data": {"source": source, "validation_fraction": held_out, **data},
        "model": {"backbone": {"kind": "dense", "units": [8]}, **model},
        "training": {"epochs": 2, "batch_size": 256},
    }


DIGITS = _experiment("digits", {"encoding_dim": 4}, 0.02)
TABLE = _experiment("breast-cancer", {"encoding_dim": 3}, 0.1, test_fraction=0.1)
VARIATIONAL = {"kind": "variational"}
VAE = _experiment("digits", {"encoding_dim": 2, "bottleneck": VARIATIONAL}, 0.02)
TOLD = _experiment(
    "digits", {"encoding_dim": 2, "bottleneck": VARIATIONAL, "conditional": True}, 0.02
)
LSTM = _experiment(
    "digits", {"encoding_dim": 4, "backbone": {"kind": "recurrent", "units": [4]}}, 0.02
)
CODEBOOK = _experiment(
    "digits", {"encoding_dim": 8, "bottleneck": {"kind": "vector-quantized"}}, 0.02
)
SERIES = _experiment(
    "sensor-stream",
    {"encoding_dim": 4, "backbone": {"kind": "convolutional-1d", "filters": [4]}},
    0.2,
    rows=1000,
)
EXPERIMENTS: dict[str, Mapping[str, Tree]] = {
    "0.1": {"Digits": DIGITS, "Table": TABLE},
    # 0.2 had no series; its recurrent layers read a picture row by row.
    "0.2": {"Digits": DIGITS, "Table": TABLE, "VAE": TOLD, "LSTM": LSTM},
    "0.3": {"Digits": DIGITS, "Table": TABLE, "VAE": VAE, "Series": SERIES},
    "0.4": {"Codebook": CODEBOOK, "Table": TABLE, "VAE": TOLD, "Series": SERIES},
}


def main(versions: list[str]) -> None:
    """Make the runs of some versions; of all, if none is named."""
    for version in versions or list(COMMITS):
        print(f"{version}: {make(version)} bytes")


def make(version: str) -> int:
    """Train a version's runs and pack them; the size of the archive in bytes."""
    with tempfile.TemporaryDirectory() as folder, _checked_out(COMMITS[version]) as code:
        home = Path(folder) / "runs"
        subprocess.run(
            [sys.executable, str(TRAINER), str(home), json.dumps(EXPERIMENTS[version])],
            env={**os.environ, "PYTHONPATH": str(code), "TF_CPP_MIN_LOG_LEVEL": "3"},
            cwd=folder,
            check=True,
        )
        size = _pack(home, CORPUS / f"{version}.tar.xz")
    if size > MOST_BYTES:
        raise SystemExit(f"{version} takes {size} bytes. Make its runs smaller.")
    return size


@contextmanager
def _checked_out(commit: str) -> Iterator[Path]:
    """The code of a commit, in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        code = Path(folder) / "code"
        git = ("git", "-C", str(ROOT), "worktree")
        subprocess.run([*git, "add", "--quiet", "--detach", str(code), commit], check=True)
        try:
            yield code
        finally:
            subprocess.run([*git, "remove", "--force", str(code)], check=True)


def _pack(home: Path, archive: Path) -> int:
    archive.parent.mkdir(exist_ok=True)
    with tarfile.open(archive, "w:xz", preset=9) as packed:
        for path in sorted(home.rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                packed.add(path, str(path.relative_to(home)), filter=_anonymous)
    return archive.stat().st_size


def _anonymous(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    return entry


if __name__ == "__main__":
    main(sys.argv[1:])
