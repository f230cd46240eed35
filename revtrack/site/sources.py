"""Write the pages of the sources: how each edits, its changes by month, its feeds."""

from dataclasses import replace

from revtrack.archive.values import Habits, Order
from revtrack.rendering.fronts import Choice
from revtrack.rendering.sources import SourcePage, SourcesPage, source_page, sources_page
from revtrack.site.addresses import SOURCES, SiteLinks, feed_files, numbered_file, source_file
from revtrack.site.catalogue import ALL, Listing, of_source
from revtrack.site.feeds import Publisher
from revtrack.site.files import put
from revtrack.site.gathering import changes_of, facts_of, lines_of, name_of, named_sources, newest_changes, reports_of
from revtrack.site.lists import PAGE, Lists, batches, month_choices, write_months


def write_sources(lists: Lists, publisher: Publisher) -> int:
    """Write the pages of all sources in whose lists something changed, and that of all; return how many files."""
    written = 0
    for habits in lists.habits:
        name = name_of(habits.source, lists.titles)
        listing, file = of_source(habits.source, name), source_file(habits.source)
        written += publish_newest(lists, listing, publisher, page=file)
        if lists.is_dirty(listing.folder):
            written += _write_source(lists, habits, listing, file) + write_months(lists, listing)
    count = -(-len(lists.habits) // PAGE)
    for number, batch in enumerate(batches(lists.habits, PAGE, at_least=1), 1):
        file = numbered_file(SOURCES, number)
        links = SiteLinks(file)
        pages = (
            Choice(f"{n:,}", links.to(numbered_file(SOURCES, n)), is_here=n == number) for n in range(1, count + 1)
        )
        named = named_sources(batch, lists.titles, links)
        page = SourcesPage(named, tuple(pages) if count > 1 else (), lists.unread)
        written += put(lists.folder, file, sources_page(page, links))
    return written


def _write_source(lists: Lists, habits: Habits, listing: Listing, file: str) -> int:
    lines = lines_of(newest_changes(lists.archive, listing.selection, PAGE), lists.titles)
    page = SourcePage(
        facts=facts_of(habits),
        name=listing.name,
        lines=[replace(line, site="") for line in lines],
        choices=(month_choices(lists, listing, file),),
    )
    feeds = tuple((listing.name, feed) for feed in feed_files(listing.folder))
    return put(lists.folder, file, source_page(page, SiteLinks(file, feeds)))


def publish_newest(lists: Lists, listing: Listing, publisher: Publisher, *, page: str, limit: int = 20) -> int:
    """Write the feeds of a list, named by its page, if what they tell has changed; return how many files."""
    newest = list(changes_of(lists.archive, listing.selection, order=Order.NEWEST, limit=limit))
    if not lists.is_dirty(listing.folder) and not lists.is_told_anew(newest):
        return 0
    reports = list(reports_of(lists.archive, newest, publisher.links))
    part = "" if listing is ALL else listing.folder
    return publisher.publish(reports, inside=listing.folder, page=page, title=listing.title, part=part)
