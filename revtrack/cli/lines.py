"""One line a result or log entry: when, how much it matters, what, where. Safe to print."""

from revtrack.archive import LogEntry
from revtrack.cli.session import Session
from revtrack.model import Article, CheckResult, Event, Outcome, Significance
from revtrack.rendering.visible import isolated, visible
from revtrack.rendering.wording import EVENTS, facts, note_title, summary
from revtrack.urls import host_of

_MARKS = {"settling": "just published", "living": "live page", "opened": "a gate opened"}
_NOT_FOUND = "not found"
_MAY_LIST = ("a page of links to articles", "no text that reads like an article")
"""What reading says of pages that may be fronts and sections: walls and errors are named otherwise."""
_HEADLINE = 40
"""Headlines are cut to so many characters, so that what changed is seen beside them."""
_NARROW = 78
"""A terminal that is narrower has room for time and verdict alone on a line: the article stands beneath."""
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


def tell_entry(session: Session, entry: LogEntry, *, sited: bool = False) -> None:
    """Print an entry: on one line, what a terminal is too narrow for beneath; `sited`: of whom."""
    when, what, told = _parts(entry, sited=sited)
    if session.width and session.width < _NARROW:
        session.line(when.rstrip(), strong=_strong_in(entry))
        session.wrapped("  ".join(filter(None, [what, told])), lead="  ")
    else:
        session.line(f"{when}  {what}", strong=_strong_in(entry), beneath=told)


def _parts(entry: LogEntry, *, sited: bool) -> tuple[str, str, str]:
    """Return the parts of an entry's line: when and how weighty, which article, and what is told of it."""
    name = f"{entry.article.id}@{entry.version}" if entry.version else f"{entry.article.id}"
    headline = _cut(visible(entry.headline or entry.article.headline or entry.article.url))
    when = f"{entry.at:%Y-%m-%d %H:%MZ}  {verdict_of(entry):<29}"
    site = f"({isolated(visible(host_of(entry.article.url)))})" if sited else ""
    told = "  ".join(filter(None, [" · ".join(_told(entry)), site]))
    return when, f"{name:<5}  {isolated(headline)}".rstrip(), told


def verdict_of(entry: LogEntry) -> str:
    """Return an entry's verdict, or what happened, in a few words."""
    if entry.verdict:
        return summary(entry.verdict)
    return _NOT_FOUND if _was_never_there(entry) else EVENTS.get(entry.event, entry.event.value)


def _strong_in(entry: LogEntry) -> str:
    """Return the part of an entry's line that should stand out: the verdict of a weighty change, else ""."""
    weighty = entry.verdict and entry.verdict.significance.level >= Significance.SUBSTANTIVE.level
    return verdict_of(entry) if weighty else ""


def _cut(headline: str) -> str:
    return headline if len(headline) <= _HEADLINE else headline[: _HEADLINE - 1].rstrip() + "…"


def _told(entry: LogEntry) -> list[str]:
    told = [*(facts(entry.verdict) if entry.verdict else ()), *(f"note: {note_title(note)}" for note in entry.notes)]
    if entry.why:
        told.append(visible(entry.why))
    if _was_never_there(entry):
        told.append("is the address right?")
    if entry.revert_of:
        told.append(f"back to version {entry.revert_of}")
    told += [said for mark, said in _MARKS.items() if entry.verdict and mark in entry.verdict.events]
    return [*told, "alternating"] if entry.flapping else told


def counted_as(result: CheckResult) -> str:
    """Return what a look came to as it is counted: "revised", "not found"."""
    return _NOT_FOUND if _was_never_there(result) else result.event.value


def last_look(article: Article) -> str:
    """Return what the last look at an article came to."""
    if article.outcome is Outcome.GONE and not article.versions:
        return _NOT_FOUND
    return article.outcome.replace("_", " ") if article.outcome else "not yet"


def _was_never_there(told: LogEntry | CheckResult) -> bool:
    """Whether an article is gone of which no version was ever read: then it is the address that is wrong."""
    return told.event is Event.GONE and not told.article.versions


def complaint(result: CheckResult) -> str:
    """Return what was wrong with one look, for stderr."""
    outcome = "" if result.snapshot.outcome is Outcome.OK else result.snapshot.outcome.replace("_", " ") + ": "
    return f"{visible(result.article.url)}: {outcome}{visible(result.why)}{_advice(result)}"


def _advice(result: CheckResult) -> str:
    """Say what helps where no article was ever read from a page: nothing against a wall but to look again."""
    if result.snapshot.outcome is not Outcome.NOT_ARTICLE or result.article.versions:
        return ""
    if any(said in result.why for said in _MAY_LIST):
        return "; a page that lists articles is followed by 'revtrack add URL --as section'"
    return "; it is looked at again"
