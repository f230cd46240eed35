"""A stored version as a page of terminal text: headline, what it states of itself, text, notes, provenance."""

from collections.abc import Iterator
from io import StringIO

from rich.console import Console
from rich.text import Text

from revtrack.model import Article, Capture, Paragraph, ParagraphKind, Snapshot, Stamp, StatedHeadline, Story, Version
from revtrack.rendering.provenance import FIRST_PAGE, told_capture
from revtrack.rendering.visible import isolated, visible
from revtrack.rendering.wording import clock, count, note_title
from revtrack.text import fold


def version_page(
    article: Article,
    version: Version,
    look: Snapshot | None,
    capture: Capture | None = None,
    *,
    color: bool,
    width: int | None,
) -> str:
    """Return one version as text, wrapped to `width` cells unless that is None."""
    out = StringIO()
    console = Console(
        file=out, force_terminal=color, no_color=not color, width=width or 10_000, highlight=False, legacy_windows=False
    )
    for part in _parts(article, version, look, capture):
        console.print(part, soft_wrap=width is None)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines())


def _parts(article: Article, version: Version, look: Snapshot | None, capture: Capture | None) -> Iterator[Text]:
    story = version.story
    yield Text(_shown(story.headline) or "(no headline)", style="bold")
    if story.deck:
        yield Text(_shown(story.deck), style="italic")
    yield Text(f"{visible(article.url)}   version {version.number}", style="dim")
    stated = [("by", _shown(story.byline)), ("site", _shown(story.site)), ("section", _shown(story.section))]
    stated += [(f"headline ({visible(also.source)})", _shown(also.text)) for also in _other_headlines(story)]
    stated += [(stamp.what, f"{_stated(stamp)} ({visible(stamp.source)})") for stamp in story.stamps]
    if look and look.origin and not any(stamp.what == "published" for stamp in story.stamps):
        stated.append(("publication", "not stated"))
    for name, value in stated:
        if value:
            yield Text(f"{name} {value}", style="dim")
    yield Text()
    begun = {entry.start: entry.at for entry in story.entries if entry.at}
    for index, paragraph in enumerate(story.paragraphs):
        if index in begun:
            yield Text(f"— {clock(begun[index])}", style="dim")
        yield _paragraph(paragraph)
        yield Text()
    for note in story.notes:
        yield Text().append(f"▌ {note_title(note)}: ", style="bold").append(f"“{_shown(note.text)}”")
    yield from (Text(f"beside the article: {_shown(text)}", style="dim") for text in story.beside)
    yield from (Text(line, style="dim") for line in _provenance(version, look, capture))


def _other_headlines(story: Story) -> list[StatedHeadline]:
    """Return the headlines stated otherwise than the page shows it: often what it said first."""
    shown = fold(story.headline)
    return [also for also in story.headlines if shown not in fold(also.text)]


def _stated(stamp: Stamp) -> str:
    return clock(stamp.at) if stamp.precise else f"{stamp.at:%Y-%m-%d}"


def _paragraph(paragraph: Paragraph) -> Text:
    text = _shown(paragraph.text)
    if paragraph.kind is ParagraphKind.TEXT:
        return Text(text)
    if paragraph.kind is ParagraphKind.SUBHEADING:
        return Text(text, style="bold")
    return Text().append(f"({paragraph.kind.value.replace('_', ' ')}) ", style="dim").append(text)


def _provenance(version: Version, look: Snapshot | None, capture: Capture | None) -> Iterator[str]:
    by = f" ({', '.join(map(visible, version.seen_by))})" if version.seen_by else ""
    yield f"seen {clock(version.first_seen)} to {clock(version.last_seen)}, at {count(version.looks, 'look')}{by}"
    if version.redaction:
        yield f"redacted: {_shown(version.redaction.reason)}, {clock(version.redaction.at)}"
    if look:
        status = f"status {look.status}, " if look.status else ""  # only the page itself was kept by others
        yield f"read from snapshot {look.id}: {status}{_received(look)}"
        yield from [f"sha256 {look.body_sha256}"] if look.body_sha256 else []
    if look and look.origin:
        yield f"brought in from {visible(look.origin.kind)}: {_shown(look.origin.place)}"
    if capture:
        yield f"also captured by {told_capture(capture)}: {_shown(capture.address)}"
    if not version.redaction:
        place, extractor = _READ_FROM.get(version.story.reader, "a page"), version.story.extractor or "unknown"
        yield f"text read from {place} by extractor {extractor}"
    if version.story.next_page:
        yield f"{FIRST_PAGE} (the next: {_shown(version.story.next_page)})"


_READ_FROM = {
    "text": "plain text",
    "page": "its page",
    "script": "its script",
    "rules": "its rules",
    "json-ld": "its json-ld",
}


def _received(look: Snapshot) -> str:
    if look.body is not None:
        return f"{len(look.body):,} bytes received"
    return "its bytes were taken out" if look.redaction else "its bytes were let go" if look.body_sha256 else "no bytes"


def _shown(text: str) -> str:
    return isolated(visible(text))
