"""Who may do what: the mode that a server runs in, its visitors, and what each may have."""

from aecore.access.access import Access
from aecore.access.modes import MODES, chosen_mode

__all__ = ["MODES", "Access", "chosen_mode"]
