"""The command line: run an experiment, score rows, inspect a file, print the schema."""

from __future__ import annotations

import argparse
import io
import json
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from aecore import environment
from aecore.data import DATASETS
from aecore.data.loading import describe_source
from aecore.data.profile.telling import sheet_told
from aecore.data.reading_options import AS_FOUND, ReadingOptions
from aecore.errors import DataError, ExperimentError, LabError
from aecore.experiment import Experiment
from aecore.experiment.validation_messages import problem_of
from aecore.settings import controls
from aecore.training import events

FAILED, BAD_INPUT = 1, 2
MAX_EXPERIMENT_BYTES = 2**20
READING = "reading."
# How words of the command line become values of an option, by its kind.
READ_AS: dict[str, Callable[[str], Any]] = {"integer": int, "numbers": float}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; 0 on success, 1 for a failed run, 2 for bad input."""
    given = _parser().parse_args(arguments)
    try:
        return int(given.command(given))
    except (ExperimentError, DataError) as error:
        return _say(error, BAD_INPUT)
    except LabError as error:
        return _say(error, FAILED)
    except BrokenPipeError:
        # Whoever read the output has gone, and hears nothing more; Python would complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except OSError as error:
        return _say(_explained(error), FAILED)
    except KeyboardInterrupt:
        return _say(LabError("Interrupted before training began.", "Start it again."), FAILED)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m aecore", description=__doc__)
    commands = parser.add_subparsers(required=True)
    run = commands.add_parser("run", help="train an experiment, one JSON event a line")
    run.add_argument("experiment", type=Path, help="a JSON file; see `schema`")
    run.add_argument("--out", type=Path, help="folder for the models, figures and history")
    run.set_defaults(command=_run)
    inspect = commands.add_parser("inspect", help="print what a look at a data set says, as JSON")
    inspect.add_argument("source", help="the name of a data set, or the path of a file or folder")
    for control in controls(AS_FOUND, READING):
        inspect.add_argument(
            f"--{control.path}",
            type=READ_AS.get(control.kind, str),
            default=argparse.SUPPRESS,
            metavar=control.path.removeprefix(READING).upper(),
            help=control.help.replace("%", "%%"),
            nargs="+" if control.kind in ("names", "numbers") else None,
        )
    inspect.set_defaults(command=_inspect)
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
    _add_dimensions(commands)
    schema = commands.add_parser("schema", help="print the JSON schema of an experiment")
    schema.set_defaults(command=_schema)
    datasets = commands.add_parser("datasets", help="list the bundled data sets")
    datasets.set_defaults(command=_datasets)
    return parser


def _add_dimensions(commands: Any) -> None:
    dimensions = commands.add_parser(
        "dimensions", help="tell which encoding dimension to take, one JSON event a line"
    )
    dimensions.add_argument("experiment", type=Path, help="a JSON file; see `schema`")
    dimensions.add_argument(
        "--ladder",
        type=_numbers,
        default=(),
        metavar="2,4,8,16",
        help="encoding dimensions to train separately, and how far the ordered code goes",
    )
    dimensions.add_argument(
        "--seeds",
        type=int,
        metavar="3",
        help="separate trainings of each; 1 where a ladder is given, else none",
    )
    dimensions.set_defaults(command=_dimensions)


def _run(given: argparse.Namespace) -> int:
    experiment = Experiment.from_json(_read(given.experiment))
    if given.out is not None:
        _refuse_unwritable(given.out)
    environment.refuse_other_backend()
    environment.quiet_tensorflow()
    with _nothing_said():
        from aecore.run import save, train

    asked_to_stop = _heard()
    endings: list[events.Event] = []

    def tell(event: events.Event) -> None:
        # A run has not finished before its files are there.
        if event["event"] in events.ENDINGS:
            endings.append(event)
        else:
            _print(event)

    try:
        result = train(experiment, on_event=tell, should_stop=lambda: bool(asked_to_stop))
        if given.out is not None:
            save(result, given.out)
    except BrokenPipeError:
        raise
    except Exception as error:
        told = _explained(error)
        _print(events.ended("failed", cause=told.cause, remedy=told.remedy))
        raise told from error
    _print(endings[-1])
    return 0


def _dimensions(given: argparse.Namespace) -> int:
    experiment = Experiment.from_json(_read(given.experiment))
    environment.refuse_other_backend()
    environment.quiet_tensorflow()
    with _nothing_said():
        from aecore.dimensions import explore_dimensions
    seeds = bool(given.ladder) if given.seeds is None else given.seeds
    asked_to_stop = _heard()
    found = explore_dimensions(
        experiment, given.ladder, int(seeds), _print, lambda: bool(asked_to_stop)
    )
    _print(events.ended("stopped" if asked_to_stop else "finished", advice=asdict(found.advice)))
    return 0


def _numbers(text: str) -> tuple[int, ...]:
    """Whole numbers above 0, with commas between them."""
    parts = [part.strip() for part in text.split(",")]
    if not all(part.isdecimal() and int(part) for part in parts):
        raise argparse.ArgumentTypeError(f"{text!r} must be whole numbers, such as 2,4,8,16")
    return tuple(int(part) for part in parts)


def _heard() -> list[int]:
    """Ctrl-C, and what systems send before they kill, from now on: what was learned is kept."""
    asked_to_stop: list[int] = []
    for asking in (signal.SIGINT, signal.SIGTERM):
        signal.signal(asking, lambda number, _: asked_to_stop.append(number))
    return asked_to_stop


def _inspect(given: argparse.Namespace) -> int:
    chosen = {
        name.removeprefix(READING): value
        for name, value in vars(given).items()
        if name.startswith(READING)
    }
    try:
        reading = ReadingOptions.model_validate(chosen)
    except ValidationError as error:
        raise ExperimentError([problem_of(details) for details in error.errors()]) from None
    print(json.dumps(sheet_told(describe_source(given.source, reading)), indent=2))
    return 0


def _score(given: argparse.Namespace) -> int:
    environment.refuse_other_backend()
    environment.quiet_tensorflow()
    with _nothing_said():
        from aecore.export.score_table import write_scores
        from aecore.runs.loading import load
    if not 0 <= given.alarms < 1:
        raise DataError(f"A share cannot be {given.alarms:g}.", "Choose --alarms from 0 to 1.")
    _refuse_unwritable(given.out.parent)
    written = write_scores(
        load(given.run),
        given.data,
        given.out,
        score=given.score,
        alarms=given.alarms,
        normal=given.normal,
        on_rows=lambda done: _print({"event": "progress", "rows": done}),
    )
    _print({"event": "finished", **asdict(written)})
    return 0


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_EXPERIMENT_BYTES + 1)
    except OSError as error:
        raise DataError(f"{path} cannot be read ({error.strerror}).", "Check the path.") from None
    if len(content) > MAX_EXPERIMENT_BYTES:
        raise DataError(f"{path} is too large for an experiment.", "Check the path.")
    return content


def _refuse_unwritable(folder: Path) -> None:
    """Better to hear that a folder cannot be written before an hour of training than after."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise DataError(
            f"Nothing can be written to {folder} ({error.strerror}).",
            "Name another folder with --out.",
        ) from None


