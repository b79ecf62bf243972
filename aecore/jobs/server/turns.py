"""Turns: in which order the jobs of several visitors begin."""

from __future__ import annotations

from collections.abc import Sequence

from aecore.jobs.server.table import AnyJob


def next_turn(jobs: Sequence[AnyJob], visitor: str) -> int:
    """The turn of a visitor's next job, so that visitors take turns however many each submits.

    A visitor's jobs have turns one after another, and a newcomer begins with the turn that is on
    now: start-time fair queueing with jobs for packets of equal size (Goyal, Vin and Cheng 1996).
    A job keeps its turn, so it can wait where nothing is sorted anew.

    Args:
        jobs: all that take turns with it, those that ended lately among them.
    """
    own = [job.turn for job in jobs if job.visitor == visitor and not job.ended]
    return max([_turn_now(jobs), *(turn + 1 for turn in own)])


def _turn_now(jobs: Sequence[AnyJob]) -> int:
    """The turn that is on; a job that was withdrawn before it began says nothing of it."""
    running = [job.turn for job in jobs if job.view.state == "running"]
    if running:
        return max(running)
    waiting = [job.turn for job in jobs if job.view.state == "queued"]
    if waiting:
        return min(waiting)
    return max((job.turn for job in jobs), default=0)
