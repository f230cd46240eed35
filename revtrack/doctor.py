"""Say what is wrong with what is tracked: rules of sites that miss, sources and articles in trouble. Only reads.

Rules are tried on the newest version of every article of their site, so that a redesign shows before it costs an edit.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from revtrack.archive import Archive
from revtrack.config import Config, SiteRules
from revtrack.errors import NotAnArticleError
from revtrack.extraction import Memory, count_matches, rules_for
from revtrack.extraction.charset import decode
from revtrack.fetching import DecodingError, decode_body
from revtrack.model import Article, Outcome, Snapshot, Story
from revtrack.observing import read_stored


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: `about` what, what `says` the state is, and whether it is `wrong`."""

    about: str
    says: str
    wrong: bool = True


def examine(archive: Archive, settings: Config) -> Iterator[Finding]:
    """Yield the state of every site that has rules, then the sources and articles that are in trouble."""
    articles = list(archive.articles())
    for rules in settings.site:
        ruled = [article for article in articles if rules_for(article.url, settings.site) is rules]
        yield from _examine_rules(rules, list(_pages(archive, ruled)), settings)
    for source in archive.sources():
        if source.reason:
            yield Finding(f"source {source.id} {source.url}", source.reason)
    for article in articles:
        if article.outcome not in (None, Outcome.OK, Outcome.NOT_MODIFIED):
            yield Finding(f"article {article.id} {article.url}", f"its last look came to: {article.outcome}")


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
    found: Counter[tuple[str, str]] = Counter()
    selectors: dict[tuple[str, str], None] = {}
    for _, snapshot in pages:
        counts = count_matches(_source(snapshot, settings), rules)
        selectors |= dict.fromkeys(counts)
        found.update(selector for selector, count in counts.items() if count)
    for part, selector in selectors:
        hits = found[part, selector]
        # Not every page has a note or an advertisement, but every article has a headline and a body.
        wrong = hits < len(pages) if part in ("body", "headline") else not hits
        yield Finding(about, f"{part} = {selector!r} fits {hits} of {len(pages)} pages", wrong)
    yield from (_compare_readings(about, article, snapshot, rules, settings) for article, snapshot in pages)


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
