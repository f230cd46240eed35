"""The nouns of revtrack as frozen values. Knows nobody: no store, no network, no clock.

Snapshots are facts; stories, versions, notes, diffs and verdicts are derived from them and can be derived again.
All times are aware and UTC; all text is NFC. Enumerations are strings, so they print and serialise as themselves.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from importlib import import_module
from typing import Any, ClassVar, Self

from revtrack.taking import expect
from revtrack.text import fold


class Outcome(StrEnum):
    """What one look at an article came to."""

    OK = "ok"
    NOT_MODIFIED = "not_modified"
    REDIRECTED_AWAY = "redirected_away"
    GONE = "gone"
    BLOCKED = "blocked"
    PAYWALLED = "paywalled"
    NOT_ARTICLE = "not_article"
    FAILED = "failed"


READ = frozenset({Outcome.OK, Outcome.NOT_MODIFIED})
"""What looks come to that read the page, or hear that it is the one that was read; their texts are in it, too."""


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


class Significance(StrEnum):
    """How much a change matters to what the article states, in rising order (levels 0 to 4)."""

    COSMETIC = "cosmetic"
    MINOR = "minor"
    DETAIL = "detail"
    SUBSTANTIVE = "substantive"
    MAJOR = "major"

    @property
    def level(self) -> int:
        """The level as a number, 0 (cosmetic) to 4 (major)."""
        return _LEVELS[self]


_LEVELS = {level: place for place, level in enumerate(Significance)}


class Disclosure(StrEnum):
    """Whether the publisher said so, from best to worst; `not_needed` below level 2."""

    NOT_NEEDED = "not_needed"
    DISCLOSED = "disclosed"
    LATE = "late"
    PARTLY = "partly"
    VAGUE = "vague"
    STAMPED = "stamped"
    UNDISCLOSED = "undisclosed"

    @property
    def rank(self) -> int:
        """The place in the order from best (0) to worst (6)."""
        return _RANKS[self]


_RANKS = {disclosure: place for place, disclosure in enumerate(Disclosure)}


# --- what was seen -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Article:
    """One tracked piece with one identity, whatever URLs it has had.

    `url` is its canonical address and `urls` every address that has led to it, that one first. `headline` is that of
    its newest version, empty before the first. `source` is what made it tracked (a feed's URL, or "" for `add URL`).
    `not_before` is when its server asked us not to come back before. `same_as` is the id of the article that this one
    turned out to be, None if it is its own; it is not looked at any more, and what was seen of it stays. `retired_at`
    is when it was let go, None while it is looked at, and `back_at` when it last came back after that.
    """

    id: int
    url: str
    headline: str = ""
    urls: tuple[str, ...] = ()
    source: str = ""
    added_at: datetime | None = None
    checked_at: datetime | None = None
    changed_at: datetime | None = None
    due_at: datetime | None = None
    not_before: datetime | None = None
    outcome: Outcome | None = None
    versions: int = 0
    same_as: int | None = None
    retired_at: datetime | None = None
    back_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Validators:
    """What the server gave to ask "has it changed?" with: the values of ETag and Last-Modified, empty if absent.

    `url` is the address that gave them, "" for the one that is asked for. They say nothing of any other.
    """

    etag: str = ""
    last_modified: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where articles come from: a feed or sitemap that is read again for new ones.

    `reason` says what was wrong at the last reading, `parent` which source listed this one, "" if a person added it.
    `validators` are those of its last reading. `title` is what a feed calls itself, "" where it says nothing.
    """

    id: int
    url: str
    kind: str
    added_at: datetime
    checked_at: datetime | None = None
    due_at: datetime | None = None
    reason: str = ""
    parent: str = ""
    validators: Validators = field(default_factory=Validators)
    title: str = ""


@dataclass(frozen=True, slots=True)
class Redirect:
    """One hop: the status that sent us on, and where to."""

    status: int
    url: str


@dataclass(frozen=True, slots=True)
class Tls:
    """The secure connection that a look came by.

    `version` and `cipher` are named as OpenSSL does; `certificate` is the SHA-256 of the server's own (DER), in hex.
    """

    version: str = ""
    cipher: str = ""
    certificate: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a look came from that is not our own.

    `kind` says from what: "wayback", "memento", "warc", "git", "folder", "table", "newsdiffs", "diffengine",
    "urlwatch", "webchanges", "changedetection" or "newsedits"; `place` is the file, URL or commit it was there,
    `imported_at` when it was brought in.
    """

    kind: str
    place: str = ""
    imported_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Redaction:
    """Why and when the contents of something were taken out; that it was there, and its proof, stay."""

    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One look at a URL: what was asked, what came back, and the outcome.

    `body` is the message content as received, content codings and all (None when none came, as for a 304);
    `body_sha256` its hash in lower-case hex. `decoded` is the same with its codings removed: at hand after a fetch,
    not stored, None where the body is incomplete or undecodable. `status` is None when no response came. `reason`
    says in words why the outcome is not `ok`. `elapsed` is in seconds. `id` is None until the archive has recorded it.
    `peer` is the address and port that answered, "" if none did, `tls` the secure connection to it, None for a plain
    one. `noarchive` is whether the page or its headers ask that no copy of it be shown to others. `origin` is None for
    a look of our own, `redaction` None where its contents are there.
    """

    url: str
    fetched_at: datetime
    outcome: Outcome
    status: int | None = None
    reason: str = ""
    final_url: str = ""
    redirects: tuple[Redirect, ...] = ()
    request_headers: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = field(default=None, repr=False)
    body_sha256: str = ""
    decoded: bytes | None = field(default=None, repr=False, compare=False)
    elapsed: float = 0.0
    id: int | None = None
    peer: str = ""
    tls: Tls | None = None
    noarchive: bool = False
    origin: Origin | None = None
    redaction: Redaction | None = None

    def header(self, name: str) -> str:
        """Return the value of a response header, or "" (names compare without regard to case)."""
        wanted = name.lower()
        return ", ".join(value for key, value in self.headers if key.lower() == wanted)

    @property
    def validators(self) -> Validators:
        """What to send next time to be told that nothing changed."""
        return validators_of(self.headers, self.final_url)


def validators_of(headers: Iterable[Sequence[str]], url: str) -> Validators:
    """Return what an answer from a URL gave to ask "has it changed?" with, by its headers."""
    given: dict[str, list[str]] = {"etag": [], "last-modified": []}
    for name, value in headers:
        if (lower := name.lower()) in given:
            given[lower].append(value)
    return Validators(", ".join(given["etag"]), ", ".join(given["last-modified"]), url)


def _in_notebook(noun: object) -> str:
    """Return a noun as notebooks show it: the page's words escaped, nothing that loads, runs or styles the page."""
    # By name, when asked: the nouns know nobody, and a notebook asks nobody else.
    return str(import_module("revtrack.rendering.notebook").show(noun))


# --- what was read -----------------------------------------------------------------------------------------------


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

    _repr_html_ = _in_notebook


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
    blog; `entries` are the parts of one. `beside` is running text that stands near the body and is no part of it. None
    of these is part of the fingerprint.
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

    _repr_html_ = _in_notebook

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


class _WhenAsked:
    """A field that may be set to a function of its owner, which is called when the field is first asked for."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, owner: Any, kind: type | None = None) -> Any:  # noqa: ANN401 - whatever the field holds
        if owner is None:
            return ()  # the default, which a dataclass asks of its class
        value = owner.__dict__[self._name]
        if callable(value):
            value = owner.__dict__[self._name] = value(owner)
        return value

    def __set__(self, owner: Any, value: Any) -> None:  # noqa: ANN401 - whatever the field holds
        owner.__dict__[self._name] = value


@dataclass(frozen=True)
class Version:
    """A story that differs from the one before it, numbered from 1 within its article.

    `first_snapshot` is the id of the snapshot it was read from. `looks` counts the looks that found it standing.
    `revert_of` is the number of an earlier version with the same fingerprint, None if it is new; `flapping` marks an
    alternation between two texts (an A/B test, most often). `modified` is the newest time of change that the page
    itself stated while this version stood. `seen_by` names the kinds of origin of the looks that found it, "live" for
    our own, and is empty where nothing was ever brought in for its article. `redaction` is None unless its text was
    taken out.
    """

    number: int
    story: Story
    first_seen: datetime
    last_seen: datetime
    looks: int = 1
    first_snapshot: int | None = None
    revert_of: int | None = None
    flapping: bool = False
    modified: datetime | None = None
    seen_by: tuple[str, ...] = ()
    redaction: Redaction | None = None


_when_asked = _WhenAsked()  # an archive builds a story only where it is read
_when_asked.__set_name__(Version, "story")
Version.story = _when_asked  # type: ignore[assignment]  # gives and takes what is said there


# --- what changed ------------------------------------------------------------------------------------------------


class Op(StrEnum):
    """What happened to a stretch of text."""

    KEEP = "keep"
    MOVE = "move"
    DELETE = "delete"
    INSERT = "insert"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of both texts: half-open ranges in characters of the paragraphs joined by one line feed.

    A kept or moved segment has the same text on both sides; a deleted one is empty on the new side, an inserted one
    on the old. `move` numbers the move it belongs to, from 1; None outside moves.
    """

    op: Op
    old_start: int
    old_end: int
    new_start: int
    new_end: int
    move: int | None = None


class BlockOp(StrEnum):
    """What happened to a run of paragraphs."""

    KEEP = "keep"
    EDIT = "edit"
    MOVE = "move"
    SPLIT = "split"
    MERGE = "merge"
    ADD = "add"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Block:
    """A run of paragraphs and what happened to it, in the order a reader meets it.

    `old` and `new` are half-open ranges of paragraph indices; for an addition `old` is empty and stands where the
    text would have been, and the other way round. `segments` cover the block's text on both sides, line feeds between
    its paragraphs and the one after it included. A `move` block stands where the text is now; `move` is its number.
    Words that moved alone, from one block to another, are a `move` segment of the block where they are now, with the
    characters on the old side where they were; the block they left does not hold them.
    """

    op: BlockOp
    old: tuple[int, int]
    new: tuple[int, int]
    segments: tuple[Segment, ...]
    move: int | None = None


@dataclass(frozen=True, slots=True)
class FieldDiff:
    """The difference of one field that is not the body: "headline", "deck" or "byline".

    Segments count characters of `old` and `new`.
    """

    field: str
    old: str
    new: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True)
