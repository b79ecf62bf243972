"""What happens once a server: what its requests go through, and what it reads before the first.

`streamlit run` gives the first visitor's page all of the work of a fresh interpreter; here it is
done while nobody waits for a page yet.
"""

from __future__ import annotations

import asyncio
import importlib
import inspect
import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from starlette.middleware import Middleware
from streamlit import config

from aecore import environment
from aecore.access import chosen_mode
from aecore.data.limits import limits
from aecore.errors import LabError
from ui.app import housekeeping, services
from ui.app.gates import ClosedMetrics, KnownHosts
from ui.app.headers import SafeHeaders
from ui.app.visits import KnownVisitors

MEBIBYTE = 2**20
# What the first page imports: itself and, inside of Streamlit, a large table of emoji.
AHEAD = (
    "streamlit.emojis",
    "ui.form.folds",
    "ui.form.starting_points",
    "ui.train.bar",
    "ui.train.live",
    "ui.train.model_panel",
    "ui.train.start",
)
MIDDLEWARE = (
    Middleware(SafeHeaders),
    Middleware(KnownHosts),
    Middleware(ClosedMetrics),
    Middleware(KnownVisitors),
)


@asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[None]:
    """Get ready, then serve until the server ends."""
    take_mode()
    accept_uploads()
    read_ahead()
    with housekeeping.kept():
        yield
    # The web server ends this process right after, without Python's own end.
    await asyncio.to_thread(services.shut_down)


def take_mode() -> None:
    """Set the limits that belong to the server's mode; of a mode that there is not, pages tell."""
    with suppress(LabError):
        environment.set_limits(chosen_mode().variables)


def accept_uploads() -> None:
    """Have Streamlit take files as large as the limits allow, and name that size beside them."""
    # A variable that is no number is told where a file is read.
    with suppress(LabError):
        config.set_option("server.maxUploadSize", math.ceil(limits().upload_bytes / MEBIBYTE))


def read_ahead() -> None:
    """Import what the first page needs."""
    for name in AHEAD:
        importlib.import_module(name)
    # Streamlit asks for this in the first run; Python remembers the files that it goes through.
    inspect.stack()
