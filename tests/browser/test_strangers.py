"""What does the real server say to requests under other names and from other sites?"""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from tools.app_server import AppServer, serving
from tools.chromium import settle

# Some the protocol refuses already.
REFUSED = (400, 403)
NAME = "lab.example.org"
STREAM = "/_stcore/stream"
ADDRESSES = (
    "/",
    "/runs",
    "/static/favicon.png",
    "/_stcore/health",
    "/_stcore/host-config",
    "/_stcore/agent/openapi.json",
    f"/live/{'0' * 32}",
    "/media/0.png",
)
FOREIGN_HOSTS = (
    "evil.example",
    "evil.example:{port}",
    "localhost.evil.example:{port}",
    "127.0.0.1.evil.example",
    "evil.example#127.0.0.1",
    "127.0.0.1@evil.example",
    "192.168.0.1:{port}",
    "169.254.169.254",
    "0.0.0.0:{port}",
    "localhost:not-a-port",
    "",
)
FOREIGN_ORIGINS = (
    "http://evil.example",
    "http://evil.example:{port}",
    "http://127.0.0.1.evil.example:{port}",
    "http://127.0.0.1:1",
    "http://localhost:3000",
    "http://127.0.0.1:{port}@evil.example",
    "ftp://127.0.0.1:{port}",
    "null",
    "",
)
METRICS = ("/_stcore/metrics", "/_stcore/metrics/", "/%5Fstcore/metrics", "/_stcore/metrics%0A")
HANDSHAKE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


def answer(
    server: AppServer, path: str, *headers: tuple[str, str], method: str = "GET"
) -> http.client.HTTPResponse:
    """What the server answers, to headers that no browser would send; `{port}` is its own."""
    port = urlsplit(server.url).port
    connection = http.client.HTTPConnection("127.0.0.1", port or 0, timeout=20)
    connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    for name, value in headers:
        connection.putheader(name, value.format(port=port))
    connection.endheaders()
    response = connection.getresponse()
    connection.close()
    return response


def handshake(server: AppServer, host: str, *origins: str) -> int:
    """The status with which the server answers who wants to open a websocket."""
    sent = [("Host", host), *HANDSHAKE.items(), *(("Origin", origin) for origin in origins)]
    return answer(server, STREAM, *sent).status


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppServer]:
    """A server that is told a name and asked for its figures."""
    variables = {"STREAMLIT_SERVER_ALLOWED_HOSTS": f"{NAME} *.lab.test", "AECORE_METRICS": "1"}
    with serving(tmp_path_factory.mktemp("named") / "runs", variables=variables) as running:
        yield running


@pytest.mark.parametrize("path", ADDRESSES)
@pytest.mark.parametrize("host", FOREIGN_HOSTS)
def test_another_name_gets_no_answer(server: AppServer, path: str, host: str) -> None:
    """Pages, files, the watched run: a name that points at this machine is not the app's."""
    assert answer(server, path, ("Host", host)).status in REFUSED


@pytest.mark.parametrize("path", ADDRESSES)
def test_no_name_and_two_names_get_no_answer(server: AppServer, path: str) -> None:
    """A proxy and the server must not differ on which of two names counts."""
    assert answer(server, path).status in REFUSED
    two = (("Host", "127.0.0.1:{port}"), ("Host", "evil.example"))
    assert answer(server, path, *two).status in REFUSED


@pytest.mark.parametrize("path", ADDRESSES)
def test_a_page_of_another_site_gets_no_answer(server: AppServer, path: str) -> None:
    """Whatever it asks for, and also one of another program on this machine."""
    for origin in FOREIGN_ORIGINS:
        sent = (("Host", "127.0.0.1:{port}"), ("Origin", origin))
        assert answer(server, path, *sent).status == 403, origin


def test_no_file_is_taken_from_elsewhere(server: AppServer) -> None:
    """An upload under another name, or from another site, ends before it is read."""
    path = "/_stcore/upload_file/session/file"
    assert answer(server, path, ("Host", "evil.example"), method="PUT").status == 403
    sent = (("Host", "127.0.0.1:{port}"), ("Origin", "http://evil.example"))
    for method in ("PUT", "DELETE", "OPTIONS"):
        assert answer(server, path, *sent, method=method).status == 403


@pytest.mark.parametrize("host", FOREIGN_HOSTS)
def test_a_websocket_under_another_name_is_refused(server: AppServer, host: str) -> None:
    """Also when its page comes from the same name, as after a name was bound anew."""
    assert handshake(server, host) in REFUSED
    assert handshake(server, host, f"http://{host}") in REFUSED


def test_a_websocket_of_another_site_is_refused(server: AppServer) -> None:
    """Under the server's own name too, and when two origins are told."""
    for origin in FOREIGN_ORIGINS:
        assert handshake(server, "127.0.0.1:{port}", origin) == 403, origin
    assert handshake(server, "127.0.0.1:{port}", "http://127.0.0.1:{port}", "http://a.b") in REFUSED


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"])
def test_the_names_of_this_machine_are_answered(server: AppServer, name: str) -> None:
    """To the app's own pages, to a link, and to a program that tells no origin."""
    host = f"{name}:{{port}}"
    assert answer(server, "/", ("Host", host)).status == 200
    assert answer(server, "/", ("Host", host), ("Origin", f"http://{host}")).status == 200
    assert handshake(server, host) == 101
    assert handshake(server, host, f"http://{host}") == 101


def test_names_that_were_set_are_answered_and_no_others(named: AppServer) -> None:
    """A name, and all names below one; those of this machine go on to be."""
    for host in (NAME, "a.lab.test", "127.0.0.1:{port}"):
        assert answer(named, "/", ("Host", host)).status == 200
        assert handshake(named, host, f"https://{host}") == 101
    assert answer(named, "/", ("Host", "lab.test.evil.example")).status == 403
    assert handshake(named, NAME, "https://evil.example") == 403


def test_figures_of_the_server_are_told_only_when_asked_for(
    server: AppServer, named: AppServer
) -> None:
    """However the address is written."""
    for path in METRICS:
        assert answer(server, path, ("Host", "localhost")).status == 404
    assert answer(named, METRICS[0], ("Host", "localhost")).status == 200


def test_a_script_that_came_in_does_not_run(browser: Browser, server: AppServer) -> None:
    """Nor does the page fetch from elsewhere, and no other site may show it in a frame."""
    context = browser.new_context(base_url=server.url)
    page = context.new_page()
    page.goto("/")
    settle(page)
    page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.stranger = true";
            document.body.append(script);
            const handler = document.createElement("p");
            handler.setAttribute("onclick", "window.stranger = true");
            document.body.append(handler);
            handler.click();
        }"""
    )
    assert page.evaluate("window.stranger") is None
    assert page.evaluate("fetch('https://evil.example/').catch(error => error.name)") == "TypeError"
    sent = answer(server, "/", ("Host", "localhost")).headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in sent and "*" not in sent
    assert "'unsafe-inline'" not in sent.partition("script-src")[2].partition(";")[0]
    context.close()
