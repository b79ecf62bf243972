"""Are two visitors of one shared server kept apart, by a secret that each browser has?"""

from __future__ import annotations

import re
import urllib.request
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from tests.browser.conftest import VIEWPORT, WAIT_MILLISECONDS
from tools import lab
from tools.app_server import AppServer, serving
from tools.chromium import settle

LIVE = re.compile(r"/live/[0-9a-f]{32}")
ASK = """([run, ticket]) => fetch(`/live/${run}`, { headers: { "X-Visitor-Ticket": ticket } })
    .then((response) => response.status)"""


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppServer]:
    """A server for several visitors."""
    variables = {"AECORE_MODE": "shared", "AECORE_MAX_EPOCHS": "2000"}
    with serving(tmp_path_factory.mktemp("shared") / "runs", variables=variables) as running:
        yield running


def visitor(browser: Browser, server: AppServer) -> BrowserContext:
    """A browser that has never been here."""
    context = browser.new_context(viewport=VIEWPORT, base_url=server.url)
    context.set_default_timeout(WAIT_MILLISECONDS)
    return context


def train(page: Page, epochs: int) -> tuple[str, str]:
    """Train on small digits; the id of the run, and the ticket that its panel asks with."""
    lab.open_train(page, data__source="digits", training__epochs=epochs, training__batch_size=4)
    with page.expect_request(LIVE, timeout=lab.READY_SECONDS * 1000) as asked:
        lab.start(page)
    lab.wait_for_epoch(page, 1)
    run_id = parse_qs(urlsplit(page.url).query)["run"][0]
    return run_id, asked.value.headers["x-visitor-ticket"]


def test_visitors_are_kept_apart(browser: Browser, shared: AppServer) -> None:
    """Neither sees, watches or stops what the other trains, until it is published."""
    first, second = visitor(browser, shared), visitor(browser, shared)
    anna, ben = first.new_page(), second.new_page()
    run_id, own_ticket = train(anna, 2000)
    try_to_reach(ben, run_id)
    ben_s_run, ticket = reach_with_a_ticket(ben, run_id)
    assert ticket != own_ticket and anna.evaluate(ASK, [run_id, own_ticket]) == 200
    expect(lab.stop_button(anna)).to_be_enabled()
    lab.stop_button(anna).click()
    lab.wait_for_end(anna)
    publish(anna)
    find_published(ben)
    assert ben.evaluate(ASK, [run_id, ticket]) == 200
    assert anna.evaluate(ASK, [ben_s_run, own_ticket]) == 404
    # The same browser is the same visitor in each of its pages.
    again = first.new_page()
    again.goto("/runs")
    settle(again)
    expect(again.get_by_text("runs that you publish")).to_be_visible()
    expect(again.get_by_role("button", name="Withdraw")).to_be_visible()
    for context in (first, second):
        context.close()


def try_to_reach(ben: Page, run_id: str) -> None:
    """By its address on the pages, and where it is watched."""
    for path in ("/", "/reconstructions", "/latent_space", "/generate", "/anomalies"):
        ben.goto(f"{path}?run={run_id}")
        settle(ben)
        expect(ben.get_by_text("There is no run").first).to_be_visible()
    ben.goto(f"/runs?run={run_id}")
    expect(ben.get_by_text("No run yet")).to_be_visible()
    for ticket in ("", f"{'a' * 32}.{'b' * 64}"):
        assert ben.evaluate(ASK, [run_id, ticket]) == 401


def reach_with_a_ticket(ben: Page, run_id: str) -> tuple[str, str]:
    """With a ticket of one's own, another's run does not exist either."""
    ben.goto("/")
    settle(ben)
    lab.open_train(ben, data__source="digits", training__epochs=2)
    with ben.expect_request(LIVE) as asked:
        lab.start(ben)
    ticket = asked.value.headers["x-visitor-ticket"]
    assert ben.evaluate(ASK, [run_id, ticket]) == 404
    return parse_qs(urlsplit(ben.url).query)["run"][0], ticket


def publish(anna: Page) -> None:
    """On the Runs page."""
    lab.go_to(anna, "Runs")
    anna.get_by_role("button", name="Publish").click()
    expect(anna.get_by_role("button", name="Withdraw")).to_be_visible()


def find_published(ben: Page) -> None:
    """It can be looked at, and neither renamed nor deleted."""
    lab.go_to(ben, "Reconstructions")
    lab.open_switcher(ben)
    ben.get_by_role("combobox", name="Run").click()
    expect(ben.get_by_role("option")).to_have_count(2)
    ben.keyboard.press("Escape")


def test_the_secret_of_a_browser_is_kept_from_scripts_and_sites(
    browser: Browser, shared: AppServer
) -> None:
    """It comes with the first page, stays, and is another for each browser."""
    secrets = set()
    for _ in range(2):
        context = visitor(browser, shared)
        page = context.new_page()
        page.goto("/")
        settle(page)
        (cookie,) = [c for c in context.cookies() if c["name"] == "aecore-visitor"]
        assert cookie["httpOnly"] and cookie["sameSite"] == "Lax" and cookie["path"] == "/"
        assert cookie["value"] not in page.evaluate("document.cookie")
        page.reload()
        settle(page)
        assert cookie["value"] in {c["value"] for c in context.cookies()}
        secrets.add(cookie["value"])
        context.close()
    assert len(secrets) == 2 and all(len(secret) >= 43 for secret in secrets)


def test_behind_a_proxy_with_tls_the_secret_only_goes_by_tls(shared: AppServer) -> None:
    """Under a name that no other host or page without TLS can set."""
    request = urllib.request.Request(shared.url, headers={"X-Forwarded-Proto": "https"})
    with urllib.request.urlopen(request) as response:
        cookie = response.headers["Set-Cookie"]
    assert cookie.startswith("__Host-aecore-visitor=") and "; Secure" in cookie


def test_who_sends_no_secret_gets_no_page(shared: AppServer) -> None:
    """Nobody is taken for somebody else, and the reason is said."""
    asked = BackMsg()
    asked.rerun_script.query_string = "run=0"
    said = b""
    address = f"{shared.url.replace('http', 'ws')}/_stcore/stream"
    with connect(address, subprotocols=[Subprotocol("streamlit")]) as socket:
        socket.send(asked.SerializeToString())
        while b"keeps no cookie of this page" not in said:
            said += bytes(socket.recv(timeout=30))
    assert b"Train an autoencoder" not in said
