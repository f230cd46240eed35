"""The page that searches all versions, and tells when words came and went. Pure; for a live server alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from revtrack.rendering.links import Links
from revtrack.rendering.templating import fill


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
    return fill("search.html", links, page=page)
