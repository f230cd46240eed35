"""Judge what a tracker makes of two looks: each change of chrome, note and edit by what `observe` says. Pure.

The first look knows nothing, the second what the first has read; what is held back is looked at once more.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from bench.extraction.given import Given
from bench.extraction.scoring import Changes, Score, Tally, judge_stories, random_for, states
from bench.extraction.splicing import Article as Source
from bench.extraction.splicing import locate
from revtrack.archive import Observation, Standing
from revtrack.config import Config
from revtrack.model import Article, Event, Outcome, Snapshot, Version
from revtrack.observing import observe

_BEGAN = datetime(2024, 11, 20, 12, tzinfo=UTC)
_LATER = timedelta(hours=2)
_STILL = (Event.UNCHANGED, Event.BACK)


def score_tracked(pages: Iterable[Given], changes: Changes) -> Score:
    """Return how a tracker fares on pages; a missed note is `unseen` if the look does not tell it as new beside."""
    result = Score()
    for page in pages:
        source = locate(page.html, page.body)
        if source is None:
            result.not_located.append(page.name)
            continue
        result.pages += 1
        _score_chrome(result, page, source, changes)
        _score_edits(result, page, source, changes)
    return result


def _score_chrome(result: Score, page: Given, source: Source, changes: Changes) -> None:
    for name, chrome in changes.chrome.items():
        pair = states(chrome, source, random_for(page, name))
        if pair is None:
            continue
        tally = result.chrome.setdefault(name, Tally())
        for first, second in (pair, pair[::-1])[: 1 + chrome.toggle]:  # what came may go
            tally.tried += 1
            if _look_again(page, _look(page, first), first, second).event not in _STILL:
                tally.bad.append(page.name)


def _score_edits(result: Score, page: Given, source: Source, changes: Changes) -> None:
    known: dict[str, Observation] = {}
    for tallies, edits in ((result.notes, changes.notes), (result.body, changes.body)):
        for name, editing in edits.items():
            if (edit := editing(source, random_for(page, name))) is None:
                continue
            if edit.first not in known:
                known[edit.first] = _look(page, edit.first)
            first = known[edit.first]
            again = _look_again(page, first, edit.first, edit.second)
            tally = tallies.setdefault(name, Tally())
            tally.tried += 1
            is_beside = "new beside" in again.why
            judge_stories(tally, page, edit, (first.story, again.story), is_beside=is_beside)


def _look(page: Given, source: str) -> Observation:
    return observe(Standing(_article(page)), _snapshot(page, source, _BEGAN), settings=Config())


def _look_again(page: Given, known: Observation, first: str, second: str) -> Observation:
    """Return what a second look came to, or a third, where the second was held back."""
    if known.story is None:
        return known
    standing = Standing(
        _article(page),
        latest=Version(1, known.story, _BEGAN, _BEGAN),
        body_sha256=known.snapshot.body_sha256,
        region=known.region or "",
    )
    again = known
    for hours in (1, 2):
        at = _BEGAN + hours * _LATER
        again = observe(standing, _snapshot(page, second, at), settings=Config(), past=lambda: first)
        if again.event is not Event.SUSPECT:
            break
        standing = replace(standing, suspect=again.suspect)
    return again


def _article(page: Given) -> Article:
    return Article(id=1, url=page.url)


def _snapshot(page: Given, source: str, at: datetime) -> Snapshot:
    body = source.encode("utf-8", "replace")
    return Snapshot(
        page.url,
        at,
        Outcome.OK,
        200,
        final_url=page.url,
        headers=(("content-type", "text/html; charset=utf-8"),),
        body=body,
        decoded=body,
        body_sha256=sha256(body).hexdigest(),
    )
