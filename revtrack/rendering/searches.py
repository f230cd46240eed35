"""The page that searches all versions, and tells when words came and went. Pure; for a live server alone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from unicodedata import combining, normalize

from markupsafe import Markup, escape

from revtrack.rendering.links import Links
from revtrack.rendering.templating import fill
from revtrack.rendering.visible import visible


@dataclass(frozen=True, slots=True)
class FoundLine:
    """A stretch of an article's versions that hold what was searched: the fields of `archive.values.Lifetime`.

    `headline` is the article's, `text` a sentence that holds the words, `place` where it stands.
    """

    article_id: int
    headline: str
    site: str
    place: str
    text: str
    first: int
    last: int | None
    first_seen: datetime
    last_seen: datetime
    gone_at: datetime | None


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What was asked ("": nothing yet), whether as a phrase, and what was found; `form` is where its form goes."""

    asked: str
    is_phrase: bool
    found: Sequence[FoundLine]
    form: str


def search_page(page: SearchPage, links: Links) -> str:
    """Return the page as HTML; it needs no script."""
    words = frozenset(_plain(word) for word in _WORD.findall(visible(page.asked)))
    return fill("search.html", links, page=page, texts=[_with_marks(one.text, words) for one in page.found])


_WORD = re.compile(r"[^\W_]+")


def _with_marks(text: str, words: frozenset[str]) -> Markup:
    """Return a sentence with the words marked that were asked for, whatever their case and accents."""
    shown, parts, end = visible(text), [], 0
    for found in _WORD.finditer(shown):
        held = _plain(found[0])
        if held in words or (not held.isascii() and any(word in held for word in words if len(word) > 1)):
            parts += [escape(shown[end : found.start()]), Markup("<mark>{}</mark>").format(found[0])]
            end = found.end()
    return Markup("").join([*parts, escape(shown[end:])])


def _plain(word: str) -> str:
    return "".join(mark for mark in normalize("NFKD", word.casefold()) if not combining(mark))
