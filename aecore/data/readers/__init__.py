"""Readers of users' files, one format a module; a new one is a new file ending in a `SPEC`."""

from aecore.data.readers._spec import ReaderSpec
from aecore.specs import collect

READERS: dict[str, ReaderSpec] = collect(__name__, __path__)

__all__ = ["READERS", "ReaderSpec"]
