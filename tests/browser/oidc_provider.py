"""`provider`: a place where people sign in (OpenID Connect), on this machine, for tests."""

from __future__ import annotations

import socket
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from tests.waiting import until

CLIENT = "lab"
PEOPLE = ("Anna", "Ben")
TOKEN_SECONDS = 300


class Provider:
    """Asks who somebody is, believes it, and signs it.

    Attributes:
        url: where it answers.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self._key = RSAKey.generate_key(2048, parameters={"kid": "only"}, private=True)
        self._asked: dict[str, tuple[str, str]] = {}

    def app(self) -> Starlette:
        """What it serves."""
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self._about),
                Route("/keys", self._keys),
                Route("/authorize", self._ask),
                Route("/token", self._tell, methods=["POST"]),
            ]
        )

    def _about(self, _: Request) -> Response:
        return JSONResponse(
            {
                "issuer": self.url,
                "jwks_uri": f"{self.url}/keys",
                "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token",
                "id_token_signing_alg_values_supported": ["RS256"],
            }
        )

    def _keys(self, _: Request) -> Response:
        return JSONResponse({"keys": [self._key.as_dict(private=False)]})

    def _ask(self, request: Request) -> Response:
        query, links = request.query_params, []
        for person in PEOPLE:
            code = uuid.uuid4().hex
            self._asked[code] = (person, query["nonce"])
            back = f"{query['redirect_uri']}?code={code}&state={query['state']}"
            links.append(f'<a href="{back}">{person}</a>')
        return HTMLResponse(" ".join(links))

    async def _tell(self, request: Request) -> Response:
        form = await request.form()
        person, nonce = self._asked.pop(str(form["code"]))
        now = int(time.time())
        claims = {
            "iss": self.url,
            "sub": person.lower(),
            "name": person,
            "aud": CLIENT,
            "nonce": nonce,
            "iat": now,
            "exp": now + TOKEN_SECONDS,
        }
        token = jwt.encode({"alg": "RS256", "kid": "only"}, claims, self._key)
        return JSONResponse({"access_token": "none", "token_type": "Bearer", "id_token": token})


@contextmanager
def provider() -> Iterator[Provider]:
    """One that answers on a free port of this machine."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        found = Provider(f"http://127.0.0.1:{listener.getsockname()[1]}")
        server = uvicorn.Server(uvicorn.Config(found.app(), log_level="warning"))
        serving = threading.Thread(target=server.run, args=([listener],), daemon=True)
        serving.start()
        until(lambda: server.started)
        yield found
        server.should_exit = True
        serving.join()
