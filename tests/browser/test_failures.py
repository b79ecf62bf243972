"""What happens to a person's work when something breaks?"""

from __future__ import annotations

from playwright.sync_api import Page, expect

from aecore.runs import RunStore
from tools import lab
from tools.app_server import AppServer, tensorflow_libraries


def test_a_killed_worker_interrupts_the_run_and_the_next_one_works(
    page: Page, server: AppServer
) -> None:
    """The run is marked interrupted with its curve kept, and a fresh worker takes the next."""
    lab.open_train(page, data__source="digits", training__epochs=2000)
    lab.start(page)
    lab.wait_for_epoch(page, 2)
    kill_the_process_that_trains(server)
    expect(page.get_by_text("The process that did the work ended unexpectedly")).to_be_visible()
    expect(lab.start_button(page)).to_be_enabled()
    assert lab.plotted_epoch(page) >= 2
    lab.set_number(page, "Epochs", 3)
    lab.start(page)
    lab.wait_for_end(page)
    assert lab.plotted_epoch(page) == 3
    states = [run.state for run in RunStore(server.home).summaries()[:2]]
    assert states == ["finished", "interrupted"]


def test_a_diverging_run_says_what_to_do_and_keeps_its_curve(page: Page) -> None:
    """An absurd learning rate with plain steps ends as failed, with the epoch and the way out."""
    lab.open_train(
        page,
        data__source="breast-cancer",
        training__optimizer="sgd",
        training__learning_rate=10.0,
        training__epochs=50,
    )
    lab.start(page)
    expect(page.get_by_text("Try a smaller learning rate")).to_be_visible()
    expect(page.get_by_text("The loss diverged at epoch").first).to_be_visible()
    expect(lab.start_button(page)).to_be_enabled()


def test_the_server_never_loads_tensorflow(page: Page, server: AppServer) -> None:
    """After a run was trained and looked at, only workers have TensorFlow's libraries."""
    lab.open_train(page, data__source="digits", training__epochs=2)
    lab.start(page)
    lab.wait_for_end(page)
    lab.go_to(page, "Reconstructions")
    lab.go_to(page, "Latent space")
    assert not tensorflow_libraries(server.process)
    assert any(tensorflow_libraries(process) for process in server.descendants())


def kill_the_process_that_trains(server: AppServer) -> None:
    """SIGKILL to the one descendant that has TensorFlow loaded."""
    workers = [p for p in server.descendants() if tensorflow_libraries(p)]
    assert workers, "no worker has TensorFlow loaded"
    for worker in workers:
        worker.kill()
