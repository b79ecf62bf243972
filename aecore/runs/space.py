"""Space: what a visitor keeps, how much that is, and what would make room."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from aecore.access.allowance import MAPS, RUNS, UPLOADS
from aecore.data import uploads
from aecore.errors import RunStoreError
from aecore.runs.layout import RunSummary
from aecore.runs.maps import is_map
from aecore.runs.store import RunStore

Owns = Callable[[str], bool]


@dataclass(frozen=True)
class Kept:
    """One thing that takes space.

    Attributes:
        group: `runs`, `uploads` or `maps`.
        source: the id of the run, also of that of a map; the upload as in `data.source`.
        title: as people have it.
        bytes: its size; of a run without its maps.
        kept_at: when it was begun or given.
        file: of a map, its file among those of its run.
        may_go: whether it is neither pinned nor going on.
        is_own: whether it is the visitor's who asks.
    """

    group: str
    source: str
    title: str
    bytes: int
    kept_at: datetime
    file: str = ""
    may_go: bool = True
    is_own: bool = True


def kept(store: RunStore, owns: Owns) -> list[Kept]:
    """Everything that is kept, of all visitors, the oldest first.

    On a tracking server only uploads have a size: its files are not on this machine.

    Args:
        owns: whether what belongs to a visitor is the asker's own.

    Raises:
        RunStoreError: the store cannot be read.
    """
    found = [
        Kept(
            UPLOADS,
            each.source,
            each.title,
            each.bytes,
            each.kept_at,
            may_go=not each.is_pinned,
            is_own=owns(uploads.visitor_of(each.source)),
        )
        for each in uploads.listed()
    ]
    for run in store.summaries():
        # One that cannot be looked at may be going away.
        with suppress(RunStoreError):
            found.extend(_of_run(run, store.sizes(run.run_id), owns(run.visitor)))
    return sorted(found, key=lambda each: (each.kept_at, each.source, each.file))


def total(things: Iterable[Kept], group: str | None = None) -> int:
    """Bytes of what is the asker's own in a group; of all that all visitors keep without one."""
    return sum(
        each.bytes for each in things if group is None or (each.is_own and each.group == group)
    )


def bytes_kept(store: RunStore, owns: Owns, group: str) -> tuple[int, int]:
    """Bytes of a group that the asker keeps, and of all that all visitors keep; as `kept`."""
    things = kept(store, owns)
    return total(things, group), total(things)


def to_make_room(things: Iterable[Kept], group: str, enough: int) -> list[Kept]:
    """The asker's oldest of a group that may go, as many as make so many bytes."""
    going: list[Kept] = []
    for each in things:
        if total(going, group) >= enough:
            break
        if each.group == group and each.is_own and each.may_go:
            going.append(each)
    return going


def discard(store: RunStore, things: Iterable[Kept]) -> None:
    """Delete things; what is gone already stays so.

    Raises:
        LabError: one of them cannot be deleted; those before it are.
    """
    for each in things:
        if each.group == UPLOADS:
            uploads.remove(each.source)
        elif each.group == MAPS:
            store.remove(each.source, each.file)
        else:
            store.delete(each.source)


def _of_run(run: RunSummary, sizes: dict[str, int], is_own: bool) -> Iterator[Kept]:
    may_go = run.ended and not run.is_pinned
    maps = {name: size for name, size in sizes.items() if is_map(name)}
    own = sum(sizes.values()) - sum(maps.values())
    yield Kept(RUNS, run.run_id, run.name, own, run.started, may_go=may_go, is_own=is_own)
    for name, size in maps.items():
        yield Kept(MAPS, run.run_id, run.name, size, run.started, name, may_go, is_own)
