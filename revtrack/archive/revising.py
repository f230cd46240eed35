"""The steps between an article's versions, made again from their stories. Knows where verdicts are kept."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

from revtrack.archive.connection import Ask
from revtrack.errors import InputError
from revtrack.forms import from_form, iso, moment
from revtrack.model import Article, Note, Revision, Story, Verdict, Version
from revtrack.notes import note_key

_LATER = """
    SELECT number, seen_at, notes FROM findings
    WHERE article_id = ? AND number > ? AND seen_at >= ? AND seen_at <= ? ORDER BY number
"""
_VERDICT = "SELECT verdict FROM verdicts WHERE article_id = ? AND number = ? ORDER BY id DESC LIMIT 1"


def revisions(ask: Ask, article: Article, versions: Iterable[Version]) -> Iterator[Revision]:
    """Yield the revisions between versions that follow each other, each with the verdict as it stands now."""
    old: Version | None = None
    for new in versions:
        if old:
            yield revision(ask, article, old, [new])
        old = new


def check_order(old: int, new: int) -> None:
    """Raise InputError unless the older version is named first."""
    if old >= new:
        raise InputError(f"name the older version first: {new} {old}" if old > new else "name two different versions")


def revision(ask: Ask, article: Article, old: Version, between: list[Version]) -> Revision:
    """Return the step from `old` to the last of the versions that came after it.

    For neighbours the verdict is the one that stands now.
    """
    from revtrack.verdicts import compare  # noqa: PLC0415 - most commands read no revision

    new = between[-1]
    redaction = old.redaction or new.redaction
    if redaction:  # against nothing, all of the other one would seem to be new or gone
        old, between = _emptied(old), [_emptied(version) for version in between]
    recorded = ask(_VERDICT, article.id, new.number) if len(between) == 1 else ()
    verdict = from_form(Verdict, json.loads(recorded[0]["verdict"])) if recorded else None
    found = compare(old.story, between[-1].story, seen_at=new.first_seen, verdict=verdict)
    if len(between) > 1:
        found = _with_notes_between(found, between, compare)
    return replace(
        found,
        url=article.url,
        old=old.number,
        new=new.number,
        after=old.last_seen,
        seen_at=new.first_seen,
        last_seen=new.last_seen,
        looks=sum(version.looks for version in between),
        revert_of=new.revert_of,
        flapping=new.flapping,
        redaction=redaction,
        late=() if redaction else _late(ask, article, new, found.verdict),
    )


def _late(ask: Ask, article: Article, version: Version, verdict: Verdict) -> tuple[Note, ...]:
    """Return the notes that explain a change and came with a later version, by the lag that its verdict states."""
    if verdict.lag is None:
        return ()
    from revtrack.verdicts.lateness import SLACK, Step, late_notes  # noqa: PLC0415 - as above

    came = version.first_seen + timedelta(seconds=verdict.lag)
    steps = [Step(version.number, version.first_seen, verdict.lag, ())]
    for row in ask(_LATER, article.id, version.number, iso(came - SLACK), iso(came + SLACK)):
        notes = tuple(from_form(Note, form) for form in json.loads(row["notes"]))
        steps.append(Step(row["number"], moment(row["seen_at"]), None, notes))
    return tuple(note for late in late_notes(steps) for note in late.notes)


def _emptied(version: Version) -> Version:
    return replace(version, story=Story())


def _with_notes_between(
    found: Revision, between: list[Version], compare: Callable[[Story, Story], Revision]
) -> Revision:
    """Judge a step over several versions by every note that came in them, those that went again included."""
    new = found.diff.new
    came = {note_key(note): note for version in between for note in version.story.notes}
    gone = tuple(note for key, note in came.items() if key not in {note_key(standing) for standing in new.notes})
    judged = compare(found.diff.old, replace(new, notes=new.notes + gone))
    reasons = tuple(
        replace(reason, note=None) if reason.note is not None and reason.note >= len(new.notes) else reason
        for reason in judged.verdict.reasons
    )
    return replace(found, notes=judged.notes, verdict=replace(judged.verdict, reasons=reasons))
