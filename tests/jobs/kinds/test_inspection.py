"""Are data sets downloaded, read and checked in the background, beside a training?"""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from distributed import SubprocessCluster

from aecore import environment
from aecore.data import uploads
from aecore.data.loading import describe_source
from aecore.data.profile import stored_sheets
from aecore.data.sources import DATASETS
from aecore.errors import JobError
from aecore.experiment import Experiment
from aecore.jobs.kinds import projection
from aecore.jobs.kinds.inspection import InspectionView
from aecore.jobs.server import engine as engine_module
from aecore.jobs.server.engine import JobEngine
from aecore.runs import RunStore
from tests.jobs.conftest import WARM_SECONDS, ended, endless, learning
from tests.jobs.toys import SIZE, SlowServer, make_toys_known
from tests.waiting import until

ROOT = Path(__file__).parents[3]


@pytest.fixture
def server() -> Iterator[SlowServer]:
    """A slow server on this machine."""
    with SlowServer() as slow:
        thread = threading.Thread(target=partial(slow.serve_forever, poll_interval=0.01))
        thread.start()
        yield slow
        slow.hurried.set()
        slow.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[SubprocessCluster]:
    """A cluster that someone else started, which knows nothing of our folders."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(ROOT))
        patch.setenv("NO_PROXY", "127.0.0.1")
        patch.delenv(environment.HOME)
        patch.delenv(environment.DOWNLOADS, raising=False)
        cluster = SubprocessCluster(
            n_workers=1, threads_per_worker=3, dashboard_address=None, silence_logs=40
        )
    yield cluster
    cluster.close()


@pytest.fixture(scope="module")
def far(
    elsewhere: SubprocessCluster, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[JobEngine]:
    """An engine whose worker is in that cluster."""
    engine = JobEngine(RunStore(tmp_path_factory.mktemp("far")), elsewhere.scheduler_address)
    engine.start()
    yield engine
    engine.close()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Uploads, sheets and downloads of each test lie in a folder that no worker was started in."""
    monkeypatch.setenv(environment.HOME, str(tmp_path))
    monkeypatch.setenv(environment.DOWNLOADS, str(tmp_path / "downloads"))
    return tmp_path


def seen(engine: JobEngine, job_id: str) -> InspectionView:
    """How far an inspection of this engine is."""
    view = engine.inspection(job_id)
    assert view is not None
    return view


def inspected(engine: JobEngine, source: str) -> InspectionView:
    """The end of an inspection."""
    job_id = engine.inspect(source)
    until(lambda: seen(engine, job_id).ended)
    return seen(engine, job_id)


def archive(rows: int) -> bytes:
    """An .npz file of a few samples."""
    content = io.BytesIO()
    np.savez(content, x=np.random.default_rng(0).random((rows, 4)))
    return content.getvalue()


def test_an_inspection_leaves_a_sheet(engine: JobEngine) -> None:
    """Of a bundled data set; it is there as soon as a page sees the end."""
    view = inspected(engine, "digits")

    sheet = stored_sheets.saved("digits")
    assert (view.state, view.cause) == ("finished", "")
    assert sheet is not None
    assert (sheet.title, sheet.rows) == (DATASETS["digits"].title, 1797)


def test_an_upload_is_inspected_under_its_own_name(engine: JobEngine) -> None:
    """As a page keeps it: the file is known to the worker by its id alone."""
    source = uploads.keep({"Meine Daten.npz": archive(60)})

    view = inspected(engine, source)

    sheet = stored_sheets.saved(source)
    assert (view.state, view.cause) == ("finished", "")
    assert sheet is not None
    assert (sheet.title, sheet.rows) == ("Meine Daten.npz", 60)


def test_a_bad_upload_fails_with_its_readers_sentence(engine: JobEngine) -> None:
    """The engine lives on, and no sheet is left."""
    source = uploads.keep({"mine.npz": b"not an archive"})

    view = inspected(engine, source)

    assert view.state == "failed"
    assert "cannot be read as an archive" in view.cause
    assert "numpy.savez" in view.remedy
    assert stored_sheets.saved(source) is None
    assert inspected(engine, "iris").state == "finished"


def test_an_upload_that_is_gone_says_so(engine: JobEngine) -> None:
    """As after a click on a page that is behind."""
    source = uploads.keep({"gone.npz": archive(20)})
    uploads.remove(source)

    view = inspected(engine, source)

    assert (view.state, view.remedy) == ("failed", "Upload it again.")
    assert "was removed" in view.cause


def test_a_data_set_is_inspected_beside_a_training(engine: JobEngine) -> None:
    """It does not wait for the run, nor the run for it."""
    run_id = engine.train(endless())
    learning(engine, run_id)

    view = inspected(engine, "digits")

    run = engine.view(run_id)
    assert view.state == "finished"
    assert run is not None
    assert not run.ended
    engine.stop(run_id)
    ended(engine, run_id)


