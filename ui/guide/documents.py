"""Documents that are served with the product, as a page can show them."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "docs"
IMAGE = re.compile(r"^!\[[^\]]*\]\([^)]*\)\s*$", re.MULTILINE)
# Of the repository's own files, a page has no address.
LINK = re.compile(r"\[([^\]]+)\]\((?!https?://)[^)]*\)")
SECTION = re.compile(r"^## (.+)$", re.MULTILINE)
INTRODUCTION = "What an autoencoder is"


@lru_cache(maxsize=1)
def guide() -> dict[str, str]:
    """Title -> text of each section of the guide, without pictures, in its order."""
    before, *rest = SECTION.split(_shown("guide.md"))
    return {INTRODUCTION: before, **dict(zip(rest[::2], rest[1::2], strict=True))}


@lru_cache(maxsize=1)
def glossary() -> str:
    """The glossary."""
    return _shown("glossary.md")


def _shown(name: str) -> str:
    """A document without its title, its pictures and its links to other files."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    _, _, text = text.partition("\n")
    return LINK.sub(r"\1", IMAGE.sub("", text)).strip()
