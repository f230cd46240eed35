"""Gather what pages need from an archive, as values that rendering takes. Serves files and a live server alike."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from heapq import merge
from itertools import islice
from urllib.parse import urlsplit

from revtrack.archive import Archive, LogEntry
from revtrack.archive.values import Habits, LastLook, Lifetime, Order, Reach, Selection
from revtrack.diffing import diff
from revtrack.evidence.checkpoints import witnesses_of
from revtrack.evidence.witnessing import captures_of
from revtrack.model import Article, Event, Happening, Report, Reported, Revision, Snapshot, Story, Version
from revtrack.rendering.fronts import NoteLine
from revtrack.rendering.lines import UNTITLED, HappeningLine, ListLine, RevisionLine
from revtrack.rendering.links import Links
from revtrack.rendering.passages import passages_of
from revtrack.rendering.pieces import Pieces, field_pieces, plain_pieces
from revtrack.rendering.revision_page import RevisionPage
from revtrack.rendering.searches import FoundLine
from revtrack.rendering.sources import SourceFacts
from revtrack.rendering.unread import came_to, is_failure, sites_in_trouble
from revtrack.rendering.visible import visible
from revtrack.rendering.wording import clock, count, facts
from revtrack.urls import host_of
from revtrack.verdicts.lateness import Late, Step, late_notes

Titles = Mapping[str, str]
"""What sources call themselves, by their URLs (`Archive.titles`)."""
_HAPPENINGS = frozenset({Event.GONE, Event.BACK})


def changes_of(
    archive: Archive, selection: Selection, *, order: Order, limit: int | None = None, offset: int = 0
) -> Iterator[LogEntry]:
    """Yield the revisions that fit, and among them when an article went or came back, in an order for readers."""
    happened = archive.happenings(selection)
    if not happened:
        return archive.changes(selection, order=order, limit=limit, offset=offset)
    end = None if limit is None else offset + limit
    rank = _by_weight if order is Order.WEIGHT else _by_age if order is Order.NEWEST else _by_time
    happened = happened[::-1] if order is Order.OLDEST else happened
    merged = merge(archive.changes(selection, order=order, limit=end), happened, key=rank)
    return islice(merged, offset, end)


def count_changes_of(archive: Archive, selection: Selection) -> int:
    """Return how many entries `changes_of` yields without a limit."""
    return archive.count_changes(selection) + len(archive.happenings(selection))


def nothing_told(selection: Selection, reach: Reach) -> str:
    """Return the sentence that stands where no change fits: since when, and of how many articles that were read."""
    such = "" if replace(selection, since=None, until=None) == Selection() else "such "
    since = f" since {clock(selection.since)}" if selection.since else ""
    when = f"{since} until {clock(selection.until)}" if selection.until else since or " so far"
    return f"No {such}change{when} ({_reached(reach)})."


def unread_told(reach: Reach) -> str:
    """Return the sentence that stands below changes where some articles could not be read; "" where all could."""
    return f"Not all could be read: {_reached(reach)}." if reach.unread else ""


def _reached(reach: Reach) -> str:
    trouble = in_trouble(reach.unread)
    if reach.read == reach.looked_at:
        last = f"; at the last look {trouble}" if trouble else ""
        return f"{count(reach.looked_at, 'article')} looked at{last}"
    of = f"{reach.read:,} of {count(reach.looked_at, 'article')} could be read"
    return f"{of}; {trouble}" if trouble else of


def in_trouble(unread: Iterable[LastLook]) -> str:
    """Return in words which sites did what at last looks that read no page; "" where there were none."""
    return sites_in_trouble((_site(one.url), came_to(one.outcome, is_answered=one.is_answered)) for one in unread)


def unread_now(archive: Archive) -> str:
    """Return the sentence about articles that are followed and could not be read at their last look, "" for none.

    A page that is gone is no trouble: it is told as such.
    """
    unread = [one for one in archive.reach(Selection()).unread if not one.is_retired and is_failure(one.outcome)]
    return (
        f"{count(len(unread), 'article')} could not be read at the last look: {in_trouble(unread)}." if unread else ""
    )


def _by_weight(entry: LogEntry) -> float:
    return -(entry.verdict.weight if entry.verdict else Happening.weight if entry.event in _HAPPENINGS else -100)


def _by_time(entry: LogEntry) -> float:
    return entry.at.timestamp()


def _by_age(entry: LogEntry) -> float:
    return -entry.at.timestamp()


def newest_changes(archive: Archive, selection: Selection, limit: int) -> list[LogEntry]:
    """Return the newest changes that fit, weightiest first."""
    newest = changes_of(archive, selection, order=Order.NEWEST, limit=limit)
    return sorted(newest, key=_weight)  # stable: of one weight, the newest stay first


def _weight(entry: LogEntry) -> tuple[float, float]:
    return _by_weight(entry), -(entry.verdict.age or 0.0) if entry.verdict else 0.0


def lines_of(entries: Iterable[LogEntry], titles: Titles) -> list[ListLine]:
    """Return entries that are revisions, or a page that went or came back, as lines of a list."""
    return [_line_of(entry, titles) for entry in entries if entry.verdict or entry.event in _HAPPENINGS]


def _line_of(entry: LogEntry, titles: Titles) -> ListLine:
    site = site_of(entry.article, titles)
    if entry.verdict is None:
        return HappeningLine(
            article_id=entry.article.id,
            headline=plain_pieces(entry.headline or UNTITLED),
            event=entry.event,
            told=visible(entry.why) if entry.event is Event.GONE else "",
            at=entry.at,
            site=site,
            origin=entry.origin,
            url=entry.article.url,
        )
    return RevisionLine(
        article_id=entry.article.id,
        old=(entry.version or 0) - 1,
        new=entry.version or 0,
        headline=_headline(entry),
        verdict=entry.verdict,
        at=entry.at,
        site=site,
        facts=facts(entry.verdict),
        notes=entry.notes,
        revert_of=entry.revert_of,
        flapping=entry.flapping,
        origin=entry.origin,
        redaction=entry.redaction,
        url=entry.article.url,
    )


def _headline(entry: LogEntry) -> Pieces:
    if entry.headline_before and entry.headline_before != entry.headline:
        changed = diff(Story(headline=entry.headline_before), Story(headline=entry.headline)).fields
        if changed:
            return field_pieces(changed[0])
    return plain_pieces(entry.headline or UNTITLED)


def note_lines(entries: Iterable[LogEntry], titles: Titles) -> list[NoteLine]:
    """Return entries that brought notes of the publisher's edits as lines of the ledger."""
    return [
        NoteLine(
            article_id=entry.article.id,
            version=entry.version or 0,
            headline=entry.headline or UNTITLED,
            site=site_of(entry.article, titles),
            at=entry.at,
            notes=tuple(note for note in entry.notes if note.is_revising),
        )
        for entry in entries
    ]


