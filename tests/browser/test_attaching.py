"""Does a run belong to nobody's tab: do refresh, second tab and closed tab leave it be?"""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page, Response, expect

from tools import lab
from tools.app_server import AppServer
from tools.chromium import settle


def test_refresh_second_tab_and_closed_tab_find_the_run(
    page: Page, context: BrowserContext
) -> None:
    """Each finds the same run further on, and a Stop in one tab is seen in the other."""
    lab.open_train(page, data__source="digits", training__epochs=2000)
    lab.start(page)
    lab.wait_for_epoch(page, 2)

    before = lab.plotted_epoch(page)
    page.reload()
    lab.wait_for_epoch(page, before + 1)

    before = lab.plotted_epoch(page)
    page.close()
    second = context.new_page()
    lab.open_train(second)
    lab.wait_for_epoch(second, before + 1)

    third = context.new_page()
    third.goto(second.url)
    settle(third)
    lab.wait_for_epoch(third, before + 1)
    lab.stop_button(third).click()
    expect(second.get_by_text("what it learned is kept")).to_be_visible()
    expect(third.get_by_text("what it learned is kept")).to_be_visible()


def test_the_address_carries_the_form(page: Page, context: BrowserContext) -> None:
    """A copied address opens the same form in another tab."""
    lab.open_train(page, data__source="breast-cancer")
    lab.set_number(page, "Encoding dimension", 5)
    expect(page.get_by_text("30 values are compressed into 5")).to_be_visible()
    other = context.new_page()
    other.goto(page.url)
    expect(other.get_by_text("30 values are compressed into 5")).to_be_visible()
    lab.unfold(other)
    expect(other.get_by_role("spinbutton", name="Encoding dimension", exact=True)).to_have_value(
        "5"
    )


def test_a_run_is_drawn_with_what_the_browser_already_has(page: Page, server: AppServer) -> None:
    """The code of charts and figures came ahead, unseen; no answer lacks the safe headers."""
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    lab.open_train(page, data__source="digits", training__epochs=2)
    lab.wait_for_worker(page)
    ahead = page.locator(".st-key-ahead .panel")
    ahead.wait_for(state="attached")
    expect(ahead).to_be_hidden()
    settle(page)
    before = len(answers)
    lab.start(page)
    lab.wait_for_epoch(page, 1)
    assert [answer.url for answer in answers[before:] if answer.url.endswith(".js")] == []
    own = [answer for answer in answers if answer.url.startswith(server.url)]
    assert own
    assert all(answer.headers["x-content-type-options"] == "nosniff" for answer in own)
    lab.wait_for_end(page)
