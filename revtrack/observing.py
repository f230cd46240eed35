"""Decide what one look at an article came to. Pure: what is known and what was fetched in, an observation out.

The cheapest test comes first: not modified, same bytes, same region of the page, same story; only then a diff.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache

from revtrack.archive import Observation, Standing
from revtrack.archive.past import past_of
from revtrack.config import Config
from revtrack.discovery import Kind, recognise
from revtrack.doubts import Doubt, doubt, is_same, opens
from revtrack.errors import BadURLError, NotAnArticleError
from revtrack.extraction import Memory, extract, read_text, stamp_with
from revtrack.extraction.charset import decode, in_utf8
from revtrack.extraction.gates import find_gates
from revtrack.extraction.region import region_of
from revtrack.extraction.rereading import as_read_before
from revtrack.fetching import decode_body, is_as_whole, retry_after
from revtrack.model import Article, Event, Outcome, Revision, Snapshot, Story
from revtrack.notes import note_key
from revtrack.schedule import next_look
from revtrack.text import fold
from revtrack.urls import article_key, canonical, host_of, is_front_or_section
from revtrack.verdicts import as_opened, compare, new_beside, on_one_level

GONE = "gone"
"""What stands for a fingerprint in `suspect` where the article is not there any more."""
SAME_BYTES = "same bytes"
_FOR_GOOD = frozenset({301, 308})
_SHOWN = 200  # characters of a text beside the story
_SAID_AGAIN = timedelta(days=7)  # after which the log tells anew of trouble that comes and goes


Past = Callable[[], str]
"""Gives the source of the page that an article's newest version was read from, "" if there is none."""


def observe(
    standing: Standing,
    snapshot: Snapshot,
    *,
    settings: Config,
    memory: Memory | None = None,
    past: Past = str,
    region: str | None = None,
) -> Observation:
    """Decide what one look came to, given what is known of the article. Pure.

    `memory` brings what is known of its site; what is known of itself is taken from `standing`. `past` is asked only
    where text is missing. `region` is what `region_in` says of the page, None if nobody has asked yet.
    Raises nothing that a page can cause: what cannot be read as an article is an outcome.
    """
    region = region_in(snapshot, memory) if region is None else region
    settled = glance(standing, snapshot, settings=settings, region=region)
    if settled:
        return settled
    try:
        previous = standing.latest.story if standing.latest else None
        story = read(snapshot, replace(memory or Memory(), story=previous))
    except NotAnArticleError as error:
        snapshot = replace(snapshot, outcome=Outcome.NOT_ARTICLE, reason=error.why)
        return conclude(standing, snapshot, Event.TROUBLE, error.why, settings)
    weighed = _weigh(standing, snapshot, story, settings, past)
    number = weighed.basis + (weighed.story is not None)
    is_read = weighed.event in (Event.FIRST, Event.REVISED, Event.UNCHANGED, Event.BACK)
    return replace(weighed, region=f"{number} {region}" if region else "") if is_read else weighed


def glance(standing: Standing, snapshot: Snapshot, *, settings: Config, region: str = "") -> Observation | None:
    """Decide what a look came to if that shows without reading the page, else return None. Pure.

    It shows whenever no page came.
    """
    latest = standing.latest
    if snapshot.outcome is Outcome.NOT_MODIFIED:
        return conclude(standing, snapshot, _still_there(standing), "304", settings)
    if snapshot.outcome is not Outcome.OK:
        return _without_page(standing, snapshot, settings)
    if latest and snapshot.body_sha256 == standing.body_sha256:
        return conclude(standing, snapshot, _still_there(standing), SAME_BYTES, settings, seen=latest.story)
    if latest and region and standing.region == f"{latest.number} {region}" and not snapshot.redirects:
        return conclude(standing, snapshot, _still_there(standing), "same article region", settings)
    return None


def region_in(snapshot: Snapshot, memory: Memory | None = None) -> str:
    """Return a digest of all that a page's story is read from, "" where there is no page or it cannot be told. Pure."""
    if snapshot.outcome is not Outcome.OK or not snapshot.decoded:
        return ""
    content_type = snapshot.header("content-type")
    basis = f"{stamp_with(memory or Memory())} {snapshot.final_url or snapshot.url} {content_type.lower()}"
    return region_of(in_utf8(snapshot.decoded, content_type), basis=basis)


def _without_page(standing: Standing, snapshot: Snapshot, settings: Config) -> Observation:
    """Decide what a look without a page came to. That an article is gone is believed when it is seen twice."""
    if snapshot.outcome is not Outcome.GONE:
        return conclude(standing, snapshot, Event.TROUBLE, snapshot.reason, settings)
    if standing.latest is None or standing.is_gone or standing.suspect == GONE:
        return conclude(standing, snapshot, Event.GONE, snapshot.reason, settings)
    held = conclude(standing, snapshot, Event.SUSPECT, snapshot.reason, settings)
    return replace(held, suspect=GONE)


