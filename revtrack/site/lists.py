"""Write lists of changes and of notes: the newest, weightiest first, and all by month. What else is listed, too."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TypeVar

from revtrack.archive import Archive, LogEntry
from revtrack.archive.values import Habits, Order
from revtrack.model import Article
from revtrack.rendering.fronts import (
    ArticlesPage,
    ChangesPage,
    Choice,
    Choices,
    NotesPage,
    articles_page,
    changes_page,
    notes_page,
)
from revtrack.rendering.wording import clock, count
from revtrack.site.addresses import ARTICLES, FRONT, SiteLinks, list_file, numbered_file, source_file
from revtrack.site.catalogue import ALL, KINDS, LEDGER, Listing, in_month, of_language, of_last_day
from revtrack.site.files import put, remove
from revtrack.site.gathering import (
    changes_of,
    lines_of,
    name_of,
    newest_changes,
    note_lines,
    site_of,
    unread_now,
)

T = TypeVar("T")

PAGE = 100
"""Lines of a page."""
_SOURCES = 8  # that the front page names


@dataclass(frozen=True)
class Lists:
    """What all lists of a site are made from.

    `dirty` are the folders and months of lists in which something changed, None where everything is written anew.
    `touched` are the articles of which anything was recorded, a look that found nothing new included.
    """

    archive: Archive
    folder: Path
    dirty: frozenset[tuple[str, str]] | None = None
    touched: frozenset[int] = frozenset()
    _months: dict[str, list[tuple[str, int]]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def is_dirty(self, folder: str, month: str = "") -> bool:
        """Whether something changed in a list, or in one month of it."""
        if self.dirty is None or (folder, month) in self.dirty:
            return True
        return not month and any(known == folder for known, _ in self.dirty)

    def is_told_anew(self, entries: Iterable[LogEntry]) -> bool:
        """Whether anything was recorded of the articles of entries: a feed tells how often each was looked at."""
        return self.dirty is None or any(entry.article.id in self.touched for entry in entries)

    @cached_property
    def titles(self) -> dict[str, str]:
        """What sources call themselves, by their URLs."""
        return self.archive.titles()

    @cached_property
    def articles(self) -> list[Article]:
        """All articles, in the order they were tracked."""
        return list(self.archive.articles())

    @cached_property
    def newest_look(self) -> datetime | None:
        """When an article was last looked at, None where none ever was."""
        return max((one.checked_at for one in self.articles if one.checked_at), default=None)

    @cached_property
    def unread(self) -> str:
        """The sentence about articles that could not be read at their last look, "" for none."""
        return unread_now(self.archive)

    @cached_property
    def last_day(self) -> Listing | None:
        """The list of the last 24 hours before the newest look, None where there was no look."""
        return of_last_day(self.newest_look) if self.newest_look else None

    @cached_property
    def habits(self) -> list[Habits]:
        """How the articles of each source are edited."""
        return self.archive.habits()

    @cached_property
    def kinds(self) -> list[tuple[Listing, int]]:
        """The lists of each kind, with how many changes are in each."""
        return [(listing, self.size(listing)) for listing in KINDS]

    @cached_property
    def languages(self) -> list[tuple[Listing, int]]:
        """The lists of each language, with how many changes are in each, the most first."""
        return [(of_language(code), number) for code, number in self.archive.languages()]

    def months(self, listing: Listing) -> list[tuple[str, int]]:
        """Return the months of a list, newest first, with how many entries are in each."""
        if listing.folder not in self._months:
            found = Counter(dict(self.archive.months(listing.selection)))
            if not listing.selection.firsts:
                found.update(f"{entry.at:%Y-%m}" for entry in self.archive.happenings(listing.selection))
            self._months[listing.folder] = sorted(found.items(), reverse=True)
        return self._months[listing.folder]

    def size(self, listing: Listing, month: str = "") -> int:
        """Return how many entries are in a list, or in one month of it."""
        return sum(number for known, number in self.months(listing) if month in {"", known})


def write_changes(lists: Lists, feeds: dict[str, tuple[tuple[str, str], ...]]) -> int:
    """Write the lists of changes of each kind and language, and the front page; return how many files were written.

    `feeds` are titles and files of feeds, by the folder of the list that they are of.
    """
    written = 0
    for listing, _ in (*lists.kinds, *lists.languages):
        written += write_months(lists, listing)
        file = _first_file(listing)
        entries = newest_changes(lists.archive, listing.selection, PAGE)
        page = _changes(lists, listing, entries, file)
        written += put(lists.folder, file, changes_page(page, SiteLinks(file, feeds.get(listing.folder, ()))))
    return written


def write_months(lists: Lists, listing: Listing) -> int:
    """Write the months of a list in which something changed, each by weight in pages; return how many files."""
    written = 0
    for month, number in lists.months(listing):
        if lists.is_dirty(listing.folder, month):
            entries = changes_of(lists.archive, in_month(listing.selection, month), order=Order.WEIGHT)
            for file, batch in _paged(lists, listing, month, number, entries):
                page = _changes(lists, listing, batch, file, month)
                written += put(lists.folder, file, changes_page(page, SiteLinks(file)))
    _remove_months_gone(lists, listing)
    return written


def write_ledger(lists: Lists) -> int:
    """Write the ledger of notes, newest first; return how many files were written."""
    if not lists.is_dirty(LEDGER.folder):
        return 0
    written = 0
    for month, number in lists.months(LEDGER):
        if lists.is_dirty(LEDGER.folder, month):
            entries = lists.archive.changes(in_month(LEDGER.selection, month), order=Order.NEWEST)
            for file, batch in _paged(lists, LEDGER, month, number, entries):
                written += put(lists.folder, file, _notes(lists, batch, file, month))
    newest = list(lists.archive.changes(LEDGER.selection, order=Order.NEWEST, limit=PAGE))
    file = list_file(LEDGER.folder)
    _remove_months_gone(lists, LEDGER)
    return written + put(lists.folder, file, _notes(lists, newest, file))


def write_articles(lists: Lists) -> int:
    """Write the list of all articles in pages, in the order they were tracked; return how many files were written."""
    articles, written = lists.articles, 0
    for number, batch in enumerate(batches(articles, PAGE, at_least=1), 1):
        file = numbered_file(ARTICLES, number)
        files = [numbered_file(ARTICLES, page + 1) for page in range(-(-len(articles) // PAGE))]
        page = ArticlesPage(
            batch,
            [site_of(one, lists.titles) for one in batch],
            len(articles),
            numbered(files, file),
        )
        written += put(lists.folder, file, articles_page(page, SiteLinks(file)))
    return written


def month_choices(lists: Lists, listing: Listing, file: str) -> Choices:
    """Return the months of a list, as seen from its first page."""
    links = SiteLinks(file)
    months = ((name, links.to(list_file(listing.folder, name)), n) for name, n in lists.months(listing))
    return Choices("Month", tuple(Choice(*month) for month in months))


def batches(items: Iterable[T], size: int, *, at_least: int = 0) -> Iterator[list[T]]:
    """Yield items so many at a time; empty lists where there would be fewer lists than `at_least`."""
    rest, made = iter(items), 0
    while (batch := list(islice(rest, size))) or made < at_least:
        yield batch
        made += 1


def _paged(
    lists: Lists, listing: Listing, month: str, number: int, entries: Iterable[LogEntry]
) -> Iterator[tuple[str, list[LogEntry]]]:
    """Yield the files of a month with the entries of each, and remove the files of pages that it has no more."""
    for page, batch in enumerate(batches(entries, PAGE), 1):
        yield list_file(listing.folder, month, page), batch
    gone = -(-number // PAGE) + 1
    while remove(lists.folder, list_file(listing.folder, month, gone)):
        gone += 1


def _remove_months_gone(lists: Lists, listing: Listing) -> None:
    """Remove the months of a list in which nothing is any more: a verdict that was judged again left it."""
    known = {month for month, _ in lists.months(listing)}
    for file in (lists.folder / listing.folder).glob("[0-9]*.html"):
        if file.name[:7] not in known:
            remove(lists.folder, f"{listing.folder}/{file.name}")


def _changes(lists: Lists, listing: Listing, entries: Sequence[LogEntry], file: str, month: str = "") -> ChangesPage:
    number = lists.size(listing, month)
    order = f"The {PAGE} newest, the weightiest first." if number > PAGE else "The weightiest first."
    return ChangesPage(
        title=f"{listing.title}, {month}" if month else listing.title,
        told=f"{listing.told} In {month}, the weightiest first." if month else f"{listing.told} {order}",
        lines=lines_of(entries, lists.titles),
        total=number,
        choices=_of_month(lists, listing, file) if month else tuple(_choices(lists, listing, file)),
        pages=_month_pages(listing, month, number, file) if month else (),
        nothing=f"None was seen. {'' if file == FRONT else lists.unread}".strip(),
        seen=_seen(lists) if file == FRONT else "",
    )


def _seen(lists: Lists) -> str:
    """Return of when the site is and of how much."""
    last = f"Last look {clock(lists.newest_look)} · " if lists.newest_look else ""
    unread = f" · {lists.unread}" if lists.unread else ""
    return f"{last}{count(len(lists.articles), 'article')}{unread}"


def _choices(lists: Lists, listing: Listing, file: str) -> Iterator[Choices]:
    """Yield where a reader may go from the first page of a list."""
    links = SiteLinks(file)
    numbers = {one.folder: number for one, number in lists.kinds}
    if listing is ALL and lists.last_day:  # it moves with each look: other lists need not be written for it
        numbers[lists.last_day.folder] = lists.size(lists.last_day)
    yield kinds_row(lists, listing, file, numbers)
    if len(lists.languages) > 1:
        items = (Choice(one.name, links.to(list_file(one.folder)), n, one == listing) for one, n in lists.languages)
        yield Choices("Language", tuple(items))
    if listing is ALL:
        most = sorted(lists.habits, key=lambda habits: -habits.revisions)[:_SOURCES]
        items = (Choice(name_of(one.source, lists.titles), links.source(one.source), one.revisions) for one in most)
        yield Choices("Source", tuple(items))
    yield month_choices(lists, listing, file)


def _of_month(lists: Lists, listing: Listing, file: str) -> tuple[Choices, ...]:
    """Return where a reader may go from a month: to what is there for good, so that a month can stay as it is."""
    return kinds_row(lists, listing, file, {}), _all_months(listing, file)


def _all_months(listing: Listing, file: str) -> Choices:
    return Choices("Month", (Choice("All months", SiteLinks(file).to(_first_file(listing))),))


def kinds_row(lists: Lists, here: Listing, file: str, numbers: dict[str, int]) -> Choices:
    """Return the lists of each kind as seen from a file, with how many changes some of them hold, by folder."""
    links, shown = SiteLinks(file), (ALL, *([lists.last_day] if lists.last_day else ()), *KINDS[1:])
    items = (Choice(one.name, links.to(_first_file(one)), numbers.get(one.folder), one == here) for one in shown)
    return Choices("Show", tuple(items))


def _first_file(listing: Listing) -> str:
    if listing.selection.source:
        return source_file(listing.selection.source)
    return FRONT if listing is ALL else list_file(listing.folder)


def _notes(lists: Lists, entries: Sequence[LogEntry], file: str, month: str = "") -> str:
    number = lists.size(LEDGER, month)
    page = NotesPage(
        title=f"{LEDGER.title}, {month}" if month else LEDGER.title,
        lines=note_lines(entries, lists.titles),
        total=number,
        choices=(_all_months(LEDGER, file) if month else month_choices(lists, LEDGER, file),),
        pages=_month_pages(LEDGER, month, number, file) if month else (),
    )
    return notes_page(page, SiteLinks(file))


def _month_pages(listing: Listing, month: str, number: int, file: str) -> tuple[Choice, ...]:
    return numbered([list_file(listing.folder, month, page + 1) for page in range(-(-number // PAGE))], file)


def numbered(files: Sequence[str], here: str) -> tuple[Choice, ...]:
    """Return the pages of a list as seen from one of them, none where there is only one."""
    links = SiteLinks(here)
    numbered = (Choice(f"{number:,}", links.to(file), is_here=file == here) for number, file in enumerate(files, 1))
    return tuple(numbered) if len(files) > 1 else ()
