"""Commands that take a run along: as one file of any format, and back from its ZIP."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path
from typing import Any

from aecore import environment
from aecore.console import nothing_said, refuse_unwritable, say
from aecore.errors import DataError
from aecore.export.run_files import RUN_FORMATS
from aecore.export.whole_files import UNFINISHED, whole_or_not


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
    with whole_or_not(given.out) as unfinished:
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
    # Made with the rights that a folder has here, unlike a temporary one.
    folder = given.out.with_name(given.out.name + UNFINISHED)
    folder.mkdir()
    try:
        import_run(given.file, folder)
        folder.rename(given.out)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    say({"event": "finished", "folder": str(given.out)})
    return 0
