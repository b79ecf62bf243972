"""Visitors: how one is told from another, by an account or by a secret of their browser."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping

import streamlit as st

from aecore.access import Access, chosen_mode
from aecore.access.mode import Mode
from aecore.errors import AccessError

# A cookie of this name is only taken from a page of this very host that came by TLS.
SECURE_COOKIE, COOKIE = "__Host-aecore-visitor", "aecore-visitor"
SECRET_BYTES = 32
SECRET = re.compile(r"[A-Za-z0-9_-]{43}")
NAME_LENGTH = 32
TICKET_HEADER = "X-Visitor-Ticket"
NO_COOKIE = (
    "Your browser keeps no cookie of this page, by which your runs are told from those of others.",
    "Allow cookies for it, and load it again.",
)
NOT_SIGNED_IN = ("You have signed out.", "Load the page again, and sign in.")
NO_TICKET = ("The server was started anew since this page was opened.", "Load the page again.")
# Tickets of an earlier server are void.
_KEY = secrets.token_bytes(SECRET_BYTES)


def access() -> Access:
    """Who looks at the page that is being drawn, and what they may do.

    Raises:
        AccessError: visitors are told apart and this one cannot be; or there is no such mode.
    """
    mode = chosen_mode()
    if not mode.tells_apart:
        return Access(mode=mode)
    if must_sign_in():
        raise AccessError(*NOT_SIGNED_IN)
    visitor = _account(mode) or visitor_of(st.context.cookies)
    if not visitor:
        raise AccessError(*NO_COOKIE)
    return Access(visitor, mode)


def must_sign_in() -> bool:
    """Whether accounts are set up, and this visitor has not signed in with one."""
    mode = chosen_mode()
    return mode.signs_in and "is_logged_in" in st.user and not _account(mode)


def is_signed_in() -> bool:
    """Whether this visitor is known by an account, so that they can sign out."""
    return bool(chosen_mode().signs_in and st.user.get("is_logged_in"))


def new_secret() -> str:
    """What a browser is given to be known by; nobody can guess it."""
    return secrets.token_urlsafe(SECRET_BYTES)


def has_secret(cookies: Mapping[str, str], *, secure: bool) -> bool:
    """Whether a browser has been given one; by TLS, one that only came by TLS counts."""
    return bool(SECRET.fullmatch(cookies.get(SECURE_COOKIE if secure else COOKIE, "")))


def visitor_of(cookies: Mapping[str, str]) -> str:
    """The visitor whose browser sends these cookies; empty for nobody."""
    secret = cookies.get(SECURE_COOKIE) or cookies.get(COOKIE, "")
    return _name("browser", secret) if SECRET.fullmatch(secret) else ""


def ticket() -> str:
    """Proof of who looks at the page being drawn, for what its scripts ask the server by itself."""
    asking = access()
    return f"{asking.visitor}.{_signed(asking.visitor)}" if asking.mode.tells_apart else ""


def access_by(ticket: str) -> Access:
    """What the holder of a ticket may do.

    Raises:
        AccessError: it is none of this server's.
    """
    mode = chosen_mode()
    if not mode.tells_apart:
        return Access(mode=mode)
    visitor, _, signature = ticket.partition(".")
    if not visitor or not hmac.compare_digest(signature.encode(), _signed(visitor).encode()):
        raise AccessError(*NO_TICKET)
    return Access(visitor, mode)


def _account(mode: Mode) -> str:
    """The visitor who has signed in; empty for nobody."""
    subject = st.user.get("sub") if mode.signs_in else None
    return _name("account", str(st.user.get("iss")), str(subject)) if subject else ""


def _name(*parts: str) -> str:
    """A name that tells nothing of what it was made from."""
    joined = "\n".join(parts).encode()
    return hashlib.sha256(joined).hexdigest()[:NAME_LENGTH]


def _signed(visitor: str) -> str:
    return hmac.new(_KEY, visitor.encode(), hashlib.sha256).hexdigest()
