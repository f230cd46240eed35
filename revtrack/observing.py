"""Decide what one look at an article came to. Pure: what is known and what was fetched in, an observation out.

The cheapest test comes first: not modified, same bytes, same story; only then a diff.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from revtrack.archive import Observation, Standing
from revtrack.config import ScheduleSettings
from revtrack.discovery import Kind, recognise
from revtrack.doubts import doubt
from revtrack.errors import BadURLError, NotAnArticleError
from revtrack.extraction import Memory, extract, read_text
from revtrack.extraction.charset import decode
from revtrack.fetching import decode_body, ends_whole, retry_after
from revtrack.model import Article, Event, Outcome, Revision, Snapshot, Story
from revtrack.schedule import History, next_look
from revtrack.urls import article_key, canonical, host_of, is_front_or_section
from revtrack.verdicts import compare, new_beside

_SHOWN = 200  # characters of a text beside the story


def observe(
    standing: Standing, snapshot: Snapshot, *, settings: ScheduleSettings, memory: Memory | None = None
) -> Observation:
    """Decide what one look came to, given what is known of the article. Pure.

    `memory` brings what is known of its site; what is known of itself is taken from `standing`.
    Raises nothing that a page can cause: what cannot be read as an article is an outcome.
    """
    if snapshot.outcome is Outcome.NOT_MODIFIED:
        return conclude(standing, snapshot, _still_there(standing), "304", settings)
    if snapshot.outcome is not Outcome.OK:
        event = Event.GONE if snapshot.outcome is Outcome.GONE else Event.TROUBLE
        return conclude(standing, snapshot, event, snapshot.reason, settings)
    if standing.latest and snapshot.body_sha256 == standing.body_sha256:
        return conclude(standing, snapshot, _still_there(standing), "same bytes", settings)
    try:
        previous = standing.latest.story if standing.latest else None
        story = read(snapshot, replace(memory or Memory(), story=previous))
    except NotAnArticleError as error:
        snapshot = replace(snapshot, outcome=Outcome.NOT_ARTICLE, reason=error.why)
        return conclude(standing, snapshot, Event.TROUBLE, error.why, settings)
    return _weigh(standing, snapshot, story, settings)


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
    if content_type.partition(";")[0].strip().lower() == "text/plain":
        return read_text(decode(body, content_type))
    memory = replace(memory or Memory(), seen_at=snapshot.fetched_at)
    return extract(body, url=snapshot.final_url or snapshot.url, content_type=content_type, memory=memory)


def read_stored(snapshot: Snapshot, memory: Memory, *, limit: int) -> Story:
    """Read the story out of a snapshot from an archive, whose body is as it was received. Pure.

    `limit` bounds the decoded body in bytes. Raises NotAnArticleError or DecodingError.
    """
    decoded = decode_body(snapshot.body or b"", snapshot.header("content-encoding"), limit=limit)
    return read(replace(snapshot, decoded=decoded), memory)


_ADVICE = {
    Kind.FEED: "'revtrack add --as feed URL' follows it",
    Kind.SITEMAP: "'revtrack add --as sitemap URL' follows it",
    Kind.SITEMAP_INDEX: "'revtrack add --as sitemap URL' follows it",
    Kind.OPML: "'revtrack add --as opml URL' follows it",
    Kind.URL_LIST: "save it to a file and 'revtrack add FILE' tracks what it lists",
}


def _weigh(standing: Standing, snapshot: Snapshot, story: Story, settings: ScheduleSettings) -> Observation:
    latest = standing.latest
    if latest is None:
        return conclude(standing, snapshot, Event.FIRST, "", settings, story=story)
    if story.fingerprint == latest.story.fingerprint:
        why = _same_story(latest.story, story)
        return conclude(standing, snapshot, _still_there(standing), why, settings, modified=story.modified)
    why = doubt(
        latest.story,
        story,
        is_whole=ends_whole(snapshot.decoded or b""),
        is_elsewhere=article_key(snapshot.final_url or snapshot.url) != article_key(snapshot.url),
    )
    if why and standing.suspect != story.fingerprint:
        held = conclude(standing, snapshot, Event.SUSPECT, why, settings)
        return replace(held, suspect=story.fingerprint)
    # The stamp moved with this edit only if it differs from the newest that the old version was seen with.
    seen = replace(latest.story, modified=latest.modified or latest.story.modified)
    return conclude(standing, snapshot, Event.REVISED, "", settings, story=story, revision=compare(seen, story))


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
    settings: ScheduleSettings,
    *,
    story: Story | None = None,
    revision: Revision | None = None,
    modified: datetime | None = None,
) -> Observation:
    """Return the observation that says so, with the time of the next look. Pure."""
    at, not_before = snapshot.fetched_at, retry_after(snapshot)
    history = History(
        article_id=standing.article.id,
        since=_quiet_since(standing, story, at),
        troubles=standing.troubles + 1 if event is Event.TROUBLE else 0,
        not_before=not_before,
        unsure=event is Event.SUSPECT,
        gone=event is Event.GONE,
    )
    return Observation(
        article_id=standing.article.id,
        snapshot=snapshot,
        event=event,
        basis=standing.latest.number if standing.latest else 0,
        due_at=next_look(history, at, settings),
        story=story,
        revision=revision,
        addresses=tuple(_addresses(standing.article, snapshot, story)),
        modified=modified or (story.modified if story else None),
        why=why,
        not_before=not_before,
        eventful=_is_news(event, standing),
    )


def _is_news(event: Event, standing: Standing) -> bool:
    if event is Event.GONE:
        return not standing.is_gone
    return event is not Event.TROUBLE or standing.troubles == 0


def _quiet_since(standing: Standing, story: Story | None, at: datetime) -> datetime:
    """Return the last change; for a first version when it was published, for no version when it was added."""
    latest = standing.latest
    if story and latest:
        return at
    if latest and latest.number > 1:
        return latest.first_seen
    published = (story or (latest.story if latest else Story())).published
    return min(at, published or (latest.first_seen if latest else None) or standing.article.added_at or at)


def _addresses(article: Article, snapshot: Snapshot, story: Story | None) -> Iterator[str]:
    """Yield the other URLs that lead to this article: where redirects ended, and the canonical link within its site."""
    if story is None:
        return
    known = {article_key(url) for url in article.urls}
    for url in (snapshot.final_url, story.canonical_url):
        if url and _site(url) == _site(article.url) and not is_front_or_section(url) and article_key(url) not in known:
            yield canonical(url)


def _site(url: str) -> str:
    try:
        return article_key(f"https://{host_of(url)}/")
    except BadURLError:  # a page's canonical link may be anything
        return ""
