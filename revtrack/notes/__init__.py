"""Blocks of a page → notes, by one readable rule file a language. Pure: no markup, no clock, no store.

>>> find_notes("This story has been updated with additional reporting.")[0].kind
<NoteKind.UPDATE: 'update'>

Importing this room is cheap; what reads pages comes when it is first asked for.
"""

from typing import TYPE_CHECKING

from revtrack.lazy import load_from

if TYPE_CHECKING:
    from revtrack.notes.beginning import template_of
    from revtrack.notes.checking import check_own, check_rules, count_own_examples
    from revtrack.notes.finding import find_notes
    from revtrack.notes.grammar import SHIPPED, Grammar, read_grammar
    from revtrack.notes.identity import note_key
    from revtrack.notes.lifting import lift_notes
    from revtrack.notes.passages import Passage

__all__ = [
    "SHIPPED",
    "Grammar",
    "Passage",
    "check_own",
    "check_rules",
    "count_own_examples",
    "find_notes",
    "lift_notes",
    "note_key",
    "read_grammar",
    "template_of",
]

_HOME = {
    "template_of": "beginning",
    **dict.fromkeys(("check_own", "check_rules", "count_own_examples"), "checking"),
    "find_notes": "finding",
    **dict.fromkeys(("SHIPPED", "Grammar", "read_grammar"), "grammar"),
    "note_key": "identity",
    "lift_notes": "lifting",
    "Passage": "passages",
}


__getattr__ = load_from(__name__, _HOME)
