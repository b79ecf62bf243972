"""`database`: the SQLite file of a run store, which is there whole or not at all.

It is made in a folder aside and renamed, so that a process that is killed meanwhile leaves nothing
that could be taken for a store. Versions up to 0.4 made it in place: what such a kill left holds
nothing, and is made again.
"""

from __future__ import annotations

import shutil
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from aecore.runs import failures, layout

NAME = "mlflow.db"
UNFINISHED = ".building-"
# A transaction that a killed process did not end.
JOURNAL = "-journal"
BUSY_SECONDS = 20
# What is remembered of each connection.
PATH, EDITION = "aecore.path", "aecore.edition"
# Rows in these say that MLflow made the tables, not that anybody kept something in them.
BOOKKEEPING = ("alembic_version", "workspaces")
MADE_AT_ONCE = ("Default", layout.EXPERIMENT_NAME)

Edition = tuple[int, int]


def edition(home: Path) -> Edition | None:
    """Names the file that is there now: another one has another name; None without one."""
    return _edition(home / NAME)


def make_ready(home: Path, build: Callable[[Path], None]) -> None:
    """Make the database if there is none, or none that was finished, and check it if there is.

    The caller sees to it that nobody else does so at the same time.

    Args:
        build: makes a database at a path.

    Raises:
        RunStoreError: what is there is no database, damaged, or cannot be opened.
    """
    for left in home.glob(f"{UNFINISHED}*"):
        shutil.rmtree(left, ignore_errors=True)
    path = home / NAME
    if path.exists() and not path.is_file():
        raise failures.no_file(path)
    if edition(home) is not None and not _is_unfinished(path):
        return
    aside = home / f"{UNFINISHED}{uuid.uuid4().hex}"
    aside.mkdir()
    try:
        build(aside / NAME)
        Path(f"{path}{JOURNAL}").unlink(missing_ok=True)
        (aside / NAME).replace(path)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


@cache
def follow_the_path() -> None:
    """Have every connection of this process to SQLite look into the file that is there now.

    One that was opened before its file was replaced would go on with the old one, which no name
    leads to any more: what it writes would be lost in silence.
    """
    from sqlalchemy import event, exc, pool

    def remember(connection: Any, record: Any) -> None:
        record.info.update(_opened(connection))

    def look(_: Any, record: Any, __: Any) -> None:
        path = record.info.get(PATH)
        if path is not None and _edition(path) != record.info[EDITION]:
            # SQLAlchemy takes this for a connection that was cut, and makes a new one.
            raise exc.DisconnectionError

    event.listen(pool.Pool, "connect", remember)
    event.listen(pool.Pool, "checkout", look)


def _opened(connection: Any) -> dict[str, Any]:
    """The file of a connection to SQLite, and its edition; nothing of other connections."""
    if not isinstance(connection, sqlite3.Connection):
        return {}
    *_, file = connection.execute("PRAGMA database_list").fetchone()
    path = Path(file)
    return {PATH: path, EDITION: _edition(path)} if file else {}


def _edition(path: Path) -> Edition | None:
    try:
        about = path.stat()
    except OSError:
        return None
    return (about.st_dev, about.st_ino) if about.st_size else None


def _is_unfinished(path: Path) -> bool:
    """Whether a database lacks our experiment, the last thing made, and holds nothing else."""
    with _connected(path) as database:
        if database.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise failures.damaged(str(path.parent))
        found = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        tables = {name for (name,) in found if not name.startswith("sqlite_")}
        return not _is_ours(database, tables) and not any(
            _holds(database, table) for table in tables.difference(BOOKKEEPING)
        )


def _is_ours(database: sqlite3.Connection, tables: set[str]) -> bool:
    if "experiments" not in tables:
        return False
    names = database.execute("SELECT name FROM experiments").fetchall()
    return (layout.EXPERIMENT_NAME,) in names


def _holds(database: sqlite3.Connection, table: str) -> bool:
    """Whether somebody kept something in a table."""
    if table == "experiments":
        names = database.execute("SELECT name FROM experiments")
        return any(name not in MADE_AT_ONCE for (name,) in names)
    quoted = table.replace('"', '""')
    return database.execute(f'SELECT 1 FROM "{quoted}" LIMIT 1').fetchone() is not None


@contextmanager
def _connected(path: Path) -> Iterator[sqlite3.Connection]:
    address = f"file:{quote(str(path))}?mode=rw"
    with closing(sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS)) as database:
        yield database
