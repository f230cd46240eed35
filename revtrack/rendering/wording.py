"""Put verdicts, notes and times into words: what was observed, never a guess at intent. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from revtrack.model import Disclosure, Event, Note, NoteKind, Reason, Revision, Significance, Verdict
from revtrack.notes import SHIPPED, note_key
from revtrack.rendering.visible import isolated, visible

SHORT = 36
"""Facts are quoted to so many characters on each side."""
_MOST_FACTS = 4

DISCLOSURE = {
    Disclosure.NOT_NEEDED: "no note needed",
    Disclosure.DISCLOSED: "disclosed",
    Disclosure.LATE: "disclosed late",
    Disclosure.PARTLY: "partly disclosed",
    Disclosure.VAGUE: "vague note",
    Disclosure.STAMPED: "no note, new stamp",
    Disclosure.UNDISCLOSED: "undisclosed",
}
EVENTS = {
    Event.FIRST: "first version",
    Event.UNCHANGED: "unchanged",
    Event.GONE: "gone",
    Event.BACK: "back again",
    Event.SUSPECT: "suspect, to be confirmed",
    Event.TROUBLE: "trouble",
}
_LEAST_QUOTED = Significance.DETAIL.level


def summary(verdict: Verdict) -> str:
    """Return the verdict in three words: "substantive, undisclosed"."""
    if verdict.disclosure is Disclosure.NOT_NEEDED:
        return verdict.significance.value
    return f"{verdict.significance}, {DISCLOSURE[verdict.disclosure]}"


def facts(verdict: Verdict) -> tuple[str, ...]:
    """Return the facts that changed, weightiest first and safe to show: ("12 → 21", "+1 quotation")."""
    weighty = [reason for reason in verdict.reasons if reason.significance.level >= _LEAST_QUOTED]
    told = _once(weighty or verdict.reasons[:1])
    counts = Counter(_counted(reason) for reason in told if not _is_quoted(reason))
    shown = tuple(dict.fromkeys(_fact(reason, counts) for reason in told))
    return (*shown[:_MOST_FACTS], f"{len(shown) - _MOST_FACTS} more") if len(shown) > _MOST_FACTS else shown


def _once(reasons: Iterable[Reason]) -> list[Reason]:
    """Return reasons without those that quote what a weightier one quotes, or a part of it."""
    kept: list[Reason] = []
    for reason in reasons:
        quoted = (other for other in kept if _is_quoted(other))
        if not (_is_quoted(reason) and any(_is_within(reason, other) for other in quoted)):
            kept.append(reason)
    return kept


def _is_within(one: Reason, other: Reason) -> bool:
    inner, outer = sorted((one, other), key=lambda reason: len(reason.before) + len(reason.after))
    is_same = one.change is not None and one.change == other.change
    is_telling = is_same or len(inner.before) + len(inner.after) > SHORT  # "1 → 2" is no part of "12 → 21" elsewhere
    return is_telling and inner.before in outer.before and inner.after in outer.after


def _fact(reason: Reason, counts: Counter[tuple[str, str]]) -> str:
    if _is_quoted(reason):
        addresses = reason.where == "link"
        before, after = (_addresses_apart if addresses else _apart)(reason.before, reason.after)
        return f"{_quoted(before)} → {_quoted(after)}"
    sign, name = _counted(reason)
    if not sign:
        return name
    number = counts[sign, name]
    gone = f" “{_quoted(reason.before)}”" if sign == "−" and reason.before and number == 1 else ""
    return f"{sign}{count(number, name)}{gone}"


def _is_quoted(reason: Reason) -> bool:
    """Whether a fact is told in the page's words: those of the headline stand above it anyway."""
    return bool(reason.before and reason.after) and not _is_rewording(reason)


def _is_rewording(reason: Reason) -> bool:
    """Whether a reason is that a headline says something else in many words."""
    long = max(len(reason.before), len(reason.after)) > SHORT
    return reason.feature == "headline_reworded" or (reason.where == "headline" and long)


def _apart(before: str, after: str) -> tuple[str, str]:
    """Return two texts from where they differ, if one is long: cut at its end, both would read alike."""
    if max(len(before), len(after)) <= SHORT:
        return before, after
    words = before.split(), after.split()
    most = min(map(len, words)) - 1
    same = next((place for place in range(most) if words[0][place] != words[1][place]), max(most, 0))
    first, second = (" ".join(side[same:]) for side in words)
    return (f"…{first}", f"…{second}") if same else (before, after)


