"""Weigh the links that lead elsewhere, and say whether a note speaks of a link. Knows no other change."""

import re
from collections.abc import Iterator, Sequence

from revtrack.model import Diff, Disclosure, Note, Reason, Significance

_LINK = re.compile(
    r"\b(?:[Hh]yper)?(?:link|Link|Links)\b|\b(?:[Hh]yper|(?:the|broken|wrong|faulty) )links\b|\b[Vv]erlinkung"
    r"|\b(?:hyper)?liens?\b|\benlaces?\b|\b[Cc]ollegament[oi]\b|\blänk|\blenke|\bodkaz|\b[Hh]iperłącz"
    r"|ссылк|посиланн|σύνδεσμ|リンク|链接|連結|링크|رابط|קישור",
)
"""The noun, as notes have it. "links" alone is German for left."""


def judge_links(diff: Diff, notes: Sequence[Note], *, stamped: bool) -> Iterator[Reason]:
    """Yield a reason for each link that leads elsewhere: a detail where another site is at one of its ends.

    `notes` are the new or reworded ones that announce a revision. A link is disclosed by one that speaks of a link.
    """
    index = next((diff.new.notes.index(note) for note in notes if _LINK.search(note.text)), None)
    silent = Disclosure.PARTLY if notes else Disclosure.STAMPED if stamped else Disclosure.UNDISCLOSED
    for field in diff.fields:
        if field.field != "link":
            continue
        feature = "link" if field.new else "link_removed"
        if not field.outward:
            yield Reason(feature, Significance.MINOR, "link", field.old, field.new)
            continue
        told = silent if index is None else Disclosure.DISCLOSED
        yield Reason(feature, Significance.DETAIL, "link", field.old, field.new, told, note=index)
