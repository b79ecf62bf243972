"""A laboratory for each test, in a folder of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.lab import Lab

FOUND = "found"


@pytest.fixture
def lab(tmp_path: Path) -> Lab:
    """An empty one."""
    return Lab(tmp_path)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Show what the servers printed beside a failure."""
    report = yield
    found = getattr(item, "funcargs", {}).get("lab")
    if report.failed and found is not None:
        report.sections.append(("what the servers printed", found.printed()[-8000:]))
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """List what was found after each kill."""
    for report in terminalreporter.stats.get("passed", []):
        for name, told in report.user_properties:
            if name == FOUND:
                terminalreporter.write_line(str(told))
