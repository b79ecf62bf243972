"""Does what the Dockerfile copies serve the app behind a proxy, with what it sets?"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests import image
from tests.browser.test_strangers import NAME, answer, handshake
from tools.app_server import AppServer, serving
from tools.chromium import settle

IMAGE = image.read()
INSIDE, VOLUME = "/app", "/data"
COOKIE = "__Host-aecore-visitor="


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a build copies, and the volume."""
    folder = tmp_path_factory.mktemp("image")
    IMAGE.copy_to(folder / "app")
    return folder


@pytest.fixture(scope="module")
def container(folder: Path) -> Iterator[AppServer]:
    """A server of those files alone, that is told its name as compose.yaml does."""
    variables = {
        name: value.replace(INSIDE, str(folder / "app")).replace(VOLUME, str(folder / "data"))
        for name, value in IMAGE.variables.items()
    }
    variables["STREAMLIT_SERVER_ALLOWED_HOSTS"] = NAME
    home, inside = Path(variables["AECORE_HOME"]), folder / "app"
    with serving(home, inside / "app.py", variables, inside) as running:
        yield running


def test_it_is_well_and_draws_a_page(container: AppServer, browser: Browser, folder: Path) -> None:
    """With its own code; the health check of the image says so too, and writes none."""
    page = browser.new_page(base_url=container.url)
    page.goto("/runs")
    settle(page)
    expect(page.get_by_text("Nobody else sees your runs and files")).to_be_visible()
    page.close()
    port = urlsplit(container.url).port
    check = IMAGE.health_check[-1].replace(IMAGE.variables["STREAMLIT_SERVER_PORT"], str(port))
    subprocess.run([sys.executable, "-c", check], check=True)
    assert (folder / "data/runs").is_dir() and "Traceback" not in container.printed()


def test_a_proxy_that_keeps_the_name_gets_through(container: AppServer) -> None:
    """Pages with a secret that goes by TLS alone, and websockets; other names do not."""
    proxied = (("Host", NAME), ("X-Forwarded-Proto", "https"))
    page = answer(container, "/", *proxied, ("Origin", f"https://{NAME}"))
    assert page.status == 200 and page.headers["Set-Cookie"].startswith(COOKIE)
    assert handshake(container, NAME, f"https://{NAME}") == 101
    for host in ("0.0.0.0", "lab:8501", "evil.example"):
        assert answer(container, "/", ("Host", host)).status == 403
        assert handshake(container, host, f"http://{host}") == 403
