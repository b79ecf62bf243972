"""Do visitors take turns, however many jobs each submits?"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from aecore.jobs.kinds import training
from aecore.jobs.kinds.training import TrainingRequest
from aecore.jobs.server.job import Job
from aecore.jobs.server.table import AnyJob
from aecore.jobs.server.turns import next_turn
from aecore.progress import ended, started
from tests.jobs.conftest import short

REQUEST = TrainingRequest(short())


class Queue:
    """Jobs that are submitted, and begun one after another in their order."""

    def __init__(self) -> None:
        self.jobs: list[AnyJob] = []

    def submit(self, visitors: str) -> None:
        """A job for each letter, who is a visitor."""
        for visitor in visitors:
            turn, place = next_turn(self.jobs, visitor), len(self.jobs)
            job = Job(f"{visitor}{place}", training.SPEC, REQUEST, place, visitor, turn)
            self.jobs.append(job)

    def begin(self, count: int = 1) -> str:
        """Let the next ones run to their end; whose they were."""
        begun = ""
        for _ in range(count):
            for job in self.jobs:
                if job.view.state == "running":
                    job.log.tell(ended("finished"))
            waiting = [job for job in self.jobs if job.view.state == "queued"]
            job = max(waiting, key=lambda job: job.urgency)
            job.log.tell(started())
            begun += job.visitor
        return begun

    def withdraw(self, visitor: str) -> None:
        """Stop the last job of a visitor's before it begins."""
        last = [job for job in self.jobs if job.visitor == visitor][-1]
        last.log.tell(ended("stopped"))


def test_one_visitor_s_jobs_go_in_their_order() -> None:
    """As before there were visitors."""
    queue = Queue()
    queue.submit("aaaa")
    queue.begin(2)
    queue.submit("a")
    assert [job.order for job in queue.jobs] == sorted(job.order for job in queue.jobs)


def test_visitors_take_turns() -> None:
    """Whoever comes with one job does not wait for all of another's."""
    queue = Queue()
    queue.submit("aaaaa")
    assert queue.begin() == "a"
    queue.submit("bbc")
    assert queue.begin(7) == "bcabaaa"


def test_who_comes_later_begins_with_the_turn_that_is_on() -> None:
    """Not with all the turns that they could have had before."""
    queue = Queue()
    queue.submit("aaaaaa")
    queue.begin(4)
    queue.submit("bbbb")
    assert queue.begin(6) == "bababb"


def test_what_was_had_before_does_not_count() -> None:
    """A visitor of many runs is as welcome as a new one once nothing waits."""
    queue = Queue()
    queue.submit("aaaa")
    queue.begin(4)
    queue.submit("bab")
    assert queue.begin(3) == "bab"


def test_a_job_that_was_withdrawn_moves_nobody() -> None:
    """Else one could keep others waiting by submitting many and withdrawing the last."""
    queue = Queue()
    queue.submit("aaaaa")
    queue.begin()
    queue.withdraw("a")
    queue.submit("b")
    assert queue.begin(2) == "ba"


@given(st.lists(st.one_of(st.sampled_from("abc"), st.none()), max_size=60))
def test_between_two_jobs_of_a_visitor_each_other_gets_at_most_one_more(
    happens: list[str | None],
) -> None:
    """As long as both have jobs that wait: no visitor is more than a turn ahead of another."""
    queue = Queue()
    queue.submit("abc" * 3)
    for what in happens:
        if what is not None:
            queue.submit(what)
        elif any(job.view.state == "queued" for job in queue.jobs):
            queue.begin()
    waiting = [job for job in queue.jobs if job.view.state == "queued"]
    first = {visitor: [j.turn for j in waiting if j.visitor == visitor][:1] for visitor in "abc"}
    turns = [turn for found in first.values() for turn in found]
    assert not turns or max(turns) - min(turns) <= 1
