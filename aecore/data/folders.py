"""Folders of files: what lies in one and below, without following links."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from aecore.data.limits import refuse_above
from aecore.data.names import shown


def files_below(folder: Path) -> Iterator[Path]:
    """The files in a folder and below it, in the order of their names; links are left out.

    Raises:
        DataError: there are more than the limit.
    """
    count = 0
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(place, name)
            if path.is_symlink() or not path.is_file():
                continue
            count += 1
            refuse_above("files", count, shown(folder.name), "Give a folder of fewer files.")
            yield path
