"""A server of jobs without pages, in a process that can be killed: commands in, answers out."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from aecore.errors import LabError
from aecore.experiment import Experiment
from aecore.jobs.server.engine import JobEngine
from aecore.runs import RunStore


def main(home: str) -> None:
    """Do what each line says, and answer each in a line; the end of the input is an orderly end."""
    engine = JobEngine(RunStore(Path(home)))
    engine.start()
    print(json.dumps("started"), flush=True)
    for line in sys.stdin:
        print(json.dumps(answer(engine, json.loads(line))), flush=True)
    engine.close()


def answer(engine: JobEngine, asked: dict[str, Any]) -> Any:
    """The answer to one command, or what went wrong."""
    try:
        if asked["do"] == "train":
            return engine.train(Experiment.from_dict(asked["experiment"]), asked["name"])
        if asked["do"] == "stop":
            return engine.stop(asked["run"])
        if asked["do"] == "state":
            trouble = engine.trouble
            return [engine.state, None if trouble is None else str(trouble)]
        view = engine.view(asked["run"])
        return None if view is None else {"state": view.state, "losses": view.history.get("loss")}
    except LabError as error:
        return {"refused": str(error)}


if __name__ == "__main__":
    main(sys.argv[1])
