"""Gates: requests that get no answer, for the name they came by, their site, or what they ask."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed

from aecore import environment

LOCAL = ("localhost", "127.0.0.1", "::1")
# Addresses to listen on that are no name to be reached by.
ANYWHERE = ("", "0.0.0.0", "::")
METRICS = "/_stcore/metrics"
POLICY_VIOLATION = 1008
REFUSAL = (
    "This server does not answer under the name or to the site that the request came from. "
    "Whoever runs it can allow a name with STREAMLIT_SERVER_ALLOWED_HOSTS; see the README."
)


class KnownHosts:
    """Refuses each request and websocket that came by an unknown name, or from a page elsewhere.

    A page of another site can have its own name point at this machine (DNS rebinding); to the
    browser it is then the app's own page. Known are the names of this machine to itself and those
    in Streamlit's options `server.allowedHosts`, `server.address` and `browser.serverAddress`.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        # Streamlit looks at it too, for websockets alone.
        config.set_option("server.allowedHosts", [*LOCAL, *_named()])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "lifespan" or self._knows(Headers(scope=scope)):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})
        else:
            await PlainTextResponse(REFUSAL, status_code=403)(scope, receive, send)

    def _knows(self, headers: Headers) -> bool:
        hosts, origins = headers.getlist("host"), headers.getlist("origin")
        if len(hosts) != 1 or not is_host_allowed(hosts[0]):
            return False
        return all(self._trusts(origin, hosts[0]) for origin in origins)

    def _trusts(self, origin: str, host: str) -> bool:
        """Whether a page from this origin may talk to the server: the app's own pages may.

        Another port of this machine is another program's.
        """
        scheme, _, authority = origin.lower().partition("://")
        own = scheme in ("http", "https") and authority == host.lower()
        return own or origin in config.get_option("server.corsAllowedOrigins")


class ClosedMetrics:
    """Keeps Streamlit's figures on the server, which anyone could read, to who asked for them."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or say that there is no such page."""
        if METRICS in scope.get("path", "") and not environment.metrics_are_open():
            await PlainTextResponse("Not Found", status_code=404)(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _named() -> list[str]:
    """The names that whoever runs the server has set."""
    given = [
        *config.get_option("server.allowedHosts"),
        config.get_option("server.address"),
        _set_by_hand("browser.serverAddress"),
    ]
    return [str(name) for name in given if name and name not in ANYWHERE and name not in LOCAL]


def _set_by_hand(option: str) -> str:
    return str(config.get_option(option)) if config.is_manually_set(option) else ""
