"""The Train page as a person uses it, by its labels."""

from __future__ import annotations

import re
import time
from urllib.parse import urlencode

from playwright.sync_api import Locator, Page

from tools.chromium import settle

CURVES = re.compile(r"^Loss after epoch (\d+)")
ENDED = re.compile(r"Finished|Stopped")
READY_SECONDS = 180
FOLDED = ".st-key-folds details:not([open]) > summary"
RUN_IN_ADDRESS = "() => new URLSearchParams(location.search).get('run')"
ANSWERED = f"""before => ({RUN_IN_ADDRESS})() !== before
    || document.querySelector("[data-testid=stAlert]") !== null"""
# The chart is drawn in a shadow tree, which selectors of a document do not look into.
EPOCH_REACHED = """least => [...document.querySelectorAll("[data-testid=stBidiComponentIsolated]")]
    .flatMap(host => [...(host.shadowRoot?.querySelectorAll("[role=img]") ?? [])])
    .filter(chart => location.search.includes(chart.closest("[data-run]")?.dataset.run ?? "?"))
    .some(chart => {
        const found = /^Loss after epoch (\\d+)/.exec(chart.getAttribute("aria-label") ?? "");
        return found !== null && Number(found[1]) >= least;
    })"""


def open_train(page: Page, **fields: object) -> None:
    """Open the Train page with some fields set: `__` stands for the dot of a field's path."""
    query = urlencode({path.replace("__", "."): value for path, value in fields.items()})
    page.goto(f"/?{query}" if query else "/")
    settle(page)


def go_to(page: Page, title: str) -> None:
    """Change to another page by its link at the top."""
    links = page.get_by_role("navigation", name="App pages")
    links.get_by_role("link", name=title, exact=True).click()
    page.get_by_role("heading", level=1, name=re.compile(title)).wait_for()
    settle(page)


def set_number(page: Page, title: str, value: int) -> None:
    """Type a number into a field and leave it."""
    unfold(page)
    field = page.get_by_role("spinbutton", name=title, exact=True)
    field.fill(str(value))
    field.press("Enter")


def unfold(page: Page) -> None:
    """Open what of the form is folded away."""
    while page.locator(FOLDED).count():
        page.locator(FOLDED).first.click()
        settle(page)


def start(page: Page) -> None:
    """Press Start, and wait until the page is at the new run, or says why there is none."""
    before = page.evaluate(RUN_IN_ADDRESS)
    start_button(page).click()
    page.wait_for_function(ANSWERED, arg=before, timeout=READY_SECONDS * 1000)
    settle(page)


def start_button(page: Page) -> Locator:
    """The button that starts a run."""
    return page.get_by_role("button", name="Start", exact=True)


def stop_button(page: Page) -> Locator:
    """The button that stops the run on screen."""
    return page.get_by_role("button", name="Stop", exact=True)


def curves(page: Page) -> Locator:
    """The chart of the losses, once it shows an epoch."""
    return page.get_by_role("img", name=CURVES)


def plotted_epoch(page: Page) -> int:
    """The last epoch that the chart shows."""
    found = CURVES.match(curves(page).get_attribute("aria-label") or "")
    return int(found[1]) if found else 0


def wait_for_epoch(page: Page, least: int) -> None:
    """Wait until the chart shows this epoch or a later one, the worker's warm-up included."""
    page.wait_for_function(EPOCH_REACHED, arg=least, timeout=READY_SECONDS * 1000)


def wait_for_end(page: Page, timeout_seconds: float = READY_SECONDS) -> None:
    """Wait until the run on screen has ended well."""
    ended = page.get_by_test_id("stMarkdown").filter(has_text=ENDED)
    ended.first.wait_for(timeout=timeout_seconds * 1000)


def wait_for_worker(page: Page) -> None:
    """Wait until a run would begin at once."""
    page.get_by_text("The training worker is warming up").wait_for(
        state="hidden", timeout=READY_SECONDS * 1000
    )


def let_time_pass(page: Page, milliseconds: int) -> None:
    """For what gives no sign: that nothing happens, or that a chart is at rest."""
    page.wait_for_timeout(milliseconds)


def choose_run(page: Page, name: str) -> None:
    """Look at another run, by the beginning of its line in the switcher of the run bar."""
    open_switcher(page)
    run = page.get_by_role("combobox", name="Run")
    run.fill(name)
    run.press("Enter")
    settle(page)


def open_switcher(page: Page) -> None:
    """Unfold the list of runs in the run bar."""
    page.locator("[class*=st-key-switch-]").get_by_role("button").first.click()
    page.get_by_role("combobox", name="Run").wait_for()


def latent_map(page: Page) -> Locator:
    """The finished map of the latent space."""
    return page.locator(".st-key-latent-map .js-plotly-plot")


def choose_tsne(page: Page) -> None:
    """On the Latent space page, ask for a map by t-SNE, which computes the first by itself."""
    page.get_by_role("radio", name="t-SNE").click()


def wait_for_tsne(page: Page) -> None:
    """Wait until the map asked for, which is on its way, stands still."""
    page.get_by_role("progressbar").wait_for()
    latent_map(page).wait_for(timeout=READY_SECONDS * 1000)


def click_to_first_epoch(page: Page) -> float:
    """Press Start; seconds until the chart shows the first epoch."""
    began = time.perf_counter()
    start(page)
    wait_for_epoch(page, 1)
    return time.perf_counter() - began
