"""One page → one story: parse, read the metadata, read the body where it stands. Pure: no clock, no network."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import fields, replace

from revtrack.collecting import without_collecting
from revtrack.config import Config, SiteRules
from revtrack.errors import NotAnArticleError
from revtrack.extraction.blocks import Page
from revtrack.extraction.body import Body, read_body
from revtrack.extraction.charset import in_utf8
from revtrack.extraction.configured import memory_for
from revtrack.extraction.fallback import body_in_scripts, stated_body
from revtrack.extraction.memory import Memory
from revtrack.extraction.metadata import Metadata, read_metadata
from revtrack.extraction.paging import find_next_page
from revtrack.extraction.parsing import parse
from revtrack.extraction.references import read_images, read_links
from revtrack.extraction.refusal import wall_of
from revtrack.extraction.sites import Chosen, blocks_in, has_selectors, read_by_rules
from revtrack.extraction.stamp import stamp_with
from revtrack.extraction.structured import Structured, read_structured
from revtrack.extraction.ticking import find_counters, texts_of
from revtrack.model import Counter, Story
from revtrack.taking import expect, named_only


@without_collecting
def extract(
    html: bytes | str,
    *,
    url: str | None = None,
    content_type: str | None = None,
    memory: Memory | None = None,
    config: Config | None = None,
) -> Story:
    """Read the story out of a page.

    `html` is the page as received, codings of transport removed; `content_type` the HTTP header's value, `url` where
    the page was had from. `config` are settings whose rules of sites and notes hold (`read_config`); the site is that
    of `url`, else of the address that the page gives itself. `memory` is what is known of the article and its site,
    in the place of `config`. Raises NotAnArticleError where there is no article in the page.
    """
    expect(html, (bytes, str), "extract takes a page", 'Path("page.html").read_bytes() reads a file')
    source = in_utf8(html, content_type) if isinstance(html, bytes) else html.encode("utf-8", "replace")
    memory = memory or memory_for(config, url, page=source)
    page, chosen = _parsed(source, memory.rules)
    with closing(page):
        structured = read_structured(page.head.structured, title=page.head.title)
        metadata = read_metadata(page, structured, url, seen_at=memory.seen_at)
        if chosen.headline:
            metadata = replace(metadata, headline=" ".join(block.text for block in blocks_in(page, chosen.headline)))
        own, reason = (url or "", metadata.canonical_url), ""
        for reader, shown in _readings(source, page, structured, metadata.headline, memory):
            parts = chosen if shown is page else Chosen()
            body = read_body(
                shown,
                headline=metadata.headline,
                language=metadata.language,
                corrections=structured.corrections,
                chosen=parts,
                live=metadata.live,
                memory=memory,
            )
            if not body.refusal:
                story = _story(metadata, body)
                return replace(
                    story,
                    images=read_images(shown, body.shown, structured.pictures, url),
                    links=read_links(body.shown, url),
                    next_page=find_next_page(page, body.shown, own) if shown is page else "",
                    counters=_counters(story, memory.rules),
                    reader="rules" if parts.body else reader,
                    extractor=stamp_with(memory),
                )
            reason = reason or body.refusal
        raise NotAnArticleError(url or "the page", named_only(html) or reason)


def _parsed(source: bytes, rules: SiteRules | None) -> tuple[Page, Chosen]:
    """Return a page and what rules chose in it; those that only name counters leave it to be read as any."""
    return read_by_rules(source.decode(), rules) if rules and has_selectors(rules) else (parse(source), Chosen())


def _counters(story: Story, rules: SiteRules | None) -> tuple[Counter, ...]:
    return find_counters(texts_of(story), rules.counter) if rules else ()


def _readings(
    source: bytes, page: Page, structured: Structured, headline: str, memory: Memory
) -> Iterator[tuple[str, Page]]:
    """Yield the places where the body may be read, the one that served last time first; each as a page."""
    places: dict[str, Callable[[], Page]] = {
        "page": lambda: page,
        "json-ld": lambda: replace(parse(stated_body(structured.body)), head=page.head),
        "script": lambda: replace(parse(body_in_scripts(source.decode(), headline)), head=page.head),
    }
    last = memory.story.reader if memory.story else ""
    for reader in sorted(places, key=lambda reader: reader != last):
        if reader == "page" or not wall_of(page):
            yield reader, places[reader]()


def _story(metadata: Metadata, body: Body) -> Story:
    """Put together what the page states and what was read: the fields of both bear the names of the story's own."""
    stated = {field.name: getattr(metadata, field.name) for field in fields(metadata)}
    deck = body.deck or metadata.deck
    stated["deck"] = "" if any(paragraph.text == deck for paragraph in body.paragraphs) else deck
    return Story(
        **stated,
        paragraphs=body.paragraphs,
        notes=body.notes,
        entries=body.entries,
        beside=body.beside,
    )
