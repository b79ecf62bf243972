"""MLflow's own screens: the commands that show the same runs there."""

from __future__ import annotations

import shlex
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st

from ui.app import session

PACKAGE = "mlflow-skinny"


def show_way_to_mlflow() -> None:
    """The commands for a terminal, or the address of the server that keeps the runs."""
    if session.access().mode.tells_apart:
        # They would show everything to whoever can reach the server's disk; visitors cannot.
        return
    store = session.store()
    with st.expander("See the same runs in MLflow", icon=":material/terminal:"):
        server = server_address(store.tracking_uri)
        if server:
            st.caption("These runs are kept on an MLflow server. Its own screens are at:")
            st.code(server, language=None)
            return
        st.caption(
            "Runs are kept with MLflow, so its own screens show them too. In a terminal, in an "
            "environment of its own, because all of MLflow needs older libraries than this app:"
        )
        st.code(commands(store.home, store.tracking_uri), language="bash")


def commands(home: Path, tracking_uri: str | None) -> str:
    """What to type, a line each: an environment, the same version of MLflow, its server."""
    address = tracking_uri or f"sqlite:///{home}/mlflow.db"
    return "\n".join(
        (
            "python3 -m venv .venv-mlflow",
            f".venv-mlflow/bin/pip install mlflow=={version(PACKAGE)}",
            f".venv-mlflow/bin/mlflow ui --backend-store-uri {shlex.quote(address)}",
        )
    )


def server_address(tracking_uri: str | None) -> str | None:
    """The address of an MLflow server as a browser may be shown it; None where there is none."""
    parts = urlsplit(tracking_uri or "")
    if parts.scheme not in ("http", "https"):
        return None
    # A name and a password may stand before the host; they are for this process alone.
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