def test_a_download_is_watched_and_kept_where_the_server_looks(
    far: JobEngine, elsewhere: SubprocessCluster, server: SlowServer, home: Path
) -> None:
    """Bytes grow to all of them, and file and sheet reach a server whose folders differ."""
    make_toys_known(elsewhere, server)
    job_id = far.inspect("toy")
    until(lambda: seen(far, job_id).done > 0)
    early = seen(far, job_id)
    server.hurried.set()
    until(lambda: seen(far, job_id).ended)

    assert (early.state, early.doing, early.total) == ("running", "Downloading", SIZE)
    assert 0 < early.done < SIZE
    assert seen(far, job_id).state == "finished"
    [file] = (home / "downloads").iterdir()
    assert file.stat().st_size == SIZE
    assert (home / "uploads" / "sheets" / "toy.json").is_file()
    # What is here is not fetched again.
    assert inspected(far, "toy").state == "finished"
    assert server.asked == 1


def test_a_download_can_be_stopped_and_begun_again(
    far: JobEngine, elsewhere: SubprocessCluster, server: SlowServer, home: Path
) -> None:
    """Nothing of it is left; who starts it anew at once gets another job, not the dying one."""
    make_toys_known(elsewhere, server)
    job_id = far.inspect("toy")
    until(lambda: seen(far, job_id).done > 0)

    far.stop(job_id)
    again = far.inspect("toy")
    until(lambda: seen(far, job_id).ended, 10)

    view = seen(far, job_id)
    assert (view.state, view.doing) == ("stopped", "Downloading")
    assert 0 < view.done < SIZE
    assert again != job_id
    server.hurried.set()
    until(lambda: seen(far, again).ended)
    assert seen(far, again).state == "finished"
    assert len(list((home / "downloads").iterdir())) == 1


def test_a_stop_while_reading_leaves_no_sheet(
    far: JobEngine, elsewhere: SubprocessCluster, server: SlowServer, home: Path
) -> None:
    """A reader that reads in one piece cannot be interrupted, but nothing is done with that."""
    make_toys_known(elsewhere, server)
    job_id = far.inspect("slow")
    until(lambda: seen(far, job_id).doing == "Reading")

    far.stop(job_id)
    until(lambda: seen(far, job_id).ended)

    assert (seen(far, job_id).state, seen(far, job_id).doing) == ("stopped", "Reading")
    assert not (home / "uploads" / "sheets").exists()


def test_an_inspection_under_way_is_joined(
    far: JobEngine, elsewhere: SubprocessCluster, server: SlowServer
) -> None:
    """Two tabs watch one download, others are looked at beside it, and what ended is done anew."""
    make_toys_known(elsewhere, server)
    first, second, other = far.inspect("toy"), far.inspect("toy"), far.inspect("digits")
    server.hurried.set()
    until(lambda: seen(far, first).ended and seen(far, other).ended)

    assert first == second != other
    assert server.asked == 1
    later = far.inspect("toy")
    assert later != first
    until(lambda: seen(far, later).ended)


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("too-large", "not enough memory to read the data set. Take fewer rows"),
        ("broken", "nobody foresaw (RuntimeError). The log of the app has the details."),
        ("no-such-data", "There is no data set named"),
    ],
)
def test_what_cannot_be_read_fails_with_a_sentence(
    far: JobEngine, elsewhere: SubprocessCluster, server: SlowServer, source: str, sentence: str
) -> None:
    """Too little memory, a mistake of ours, an unknown name; and the next one is inspected."""
    make_toys_known(elsewhere, server)

    view = inspected(far, source)

    assert view.state == "failed"
    assert sentence in f"{view.cause} {view.remedy}"
    assert inspected(far, "digits").state == "finished"


def test_a_run_elsewhere_finds_an_upload(far: JobEngine) -> None:
    """The worker's own environment does not say where uploads lie."""
    source = uploads.keep({"mine.npz": archive(60)})
    stored_sheets.save(source, describe_source(source))

    run_id = far.train(
        Experiment.from_dict({"data": {"source": source}, "training": {"epochs": 1}})
    )
    ended(far, run_id, WARM_SECONDS)

    run = far.view(run_id)
    assert run is not None
    assert (run.state, run.cause) == ("finished", "")


def test_too_many_inspections_at_once_are_refused(
    far: JobEngine,
    elsewhere: SubprocessCluster,
    server: SlowServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With a sentence; one that is under way can still be joined."""
    make_toys_known(elsewhere, server)
    monkeypatch.setattr(engine_module, "MAX_ACTIVE", 1)
    job_id = far.inspect("toy")

    with pytest.raises(JobError, match="1 data sets are waiting or under way already"):
        far.inspect("digits")

    assert far.inspect("toy") == job_id
    far.stop(job_id)
    until(lambda: seen(far, job_id).ended)


def test_what_is_no_inspection_is_none(engine: JobEngine) -> None:
    """Neither an unknown id nor the id of another kind of job."""
    job_id = engine.inspect("iris")
    assert engine.inspection("0" * 32) is None
    assert engine.view(job_id) is None
    assert engine.look(projection.SPEC, job_id) is None
    until(lambda: seen(engine, job_id).ended)
