"""Gather what pages need from an archive, as values that rendering takes. Serves files and a live server alike."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from urllib.parse import urlsplit

from revtrack.archive import Archive, LogEntry
from revtrack.archive.values import Habits, Lifetime, Order, Selection
from revtrack.diffing import diff
from revtrack.model import Article, Reported, Revision, Story
from revtrack.rendering.fronts import NoteLine
from revtrack.rendering.lateness import Late, Step, late_notes
from revtrack.rendering.lines import UNTITLED, RevisionLine
from revtrack.rendering.links import Links
from revtrack.rendering.pieces import Pieces, field_pieces, plain_pieces
from revtrack.rendering.searches import FoundLine
from revtrack.rendering.sources import SourceFacts
from revtrack.rendering.wording import facts
from revtrack.urls import host_of


def newest_changes(archive: Archive, selection: Selection, limit: int) -> list[LogEntry]:
    """Return the newest changes that fit, weightiest first."""
    newest = archive.changes(selection, order=Order.NEWEST, limit=limit)
    return sorted(newest, key=_weight, reverse=True)  # stable: of one weight, the newest stay first


def _weight(entry: LogEntry) -> tuple[float, float]:
    return (entry.verdict.weight, entry.verdict.age or 0.0) if entry.verdict else (-100, 0.0)


def lines_of(entries: Iterable[LogEntry]) -> list[RevisionLine]:
    """Return entries that are revisions as lines of a list."""
    return [
        RevisionLine(
            article_id=entry.article.id,
            old=(entry.version or 0) - 1,
            new=entry.version or 0,
            headline=_headline(entry),
            verdict=entry.verdict,
            at=entry.at,
            site=site_of(entry.article.url),
            facts=facts(entry.verdict),
            notes=entry.notes,
            revert_of=entry.revert_of,
            flapping=entry.flapping,
            origin=entry.origin,
            redaction=entry.redaction,
        )
        for entry in entries
        if entry.verdict
    ]


def _headline(entry: LogEntry) -> Pieces:
    if entry.headline_before and entry.headline_before != entry.headline:
        changed = diff(Story(headline=entry.headline_before), Story(headline=entry.headline)).fields
        if changed:
            return field_pieces(changed[0])
    return plain_pieces(entry.headline or UNTITLED)


def note_lines(entries: Iterable[LogEntry]) -> list[NoteLine]:
    """Return entries that brought notes as lines of the ledger."""
    return [
        NoteLine(
            article_id=entry.article.id,
            version=entry.version or 0,
            headline=entry.headline or UNTITLED,
            site=site_of(entry.article.url),
            at=entry.at,
            notes=entry.notes,
        )
        for entry in entries
    ]


def found_lines(found: Iterable[Lifetime]) -> list[FoundLine]:
    """Return where words stood as lines of the page that searches."""
    return [
        FoundLine(
            article_id=one.article.id,
            headline=one.article.headline or UNTITLED,
            site=site_of(one.article.url),
            place=one.place,
            text=one.text,
            first=one.first,
            last=one.last,
            first_seen=one.first_seen,
            last_seen=one.last_seen,
            gone_at=one.gone_at,
        )
        for one in found
    ]


def facts_of(habits: Habits) -> SourceFacts:
    """Return a source's habits as its page takes them."""
    return SourceFacts(**asdict(habits))


def name_of(source: str) -> str:
    """Return what a reader calls a source: a feed's site and path, or the site of articles that a person added."""
    if "://" not in source:
        return f"{source.removeprefix('www.')}, added by hand"
    return f"{site_of(source)}{urlsplit(source).path.rstrip('/')}"


def site_of(url: str) -> str:
    """Return what a reader calls the site of a URL."""
    return host_of(url).removeprefix("www.")


def reports_of(archive: Archive, entries: Iterable[LogEntry], links: Links | None = None) -> Iterator[Reported]:
    """Yield entries that are revisions with all that changed, one at a time."""
    for entry in entries:
        if entry.version and entry.version > 1:
            revision = archive.revision(entry.article, entry.version - 1, entry.version)
            yield reported(entry, revision, links)


def reported(entry: LogEntry, revision: Revision, links: Links | None = None) -> Reported:
    """Return an entry with its revision as reports take it."""
    new = entry.version or 0
    link = links.revision(entry.article.id, new - 1, new) if links else ""
    return Reported(entry.article, revision, judged_at=entry.judged_at or entry.at, origin=entry.origin, link=link)


def brief_reports_of(entries: Iterable[LogEntry], links: Links | None = None) -> Iterator[Reported]:
    """Yield entries that are revisions without what changed in the text: no story is read for it, and none compared."""
    for entry in entries:
        if entry.verdict:
            headlines = ("", "") if entry.redaction else (entry.headline_before, entry.headline)
            before, now = (Story(headline=headline) for headline in headlines)
            revision = Revision(
                diff=diff(before, now),
                notes=entry.notes,
                verdict=entry.verdict,
                url=entry.article.url,
                old=(entry.version or 0) - 1,
                new=entry.version,
                after=entry.after,
                seen_at=entry.at,
                last_seen=entry.last_seen,
                looks=entry.looks or 1,
                revert_of=entry.revert_of,
                flapping=entry.flapping,
                redaction=entry.redaction,
            )
            yield reported(entry, revision, links)


def late_notes_of(archive: Archive, article: Article) -> tuple[Late, ...]:
    """Return the notes of an article that came later than what they explain."""
    entries = archive.changes(Selection(articles=(article.id,)), order=Order.OLDEST)
    return late_notes(
        Step(one.version, one.at, one.verdict, one.notes) for one in entries if one.version and one.verdict
    )
