"""Keep what lists and searches need beside each version, so that neither reads stories. Knows the tables.

All of it is derived and can be made anew. Whoever writes versions or verdicts by another way than `writing.record`
calls `relist` for the article, in the same transaction.
"""

import json
from collections.abc import Iterator
from contextlib import suppress

from revtrack.archive import findings, sentences, stories
from revtrack.archive.connection import Connection
from revtrack.archive.packing import PackingError
from revtrack.archive.values import Observation
from revtrack.forms import from_form
from revtrack.model import Story

_NUMBERS = "SELECT number FROM versions WHERE article_id = ? ORDER BY number"
_ARTICLES = "SELECT DISTINCT article_id FROM versions"


def keep(db: Connection, observation: Observation, made: int | None) -> None:
    """Keep what a look brought, given the number of the version it made."""
    article_id = observation.article_id
    if observation.reread:
        relist(db, article_id)
        return
    if made and observation.story:
        before = observation.revision.diff.old if observation.revision else None
        findings.keep(db, article_id, made, observation.story, before)
        sentences.keep(db, article_id, made, observation.story)
    for number, _ in observation.rejudged:
        findings.judge(db, article_id, number)
    if observation.moved_to:
        findings.locate(db, article_id)


def relist(db: Connection, article_id: int) -> None:
    """Make what is kept of an article anew, from its versions and verdicts; a damaged story is left out."""
    findings.forget(db, article_id)
    sentences.forget(db, article_id)
    before = None
    for number, story in _stories(db, article_id):
        findings.keep(db, article_id, number, story, before)
        sentences.keep(db, article_id, number, story)
        before = story


def relist_all(db: Connection) -> None:
    """Make all of it anew, article by article."""
    for (article_id,) in db.execute(_ARTICLES).fetchall():
        relist(db, article_id)


def find_damage(db: Connection) -> Iterator[str]:
    """Yield the articles of which lists and searches tell something else than the versions and verdicts say."""
    for (article_id,) in db.execute(_ARTICLES).fetchall():
        told = list(_stories(db, article_id))
        pairs = zip(told, [None, *(story for _, story in told)], strict=False)
        if not all(findings.is_kept(db, article_id, number, story, before) for (number, story), before in pairs):
            yield f"article {article_id} is listed otherwise than its versions and verdicts say"
        if not sentences.are_kept(db, article_id, told):
            yield f"article {article_id} is searched by other sentences than its versions hold"


def _stories(db: Connection, article_id: int) -> Iterator[tuple[int, Story]]:
    """Yield the stories of an article by number, damaged ones left out."""
    for (number,) in db.execute(_NUMBERS, (article_id,)).fetchall():
        with suppress(PackingError):
            yield number, from_form(Story, json.loads(stories.read(db, article_id, number)))
