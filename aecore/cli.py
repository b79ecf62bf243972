"""The command line: run an experiment, score or encode rows, inspect a file, print the schema."""

from __future__ import annotations

import argparse
import io
import json
import os
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from aecore import environment, row_commands, run_commands
from aecore.console import nothing_said, refuse_unwritable, say
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
    row_commands.add_to(commands)
    run_commands.add_to(commands)
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
        refuse_unwritable(given.out)
    environment.refuse_other_backend()
    environment.quiet_tensorflow()
    with nothing_said():
        from aecore.run import save, train

    asked_to_stop = _heard()
    endings: list[events.Event] = []

    def tell(event: events.Event) -> None:
        # A run has not finished before its files are there.
        if event["event"] in events.ENDINGS:
            endings.append(event)
        else:
            say(event)

    try:
        result = train(experiment, on_event=tell, should_stop=lambda: bool(asked_to_stop))
        if given.out is not None:
            save(result, given.out)
    except BrokenPipeError:
        raise
    except Exception as error:
        told = _explained(error)
        say(events.ended("failed", cause=told.cause, remedy=told.remedy))
        raise told from error
    say(endings[-1])
    return 0


def _dimensions(given: argparse.Namespace) -> int:
    experiment = Experiment.from_json(_read(given.experiment))
    environment.refuse_other_backend()
    environment.quiet_tensorflow()
    with nothing_said():
        from aecore.dimensions import explore_dimensions
    seeds = bool(given.ladder) if given.seeds is None else given.seeds
    asked_to_stop = _heard()
    found = explore_dimensions(
        experiment, given.ladder, int(seeds), say, lambda: bool(asked_to_stop)
    )
    say(events.ended("stopped" if asked_to_stop else "finished", advice=asdict(found.advice)))
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


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_EXPERIMENT_BYTES + 1)
    except OSError as error:
        raise DataError(f"{path} cannot be read ({error.strerror}).", "Check the path.") from None
    if len(content) > MAX_EXPERIMENT_BYTES:
        raise DataError(f"{path} is too large for an experiment.", "Check the path.")
    return content


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


def _say(error: LabError, code: int) -> int:
    # Names of files and fields are a stranger's, and may hold line breaks.
    shown = (c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in str(error))
    print("".join(shown), file=sys.stderr)
    return code