def read(snapshot: Snapshot, memory: Memory | None = None) -> Story:
    """Read the story out of a snapshot that has a whole body, as HTML or plain text. Pure.

    `memory` is what is known of the article and its site; when the page was seen is taken from the snapshot.
    Raises NotAnArticleError.
    """
    content_type = snapshot.header("content-type")
    body = snapshot.decoded or b""
    kind = recognise(snapshot.url, content=body, content_type=content_type)
    if kind is not Kind.ARTICLE:
        raise NotAnArticleError(snapshot.url, f"it is a {kind}; {_ADVICE[kind]}")
    memory = replace(memory or Memory(), seen_at=snapshot.fetched_at)
    if content_type.partition(";")[0].strip().lower() == "text/plain":
        return read_text(decode(body, content_type), memory=memory)
    return extract(body, url=snapshot.final_url or snapshot.url, content_type=content_type, memory=memory)


def read_stored(snapshot: Snapshot, memory: Memory, *, limit: int) -> Story:
    """Read the story out of a snapshot from an archive, whose body is as it was received. Pure.

    `limit` bounds the decoded body in bytes. Raises NotAnArticleError or DecodingError.
    """
    return read(replace(snapshot, decoded=_decoded(snapshot, limit)), memory)


def page_of(snapshot: Snapshot) -> str:
    """Return the text of a page that was fetched just now, "" where none came."""
    return decode(snapshot.decoded or b"", snapshot.header("content-type"))


def source_of(snapshot: Snapshot, *, limit: int) -> str:
    """Return the text of a page from an archive, whose body is as it was received. Pure.

    `limit` bounds the decoded body in bytes. Raises DecodingError.
    """
    return decode(_decoded(snapshot, limit), snapshot.header("content-type"))


def _decoded(snapshot: Snapshot, limit: int) -> bytes:
    return decode_body(snapshot.body or b"", snapshot.header("content-encoding"), limit=limit)


_ADVICE = {
    Kind.FEED: "'revtrack add --as feed URL' follows it",
    Kind.SITEMAP: "'revtrack add --as sitemap URL' follows it",
    Kind.SITEMAP_INDEX: "'revtrack add --as sitemap URL' follows it",
    Kind.OPML: "'revtrack add --as opml URL' follows it",
    Kind.URL_LIST: "save it to a file and 'revtrack add FILE' tracks what it lists",
}


def _weigh(standing: Standing, snapshot: Snapshot, story: Story, settings: Config, past: Past) -> Observation:
    latest = standing.latest
    if latest is None:
        return conclude(standing, snapshot, Event.FIRST, "", settings, story=story)
    past = cache(past)
    if not _is_told_again(latest.story, story):
        story = as_read_before(latest.story, story, before=past(), now=page_of(snapshot))
    if _is_told_again(latest.story, story):
        why = _same_story(latest.story, story)
        there = _still_there(standing)
        return conclude(standing, snapshot, there, why, settings, modified=story.modified, seen=story)
    doubted = _doubt(*on_one_level(latest.story, story), snapshot, past)
    if doubted and doubted.outcome:
        snapshot = replace(snapshot, outcome=doubted.outcome, reason=doubted.why)
        return conclude(standing, snapshot, Event.TROUBLE, doubted.why, settings)
    if doubted and standing.suspect != story.fingerprint:
        held = conclude(standing, snapshot, Event.SUSPECT, doubted.why, settings)
        return replace(held, suspect=story.fingerprint)
    # The stamp moved with this edit only if it differs from the newest that the old version was seen with.
    seen = replace(latest.story, modified=latest.modified or latest.story.modified)
    settling = timedelta(seconds=settings.verdict.settling)
    revision = compare(seen, story, seen_at=snapshot.fetched_at, settling=settling)
    if opens(*on_one_level(latest.story, story), lambda: find_gates(page_of(snapshot), past(), latest.story)):
        revision = as_opened(revision)
    why = "edited while it was gone" if standing.is_gone else ""
    return conclude(standing, snapshot, Event.REVISED, why, settings, story=story, revision=revision)


def _is_told_again(old: Story, new: Story) -> bool:
    before, now = on_one_level(old, new)
    return now.fingerprint == before.fingerprint or _says_the_same(before, now)


def _says_the_same(old: Story, new: Story) -> bool:
    """Say whether only the place of the standfirst is another: on the page's new form, or in another part of it.

    The same sentence above the text or as its first paragraph is no edit. A reader of another part of the page may have
    neither deck nor byline.
    """
    shown = [[fold(text) for text in (story.deck, *(p.text for p in story.paragraphs)) if text] for story in (old, new)]
    if old.reader != new.reader and new.deck == "":
        shown[0] = [fold(paragraph.text) for paragraph in old.paragraphs]
    notes = [{note_key(note) for note in story.notes} for story in (old, new)]
    bylines = {fold(story.byline) for story in (old, new) if story.byline or old.reader == new.reader}
    headlines = {fold(story.headline) for story in (old, new)}
    return shown[0] == shown[1] and notes[0] == notes[1] and len(bylines) < 2 and len(headlines) == 1


