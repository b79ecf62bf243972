"""`Access`: who asks, and what they may do; the one place that decides it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from aecore.access.allowance import Allowance
from aecore.access.mode import Mode
from aecore.access.modes import chosen_mode
from aecore.data import DATASETS, uploads
from aecore.errors import AccessError, DataError

NOT_YOURS = "Train one with its settings, which the Runs page takes over, and do it with that."


class Owned(Protocol):
    """What belongs to a visitor, such as a run."""

    @property
    def visitor(self) -> str: ...
    @property
    def is_published(self) -> bool: ...


@dataclass(frozen=True)
class Access:
    """What a visitor may do in a mode.

    Attributes:
        visitor: names who asks, as 32 hexadecimal digits. Empty where nobody is told apart; where
            visitors are, it is nobody, who has nothing.
        mode: the server's.
    """

    visitor: str = ""
    mode: Mode = field(default_factory=chosen_mode)

    @property
    def allowance(self) -> Allowance:
        """The most that visitors may ask for.

        Raises:
            AccessError: the environment sets it to what is no number.
        """
        return self.mode.allowance.as_set()

    def owns(self, visitor: str) -> bool:
        """Whether what belongs to this visitor is the asker's own."""
        if not self.mode.tells_apart:
            return True
        # What belongs to nobody was made in another mode, by whoever runs the server.
        return bool(visitor) and visitor == self.visitor

    def sees(self, thing: Owned) -> bool:
        """Whether the asker may look at it."""
        return self.owns(thing.visitor) or thing.is_published

    def refuse_change(self, thing: Owned) -> None:
        """Refuse to change, stop, delete or add to what is not the asker's own.

        Raises:
            AccessError: it is somebody else's.
        """
        if not self.owns(thing.visitor):
            raise AccessError("This run is somebody else's, for all to look at.", NOT_YOURS)

    def reads(self, source: str) -> bool:
        """Whether the asker may use a data set, as in `data.source`.

        Everybody has those with a name, and their own uploads. Files of the server's disk are
        only for whoever runs it.
        """
        if not self.mode.tells_apart or source in DATASETS:
            return True
        return uploads.is_upload(source) and self.owns(uploads.visitor_of(source))

    def refuse_source(self, source: str) -> None:
        """Refuse a data set that is not the asker's to use, in the words for one that is not there.

        Raises:
            DataError: it is none of theirs.
        """
        if not self.reads(source):
            raise DataError(
                "There is no such data set among yours.", "Choose another, or upload the file."
            )

    def refuse_publishing(self) -> None:
        """Refuse to show a run to others where that is not done.

        Raises:
            AccessError: the mode publishes nothing.
        """
        if not self.mode.publishes:
            raise AccessError("Runs are not published here.", "Send the link to its settings.")
