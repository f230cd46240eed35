"""Lists of changes as pages: the front page, its filters and months; the lists of articles and of notes. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from revtrack.model import Article, Note
from revtrack.rendering.lines import ListLine
from revtrack.rendering.links import Links
from revtrack.rendering.templating import fill


@dataclass(frozen=True, slots=True)
class Choice:
    """A list that a reader may go to: its words, its address, how many it holds, whether it is the one in hand."""

    words: str
    address: str
    number: int | None = None
    is_here: bool = False


@dataclass(frozen=True, slots=True)
class Choices:
    """Lists of one sort: "Month", for example, with a choice for each. Long ones are folded."""

    label: str
    items: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """A list of changes. `told` says in a sentence what it holds, `pages` are its pages where it has several.

    `nothing` stands where it holds none. `seen` says of when the list is and of how much, `unread` below the list what
    could not be read.
    `form` is where a form sends the filters of a live server ("": there is none), `asked` what it was sent.
    """

    title: str
    told: str
    lines: Sequence[ListLine]
    total: int
    choices: tuple[Choices, ...] = ()
    pages: tuple[Choice, ...] = ()
    form: str = ""
    asked: tuple[tuple[str, str], ...] = ()
    nothing: str = "None was seen."
    seen: str = ""
    unread: str = ""


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note in the ledger: the article and version that brought it, when it was first seen."""

    article_id: int
    version: int
    headline: str
    site: str
    at: datetime
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class NotesPage:
    """A part of the ledger of notes."""

    title: str
    lines: Sequence[NoteLine]
    total: int
    choices: tuple[Choices, ...] = ()
    pages: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticlesPage:
    """A part of all articles that are tracked, and the site of each as a reader names it."""

    articles: Sequence[Article]
    sites: Sequence[str]
    total: int
    pages: tuple[Choice, ...] = ()


def changes_page(page: ChangesPage, links: Links) -> str:
    """Return a list of changes as HTML."""
    return fill("front.html", links, page=page)


def notes_page(page: NotesPage, links: Links) -> str:
    """Return a part of the ledger of notes as HTML."""
    return fill("ledger.html", links, page=page)


def articles_page(page: ArticlesPage, links: Links) -> str:
    """Return a part of the list of articles as HTML."""
    return fill("articles.html", links, page=page)
