"""The command line: run an experiment, print its schema, list the data sets."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from aecore.data import DATASETS
from aecore.errors import DataError, ExperimentError, LabError
from aecore.experiment import Experiment

FAILED, BAD_INPUT = 1, 2
MAX_EXPERIMENT_BYTES = 2**20


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; 0 on success, 1 for a failed run, 2 for bad input."""
    given = _parser().parse_args(arguments)
    try:
        return int(given.command(given))
    except (ExperimentError, DataError) as error:
        return _say(error, BAD_INPUT)
    except LabError as error:
        return _say(error, FAILED)
    except OSError as error:
        return _say(LabError(f"{error.strerror or error}: {error.filename}."), FAILED)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m aecore", description=__doc__)
    commands = parser.add_subparsers(required=True)
    run = commands.add_parser("run", help="train an experiment, one JSON event a line")
    run.add_argument("experiment", type=Path, help="a JSON file; see `schema`")
    run.add_argument("--out", type=Path, help="folder for the models, figures and history")
    run.set_defaults(command=_run)
    schema = commands.add_parser("schema", help="print the JSON schema of an experiment")
    schema.set_defaults(command=_schema)
    datasets = commands.add_parser("datasets", help="list the bundled data sets")
    datasets.set_defaults(command=_datasets)
    return parser


def _run(given: argparse.Namespace) -> int:
    experiment = Experiment.from_json(_read(given.experiment))
    if given.out is not None:
        # Better to hear that a folder cannot be written before an hour of training than after.
        given.out.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    from aecore.run import save, train

    asked_to_stop: list[int] = []
    signal.signal(signal.SIGINT, lambda number, _: asked_to_stop.append(number))
    result = train(experiment, on_event=_print, should_stop=lambda: bool(asked_to_stop))
    if given.out is not None:
        save(result, given.out)
    return 0


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_EXPERIMENT_BYTES:
            raise DataError(f"{path} is too large for an experiment.", "Check the path.")
        return path.read_bytes()
    except OSError as error:
        raise DataError(f"{path} cannot be read ({error.strerror}).", "Check the path.") from None


def _schema(_: argparse.Namespace) -> int:
    print(json.dumps(Experiment.model_json_schema(), indent=2, ensure_ascii=False))
    return 0


def _datasets(_: argparse.Namespace) -> int:
    for spec in DATASETS.values():
        shape = " × ".join(str(size) for size in spec.facts.sample_shape)
        print(f"{spec.name}\t{spec.facts.rows} rows of {shape}\t{spec.summary}")
    return 0


def _print(event: dict[str, object]) -> None:
    print(json.dumps(event, allow_nan=False, default=str), flush=True)


def _say(error: LabError, code: int) -> int:
    print(error, file=sys.stderr)
    return code
