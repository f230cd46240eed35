"""Say what is wrong with what is tracked: rules of sites that miss, sources and articles in trouble. Only reads.

Rules are tried on the newest version of every article of their site, so that a redesign shows before it costs an edit.
What is counted over articles is counted by the archive; of long lists only the beginning is named.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from revtrack.archive import Archive
from revtrack.archive.values import Selection, SiteHealth
from revtrack.config import Config, SiteRules
from revtrack.errors import NotAnArticleError
from revtrack.extraction import Memory, count_matches, rules_for
from revtrack.extraction.charset import decode
from revtrack.extraction.ticking import find_counters, texts_of
from revtrack.fetching import DecodingError, decode_body
from revtrack.model import Article, Outcome, Snapshot, Source, Story
from revtrack.observing import read_stored
from revtrack.rendering.provenance import FIRST_PAGE
from revtrack.rendering.wording import count

_LATELY = timedelta(days=7)
_LATE = timedelta(hours=2)
"""A look that is due for so long was forgotten: no pass takes longer to come to it."""
_STALE = timedelta(days=30)
_ENOUGH = 3  # articles of a site that are looked at, to say something of it
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: `about` what, what `says` the state is, and whether it is `wrong`."""

    about: str
    says: str
    wrong: bool = True


def examine(archive: Archive, settings: Config, *, now: datetime) -> Iterator[Finding]:
    """Yield the state of every site that has rules, then what is wrong with sources, sites and articles, then sizes."""
    for rules in settings.site:
        ruled = [article for article in archive.articles() if rules_for(article.url, settings.site) is rules]
        yield from _examine_rules(rules, list(_pages(archive, ruled)), settings)
    fares = archive.health(since=now - _LATELY, overdue=now - _LATE)
    yield from _examine_sources(archive.sources(), fares.brought, settings, now)
    if fares.overdue:
        since = f"the oldest since {fares.overdue_since:%Y-%m-%d %H:%M} UTC"
        late = "1 look is" if fares.overdue == 1 else f"{fares.overdue} looks are"
        yield Finding("schedule", f"{late} overdue, {since}: is 'check' or 'watch' running?")
    for site in fares.sites:
        yield from _examine_site(site)
    yield from _examine_articles(archive)
    yield from _examine_first_pages(fares.first_pages)
    total = sum(site.size for site in fares.sites)
    for site in sorted(fares.sites, key=lambda site: -site.size)[:_SHOWN]:
        read = count(site.articles, "article")
        says = f"{read}, {_bytes(site.size)} of pages, {site.size / max(total, 1):.0%} of all"
        yield Finding(f"site {site.host}", says, wrong=False)


def _examine_sources(
    sources: Iterable[Source], brought: Mapping[str, datetime], settings: Config, now: datetime
) -> Iterator[Finding]:
    """Yield the sources that cannot be read, were not read for long, or have brought nothing for long."""
    patience = max(3 * timedelta(seconds=settings.schedule.sources), _LATE)
    for source in sources:
        about, last = f"source {source.id} {source.url}", source.checked_at or source.added_at
        newest = brought.get(source.url)
        if source.reason:
            yield Finding(about, source.reason)
        elif now - last > patience:
            yield Finding(about, f"was not read since {last:%Y-%m-%d %H:%M} UTC")
        elif newest is not None and now - newest > _STALE:
            yield Finding(about, f"has brought no new article since {newest:%Y-%m-%d}")


def _examine_site(site: SiteHealth) -> Iterator[Finding]:
    """Yield what is wrong with a site as a whole."""
    about, looked_at = f"site {site.host}", count(site.looked_at, "article")
    if site.blocked:
        yield Finding(about, f"turned us away from {site.blocked} of {looked_at} looked at this week")
    if site.looked_at >= _ENOUGH and not site.answered and site.read:
        last = f", not since {site.answered_at:%Y-%m-%d}" if site.answered_at else ""
        yield Finding(about, f"yields nothing: none of {looked_at} looked at this week was read{last}")
    if site.shrunk:
        pages = f"the pages of {count(site.shrunk, 'article')}"
        yield Finding(about, f"{pages} shrank to less than half of what they were")


