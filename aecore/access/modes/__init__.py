"""Modes, one module each ending in a `SPEC`."""

from aecore import environment
from aecore.access.mode import Mode
from aecore.errors import AccessError
from aecore.specs import collect

MODES: dict[str, Mode] = collect(__name__, __path__)


def chosen_mode() -> Mode:
    """The mode in `AECORE_MODE`; without it the first.

    Raises:
        AccessError: there is no such mode. A server must not fall back to one that allows more.
    """
    name = environment.mode()
    if name is None:
        return next(iter(MODES.values()))
    if name not in MODES:
        raise AccessError(
            f"{environment.MODE} is {name!r}, and there is no such mode.",
            f"Set it to one of {', '.join(MODES)}, and start the server again.",
        )
    return MODES[name]


__all__ = ["MODES", "chosen_mode"]
