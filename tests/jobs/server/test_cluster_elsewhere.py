"""Does a cluster of several machines do what one does, and outlive the loss of a worker?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from distributed import Client, Security
from mlflow import MlflowClient

from aecore.jobs.server.engine import JobEngine
from aecore.runs import RunStore
from aecore.runs.layout import CLAIM_PARAM
from tests.jobs.conftest import WARM_SECONDS, short
from tests.waiting import until
from tools.cluster_keys import CERTIFICATE, KEY, make_keys
from tools.local_cluster import HOST, LocalCluster, connected, running

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

RUNS, EPOCHS = 6, 400
WORKERS = ("first worker", "second worker")
END_SECONDS = 300


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCluster]:
    """Scheduler, MLflow's server and two workers, started as docs/cluster.md says."""
    with running(tmp_path_factory.mktemp("cluster"), dict.fromkeys(WORKERS, 1)) as local:
        yield local


@pytest.fixture
def engine(local: LocalCluster) -> Iterator[JobEngine]:
    """That of an app which is told of the cluster."""
    with connected(local) as engine:
        yield engine


def test_six_runs_are_spread_and_outlive_a_worker(engine: JobEngine, local: LocalCluster) -> None:
    """The run of the worker that is killed begins again on the other; all six are whole."""
    until(lambda: engine.state == "ready", WARM_SECONDS)
    runs = [engine.train(short(EPOCHS, learning_rate=0.001 * (i + 1))) for i in range(RUNS)]
    until(lambda: len(learning(engine, runs)) == len(WORKERS), WARM_SECONDS)
    both = learning(engine, runs)
    killed = {str(child.pid) for child in local.parts[WORKERS[0]].children(recursive=True)}

    local.kill(WORKERS[0])
    until(lambda: all(engine.view(run_id).ended for run_id in runs), END_SECONDS, every=0.1)

    for run_id in runs:
        summary, view = engine.store.summary(run_id), engine.store.view(run_id)
        assert summary.state == engine.view(run_id).state == "finished"
        assert summary.epochs == view.epochs_done == EPOCHS
        assert len(view.history["loss"]) == EPOCHS and "mse" in view.metrics
        assert {"encoder.keras", "samples.npz"} <= {*engine.store.names(run_id)}
    [lost] = [run_id for run_id in both if processes(engine.store, run_id)[0] in killed]
    assert len(processes(engine.store, lost)) == 2
    assert not killed & {processes(engine.store, run_id)[-1] for run_id in both}


def test_runs_wait_for_mlflow(engine: JobEngine, local: LocalCluster) -> None:
    """One ends and another begins while its server is started again; neither is lost."""
    until(lambda: engine.state == "ready", WARM_SECONDS)
    runs = [engine.train(short(EPOCHS)), engine.train(short(2))]
    until(lambda: learning(engine, runs), WARM_SECONDS)

    local.kill("tracking")
    until(lambda: engine.view(runs[0]).epochs_done == EPOCHS, END_SECONDS)
    local.start_tracking()

    until(lambda: all(engine.view(run_id).ended for run_id in runs), END_SECONDS, every=0.1)
    for run_id in runs:
        assert engine.view(run_id).state == engine.store.summary(run_id).state == "finished"
        assert {"encoder.keras", "samples.npz"} <= {*engine.store.names(run_id)}


def learning(engine: JobEngine, runs: list[str]) -> list[str]:
    """The runs that have told of an epoch and not ended."""
    views = {run_id: engine.view(run_id) for run_id in runs}
    return [run_id for run_id, view in views.items() if view.epochs_done and not view.ended]


def processes(store: RunStore, run_id: str) -> list[str]:
    """The processes that claimed a run, the first of them first."""
    params = MlflowClient(store.tracking_uri).get_run(run_id).data.params
    claims = sorted(name for name in params if name.startswith(CLAIM_PARAM))
    return [params[name].split(":")[1] for name in claims]


def test_who_has_not_the_key_is_refused(local: LocalCluster, tmp_path: Path) -> None:
    """By the scheduler and by MLflow's server, with another key or with none."""
    make_keys(tmp_path, [HOST])
    roles = ("client", "scheduler", "worker")
    other = Security(
        require_encryption=True,
        tls_ca_file=str(local.cluster.keys / CERTIFICATE),
        **{f"tls_{role}_cert": str(tmp_path / CERTIFICATE) for role in roles},
        **{f"tls_{role}_key": str(tmp_path / KEY) for role in roles},
    )
    assert local.tracking_answers() and not local.tracking_answers(with_key=False)
    for address, security in (("tcp", None), ("tls", other)):
        with pytest.raises(OSError):
            Client(f"{address}://{local.cluster.scheduler}", timeout=3, security=security)