def _examine_articles(archive: Archive) -> Iterator[Finding]:
    """Yield the articles whose last look failed and why, some of each kind, and how many more there are."""
    seen: Counter[Outcome] = Counter()
    for look in archive.reach(Selection()).unread:
        if look.is_retired:
            continue
        seen[look.outcome] += 1
        if seen[look.outcome] <= _SHOWN:
            came = ": ".join(filter(None, (look.outcome.value.replace("_", " "), look.reason)))
            yield Finding(f"article {look.article} {look.url}", f"its last look came to: {came}")
    for outcome, times in seen.items():
        if times > _SHOWN:
            yield Finding("articles", f"the last look at {times - _SHOWN} more came to: {outcome}")


def _examine_first_pages(articles: Mapping[int, str]) -> Iterator[Finding]:
    """Yield the articles of which only the first page is read: no fault, but edits on the others are missed."""
    for number, url in islice(articles.items(), _SHOWN):
        yield Finding(f"article {number} {url}", FIRST_PAGE, wrong=False)
    if len(articles) > _SHOWN:
        yield Finding("articles", f"{len(articles) - _SHOWN} more: {FIRST_PAGE}", wrong=False)


def _bytes(size: float) -> str:
    """Write a size in the largest unit of which there is one."""
    for unit in ("bytes", "KB", "MB", "GB"):
        if size < 1000 or unit == "GB":
            break
        size /= 1000
    return f"{size:.0f} {unit}" if unit == "bytes" else f"{size:.1f} {unit}"


def _pages(archive: Archive, articles: Iterable[Article]) -> Iterator[tuple[Article, Snapshot]]:
    """Yield the page that the newest version of each article was read from."""
    for article in articles:
        newest = archive.standing(article.id).latest
        if newest and newest.first_snapshot is not None:
            yield article, archive.snapshot(newest.first_snapshot)


def _examine_rules(rules: SiteRules, pages: list[tuple[Article, Snapshot]], settings: Config) -> Iterator[Finding]:
    about = f"site {rules.host}"
    if not pages:
        yield Finding(about, "no article of it has been read yet, so that its rules cannot be tried")
        return
    limit = settings.fetch.max_decoded_bytes
    found: Counter[tuple[str, str]] = Counter()
    selectors: dict[tuple[str, str], None] = {}
    for _, snapshot in pages:
        matches = count_matches(_source(snapshot, settings), rules)
        selectors |= dict.fromkeys(matches)
        found.update(selector for selector, number in matches.items() if number)
    for part, selector in selectors:
        hits = found[part, selector]
        # Not every page has a note or an advertisement, but every article has a headline and a body.
        wrong = hits < len(pages) if part in ("body", "headline") else not hits
        yield Finding(about, f"{part} = {selector!r} fits {hits} of {len(pages)} pages", wrong)
    if rules.counter:
        yield from _examine_counters(about, rules, [_read(page, Memory(rules=rules), limit) for _, page in pages])
    yield from (_compare_readings(about, article, snapshot, rules, settings) for article, snapshot in pages)


def _examine_counters(about: str, rules: SiteRules, stories: Sequence[Story | None]) -> Iterator[Finding]:
    for pattern in rules.counter:
        hits = sum(bool(story and find_counters(texts_of(story), [pattern])) for story in stories)
        yield Finding(about, f"counter = {pattern!r} fits {hits} of {count(len(stories), 'article')}", not hits)


def _source(snapshot: Snapshot, settings: Config) -> str:
    try:
        limit = settings.fetch.max_decoded_bytes
        body = decode_body(snapshot.body or b"", snapshot.header("content-encoding"), limit=limit)
    except DecodingError:
        return ""
    return decode(body, snapshot.header("content-type"))


def _compare_readings(about: str, article: Article, snapshot: Snapshot, rules: SiteRules, settings: Config) -> Finding:
    """Say what the rules do to one article: which paragraphs they bring and take."""
    limit = settings.fetch.max_decoded_bytes
    plain, ruled = (_read(snapshot, Memory(rules=given), limit) for given in (None, rules))
    about = f"{about} article {article.id}"
    if ruled is None:
        return Finding(about, "cannot be read as an article by its rules")
    before = [paragraph.text for paragraph in plain.paragraphs] if plain else []
    after = [paragraph.text for paragraph in ruled.paragraphs]
    more, less = (
        len([text for text in after if text not in before]),
        len([text for text in before if text not in after]),
    )
    return Finding(about, f"{len(after)} paragraphs; without its rules {less} more and {more} less", wrong=False)


def _read(snapshot: Snapshot, memory: Memory, limit: int) -> Story | None:
    try:
        return read_stored(snapshot, memory, limit=limit)
    except (NotAnArticleError, DecodingError):
        return None