class Change:
    """One edit as a reader would name it.

    `where` is "headline", "deck", "byline" or the kind of the paragraph ("text", "caption", "quote", …). `old` and
    `new` are the words that differ, "" for what was not there; `old_sentence` and `new_sentence` the sentences they
    stand in; `old_paragraph` and `new_paragraph` indices into the stories, None where there is none. `op` is "replace",
    "insert", "delete", "move", "split", "merge", "add" (a paragraph) or "remove" (a paragraph). `tags` says what the
    words are about: "number", "money", "percent", "date", "name", "place", "quote", "quote_removed", "attribution",
    "hedge", "negation", "state", or how they are written: "typography", "punctuation", "capitals", "spelling",
    "whitespace"; in alphabetical order. To tell them costs more than to find the edit, so it is done when they are
    first asked for.
    """

    op: str
    where: str
    old: str
    new: str
    old_sentence: str = ""
    new_sentence: str = ""
    old_paragraph: int | None = None
    new_paragraph: int | None = None
    tags: tuple[str, ...] = _WhenAsked()  # type: ignore[assignment] # gives and takes what is said here

    def __getstate__(self) -> dict[str, Any]:
        """Return what is pickled and copied: with its tags, not with the texts that they are told from."""
        return self.__dict__ | {"tags": self.tags}


