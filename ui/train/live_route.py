"""The route where a browser asks how far a run is."""

from __future__ import annotations

import re

import streamlit as st
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from aecore.access import Access
from aecore.errors import JobError, LabError
from aecore.runs.run_view import RunView
from ui.app import services, visitors
from ui.base.theme import DARK, LIGHT
from ui.train import example
from ui.train.live_answer import Look, describe, version

PATH = "/live/{run_id}"
# Narrower, the parts of a chart would lie on each other; wider, no screen is.
WIDTHS = (320, 2400)
USUAL_WIDTH = 720
STARTING = JobError("The engine is starting.", "The panel shows the run once it is up.")
NOT_STORED = {"Cache-Control": "no-store"}


def routes() -> list[Route]:
    """The addresses that the app answers beside Streamlit's own."""
    base = str(st.get_option("server.baseUrlPath")).strip("/")
    return [Route(f"/{base}{PATH}" if base else PATH, answer, methods=["GET"])]


def answer(request: Request) -> Response:
    """How a run looks now; 204 if that is what the browser shows already.

    The query may have `width` in pixels, `dark` and `log` as 1 or 0, of the last answer `version`
    and `snapshot`, and as `behind` a run whose curves lie pale behind. The answer is for the
    visitor whose ticket comes with it: 401 with cause and remedy without one of this server's,
    404 if there is no such run for them, 503 while the engine is starting.
    """
    run_id, query = request.path_params["run_id"], request.query_params
    if run_id == example.RUN:
        return _told(example.view(), 0, query)
    if not services.engine_is_up():
        trouble = services.engine_trouble() or STARTING
        return _refusal(503, trouble.cause, trouble.remedy)
    try:
        access = visitors.access_by(request.headers.get(visitors.TICKET_HEADER, ""))
    except LabError as error:
        return _refusal(401, error.cause, error.remedy)
    try:
        view = services.view(run_id, access)
        ahead = services.engine_for(access).ahead(run_id)
    except LabError as error:
        return _refusal(404, error.cause, error.remedy)
    return _told(view, ahead, query, _ended(query.get("behind", ""), access))


def _told(view: RunView, ahead: int, query: QueryParams, behind: RunView | None = None) -> Response:
    if query.get("version") == version(view, ahead):
        return Response(status_code=204, headers=NOT_STORED)
    look = Look(
        palette=DARK if query.get("dark") == "1" else LIGHT,
        width=_width(query.get("width", "")),
        log_scale=query.get("log") == "1",
        behind=behind,
    )
    told = describe(view, ahead, look, has_snapshot=query.get("snapshot", ""))
    return JSONResponse(told, headers=NOT_STORED)


def _ended(run_id: str, access: Access) -> RunView | None:
    """A run that has ended and that the visitor may see; None of any other."""
    if not re.fullmatch("[0-9a-f]{32}", run_id):
        return None
    try:
        found = services.ended_view(run_id, access)
    except LabError:
        return None
    return found if found.ended else None


def _refusal(status: int, cause: str, remedy: str) -> JSONResponse:
    return JSONResponse({"cause": cause, "remedy": remedy}, status, headers=NOT_STORED)


def _width(asked: str) -> int:
    """The width that was asked for, within what can be drawn."""
    if not re.fullmatch(r"[0-9]{1,5}", asked):
        return USUAL_WIDTH
    return min(max(int(asked), WIDTHS[0]), WIDTHS[1])