def _addresses_apart(before: str, after: str) -> tuple[str, str]:
    """Return two addresses without scheme, from where their paths differ if their hosts are the same."""
    first, second = (address.partition("://")[2] for address in (before, after))
    parts = first.split("/"), second.split("/")
    same = next((place for place, (a, b) in enumerate(zip(*parts, strict=False)) if a != b), min(map(len, parts)) - 1)
    return ("/".join(("…", *parts[0][same:])), "/".join(("…", *parts[1][same:]))) if same else (first, second)


def _quoted(text: str) -> str:
    shown = visible(text).strip()
    shown = shown.lstrip(",;: ") or shown  # what words are led by says nothing alone
    return isolated(shown if len(shown) <= SHORT else f"{shown[: SHORT - 1].rstrip()}…")


def _counted(reason: Reason) -> tuple[str, str]:
    name = "headline reworded" if _is_rewording(reason) else reason.feature.replace("_", " ")
    for ending, sign in ((" added", "+"), (" removed", "−")):
        if name.endswith(ending):
            return sign, name.removesuffix(ending)
    if bool(reason.before) == bool(reason.after) or name.endswith(" reworded"):
        return "", name
    return ("+", name) if reason.after else ("−", name)


def observed(revision: Revision) -> tuple[str, ...]:
    """Return what was observed of a revision, a sentence each: when it changed, and what the page said about it."""
    if revision.redaction:
        taken_out = f"Redacted {clock(revision.redaction.at)}: {visible(revision.redaction.reason)}."
        return tuple(sentence for sentence in (_when(revision), taken_out) if sentence)
    return tuple(
        sentence
        for sentence in (_when(revision), *_marked(revision), _said(revision), _unread(revision), _part_later(revision))
        if sentence
    )


def _marked(revision: Revision) -> Iterator[str]:
    """Yield what may make an edit less telling than others of its level."""
    verdict = revision.verdict
    if "settling" in verdict.events and verdict.age is not None:
        yield f"Made within {span(timedelta(seconds=verdict.age))} of publication."
    if "opened" in verdict.events:
        yield "The page kept its end back before, and shows it now: it may have stood there all along."
    if "living" in verdict.events:
        yield "The page is written on as things happen: a live blog or tracker."


def _when(revision: Revision) -> str:
    if revision.after is None or revision.seen_at is None:
        return ""
    when = f"Changed {_between(revision.after, revision.seen_at)}."
    if revision.revert_of:
        when += f" The text went back to that of version {revision.revert_of}."
    if revision.flapping:
        when += " It alternates between a few texts, as an A/B test does."
    return when


def _between(after: datetime, seen: datetime) -> str:
    """Say between which two looks something happened: to the second where the minutes are the same."""
    if seen == after:
        return f"within the second of {clock(seen, exact=True)}"
    if seen < after:
        return f"between the look of {clock(after)} and the next, of {clock(seen)}: the clock was put back"
    if not needs_seconds((after, seen)):
        return f"between {clock(after)} and {clock(seen)}"
    after, seen = after.astimezone(UTC), seen.astimezone(UTC)
    return f"between {after:%Y-%m-%d %H:%M:%S} and {seen:%H:%M:%S} UTC"


def _said(revision: Revision) -> str:
    verdict = revision.verdict
    if verdict.disclosure is Disclosure.LATE and verdict.lag is not None:
        return f"A note about it came {span(timedelta(seconds=verdict.lag))} later."
    until = f" at {count(revision.looks, 'look')} until {clock(revision.last_seen)}" if revision.last_seen else ""
    subject = f"No {_LOOKED_FOR} about this change" if _standing(revision) else f"No {_LOOKED_FOR}"
    said = {
        Disclosure.UNDISCLOSED: f"{subject} on the page{until}.",
        Disclosure.STAMPED: f"The time stamp moved; no note says what changed{until}.",
        Disclosure.VAGUE: "The note does not say what changed.",
        Disclosure.PARTLY: f"Not covered by the note: {' · '.join(_open_facts(verdict))}.",
    }
    return said.get(verdict.disclosure, "") or _called(revision)


def _unread(revision: Revision) -> str:
    """Return that no note could be found, where revtrack brings no rules for the language of the page."""
    language = revision.diff.new.language
    is_told = revision.verdict.disclosure in {Disclosure.UNDISCLOSED, Disclosure.STAMPED}
    if not is_told or not language or SHIPPED.knows(language):
        return ""
    return f"revtrack ships no rules for notes in the page’s language ({visible(language)}): one may stand unread."


