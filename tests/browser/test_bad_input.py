"""What does a person see who arrives with a bad address or settings that do not go together?"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tools import lab


@pytest.mark.parametrize(
    ("fields", "note"),
    [
        ({"data__source": "no-such-set"}, "data.source=no-such-set was ignored"),
        ({"model__encoding_dim": "many"}, "model.encoding_dim=many was ignored"),
        ({"training__epochs": "-3"}, "training.epochs=-3 was ignored"),
        ({"model__wings": "2"}, "model.wings=2 was ignored"),
        ({"data__source": "/etc/passwd.npz"}, "was ignored"),
        ({"training__loss": "<img src=x onerror=alert(1)>"}, "was ignored"),
    ],
)
def test_a_bad_address_opens_the_defaults_with_a_note(
    page: Page, fields: dict[str, str], note: str
) -> None:
    """What is wrong is named, the rest is as usual, and Start can be pressed."""
    lab.open_train(page, **fields)
    expect(page.get_by_text(note)).to_be_visible()
    expect(page.get_by_text("784 values are compressed into 32")).to_be_visible()
    expect(lab.start_button(page)).to_be_enabled()
    page.get_by_role("button", name="Dismiss").click()
    expect(page.get_by_text(note)).to_have_count(0)


def test_settings_that_do_not_go_together_cannot_be_started(page: Page) -> None:
    """Cross-entropy on standardised values: Start is off, and the way out is named."""
    lab.open_train(page)
    lab.unfold(page)
    page.get_by_role("combobox", name="Scaling").click()
    page.get_by_role("option", name="Standardise").click()
    expect(page.get_by_text("Choose min-max scaling or mean squared error").first).to_be_visible()
    expect(lab.start_button(page)).to_be_disabled()


def test_a_run_that_is_not_there_is_explained(page: Page) -> None:
    """A deleted run in the address does not break a page."""
    page.goto("/reconstructions?run=00000000000000000000000000000000")
    expect(page.get_by_text("There is no run 00000000000000000000000000000000")).to_be_visible()
