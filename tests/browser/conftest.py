"""The real app on a free port, and a real Chromium to look at it with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect

from tools import chromium
from tools.app_server import AppServer, serving

WAIT_MILLISECONDS = 30_000
TEST_SECONDS = 600
# Some of what the server's policy refuses, a page takes in silence.
TELL_REFUSED = """addEventListener("securitypolicyviolation", (event) =>
    console.error(`refused by ${event.violatedDirective}: ${event.blockedURI}`));"""
VIEWPORT = {"width": 1280, "height": 900}

expect.set_options(timeout=WAIT_MILLISECONDS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is in this folder, and let it wait for the worker's warm-up.

    It comes last, so that its server's processes are in nobody's way.
    """
    here = [item for item in items if "tests/browser" in item.path.as_posix()]
    for item in here:
        item.add_marker("browser")
        item.add_marker(pytest.mark.timeout(TEST_SECONDS))
    items.sort(key=here.__contains__)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppServer]:
    """One server for all browser tests, so that its worker warms up once."""
    with serving(tmp_path_factory.mktemp("app") / "runs") as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests; each test has a profile of its own."""
    with chromium.launched() as browser:
        yield browser


@pytest.fixture
def context(
    browser: Browser, server: AppServer, request: pytest.FixtureRequest
) -> Iterator[BrowserContext]:
    """A fresh profile; fails the test if a page of it logged an error."""
    errors: list[str] = []
    context = browser.new_context(viewport=VIEWPORT, base_url=server.url)
    context.set_default_timeout(WAIT_MILLISECONDS)
    context.add_init_script(TELL_REFUSED)
    context.on("request", lambda request: errors.extend(_fetched_picture(request)))
    context.on("console", lambda message: errors.extend(_error(message)))
    context.on("weberror", lambda error: errors.append(str(error.error)))
    yield context
    context.close()
    assert not errors


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A tab that has not opened anything yet."""
    return context.new_page()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Show what the server printed beside a failure, for the failure may be its own."""
    report = yield
    server = getattr(item, "funcargs", {}).get("server")
    if report.failed and server is not None:
        report.sections.append(("what the server printed", server.printed()[-8000:]))
    return report


def _fetched_picture(request: Request) -> list[str]:
    """A picture at an address of its own is gone once another has replaced it."""
    fetched = request.resource_type == "image" and "/media/" in request.url
    return [f"a picture is fetched: {request.url}"] if fetched else []


def _error(message: ConsoleMessage) -> list[str]:
    url = str(message.location.get("url", ""))
    # Opened at the address of a page, Streamlit's front end first looks for its server below it.
    if message.type != "error" or "/_stcore/" in url:
        return []
    return [f"{message.text} ({url})"]
