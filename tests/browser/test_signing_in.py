"""Are people known by their account, on a shared server where accounts are set up?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import VIEWPORT, WAIT_MILLISECONDS
from tests.browser.oidc_provider import CLIENT, Provider, provider
from tools import lab
from tools.app_server import AppServer, serving
from tools.chromium import settle

SECRETS = """[auth]
redirect_uri = "http://127.0.0.1:{{port}}/oauth2callback"
cookie_secret = "known to this test alone, and long enough"
client_id = "{client}"
client_secret = "between the two"
server_metadata_url = "{url}/.well-known/openid-configuration"
"""


@pytest.fixture(scope="module")
def accounts() -> Iterator[Provider]:
    """Where people sign in."""
    with provider() as found:
        yield found


@pytest.fixture(scope="module")
def signed(accounts: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppServer]:
    """A shared server with accounts, set up as docs/hosting.md says."""
    home = tmp_path_factory.mktemp("signed")
    secrets = home / "secrets.toml"
    secrets.write_text(SECRETS.format(client=CLIENT, url=accounts.url), encoding="utf-8")
    variables = {"AECORE_MODE": "shared", "STREAMLIT_SECRETS_FILES": str(secrets)}
    with serving(home / "runs", variables=variables) as running:
        yield running


def opened(browser: Browser, server: AppServer) -> tuple[BrowserContext, Page]:
    """A browser that has never been here, with the app open."""
    context = browser.new_context(viewport=VIEWPORT, base_url=server.url)
    context.set_default_timeout(WAIT_MILLISECONDS)
    page = context.new_page()
    page.goto("/")
    settle(page)
    return context, page


def sign_in(page: Page, person: str) -> None:
    """By the button, and what the provider asks."""
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name=person).click()
    expect(page.get_by_role("button", name="Start")).to_be_visible()


def test_people_keep_their_runs_in_any_browser(browser: Browser, signed: AppServer) -> None:
    """Who has not signed in sees no page; a run is its owner's wherever they sign in."""
    first, anna = opened(browser, signed)
    expect(anna.get_by_role("button", name="Start")).to_have_count(0)
    anna.goto("/runs")
    expect(anna.get_by_role("button", name="Sign in")).to_be_visible()
    expect(anna.get_by_text("Every run is kept")).to_have_count(0)
    sign_in(anna, "Anna")
    lab.open_train(anna, data__source="digits", training__epochs=2)
    lab.start(anna)
    anna.wait_for_url("**run=*")

    second, again = opened(browser, signed)
    sign_in(again, "Anna")
    lab.go_to(again, "Runs")
    expect(again.get_by_text("Signed in as Anna")).to_be_visible()
    expect(again.get_by_role("button", name="Publish")).to_be_visible()

    third, ben = opened(browser, signed)
    sign_in(ben, "Ben")
    lab.go_to(ben, "Runs")
    expect(ben.get_by_text("No run yet")).to_be_visible()
    ben.get_by_role("button", name="Sign out").click()
    expect(ben.get_by_role("button", name="Sign in")).to_be_visible()
    for context in (first, second, third):
        context.close()