@contextmanager
def _nothing_said() -> Iterator[None]:
    """Keeps standard error silent: TensorFlow, when imported, tells of the processor unasked."""
    if sys.__stderr__ is None:
        yield
        return
    number = sys.__stderr__.fileno()
    kept = os.dup(number)
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), number)
    try:
        yield
    finally:
        os.dup2(kept, number)
        os.close(kept)


def _explained(error: Exception) -> LabError:
    from aecore.jobs.explaining import explain

    return explain(error)


def _schema(_: argparse.Namespace) -> int:
    print(json.dumps(Experiment.model_json_schema(), indent=2))
    return 0


def _datasets(_: argparse.Namespace) -> int:
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal that has no × gets a question mark.
        sys.stdout.reconfigure(errors="replace")
    for spec in DATASETS.values():
        shape = " × ".join(str(size) for size in spec.facts.sample_shape)
        print(f"{spec.name}\t{spec.facts.rows} rows of {shape}\t{spec.summary}")
    return 0


def _print(event: dict[str, object]) -> None:
    print(json.dumps(event, allow_nan=False, default=str), flush=True)


def _say(error: LabError, code: int) -> int:
    # Names of files and fields are a stranger's, and may hold line breaks.
    shown = (c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in str(error))
    print("".join(shown), file=sys.stderr)
    return code
