"""Commands that apply a run to rows: how odd they are, and their codes."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from aecore import environment
from aecore.console import nothing_said, refuse_unwritable, say
from aecore.errors import DataError


def add_to(commands: Any) -> None:
    """Add `score` and `encode` to the parsers of commands."""
    score = commands.add_parser("score", help="tell how odd rows are to a run, as a CSV file")
    score.add_argument("run", type=Path, help="what `run --out` left")
    score.add_argument("data", help="the name of a data set, or the path of a file")
    score.add_argument("--out", type=Path, required=True, help="the CSV file to write")
    score.add_argument(
        "--alarms",
        type=float,
        default=0.01,
        help="share of normal rows that may raise an alarm; 0 writes scores alone",
    )
    score.add_argument("--score", default="", help="another score than the run's first")
    score.add_argument(
        "--normal", nargs="+", default=(), help="classes whose rows calibrate; all without"
    )
    score.set_defaults(command=_score)
    encode = commands.add_parser("encode", help="write the codes of rows to a file")
    encode.add_argument("run", type=Path, help="what `run --out` left")
    encode.add_argument("data", help="the name of a data set, or the path of a file")
    encode.add_argument(
        "--out", type=Path, required=True, help="the file to write: .csv, .parquet or .npy"
    )
    encode.add_argument(
        "--reconstructions",
        action="store_true",
        help="write beside each code what is decoded from it, in the data's own units",
    )
    encode.set_defaults(command=_encode)


def _score(given: argparse.Namespace) -> int:
    environment.refuse_other_backend()
    environment.quiet_tensorflow()
    with nothing_said():
        from aecore.export.score_table import write_scores
        from aecore.runs.loading import load
    if not 0 <= given.alarms < 1:
        raise DataError(f"A share cannot be {given.alarms:g}.", "Choose --alarms from 0 to 1.")
    refuse_unwritable(given.out.parent)
    written = write_scores(
        load(given.run),
        given.data,
        given.out,
        score=given.score,
        alarms=given.alarms,
        normal=given.normal,
        on_rows=lambda done: say({"event": "progress", "rows": done}),
    )
    say({"event": "finished", **asdict(written)})
    return 0


def _encode(given: argparse.Namespace) -> int:
    environment.refuse_other_backend()
    environment.quiet_tensorflow()
    with nothing_said():
        from aecore.export.code_table import format_of, write_codes
        from aecore.runs.loading import load
    format_of(given.out)
    refuse_unwritable(given.out.parent)
    written = write_codes(
        load(given.run),
        given.data,
        given.out,
        reconstructions=given.reconstructions,
        on_rows=lambda done: say({"event": "progress", "rows": done}),
    )
    say({"event": "finished", **asdict(written)})
    return 0
