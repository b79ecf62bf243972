"""Environment variables: all that the app reads or sets, with their defaults; nobody else does.

Nothing is set when this module is imported. What quiets a library is set just before the library
is used, and a value that was chosen outside stays.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from aecore.errors import TrainingError

HOME, DEFAULT_HOME = "AECORE_HOME", "runs"
DOWNLOADS, DEFAULT_DOWNLOADS = "AECORE_DOWNLOADS", "~/.cache/autoencoder-lab"
SCHEDULER = "AECORE_SCHEDULER"
TRACKING = "MLFLOW_TRACKING_URI"
METRICS = "AECORE_METRICS"
MODE = "AECORE_MODE"
LIMIT_PREFIX = "AECORE_MAX_"
BACKEND, TENSORFLOW = "KERAS_BACKEND", "tensorflow"
GPUS, NO_GPU = "CUDA_VISIBLE_DEVICES", "-1"
TEMPORARY = "TMPDIR"

_starting = threading.Lock()

QUIET_TENSORFLOW = {"TF_CPP_MIN_LOG_LEVEL": "3"}
QUIET_MLFLOW = {
    "MLFLOW_DISABLE_TELEMETRY": "true",
    # MLflow's own defaults let an unreachable server hang a page for minutes.
    "MLFLOW_HTTP_REQUEST_MAX_RETRIES": "2",
    "MLFLOW_HTTP_REQUEST_TIMEOUT": "20",
}
# The scheduler's log goes into a pipe that nobody empties, so there must be little of it.
QUIET_DASK = {"DASK_DISTRIBUTED__LOGGING__DISTRIBUTED": "error"}


def home() -> Path:
    """The folder of runs and uploads: $AECORE_HOME, or ./runs."""
    return _folder(HOME, DEFAULT_HOME).resolve()


def downloads() -> Path:
    """The folder of downloaded files: $AECORE_DOWNLOADS, or ~/.cache/autoencoder-lab."""
    return _folder(DOWNLOADS, DEFAULT_DOWNLOADS)


def tracking_uri() -> str | None:
    """The tracking server of MLflow that keeps runs: $MLFLOW_TRACKING_URI, or none."""
    return os.environ.get(TRACKING) or None


def scheduler() -> str | None:
    """The address of a Dask scheduler elsewhere: $AECORE_SCHEDULER, or none."""
    return os.environ.get(SCHEDULER) or None


def mode() -> str | None:
    """The mode that a server is to run in: $AECORE_MODE, or none."""
    return os.environ.get(MODE) or None


def metrics_are_open() -> bool:
    """Whether the server tells figures about itself to whoever asks: $AECORE_METRICS is 1."""
    return os.environ.get(METRICS) == "1"


def limit_variable(limit: str) -> str:
    """The variable of a limit: AECORE_MAX_ROWS for `rows`."""
    return LIMIT_PREFIX + limit.upper()


def given_limit(limit: str) -> str | None:
    """What that variable holds, if it is set."""
    return os.environ.get(limit_variable(limit))


def choose_backend() -> None:
    """Choose TensorFlow as Keras's backend where no other is chosen; Keras reads it once."""
    if not os.environ.get(BACKEND):
        os.environ[BACKEND] = TENSORFLOW


def refuse_other_backend() -> None:
    """Refuse to train with another backend, on which the compiled loop cannot run.

    Raises:
        TrainingError: Keras runs on another one, or would.
    """
    keras = sys.modules.get("keras")
    chosen = os.environ.get(BACKEND, TENSORFLOW) if keras is None else keras.config.backend()
    if chosen == TENSORFLOW:
        return
    raise TrainingError(
        f"Keras is set to the backend {chosen!r}, and training needs TensorFlow.",
        f"Set {BACKEND} to {TENSORFLOW} before Python starts, or leave it unset.",
    )


def quiet_tensorflow() -> None:
    """Let TensorFlow say nothing but errors; before it is imported."""
    _set_where_unset(QUIET_TENSORFLOW)


def quiet_mlflow() -> None:
    """Let MLflow send no telemetry, and give up soon; before it is imported."""
    _set_where_unset(QUIET_MLFLOW)


def quiet_dask() -> None:
    """Let the processes of a cluster log nothing but errors; before they are started."""
    _set_where_unset(QUIET_DASK)


def of_a_worker(cores: int) -> dict[str, str]:
    """The variables of a worker process: TensorFlow on so many cores, no GPU unless chosen."""
    threads = ("TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS", "OMP_NUM_THREADS")
    return {
        **QUIET_TENSORFLOW,
        **dict.fromkeys(threads, str(cores)),
        BACKEND: TENSORFLOW,
        GPUS: os.environ.get(GPUS, NO_GPU),
    }


@contextmanager
def temporary_of_children(folder: Path) -> Iterator[None]:
    """Have the processes that are started meanwhile keep what is temporary in a folder.

    This process does not: Python has asked for its own folder long before.
    """
    with _starting:
        before = os.environ.get(TEMPORARY)
        os.environ[TEMPORARY] = str(folder)
        try:
            yield
        finally:
            os.environ.pop(TEMPORARY)
            if before is not None:
                os.environ[TEMPORARY] = before


def set_limits(variables: Mapping[str, str]) -> None:
    """Set limits of a mode where none are chosen; before they are asked for."""
    _set_where_unset(variables)


def folders() -> dict[str, str]:
    """The folders of this process, as variable -> absolute path."""
    return {HOME: str(home()), DOWNLOADS: str(downloads().resolve())}


def use_folders(folders: Mapping[str, str]) -> None:
    """Take the folders of another process for this one's."""
    os.environ.update(folders)


def _folder(variable: str, default: str) -> Path:
    return Path(os.environ.get(variable) or default).expanduser()


def _set_where_unset(variables: Mapping[str, str]) -> None:
    for name, value in variables.items():
        os.environ.setdefault(name, value)
