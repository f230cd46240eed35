"""Derive an article's versions, verdicts and events from its looks, all of them in the order of its timeline.

What the tracker finds look by look, this finds again from the beginning: after the rules changed (`rebuild`), or when
looks that others made were brought in (`bring_in`). Looks are facts and stay as they are.
"""

from typing import TYPE_CHECKING

from revtrack.lazy import load_from

if TYPE_CHECKING:
    from revtrack.deriving.bringing import Brought, Woven, bring_in
    from revtrack.deriving.rebuilding import rebuild
    from revtrack.deriving.rules import stamp
    from revtrack.deriving.walking import derive

__all__ = ["Brought", "Woven", "bring_in", "derive", "rebuild", "stamp"]

_HOME = {
    **dict.fromkeys(("Brought", "Woven", "bring_in"), "bringing"),
    "rebuild": "rebuilding",
    "stamp": "rules",
    "derive": "walking",
}

__getattr__ = load_from(__name__, _HOME)