def _doubt(old: Story, new: Story, snapshot: Snapshot, past: Past) -> Doubt | None:
    return doubt(
        old,
        new,
        is_whole=is_as_whole(snapshot.decoded or b"", lambda: past().encode()),
        is_elsewhere=article_key(snapshot.final_url or snapshot.url) != article_key(snapshot.url),
        gates=lambda: find_gates(past(), page_of(snapshot), new),
    )


def _same_story(old: Story, new: Story) -> str:
    """Say that nothing changed, and what is new beside: a note in words that no rule knows would stand there."""
    fresh = new_beside(old, new)
    return f"same story; new beside it: “{fresh[0][:_SHOWN]}”" if fresh else "same story"


def _still_there(standing: Standing) -> Event:
    return Event.BACK if standing.is_gone else Event.UNCHANGED


def conclude(
    standing: Standing,
    snapshot: Snapshot,
    event: Event,
    why: str,
    settings: Config,
    *,
    story: Story | None = None,
    revision: Revision | None = None,
    modified: datetime | None = None,
    seen: Story | None = None,
) -> Observation:
    """Return the observation that says so, with the time of the next look. Pure.

    `story` is one that makes a version, `seen` one that is known already and was found again.
    """
    at, not_before = snapshot.fetched_at, retry_after(snapshot)
    history = past_of(
        standing,
        story,
        at,
        troubles=standing.troubles + 1 if event is Event.TROUBLE else 0,
        not_before=not_before,
        # What is doubtful in another way each time is not looked at again and again at once.
        unsure=event is Event.SUSPECT and not standing.suspect,
        gone=event is Event.GONE or (standing.is_gone and event is Event.TROUBLE),
    )
    return Observation(
        article_id=standing.article.id,
        snapshot=snapshot,
        event=event,
        basis=standing.latest.number if standing.latest else 0,
        due_at=next_look(history, at, settings.schedule, standing.prior),
        story=story,
        revision=revision,
        addresses=tuple(_addresses(standing.article, snapshot, story or seen)),
        moved_to=_moved_to(standing.article, snapshot) if story or seen else "",
        modified=modified or (story.modified if story else None),
        suspect=standing.suspect if event is Event.TROUBLE else "",
        why=why,
        not_before=not_before,
        eventful=_is_news(event, standing, snapshot),
        returned=event is Event.REVISED and standing.is_gone,
    )


def _is_news(event: Event, standing: Standing, snapshot: Snapshot) -> bool:
    """Say whether the log has not said it already.

    Trouble that lasts is said again where it is of another kind, trouble that comes and goes once in a while.
    """
    if event is Event.GONE:
        return not standing.is_gone
    if event is not Event.TROUBLE or standing.trouble is None:
        return True
    outcome, told_at = standing.trouble
    if snapshot.outcome is not outcome:
        return True
    return standing.troubles == 0 and snapshot.fetched_at - told_at >= _SAID_AGAIN


def _addresses(article: Article, snapshot: Snapshot, story: Story | None) -> Iterator[str]:
    """Yield the other URLs that lead to this article: where redirects ended, and what its page calls its address.

    A page speaks only for its own site. No address of a front or section page is an article's.
    """
    if story is None:
        return
    ended = snapshot.final_url or snapshot.url
    stated = story.canonical_url if _site(story.canonical_url) == _site(ended) else ""
    known = {article_key(url) for url in (article.url, *article.urls)}
    for url in filter(None, (ended, stated)):
        if article_key(url) not in known and not is_front_or_section(url):
            known.add(article_key(url))
            yield canonical(url)


def are_one(standing: Standing, other: Standing, observation: Observation) -> bool:
    """Say whether an article and the one tracked at an address that a look has found for it are one and the same. Pure.

    They are if both say the same, or if the other was never read. The one that has been read longer should stay.
    """
    story = observation.story or (standing.latest.story if standing.latest else None)
    return story is not None and (other.latest is None or is_same(other.latest.story, story))


def _moved_to(article: Article, snapshot: Snapshot) -> str:
    """Return where every server on the way said that the article is for good, "" if it is where we asked.

    Where the redirect only adds what `canonical` drops, the article has not moved.
    """
    hops = snapshot.redirects
    if not hops or any(hop.status not in _FOR_GOOD for hop in hops) or is_front_or_section(snapshot.final_url):
        return ""
    moved = canonical(snapshot.final_url)
    return "" if moved == article.url else moved


def _site(url: str) -> str:
    try:
        return article_key(f"https://{host_of(url)}/")
    except BadURLError:  # a page's canonical link may be anything
        return ""
