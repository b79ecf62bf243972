"""The browser of tests, benchmarks and screenshots: the system's Chromium, headless."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# A container has no user namespaces for the sandbox and mostly no GPU; the rest keeps Chromium
# from looking for updates and its maker's hosts.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
INSTALL = (
    ("apt-get", "update", "-qq"),
    ("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-dejavu-core"),
)
MISSING = (
    "No Chromium was found, and the browser tests need one. "
    "Install Chromium or Google Chrome (on Debian: apt-get install chromium) and try again."
)
IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"


def find() -> str | None:
    """The path of the system's Chromium or Chrome, or None."""
    return next((path for path in map(shutil.which, COMMANDS) if path), None)


def install() -> None:
    """Debian's Chromium, with apt-get as root or through sudo without a password.

    Raises:
        SystemExit: it cannot be installed from here; the message says what to do.
    """
    prefix = _as_root()
    if prefix is None or shutil.which("apt-get") is None:
        raise SystemExit(MISSING)
    print("Installing Chromium for the browser tests.", flush=True)
    for command in INSTALL:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        done = subprocess.run([*prefix, *command], env=environment, stdout=sys.stderr, check=False)
        if done.returncode != 0:
            raise SystemExit(f"{' '.join(command)} failed. {MISSING}")


@contextmanager
def launched() -> Iterator[Browser]:
    """A headless browser.

    Raises:
        RuntimeError: there is no Chromium.
    """
    path = find()
    if path is None:
        raise RuntimeError(MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


def settle(page: Page) -> None:
    """Wait until the page's script has run to its end and its pictures are here.

    The server forgets the pictures of a page that was left, also those that are on their way.
    """
    page.wait_for_selector(IDLE)
    page.wait_for_function("Array.from(document.images).every((image) => image.complete)")


def _as_root() -> list[str] | None:
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], check=False).returncode == 0:
        return ["sudo", "-n"]
    return None


if __name__ == "__main__" and find() is None:
    install()
