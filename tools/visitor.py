"""A visitor without a browser: opens pages over Streamlit's own websocket, for tests under load."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

WAIT_SECONDS = 120
# A page that is drawn anew at once, such as after its address was written, is not done yet.
EARLY = ForwardMsg.ScriptFinishedStatus.FINISHED_EARLY_FOR_RERUN


class Visitor:
    """One tab, on one page at a time.

    Attributes:
        pages: the pages that the app offers, as in its address.
        failures: what went wrong on a page, by its exception's name.
    """

    def __init__(self, socket: ClientConnection, query: str) -> None:
        self._socket, self._query = socket, query
        self._hashes: dict[str, str] = {}
        self.failures: list[str] = []

    @property
    def pages(self) -> list[str]:
        """The pages that the app offers; none before the first was opened."""
        return list(self._hashes)

    def open(self, page: str = "") -> None:
        """Have a page drawn, and wait until the whole of it has arrived."""
        asked = BackMsg()
        asked.rerun_script.query_string = self._query
        if page in self._hashes:
            asked.rerun_script.page_script_hash = self._hashes[page]
        else:
            asked.rerun_script.page_name = page
        self._socket.send(asked.SerializeToString())
        while not self._hear():
            pass

    def _hear(self) -> bool:
        """Take one message; whether the page is complete with it."""
        told = ForwardMsg()
        content = self._socket.recv(timeout=WAIT_SECONDS)
        assert isinstance(content, bytes)
        told.ParseFromString(content)
        kind = told.WhichOneof("type")
        if kind == "navigation":
            pages = told.navigation.app_pages
            self._hashes = {each.url_pathname: each.page_script_hash for each in pages}
        elif kind == "page_info_changed":
            self._query = told.page_info_changed.query_string
        elif kind == "delta" and told.delta.new_element.WhichOneof("type") == "exception":
            self.failures.append(told.delta.new_element.exception.type)
        return kind == "script_finished" and told.script_finished != EARLY


@contextmanager
def visiting(url: str, query: str = "") -> Iterator[Visitor]:
    """A tab of the app at an address, closed at the end."""
    address = f"ws://{urlsplit(url).netloc}/_stcore/stream"
    with connect(address, subprotocols=["streamlit"], max_size=None, compression=None) as socket:  # type: ignore[list-item]
        yield Visitor(socket, query)
