"""Does the server tell a browser how a run is, without the page's script?"""

from __future__ import annotations

import json
from typing import Any

import pytest
import streamlit as st
from starlette.requests import Request
from starlette.responses import Response

from aecore.runs import RunStore
from tests.app.trained import Trained
from ui.app import services
from ui.train import live_route


def asked(run_id: str, ticket: str = "", **query: str) -> Response:
    """The answer to a question about a run."""
    text = "&".join(f"{name}={value}" for name, value in query.items())
    return live_route.answer(
        Request(
            {
                "type": "http",
                "method": "GET",
                "path": f"/live/{run_id}",
                "path_params": {"run_id": run_id},
                "query_string": text.encode(),
                "headers": [(b"x-visitor-ticket", ticket.encode("latin-1"))],
            }
        )
    )


def told(response: Response) -> dict[str, Any]:
    """What an answer says."""
    said: dict[str, Any] = json.loads(bytes(response.body))
    return said


@pytest.fixture
def run_id(store: RunStore, trained: dict[str, Trained]) -> str:
    """A run of images that has ended."""
    return trained["digits"].add_to(store)


def test_a_kept_run_is_told_whole(run_id: str) -> None:
    """Curves, samples and map, as of its last epoch, and nothing of it is kept by the browser."""
    answer = asked(run_id, width="600", dark="0")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    said = told(answer)
    assert said["ended"]
    assert said["loss"]["alt"].startswith("Loss after epoch")
    assert 'width="600"' in said["loss"]["svg"] and 'width="600"' in said["map"]["svg"]
    assert said["samples"]["when"].startswith("validation rows, epoch")


def test_what_the_browser_has_already_is_not_sent(run_id: str) -> None:
    """Nothing new is no content; a snapshot it has is left out of what is new."""
    first = told(asked(run_id))
    assert asked(run_id, version=first["version"]).status_code == 204
    again = told(asked(run_id, version="", snapshot=first["snapshot"]))
    assert "loss" in again and "map" not in again


def test_theme_and_scale_are_those_of_the_browser(run_id: str) -> None:
    """Each changes the drawing."""
    drawn = {
        told(asked(run_id, dark=dark, log=log))["loss"]["svg"] for dark in "01" for log in "01"
    }
    assert len(drawn) == 4


@pytest.mark.parametrize(
    ("asked_for", "width"),
    [("10", 320), ("99999", 2400), ("-5", 720), ("1e3", 720), ("", 720), ("²", 720), ("900", 900)],
)
def test_widths_that_cannot_be_drawn_are_not(run_id: str, asked_for: str, width: int) -> None:
    """Whatever stands in the address."""
    assert (
        f'width="{width}"'
        in told(asked(run_id, width=asked_for.replace("²", "%C2%B2")))["loss"]["svg"]
    )


@pytest.mark.parametrize("name", ["0" * 32, "../../etc/passwd", "", "A" * 10_000])
def test_a_run_that_is_not_there_is_a_sentence(store: RunStore, name: str) -> None:
    """With cause and remedy, and no other file than a run's is ever looked at."""
    answer = asked(name)
    assert answer.status_code == 404
    assert "There is no run" in told(answer)["cause"]
    assert told(answer)["remedy"]


def test_a_server_that_has_just_started_asks_for_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """The browser asks again, and no thread waits for the engine meanwhile."""
    monkeypatch.setattr(services, "engine_is_up", lambda: False)
    assert asked("0" * 32).status_code == 503


def test_the_route_lies_below_the_base_of_the_app(monkeypatch: pytest.MonkeyPatch) -> None:
    """Behind a proxy that serves other things too."""
    assert [route.path for route in live_route.routes()] == ["/live/{run_id}"]
    monkeypatch.setattr(st, "get_option", {"server.baseUrlPath": "/lab/"}.get)
    assert [route.path for route in live_route.routes()] == ["/lab/live/{run_id}"]
