"""What the schedule is told of an article, out of what is known of it. Pure."""

from datetime import UTC, datetime

from revtrack.archive.rows import published_of
from revtrack.archive.values import Standing
from revtrack.model import Story
from revtrack.schedule import History

_NEVER = datetime.max.replace(tzinfo=UTC)


def history_of(standing: Standing) -> History:
    """Return what the schedule knew of an article when its next look was planned."""
    at = standing.article.checked_at or standing.article.added_at or _NEVER
    return past_of(
        standing,
        None,
        at,
        troubles=standing.troubles,
        not_before=standing.article.not_before,
        unsure=bool(standing.suspect) and not standing.troubles,
        gone=standing.is_gone,
    )


def past_of(
    standing: Standing,
    story: Story | None,
    at: datetime,
    *,
    troubles: int,
    not_before: datetime | None,
    unsure: bool,
    gone: bool,
) -> History:
    """Return an article's past at a look at that time; `story` is one that makes a new version."""
    article, latest = standing.article, standing.latest
    published = story.published if story else published_of(latest) if latest else None
    watched = min(at, article.back_at or article.added_at or at)
    last = latest.first_seen if latest and latest.number > 1 else None
    is_change = story is not None and latest is not None
    return History(
        article_id=article.id,
        born=min(at, published or article.added_at or at),
        watched=watched,
        seen=at if story else max(watched, latest.last_seen) if latest else watched,
        changes=(latest.number - 1 if latest else 0) + is_change,
        changed=at if is_change else last,
        troubles=troubles,
        not_before=not_before,
        unsure=unsure,
        gone=gone,
    )