def found_lines(found: Iterable[Lifetime]) -> list[FoundLine]:
    """Return where words stood as lines of the page that searches."""
    return [
        FoundLine(
            article_id=one.article.id,
            headline=one.article.headline or UNTITLED,
            site=site_of(one.article, {}),
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


def named_sources(habits: Iterable[Habits], titles: Titles, links: Links) -> list[tuple[SourceFacts, str]]:
    """Return the habits of sources under what a reader calls them, each with the address of its page."""
    return [(replace(facts_of(one), source=name_of(one.source, titles)), links.source(one.source)) for one in habits]


def name_of(source: str, titles: Titles) -> str:
    """Return what a reader calls a source: its title, and a feed's site and path; the site of what a person added."""
    if "://" not in source:
        return f"{source.removeprefix('www.')}, added by hand"
    return _behind_title(titles.get(source, ""), f"{_site(source)}{urlsplit(source).path.rstrip('/')}")


def site_of(article: Article, titles: Titles) -> str:
    """Return what a reader calls the site of an article, behind the title of the source that brought it."""
    return _behind_title(titles.get(article.source, ""), _site(article.url))


def _site(url: str) -> str:
    return host_of(url).removeprefix("www.")


def _behind_title(title: str, place: str) -> str:
    return f"{title} · {place}" if title else place


def full_lines_of(archive: Archive, entries: Iterable[LogEntry]) -> Iterator[ListLine]:
    """Yield entries as lines of a list, with the passages that changed."""
    titles = archive.titles()
    for entry in entries:
        line = _line_of(entry, titles)
        if isinstance(line, HappeningLine):
            yield line
        else:
            passages, more = passages_of(archive.revision(entry.article, line.old, line.new))
            yield replace(line, passages=passages, more=more)


def reports_of(archive: Archive, entries: Iterable[LogEntry], links: Links | None = None) -> Iterator[Report]:
    """Yield entries that are revisions with all that changed, one at a time, and pages that went or came back."""
    for entry in entries:
        if entry.version and entry.version > 1:
            revision = archive.revision(entry.article, entry.version - 1, entry.version)
            yield reported(entry, revision, links)
        elif entry.event in _HAPPENINGS:
            yield happening_of(entry, links)


def happening_of(entry: LogEntry, links: Links | None = None) -> Happening:
    """Return that a page went or came back as reports take it."""
    link = links.article(entry.article.id) if links else ""
    return Happening(entry.article, entry.event, entry.at, entry.why, entry.origin, link)


def reported(entry: LogEntry, revision: Revision, links: Links | None = None) -> Reported:
    """Return an entry with its revision as reports take it."""
    new = entry.version or 0
    link = links.revision(entry.article.id, new - 1, new) if links else ""
    return Reported(entry.article, revision, judged_at=entry.judged_at or entry.at, origin=entry.origin, link=link)


def brief_reports_of(entries: Iterable[LogEntry], links: Links | None = None) -> Iterator[Report]:
    """Yield entries that are revisions without what changed in the text: no story is read for it, and none compared."""
    for entry in entries:
        if entry.event in _HAPPENINGS:
            yield happening_of(entry, links)
        elif entry.verdict:
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


def revision_page_of(archive: Archive, article: Article, old: int, new: int) -> RevisionPage:
    """Return what the page of the step between any two versions of an article shows, the older first.

    Raises InputError for versions that there are not.
    """
    revision = archive.revision(article, old, new)
    versions = {version.number: version for version in archive.versions(article)}
    before, after = (_first_look(archive, versions[number]) for number in (old, new))
    captures = captures_of(witnesses_of(archive), article.id, versions.values())
    return RevisionPage(
        revision,
        article,
        max(versions),
        before,
        after,
        late=late_notes_of(archive, article),
        captures=(captures.get(old), captures.get(new)),
    )


def _first_look(archive: Archive, version: Version) -> Snapshot | None:
    return archive.snapshot(version.first_snapshot) if version.first_snapshot else None


def late_notes_of(archive: Archive, article: Article) -> tuple[Late, ...]:
    """Return the notes of an article that came later than what they explain."""
    entries = archive.changes(Selection(articles=(article.id,)), order=Order.OLDEST)
    return late_notes(
        Step(one.version, one.at, one.verdict.lag, one.notes) for one in entries if one.version and one.verdict
    )
