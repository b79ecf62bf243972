"""Do pages come to runs, jobs and files by one door only, which knows who asks?"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.test_architecture import imports

ROOT = Path(__file__).resolve().parents[3]
ROOMS = sorted(
    path
    for folder in ("ui", "pages")
    for path in (ROOT / folder).rglob("*.py")
    if "ui/app/" not in path.as_posix()
)
# Here nobody knows who asks.
BEHIND_THE_DOOR = (
    "ui.app.services",
    "aecore.data.uploads",
    "aecore.data.loading.load",
    "aecore.jobs.server",
    "aecore.runs.store",
)
# A route is no page: it is told by a ticket who asks, and passes that on.
ROUTES = {"ui/train/live_route.py"}
# Neither of them looks at what is kept.
HARMLESS = {"aecore.data.uploads.Upload", "aecore.data.uploads.is_upload"}


@pytest.mark.parametrize("path", ROOMS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_room_asks_the_session(path: Path) -> None:
    """For store, engine and uploads, as the visitor may use them."""
    if path.relative_to(ROOT).as_posix() in ROUTES:
        return
    taken = {name for name in imports(path) if name.startswith(BEHIND_THE_DOOR)}
    assert not taken - HARMLESS
