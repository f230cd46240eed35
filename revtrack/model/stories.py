"""What was read out of one snapshot: the story, its paragraphs and notes, and what else the page states."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Self

from revtrack.model.asking import in_notebook
from revtrack.taking import expect
from revtrack.text import fold


class ParagraphKind(StrEnum):
    """What a paragraph is on the page."""

    TEXT = "text"
    SUBHEADING = "subheading"
    LIST_ITEM = "list_item"
    QUOTE = "quote"
    CAPTION = "caption"
    TABLE_ROW = "table_row"


class NoteFamily(StrEnum):
    """Whether a note says that something changed (`revision`), only when (`timestamp`), or neither (`meta`)."""

    REVISION = "revision"
    TIMESTAMP = "timestamp"
    META = "meta"


class NoteKind(StrEnum):
    """What a note announces; the last two are the kinds of the families that announce no change."""

    CORRECTION = "correction"
    CLARIFICATION = "clarification"
    UPDATE = "update"
    AMENDMENT = "amendment"
    REMOVAL = "removal"
    RETRACTION = "retraction"
    TIMESTAMP = "timestamp"
    META = "meta"


class Place(StrEnum):
    """Where on the page a note stands."""

    HEADLINE = "headline"
    TOP = "top"
    MIDDLE = "middle"
    BOTTOM = "bottom"
    CAPTION = "caption"
    ASIDE = "aside"
    METADATA = "metadata"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a story, its text on one line."""

    text: str
    kind: ParagraphKind = ParagraphKind.TEXT


@dataclass(frozen=True, slots=True)
class Note:
    """The page's own words about its edits.

    `stated_at` is the time that the note itself gives. `wrong` and `right` are what it says stood and should stand,
    "" where it does not say. `target` is what it is about ("headline", "number", "name", "photo", …), "" if it names
    nothing. `rule` names the rule that found it. `language` is that of the rule.
    """

    text: str
    kind: NoteKind
    family: NoteFamily = NoteFamily.REVISION
    place: Place = Place.MIDDLE
    stated_at: datetime | None = None
    wrong: str = ""
    right: str = ""
    target: str = ""
    rule: str = ""
    language: str = ""

    @property
    def is_revising(self) -> bool:
        """Whether it says that something was changed: time stamps and remarks do not."""
        return self.family is NoteFamily.REVISION

    _repr_html_ = in_notebook


@dataclass(frozen=True, slots=True)
class Stamp:
    """One statement of when the article was published or modified, and where the page made it.

    `what` is "published" or "modified", `source` for example "json-ld", "meta" or "text", `text` the words as they
    stood there. `precise` is False where only a day was given; `at` is then its midnight, UTC.
    """

    what: str
    at: datetime
    source: str
    text: str = ""
    precise: bool = True


@dataclass(frozen=True, slots=True)
class StatedHeadline:
    """A headline that a page gives its article; `source` is "h1", "og:title", "twitter:title", "json-ld" or "title"."""

    source: str
    text: str


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of an article: its absolute address, what is written under it, and what stands for it (`alt`)."""

    url: str
    caption: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A link in the text of an article: its absolute address and its words."""

    url: str
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a live blog: the half-open range of its paragraphs, and the time it bears (None: it bears none)."""

    start: int
    end: int
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Counter:
    """A figure that runs by itself, as a person says of its site: its value, and the words around that tell it."""

    value: str
    before: str = ""
    after: str = ""


_MAKE = "Story.from_paragraphs(headline, [text, …]) makes a story of texts"


@dataclass(frozen=True)
class Story:
    """What was read out of one snapshot.

    Two stories say the same when their fingerprints are equal: headline, deck, byline, paragraphs and the notes of
    the families revision and meta wherever they stand, with glyph variants folded. `published` and `modified` are
    the times we believe; `stamps` is every time the page stated. `extractor` is the stamp of the code that read it,
    `reader` where it found the body: in the "page", by a site's "rules", in its "json-ld" or in a "script"; "text"
    where there was no page but plain text.

    `authors` are the names in the byline. `headlines` is every headline that the page states, each with its source: its
    `<title>` or og:title often still says what the headline said first. `images` and `links` are those of the article.
    `free` is whether the page calls itself accessible for free, None where it does not say; `schema_type` what it calls
    itself in schema.org's terms ("NewsArticle"), "" where it does not; `live` whether that, or its structure, is a live
    blog; `entries` are the parts of one. `beside` is running text that stands near the body and is no part of it.
    `next_page` is the address of the second page where this one is the first of an article in several, "" where none is
    known; `counters` are its figures that run by themselves, as the rules of its site tell. None of these is part of
    the fingerprint.
    """

    headline: str = ""
    deck: str = ""
    byline: str = ""
    published: datetime | None = None
    modified: datetime | None = None
    language: str = ""
    paragraphs: tuple[Paragraph, ...] = ()
    notes: tuple[Note, ...] = ()
    canonical_url: str = ""
    site: str = ""
    section: str = ""
    stamps: tuple[Stamp, ...] = ()
    extractor: str = ""
    authors: tuple[str, ...] = ()
    headlines: tuple[StatedHeadline, ...] = ()
    images: tuple[Image, ...] = ()
    links: tuple[Link, ...] = ()
    free: bool | None = None
    live: bool = False
    schema_type: str = ""
    reader: str = "page"
    beside: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    next_page: str = ""
    counters: tuple[Counter, ...] = ()

    def __post_init__(self) -> None:
        """Raise WrongTypeError for a text that is none: paragraphs given as the deck would be read letter by letter."""
        for text in (self.headline, self.deck, self.byline):
            if text.__class__ is not str:
                expect(text, str, "headline, deck and byline of a story are texts", _MAKE)
        if self.paragraphs:
            expect(self.paragraphs[0], Paragraph, "the paragraphs of a story are Paragraphs", _MAKE)

    @classmethod
    def from_paragraphs(cls, headline: str, paragraphs: Sequence[str | Paragraph]) -> Self:
        """Make a story of given text as it is, lifting nothing out."""
        if isinstance(paragraphs, str):
            expect(paragraphs, list, "from_paragraphs takes a headline and a list of texts", "read_text parts a text")
        for paragraph in paragraphs:
            expect(paragraph, (str, Paragraph), "paragraphs are texts", "give a list of them")
        return cls(
            headline=headline,
            paragraphs=tuple(p if isinstance(p, Paragraph) else Paragraph(p) for p in paragraphs),
        )

    def __repr__(self) -> str:
        """Say what a person wants to know of it at a prompt: a whole story fills screens."""
        return f"<Story {self.headline!r}, paragraphs={len(self.paragraphs)}, notes={len(self.notes)}>"

    _repr_html_ = in_notebook

    @cached_property
    def text(self) -> str:
        """The running text: the paragraphs joined by a blank line, without headline, captions and notes."""
        return "\n\n".join(p.text for p in self.paragraphs if p.kind is not ParagraphKind.CAPTION)

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256, in hex, of what makes this story another one when it changes."""
        parts = [
            [fold(self.headline), fold(self.deck), fold(self.byline)],
            [[p.kind, fold(p.text)] for p in self.paragraphs],
            sorted([n.kind, fold(n.text)] for n in self.notes if n.family is not NoteFamily.TIMESTAMP),
        ]
        return hashlib.sha256(json.dumps(parts, ensure_ascii=True).encode()).hexdigest()
