"""The corpus: runs that earlier versions wrote, which must open for ever.

`tools/old_runs.py` made them, each version's with that version's own code.
"""

from __future__ import annotations

import tarfile
from pathlib import Path

from aecore.runs import RunStore

CORPUS = Path(__file__).with_name("corpus")
VERSIONS = sorted(path.name.removesuffix(".tar.xz") for path in CORPUS.glob("*.tar.xz"))


def unpacked(version: str, folder: Path) -> RunStore:
    """The run store of a version, unpacked into a folder."""
    with tarfile.open(CORPUS / f"{version}.tar.xz") as archive:
        archive.extractall(folder, filter="data")
    return RunStore(folder)
