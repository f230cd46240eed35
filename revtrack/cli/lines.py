"""One line a result or log entry: when, how much it matters, what, where. Safe to print."""

from revtrack.archive import LogEntry
from revtrack.model import CheckResult, Event, Outcome, Significance
from revtrack.rendering.visible import isolated, visible
from revtrack.rendering.wording import EVENTS, facts, note_title, summary
from revtrack.urls import host_of

_MARKS = {"settling": "just published", "living": "live page"}
_HEADLINE = 40
"""Headlines are cut to so many characters, so that what changed is seen beside them."""
_LOUD = (Event.REVISED, Event.GONE, Event.BACK, Event.SUSPECT, Event.FIRST)


def entry_of(result: CheckResult) -> LogEntry:
    """Return what the log would say of a result."""
    return LogEntry(
        article=result.article,
        at=result.snapshot.fetched_at,
        event=result.event,
        version=result.version.number if result.version else None,
        headline=result.version.story.headline if result.version else "",
        verdict=result.revision.verdict if result.revision else None,
        notes=result.revision.notes if result.revision else (),
        revert_of=result.version.revert_of if result.version else None,
        flapping=bool(result.version and result.version.flapping),
        why=result.why,
    )


def rank(entry: LogEntry) -> tuple[float, ...]:
    """Sort key, weightiest first: the verdict's weight, then the age of the page; what else happened comes behind."""
    if entry.verdict:
        return (0, -entry.verdict.weight, -(entry.verdict.age or 0))
    return (1 + (_LOUD.index(entry.event) if entry.event in _LOUD else len(_LOUD)),)


def line_of(entry: LogEntry, *, sited: bool = False) -> str:
    """Return an entry on one line: when (UTC), how much it matters, which article, what changed; `sited`: of whom."""
    name = f"{entry.article.id}@{entry.version}" if entry.version else f"{entry.article.id}"
    headline = _cut(visible(entry.headline or entry.article.headline or entry.article.url))
    parts = [f"{entry.at:%Y-%m-%d %H:%MZ}", f"{verdict_of(entry):<29}", f"{name:<5}", isolated(headline)]
    site = f"({isolated(visible(host_of(entry.article.url)))})" if sited else ""
    return "  ".join(filter(None, [*parts, " · ".join(_told(entry)), site])).rstrip()


def verdict_of(entry: LogEntry) -> str:
    """Return an entry's verdict, or what happened, in a few words."""
    if entry.event is Event.GONE and not entry.article.versions:
        return "not found"  # what was never there is not gone
    return summary(entry.verdict) if entry.verdict else EVENTS.get(entry.event, entry.event.value)


def strong_in(entry: LogEntry) -> str:
    """Return the part of an entry's line that should stand out: the verdict of a weighty change, else ""."""
    weighty = entry.verdict and entry.verdict.significance.level >= Significance.SUBSTANTIVE.level
    return verdict_of(entry) if weighty else ""


def _cut(headline: str) -> str:
    return headline if len(headline) <= _HEADLINE else headline[: _HEADLINE - 1].rstrip() + "…"


def _told(entry: LogEntry) -> list[str]:
    told = [*(facts(entry.verdict) if entry.verdict else ()), *(f"note: {note_title(note)}" for note in entry.notes)]
    if entry.why:
        told.append(visible(entry.why))
    if entry.event is Event.GONE and not entry.article.versions:
        told.append("is the address right?")
    if entry.revert_of:
        told.append(f"back to version {entry.revert_of}")
    told += [said for mark, said in _MARKS.items() if entry.verdict and mark in entry.verdict.events]
    return [*told, "alternating"] if entry.flapping else told


def complaint(result: CheckResult) -> str:
    """Return what was wrong with one look, for stderr."""
    outcome = "" if result.snapshot.outcome is Outcome.OK else result.snapshot.outcome.replace("_", " ") + ": "
    is_list = result.snapshot.outcome is Outcome.NOT_ARTICLE and not result.article.versions
    advice = "; a page that lists articles is followed by 'revtrack add URL --as section'" if is_list else ""
    return f"{visible(result.article.url)}: {outcome}{visible(result.why)}{advice}"
