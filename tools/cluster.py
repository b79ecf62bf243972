"""`python -m tools.cluster`: scheduler, workers and run store for training on several machines.

Each command becomes the process that it names, with the keys and options that the others expect.
docs/cluster.md says what to run where.
"""

from __future__ import annotations

import argparse
import os
import shlex
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from aecore import environment
from aecore.jobs.kinds import RESOURCES
from aecore.jobs.server.cluster import THREADS, usable_cores
from tools.cluster_keys import BOTH, CERTIFICATE, KEY, make_keys

ROOT = Path(__file__).resolve().parents[1]
MLFLOW = ROOT / ".venv-mlflow/bin/mlflow"
NO_MLFLOW = (
    "MLflow's server is not installed. It needs older libraries than the app, so it has an "
    "environment of its own: make tracking"
)
NO_KEYS = "There are no keys in {}. Make some first: python -m tools.cluster keys FOLDER NAME…"
SCHEDULER_PORT, TRACKING_PORT = 8786, 5000
TLS = "DASK_DISTRIBUTED__COMM__TLS__"
ROLES = ("CLIENT", "SCHEDULER", "WORKER")


@dataclass(frozen=True)
class Cluster:
    """Where the parts of one cluster are, and what they are locked with.

    Attributes:
        keys: the folder of the keys, the same on each machine.
        scheduler: host and port of the scheduler.
        tracking: host and port of MLflow's server.
    """

    keys: Path
    scheduler: str
    tracking: str

    @property
    def variables(self) -> dict[str, str]:
        """What each process that takes part has in its environment; the app too."""
        certificate, key = str(self.keys / CERTIFICATE), str(self.keys / KEY)
        return {
            environment.SCHEDULER: f"tls://{self.scheduler}",
            environment.TRACKING: f"https://{self.tracking}",
            "MLFLOW_TRACKING_SERVER_CERT_PATH": certificate,
            "MLFLOW_TRACKING_CLIENT_CERT_PATH": str(self.keys / BOTH),
            "DASK_DISTRIBUTED__COMM__REQUIRE_ENCRYPTION": "True",
            f"{TLS}CA_FILE": certificate,
            **{f"{TLS}{role}__CERT": certificate for role in ROLES},
            **{f"{TLS}{role}__KEY": key for role in ROLES},
        }

    def scheduler_command(self) -> tuple[list[str], dict[str, str]]:
        """The process that hands jobs to workers, and its variables."""
        host, port = self.scheduler.rsplit(":", 1)
        command = [sys.executable, "-m", "dask", "scheduler", "--protocol", "tls"]
        command += ["--host", host, "--port", port, "--no-dashboard", "--no-show"]
        # A job whose worker dies comes back to the app, which decides what becomes of it.
        return command, {**self.variables, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}

    def worker_command(self, cores: int) -> tuple[list[str], dict[str, str]]:
        """A process that trains, and another that starts it again; with their variables."""
        command = [sys.executable, "-m", "dask", "worker", f"tls://{self.scheduler}"]
        command += ["--nworkers", "1", "--nthreads", str(THREADS), "--no-dashboard"]
        resources = " ".join(f"{name}={number}" for name, number in RESOURCES.items())
        command += ["--resources", resources]
        return command, {**self.variables, **environment.of_a_worker(cores)}

    def tracking_command(self, runs: Path) -> tuple[list[str], dict[str, str]]:
        """MLflow's server, which lets nobody in without the key."""
        host, port = self.tracking.rsplit(":", 1)
        certificate, key = str(self.keys / CERTIFICATE), str(self.keys / KEY)
        locks = ["--ssl-certfile", certificate, "--ssl-keyfile", key]
        locks += ["--ssl-ca-certs", certificate, "--ssl-cert-reqs", "2", "--log-level", "warning"]
        command = [str(MLFLOW), "server", "--host", host, "--port", port, "--workers", "1"]
        command += ["--backend-store-uri", f"sqlite:///{runs.resolve() / 'mlflow.db'}"]
        command += ["--artifacts-destination", str(runs.resolve() / "artifacts")]
        command += ["--allowed-hosts", self.tracking, "--uvicorn-opts", shlex.join(locks)]
        return command, {**environment.QUIET_MLFLOW, "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false"}


def main(arguments: Sequence[str] | None = None) -> None:
    """Do what the command line asks for."""
    asked = _parser().parse_args(arguments)
    asked.work(asked)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m tools.cluster", description=__doc__)
    commands = parser.add_subparsers(required=True)
    keys = _command(commands, "keys", _keys, "make the keys, once")
    keys.add_argument("names", nargs="+", help="names and addresses of the tracking server")
    for name, work, about in (
        ("scheduler", _scheduler, "hand jobs to workers"),
        ("tracking", _tracking, "keep the runs, by MLflow"),
        ("worker", _worker, "train, one run at a time"),
        ("env", _env, "print the variables that the app needs, for a shell"),
    ):
        command = _command(commands, name, work, about)
        command.add_argument("host", help="name or address of the scheduler")
        command.add_argument("--port", type=int, default=SCHEDULER_PORT, help="of the scheduler")
        command.add_argument("--tracking-host", help="of MLflow's server, where it is another")
        command.add_argument("--tracking-port", type=int, default=TRACKING_PORT)
        if name == "tracking":
            command.add_argument("--runs", type=Path, default=environment.home(), help="folder")
        if name == "worker":
            command.add_argument("--cores", type=int, default=usable_cores())
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    work: Callable[[argparse.Namespace], None],
    about: str,
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=about)
    command.add_argument("folder", type=Path, help="folder of the keys")
    command.set_defaults(work=work)
    return command


def _cluster(asked: argparse.Namespace) -> Cluster:
    if not (asked.folder / KEY).is_file():
        raise SystemExit(NO_KEYS.format(asked.folder))
    tracking_host = asked.tracking_host or asked.host
    return Cluster(
        asked.folder.resolve(),
        f"{asked.host}:{asked.port}",
        f"{tracking_host}:{asked.tracking_port}",
    )


def _keys(asked: argparse.Namespace) -> None:
    make_keys(asked.folder, asked.names)
    print(f"Copy {asked.folder} to each machine; whoever has it can run code there.")


def _scheduler(asked: argparse.Namespace) -> None:
    _become(*_cluster(asked).scheduler_command())


def _tracking(asked: argparse.Namespace) -> None:
    if not MLFLOW.is_file():
        raise SystemExit(NO_MLFLOW)
    asked.runs.mkdir(parents=True, exist_ok=True)
    _become(*_cluster(asked).tracking_command(asked.runs))


def _worker(asked: argparse.Namespace) -> None:
    _become(*_cluster(asked).worker_command(asked.cores))


def _env(asked: argparse.Namespace) -> None:
    for name, value in _cluster(asked).variables.items():
        print(f"export {name}={shlex.quote(value)}")


def _become(command: list[str], variables: Mapping[str, str]) -> None:
    """Go on as another program, which hears the signals that are meant for it."""
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    os.execvpe(command[0], command, {**os.environ, "PYTHONPATH": path, **variables})


if __name__ == "__main__":
    main()