@dataclass(frozen=True)
class Diff:
    """The aligned difference of two stories.

    `blocks` cover every paragraph of both stories once; `fields` hold the headline, deck and byline where they differ;
    `changes` lists the edits of fields and body in reading order; naming them costs as much as finding them, so it is
    done when they are first asked for.
    """

    old: Story = field(repr=False)
    new: Story = field(repr=False)
    blocks: tuple[Block, ...] = ()
    fields: tuple[FieldDiff, ...] = ()
    changes: tuple[Change, ...] = _WhenAsked()  # type: ignore[assignment] # gives and takes what is said here

    def __repr__(self) -> str:
        """Say how much differs; naming the changes, which costs something, is not done for it."""
        edited = sum(block.op is not BlockOp.KEEP for block in self.blocks)
        fields = "".join(f", {one.field}" for one in self.fields)
        return f"<Diff: {edited} of {len(self.blocks)} blocks{fields}>"

    _repr_html_ = _in_notebook

    @cached_property
    def old_text(self) -> str:
        """The old body as segments count it: paragraphs joined by one line feed."""
        return "\n".join(p.text for p in self.old.paragraphs)

    @cached_property
    def new_text(self) -> str:
        """The new body as segments count it."""
        return "\n".join(p.text for p in self.new.paragraphs)

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """The flat form of the diff, in reading order: every character of both bodies in exactly one segment."""
        return tuple(segment for block in self.blocks for segment in block.segments)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a change matters as much as it does, and whether it was disclosed.

    `feature` names what was found ("number", "negation", "headline_reworded", …), `before` and `after` show it.
    `change` indexes `Diff.changes`, None for a reason about the whole. `note` indexes `Story.notes` of the new story:
    the note that explains this change.
    """

    feature: str
    significance: Significance
    where: str
    before: str = ""
    after: str = ""
    disclosure: Disclosure = Disclosure.NOT_NEEDED
    change: int | None = None
    note: int | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """How much a revision matters and whether the publisher said so.

    `significance` is the highest among its reasons; `disclosure` the worst among those of level 3 or more (of level 2
    if there is none above). `reasons` are in falling order of weight. `events` are facts about notes: "note_withdrawn",
    "note_reworded"; "settling" and "living" mark what is edited all day: a page just published, a live blog. `lag` is
    the time in seconds from the change to a later version's note, `age` that from the page's publication to the change,
    as far as it was seen; None where it is not known.
    """

    significance: Significance
    disclosure: Disclosure
    reasons: tuple[Reason, ...] = ()
    events: tuple[str, ...] = ()
    lag: float | None = None
    age: float | None = None

    @property
    def weight(self) -> int:
        """What lists are ranked by: the level, then disclosure from worst to best.

        What is edited all day, a page just published or a live blog, counts as one level lower than it is.
        """
        is_busy = "settling" in self.events or "living" in self.events
        return 10 * (self.significance.level - is_busy) + self.disclosure.rank

    def __repr__(self) -> str:
        """Say what a person wants to know of it at a prompt: its reasons quote the page, and may be hundreds."""
        told = "".join(f", {event}" for event in self.events)
        reasons = f"{len(self.reasons)} reason{'s' * (len(self.reasons) != 1)}"
        first = f", first {self.reasons[0].feature}" if self.reasons else ""
        return f"<Verdict: {self.significance.value}, {self.disclosure.value}{told}; {reasons}{first}>"

    _repr_html_ = _in_notebook


@dataclass(frozen=True)
class Revision:
    """The step from one version to the next: its diff, the notes that came with it, its verdict.

    `notes` are those that are new or reworded in the new story, `late` those of a later version that explain this
    change (see `Verdict.lag`); `beside` is what text is new beside the article: perhaps a note, in words that no rule
    knows. Outside an archive the rest keeps its defaults: `old` and `new` are version numbers; the edit was made after
    `after` (the old version was last seen then) and was there at `seen_at`; `looks` counts the looks that have found
    the new version since. Of a step from or to a version whose text was taken out, `redaction` says why, and the diff
    is empty.
    """

    diff: Diff
    notes: tuple[Note, ...]
    verdict: Verdict
    beside: tuple[str, ...] = ()
    url: str = ""
    old: int | None = None
    new: int | None = None
    after: datetime | None = None
    seen_at: datetime | None = None
    last_seen: datetime | None = None
    looks: int = 1
    revert_of: int | None = None
    flapping: bool = False
    redaction: Redaction | None = None
    late: tuple[Note, ...] = ()

    def __repr__(self) -> str:
        """Say what a person wants to know of it at a prompt."""
        step = f", {self.old} → {self.new}" if self.new else ""
        verdict = f"{self.verdict.significance.value}, {self.verdict.disclosure.value}"
        return f"<Revision of {self.diff.new.headline!r}{step}: {verdict}, notes={len(self.notes)}>"

    _repr_html_ = _in_notebook


@dataclass(frozen=True)
class Reported:
    """A revision as reports and alerts tell it: whose it is, and when its verdict was given as it stands.

    `judged_at` is the time of the look that led to the verdict: that of the edit, a later one where a note came later.
    `origin` names where history was brought in from, "" for what this archive looked at itself. `link` is the address
    of the revision's page, "" where there is none.
    """

    article: Article
    revision: Revision
    judged_at: datetime
    origin: str = ""
    link: str = ""


@dataclass(frozen=True)
class Happening:
    """That an article's page was gone, or came back, as reports tell it beside revisions.

    `why` is what was wrong with the look that found it so, `at` when that was made. `origin` and `link` are as those of
    `Reported`; the page is the article's.
    """

    weight: ClassVar[int] = 10 * Significance.SUBSTANTIVE.level - 1
    """What lists rank it by (`Verdict.weight`): behind every substantive revision, before what is below."""

    article: Article
    event: "Event"
    at: datetime
    why: str = ""
    origin: str = ""
    link: str = ""


Report = Reported | Happening
"""What reports and feeds are made of."""


class Event(StrEnum):
    """What a check of one article found; `moved` stands in the log alone, beside what the look found."""

    FIRST = "first"
    UNCHANGED = "unchanged"
    REVISED = "revised"
    SUSPECT = "suspect"
    GONE = "gone"
    TROUBLE = "trouble"
    BACK = "back"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What one check of one article came to.

    `revision` is set for `revised` alone, `version` for `first` and `revised`. `why` names the cheapest test that
    settled it ("304", "same bytes", "same story" and what is new beside it) or, in trouble, the reason. `due_at` is
    when we look again.
    """

    article: Article
    snapshot: Snapshot
    event: Event
    why: str = ""
    version: Version | None = None
    revision: Revision | None = None
    due_at: datetime | None = None
