"""Disks without room: the kernel's limit on files, and a small one of its own where that may be."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.lab import Server
from tests.full_disk import full_disk

SIZE = "24m"


def may_mount() -> bool:
    """Whether this user may have a disk of memory, for which a container needs a right."""
    if os.geteuid() != 0:
        return False
    probe = ["unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    try:
        return subprocess.run(probe, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    """A disk of few megabytes at a folder."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)]
    subprocess.run(mount, check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def no_room(kind: str, home: Path, server: Server) -> Iterator[None]:
    """No room for the server meanwhile: by the kernel's limit, or since the disk is filled."""
    if kind == "limit":
        with full_disk(*[process.pid for process in server.family()]):
            yield
        return
    filler = home / "filler"
    fill(filler)
    try:
        yield
    finally:
        filler.unlink()


def fill(path: Path) -> None:
    """Write until nothing more fits."""
    with path.open("wb", buffering=0) as file:
        for size in (2**20, 2**12, 1):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                continue
