"""Write the pages of one article: its own, one for each revision, who wrote what when, and its feed."""

from revtrack.archive import Archive
from revtrack.archive.values import Order, Selection
from revtrack.evidence.checkpoints import witnesses_of
from revtrack.evidence.witnessing import captures_of
from revtrack.model import Revision, Snapshot
from revtrack.rendering.article_page import ArticlePage, article_page
from revtrack.rendering.blame_page import BlamePage, blame_page
from revtrack.rendering.revision_page import RevisionPage, revision_page
from revtrack.rendering.visible import visible
from revtrack.site.addresses import SiteLinks, article_file, blame_file, feed_files, revision_file
from revtrack.site.feeds import Publisher
from revtrack.site.files import put, remove
from revtrack.site.gathering import changes_of, happening_of, reported
from revtrack.verdicts.lateness import Late, Step, late_notes

_MOST_IN_FEED = 20


def write_article(archive: Archive, publisher: Publisher, article_id: int, anew: set[int] | None) -> int:
    """Write what has changed of an article's pages; return how many files were written.

    `anew` are the versions read or judged anew: none where it was only looked at, None for all. The pages of all its
    revisions name the newest version; so they are all written when there is another.
    """
    folder = publisher.folder
    article = archive.find(str(article_id))
    versions, looks = tuple(archive.versions(article)), list(archive.looks(article))
    revisions = tuple(archive.revisions(article, versions))
    if not versions:
        return 0
    newest = versions[-1].number
    chosen = revisions if anew is None or newest in anew else [r for r in revisions if r.new in {*anew, newest}]
    first_looks = {version.number: version.first_snapshot for version in versions}
    snapshots = {look.snapshot.id: look.snapshot for look in looks}

    def first(number: int) -> Snapshot | None:
        return snapshots.get(first_looks.get(number))

    written, late = 0, _late(revisions)
    captures = captures_of(witnesses_of(archive), article_id, versions)
    for revision in chosen:
        old, new = revision.old or 0, revision.new or 0
        seen = captures.get(old), captures.get(new)
        page = RevisionPage(revision, article, newest, first(old), first(new), late=late, captures=seen)
        file = revision_file(article_id, new)
        written += put(folder, file, revision_page(page, SiteLinks(file)))
    joined = publisher.joined.get(article_id, ())
    looked = tuple((look.snapshot.fetched_at, look.snapshot.outcome) for look in looks)
    feeds = feed_files(f"articles/{article_id}")
    title = visible(article.headline or article.url)
    links = SiteLinks(article_file(article_id), tuple((title, file) for file in feeds))
    written += put(
        folder, article_file(article_id), article_page(ArticlePage(article, versions, revisions, looked, joined), links)
    )
    links = SiteLinks(blame_file(article_id))
    # A step that something was taken out of is against nothing: then the versions are compared for themselves.
    steps = () if any(one.redaction for one in revisions) else tuple(one.diff for one in revisions)
    written += put(folder, blame_file(article_id), blame_page(BlamePage(article, versions, steps), links))
    gone = newest + 1
    while remove(folder, revision_file(article_id, gone)):  # versions that are derived anew may be fewer
        gone += 1
    return written + _publish(archive, publisher, article_id, revisions, title)


def _late(revisions: tuple[Revision, ...]) -> tuple[Late, ...]:
    return late_notes(
        Step(one.new, one.seen_at, one.verdict.lag, one.notes) for one in revisions if one.new and one.seen_at
    )


def _publish(
    archive: Archive, publisher: Publisher, article_id: int, revisions: tuple[Revision, ...], title: str
) -> int:
    """Write an article's feeds."""
    by_number = {revision.new: revision for revision in revisions}
    newest = changes_of(archive, Selection(articles=(article_id,)), order=Order.NEWEST, limit=_MOST_IN_FEED)
    reports = [
        reported(entry, by_number[entry.version], publisher.links)
        if entry.version
        else happening_of(entry, publisher.links)
        for entry in newest
        if not entry.version or entry.version in by_number
    ]
    inside, page = f"articles/{article_id}", article_file(article_id)
    return publisher.publish(reports, inside=inside, page=page, title=title, part=f"article/{article_id}")
