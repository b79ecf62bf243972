"""Commands that take a run along: as one file of any format, and back from its ZIP."""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from aecore import environment
from aecore.console import nothing_said, refuse_unwritable, say
from aecore.errors import DataError
from aecore.export.run_files import RUN_FORMATS


def add_to(commands: Any) -> None:
    """Add `export` and `import` to the parsers of commands."""
    export = commands.add_parser("export", help="write a run as one file")
    export.add_argument("run", type=Path, help="what `run --out` left")
    export.add_argument("--to", choices=list(RUN_FORMATS), required=True, help="the format")
    export.add_argument("--out", type=Path, required=True, help="the file to write")
    export.set_defaults(command=_export)
    taken = commands.add_parser("import", help="open a run's ZIP as a folder, as `run --out` does")
    taken.add_argument("file", type=Path, help="what `export --to zip` wrote")
    taken.add_argument("--out", type=Path, required=True, help="a folder that is not there yet")
    taken.set_defaults(command=_import)


def _export(given: argparse.Namespace) -> int:
    missing = RUN_FORMATS[given.to].missing(given.run)
    if missing is not None:
        raise missing
    refuse_unwritable(given.out.parent)
    with _whole_or_not(given.out) as unfinished:
        RUN_FORMATS[given.to].write(given.run, unfinished)
    say({"event": "finished", "file": str(given.out), "bytes": given.out.stat().st_size})
    return 0


def _import(given: argparse.Namespace) -> int:
    if given.out.exists():
        raise DataError(f"{given.out} is there already.", "Name another folder with --out.")
    refuse_unwritable(given.out.parent)
    environment.refuse_other_backend()
    environment.quiet_tensorflow()
    with nothing_said():
        from aecore.runs.importing import import_run
    folder = Path(tempfile.mkdtemp(dir=given.out.parent))
    try:
        import_run(given.file, folder)
        folder.rename(given.out)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    say({"event": "finished", "folder": str(given.out)})
    return 0


@contextmanager
def _whole_or_not(out: Path) -> Iterator[Path]:
    """Where to write a file that is to appear whole or not at all."""
    number, name = tempfile.mkstemp(dir=out.parent)
    os.close(number)
    unfinished = Path(name)
    try:
        yield unfinished
        unfinished.replace(out)
    finally:
        unfinished.unlink(missing_ok=True)
