"""Questions to MLflow, each in the form that `Tracking.ask` takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aecore.runs import failures

if TYPE_CHECKING:
    from mlflow import MlflowClient
    from mlflow.entities import Run
    from mlflow.store.entities import PagedList

PAGE = 200


def search_page(client: MlflowClient, **which: Any) -> PagedList[Run]:
    """Some of the runs, newest first, with a token for the next."""
    return client.search_runs(max_results=PAGE, order_by=["attributes.start_time DESC"], **which)


def log_batch(client: MlflowClient, **what: Any) -> None:
    """Write metrics, params or tags of a run."""
    client.log_batch(**what)


def deleted(client: MlflowClient, experiment_id: str) -> list[Run]:
    """The runs of an experiment that were deleted and can be brought back."""
    from mlflow.entities import ViewType

    return list(client.search_runs([experiment_id], run_view_type=ViewType.DELETED_ONLY))


def find(client: MlflowClient, run_id: str) -> Run | None:
    """The run, if there is one."""
    from mlflow.exceptions import MlflowException

    try:
        return client.get_run(run_id)
    except MlflowException as error:
        if failures.is_absent(error):
            return None
        raise


def write_once(client: MlflowClient, run_id: str, name: str, value: str) -> bool:
    """Whether this value is now the param's: MLflow refuses to write another over the first."""
    from mlflow.exceptions import MlflowException

    try:
        client.log_param(run_id, name, value)
    except MlflowException as error:
        if error.error_code != "INVALID_PARAMETER_VALUE":
            raise
        return False
    return True
