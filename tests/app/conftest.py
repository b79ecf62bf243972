"""The app from its entrypoint, without a browser, and its engine closed at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

ENTRYPOINT = Path(__file__).parents[2] / "app.py"

OpenTab = Callable[..., AppTest]


def _open_tab(**address: str) -> AppTest:
    tab = AppTest.from_file(str(ENTRYPOINT), default_timeout=60)
    tab.query_params.update(address)
    return tab.run()


@pytest.fixture
def open_tab() -> OpenTab:
    """Opens the app as a new tab does; keyword arguments are parameters of the address."""
    return _open_tab


@pytest.fixture(scope="session", autouse=True)
def closed_engine() -> Iterator[None]:
    """The one engine of the test process ends with it."""
    yield
    st.cache_resource.clear()
