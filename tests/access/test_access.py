"""Does one place decide, in each mode, what a visitor may see, change and read?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from aecore.access import MODES, Access, chosen_mode, own_uploads
from aecore.data import uploads
from aecore.errors import AccessError, DataError

ANNA, BEN = "a" * 32, "b" * 32
APART = [mode for mode in MODES.values() if mode.tells_apart]
NOTHING_KEPT = (0, 0)


@dataclass(frozen=True)
class Thing:
    """What belongs to somebody."""

    visitor: str = ANNA
    is_published: bool = False


def may_change(access: Access, thing: Thing) -> bool:
    """Whether a change is not refused."""
    try:
        access.refuse_change(thing)
    except AccessError as error:
        assert error.cause and error.remedy
        return False
    return True


def test_without_a_mode_a_server_is_its_owner_s(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is seen, changed and read, a file of the disk too; only space is limited."""
    monkeypatch.delenv("AECORE_MODE", raising=False)
    access = Access()
    for thing in (Thing(), Thing(""), Thing(BEN)):
        assert access.sees(thing) and may_change(access, thing)
    for source in ("digits", f"upload:{'0' * 16}", f"upload:{ANNA}-{'0' * 16}", "/home/a.csv"):
        assert access.reads(source)
    limited = {name for name, most in vars(access.allowance).items() if most is not None}
    assert limited == {"runs_bytes", "uploads_bytes", "maps_bytes"}


def test_a_mode_that_there_is_not_allows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """It must not become the one that allows most."""
    monkeypatch.setenv("AECORE_MODE", "Shared")
    with pytest.raises(AccessError, match="shared") as caught:
        chosen_mode()
    assert "no such mode" in caught.value.cause
    with pytest.raises(AccessError):
        Access()


@pytest.mark.parametrize("name", MODES)
def test_a_mode_is_chosen_by_its_name(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each tells for whom it is."""
    monkeypatch.setenv("AECORE_MODE", name)
    assert Access().mode.name == name
    assert chosen_mode().title and chosen_mode().summary.endswith(".")


@pytest.mark.parametrize("mode", APART, ids=lambda mode: mode.name)
def test_visitors_have_their_own_and_nothing_else(mode: object) -> None:
    """Nor what belongs to nobody; and nobody has nothing."""
    anna, ben, nobody = (Access(name, mode) for name in (ANNA, BEN, ""))
    assert anna.sees(Thing()) and may_change(anna, Thing())
    for stranger in (ben, nobody):
        assert not stranger.sees(Thing()) and not may_change(stranger, Thing())
    for access in (anna, ben, nobody):
        assert not access.sees(Thing("")) and not may_change(access, Thing(""))


@pytest.mark.parametrize("mode", APART, ids=lambda mode: mode.name)
def test_what_is_published_is_seen_and_no_more(mode: object) -> None:
    """Also what belongs to nobody."""
    for thing in (Thing(is_published=True), Thing("", is_published=True)):
        assert Access(BEN, mode).sees(thing)
        assert not may_change(Access(BEN, mode), thing)


@pytest.mark.parametrize("mode", APART, ids=lambda mode: mode.name)
def test_visitors_read_data_sets_with_a_name_and_their_own_files(mode: object) -> None:
    """No file of the server's disk, whatever an address or a file of settings says."""
    anna = Access(ANNA, mode)
    assert anna.reads("digits") and anna.reads(f"upload:{ANNA}-{'0' * 16}")
    foreign = (
        f"upload:{BEN}-{'0' * 16}",
        f"upload:{'0' * 16}",
        f"{ANNA}-{'0' * 16}",
        f"upload:{ANNA}-{'0' * 16}/../{BEN}-{'0' * 16}",
        "/etc/passwd",
        "runs/mlflow.db",
        "",
    )
    for source in foreign:
        with pytest.raises(DataError):
            anna.refuse_source(source)


def test_uploads_of_visitors_lie_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same file is another one; only its owner lists and deletes it."""
    monkeypatch.setenv("AECORE_HOME", str(tmp_path))
    mode = MODES["shared"]
    anna, ben, owner = Access(ANNA, mode), Access(BEN, mode), Access("", MODES["own"])
    file = {"a.csv": b"a,b\n1,2\n"}
    source = own_uploads.keep(anna, file, lambda: NOTHING_KEPT)
    other = own_uploads.keep(ben, file, lambda: NOTHING_KEPT)
    assert source != other and uploads.visitor_of(source) == ANNA
    assert [upload.source for upload in own_uploads.listed(anna)] == [source]
    assert {source, other} == {upload.source for upload in own_uploads.listed(owner)}
    with pytest.raises(DataError):
        own_uploads.remove(ben, source)
    assert uploads.path_of(source).read_bytes() == file["a.csv"]
    own_uploads.remove(anna, source)
    assert not own_uploads.listed(anna) and own_uploads.listed(ben)


def test_only_where_runs_are_published_can_they_be() -> None:
    """In the others nothing would come of it, or what one visitor did be seen by another."""
    for mode in MODES.values():
        if mode.publishes:
            Access(ANNA, mode).refuse_publishing()
        else:
            with pytest.raises(AccessError):
                Access(ANNA, mode).refuse_publishing()