def _part_later(revision: Revision) -> str:
    """Return that a note about some of the changes came later, where others are not disclosed to this day."""
    lag = revision.verdict.lag
    if lag is None or revision.verdict.disclosure is Disclosure.LATE:
        return ""
    return f"A note about part of it came {span(timedelta(seconds=lag))} later."


_LOOKED_FOR = "correction, clarification, update or other note"


def _called(revision: Revision) -> str:
    """Return that a note calls something else what puts one fact for another, "" where none does."""
    notes = revision.diff.new.notes
    for reason in revision.verdict.reasons:
        put = reason.before and reason.after and reason.significance.level >= Significance.SUBSTANTIVE.level
        if put and reason.note is not None and reason.note < len(notes) and notes[reason.note].kind in _MILD:
            return f"The note calls this {_MILD[notes[reason.note].kind]}: {_fact(reason, Counter())}."
    return ""


_MILD = {NoteKind.UPDATE: "an update", NoteKind.CLARIFICATION: "a clarification"}


def _open_facts(verdict: Verdict) -> tuple[str, ...]:
    """Return the facts that keep a verdict from being better: those of its own disclosure and of level 3 or more."""
    least = min(verdict.significance.level, Significance.SUBSTANTIVE.level)
    kept = tuple(r for r in verdict.reasons if r.disclosure is verdict.disclosure and r.significance.level >= least)
    return facts(replace(verdict, reasons=kept)) or ("all of it",)


def _standing(revision: Revision) -> bool:
    return any(note.is_revising for note in revision.diff.new.notes)


def note_title(note: Note) -> str:
    """Return what a note is and where it stands: "correction, at the bottom"."""
    kind = note.kind.value if note.is_revising else note.family.value
    return f"{kind}, {_PLACES[note.place.value]}"


def late_title(revision: Revision, note: Note) -> str:
    """Return what a note is that came later than the change it explains: "correction, at the top, 4 hours later"."""
    lag = revision.verdict.lag
    return f"{note_title(note)}, {span(timedelta(seconds=lag))} later" if lag is not None else note_title(note)


_PLACES = {
    "headline": "in the headline",
    "top": "at the top",
    "middle": "in the text",
    "bottom": "at the bottom",
    "caption": "in a caption",
    "aside": "beside the text",
    "metadata": "in the page's metadata",
}


def withdrawn(revision: Revision) -> tuple[str, ...]:
    """Return the texts of the notes that stood before and stand no more, safe to show, where the verdict says so."""
    if "note_withdrawn" not in revision.verdict.events:
        return ()
    standing = {note_key(note) for note in revision.diff.new.notes}
    return tuple(visible(note.text) for note in revision.diff.old.notes if note_key(note) not in standing)


def happening(event: Event, why: str, at: datetime | None = None) -> str:
    """Return what happened to an article's page, safe to show: "gone since …: the server answered 404 Not Found"."""
    when = f" {'since ' if event is Event.GONE else ''}{clock(at)}" if at else ""
    because = f": {visible(why)}" if event is Event.GONE and why else ""
    return f"{EVENTS.get(event, event.value)}{when}{because}"


def departure(place: str, gone_to: str, gone: str = "") -> str:
    """Return where a paragraph, or words of one, went: "¶ 2 moved to ¶ 9"."""
    words = f"“{_quoted(gone)}” from " if gone else ""
    return f"{words}¶ {place} moved to ¶ {gone_to}"


def clock(moment: datetime, *, exact: bool = False) -> str:
    """Return a time as people read it, in UTC: "2024-11-21 10:05 UTC", with its seconds where `exact`."""
    until = 19 if exact else 16
    return f"{moment.astimezone(UTC).isoformat(' ', 'seconds')[:until]} UTC"  # four times as fast as `strftime`


def needs_seconds(moments: Iterable[datetime | None]) -> bool:
    """Whether different moments would read the same without their seconds."""
    known = {moment for moment in moments if moment}
    return len({clock(moment) for moment in known}) < len(known)


def span(length: timedelta) -> str:
    """Return a length of time in its largest fitting unit: "3 hours"."""
    seconds = length.total_seconds()
    for unit, size in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= 2 * size or (seconds >= size and unit != "day"):
            return count(round(seconds / size), unit)
    return count(round(seconds), "second")


def count(number: int, noun: str) -> str:
    """Return a number with its noun in the right form: "1 look", "2 looks"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
