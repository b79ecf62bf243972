import time

from tools import lab


def test_dbg(page, server):
    lab.open_train(page, data__source="digits")
    t = time.time()
    while time.time() - t < 120:
        time.sleep(3)
        txt = page.locator("[data-testid=stMain]").inner_text()
        print(
            round(time.time() - t),
            "starting" in txt,
            "warming" in txt,
            lab.start_button(page).is_enabled(),
            flush=True,
        )
        if lab.start_button(page).is_enabled() and "warming" not in txt:
            break
    print(server.printed()[-3000:])
