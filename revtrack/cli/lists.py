"""What is tracked, in forms that `add` takes: articles as one URL a line, sources as OPML."""

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import quoteattr

from revtrack.archive import Archive
from revtrack.discovery import Kind
from revtrack.model import Source
from revtrack.rendering.wording import count


def listed(archive: Archive, form: str) -> tuple[str, str]:
    """Return what is tracked in one of the forms, and what is left out of it, in words; "" where nothing is."""
    articles = [article.url for article in archive.articles() if not article.same_as and not article.retired_at]
    sources = [source for source in archive.sources() if not source.parent]
    if form == "urls":
        left = f"{count(len(sources), 'source')}: --form opml lists them" if sources else ""
        return "\n".join(articles), left
    sections = [source for source in sources if source.kind == Kind.SECTION]
    lost = [f"{count(len(sections), 'section page')}: 'revtrack add URL --as section'"] if sections else []
    lost += [f"{count(len(articles), 'article')}: --form urls lists them"] if articles else []
    return "\n".join(_opml(source for source in sources if source not in sections)), "; ".join(lost)


def _opml(sources: Iterable[Source]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<opml version="2.0">'
    yield "<head><title>revtrack</title></head>"
    yield "<body>"
    for source in sources:
        url = quoteattr(source.url)
        yield f'<outline type="rss" text={url} xmlUrl={url}/>'
    yield "</body>"
    yield "</opml>"
