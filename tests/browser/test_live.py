"""Does the panel of a run answer the pointer, keys, a narrow window and a silent server?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, Request, Route, expect

from tools import lab
from tools.app_server import AppServer

LIVE = re.compile(r"/live/[0-9a-f]{32}")


def finished_run(page: Page) -> None:
    """Train a few epochs on small digits."""
    lab.open_train(page, data__source="digits", training__epochs=6)
    lab.start(page)
    lab.wait_for_end(page)
    lab.wait_for_epoch(page, 6)


def reading(page: Page) -> Locator:
    """The box with the losses at one epoch."""
    return page.locator(".chart .reading")


def test_the_curves_are_read_by_pointer_and_by_keys(page: Page) -> None:
    """Epoch and both losses stand beside the line; the last epoch is where keys begin."""
    finished_run(page)
    chart = page.locator(".chart")
    box = chart.bounding_box()
    assert box
    page.mouse.move(box["x"] + 60, box["y"] + 150)
    expect(reading(page)).to_have_text(re.compile(r"Epoch 1Training 0\.\d+Validation 0\.\d+"))
    page.mouse.move(box["x"], box["y"] - 100)
    expect(reading(page)).to_be_hidden()
    chart.focus()
    for key, epoch in (("ArrowRight", 6), ("ArrowLeft", 5), ("ArrowLeft", 4)):
        page.keyboard.press(key)
        expect(reading(page)).to_contain_text(f"Epoch {epoch}")
    page.keyboard.press("Tab")
    expect(reading(page)).to_be_hidden()


def test_scale_width_and_classes_are_the_visitor_s(page: Page) -> None:
    """The scale outlasts a change of page; charts are as wide as there is room."""
    finished_run(page)
    ticks = page.locator(".loss svg text")
    before = ticks.all_text_contents()
    page.get_by_role("switch", name="Log scale").check()
    expect(ticks).not_to_have_text(before)
    changed = ticks.all_text_contents()
    lab.go_to(page, "Runs")
    lab.go_to(page, "Train")
    expect(page.get_by_role("switch", name="Log scale")).to_be_checked()
    expect(ticks).to_have_text(changed)

    wide = float(page.locator(".map svg").get_attribute("width") or 0)
    page.set_viewport_size({"width": 900, "height": 900})
    expect(page.locator(".map svg")).not_to_have_attribute("width", f"{wide:.0f}")
    for part in (".loss", ".map"):
        narrow = float(page.locator(f"{part} svg").get_attribute("width") or 0)
        assert narrow == pytest.approx(page.locator(part).bounding_box()["width"], abs=1)  # type: ignore[index]

    others = page.locator(".map .points").nth(1)
    expect(others).to_have_css("opacity", "1")
    page.locator(".map .points").first.locator("text").hover()
    expect(others).to_have_css("opacity", "0.15")


def test_other_parts_of_the_loss_stand_apart(page: Page) -> None:
    """The KL of a variational run has a chart of its own, which a plain run has not."""
    lab.open_train(
        page, data__source="digits", training__epochs=2, model__bottleneck__kind="variational"
    )
    lab.start(page)
    lab.wait_for_end(page)
    lab.wait_for_epoch(page, 2)
    expect(page.locator(".loss .title")).to_contain_text("reconstruction")
    names = page.locator(".terms svg text")
    expect(names.filter(has_text="β · KL")).to_be_visible()
    expect(names.filter(has_text="sum")).to_be_visible()

    finished_run(page)
    expect(page.locator(".terms")).to_be_hidden()


def test_a_tab_that_is_not_seen_asks_nothing(page: Page) -> None:
    """And is up to date at once when it is seen again."""
    asked: list[str] = []
    page.on("request", lambda request: asked.extend(live_runs(request)))
    lab.open_train(page, data__source="digits", training__epochs=2000)
    lab.start(page)
    lab.wait_for_epoch(page, 2)
    show(page, hidden=True)
    # What was asked before may still be answered.
    lab.let_time_pass(page, 300)
    before, seen = len(asked), lab.plotted_epoch(page)
    lab.let_time_pass(page, 2000)
    assert len(asked) == before
    show(page, hidden=False)
    lab.wait_for_epoch(page, seen + 1)
    assert len(asked) > before
    lab.stop_button(page).click()
    lab.wait_for_end(page)
    after = len(asked)
    lab.let_time_pass(page, 1500)
    assert len(asked) <= after + 1


def live_runs(request: Request) -> list[str]:
    """What a request asks of runs."""
    return LIVE.findall(request.url)


def show(page: Page, *, hidden: bool) -> None:
    """Have the page believe that its tab is, or is not, behind another."""
    page.evaluate(
        """hidden => {
            Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
            document.dispatchEvent(new Event("visibilitychange"));
        }""",
        hidden,
    )


@pytest.fixture
def far_page(browser: Browser, server: AppServer) -> Iterator[Page]:
    """A tab whose browser may report errors, with a run under way."""
    context = browser.new_context(base_url=server.url)
    page = context.new_page()
    # It must outlast the page's waits: a third of an hour on a fast machine.
    lab.open_train(page, data__source="shapes", training__epochs=2000, training__batch_size=2)
    lab.start(page)
    lab.wait_for_epoch(page, 2)
    yield page
    lab.stop_button(page).click()
    lab.wait_for_end(page)
    context.close()


def expect_it_goes_on(page: Page) -> None:
    """What was drawn is still there, and the curve goes on by itself; nothing is complained of."""
    seen = lab.plotted_epoch(page)
    assert seen >= 2
    page.unroute(LIVE)
    lab.wait_for_epoch(page, seen + 1)
    expect(page.locator(".panel .trouble")).to_be_hidden()


FAULTS: dict[str, Callable[[Route], None]] = {
    "The server does not answer.": lambda route: route.abort(),
    "The server answers with an error (500).": lambda route: route.fulfill(status=500, body="Oh"),
    "This page cannot read what the server answers.": lambda route: route.fulfill(body="Sign in"),
}


def test_what_is_wrong_with_the_server_is_told_and_waited_for(far_page: Page) -> None:
    """Each fault in its own words; what was drawn stays, and the curve goes on by itself."""
    for words, fault in FAULTS.items():
        far_page.route(LIVE, fault)
        expect(far_page.locator(".panel .trouble")).to_contain_text(words)
        expect_it_goes_on(far_page)


def test_a_fault_of_the_display_is_not_put_on_the_server(far_page: Page) -> None:
    """An answer that cannot be drawn is told as the page's own fault, and noted in the console."""
    logged: list[str] = []
    far_page.on("console", lambda message: logged.append(message.text))
    far_page.route(LIVE, lambda route: route.fulfill(json={"version": "9", "ended": False}))
    trouble = far_page.locator(".panel .trouble")
    expect(trouble).to_contain_text("This page’s own display failed")
    expect(trouble).to_contain_text("Reload the page")
    expect(trouble).not_to_contain_text("server")
    assert any("TypeError" in text for text in logged), logged
    expect_it_goes_on(far_page)
