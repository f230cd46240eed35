"""What a rule asks of a finding, in a small language of its own: "substantive and not disclosed". Pure; nothing is run.

    condition := part { "or" part }         part := test { "and" test }
    test      := "not" test | "(" condition ")" | word | name ("=" | "!=" | "<" | "<=" | ">" | ">=") value

A level stands for itself and those above it; every other word is true or not. A mistake is told with its place.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import NamedTuple

from revtrack.alerts.findings import Finding
from revtrack.errors import ConfigError
from revtrack.model import Disclosure, Event, NoteKind, Significance
from revtrack.urls import host_of

Test = Callable[[Finding], bool]

_TOKEN = re.compile(r"""\s*(?:([()])|(<=|>=|!=|==?|<|>)|"([^"]*)"|'([^']*)'|([^\s()<>=!"']+))""")
_LONGEST = 2000
_DEEPEST = 40
_EVENTS = tuple(event.value for event in Event if event not in (Event.REVISED, Event.UNCHANGED))


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition as it was read: ask `test`; `events` are the events beside revisions that it names."""

    text: str
    test: Test
    events: frozenset[str] = frozenset()


def read_condition(text: str) -> Condition:
    """Read a condition; an empty one is true of every revision, and of every page that is gone or back.

    Raises ConfigError that points at the word.
    """
    if len(text) > _LONGEST:
        raise ConfigError(f"a condition has {_LONGEST} characters at most, this one {len(text)}")
    if not text.strip():
        return Condition("", lambda _: True, frozenset({Event.GONE.value, Event.BACK.value}))
    reader = _Reader(text)
    test = reader.condition(0)
    reader.end()
    return Condition(text, test, frozenset(word.text for word in reader.words if word.text in _EVENTS))


class _Word(NamedTuple):
    text: str
    at: int
    kind: str  # "word", "quoted", "sign", "bracket", "end"


class _Reader:
    """Reads words one by one and makes a test of them, by recursive descent."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = _words(text)
        self._next = 0

    def condition(self, depth: int) -> Test:
        tests = [self._part(depth)]
        while self._takes("or"):
            tests.append(self._part(depth))
        return tests[0] if len(tests) == 1 else lambda finding: any(test(finding) for test in tests)

    def end(self) -> None:
        if self._here.kind != "end":
            raise self._wrong(self._here, "expected 'and', 'or' or the end")

    def _part(self, depth: int) -> Test:
        tests = [self._test(depth)]
        while self._takes("and"):
            tests.append(self._test(depth))
        return tests[0] if len(tests) == 1 else lambda finding: all(test(finding) for test in tests)

    def _test(self, depth: int) -> Test:
        word = self._here
        if depth > _DEEPEST:
            raise self._wrong(word, "nested too deeply")
        if self._takes("not"):
            denied = self._test(depth + 1)
            return lambda finding: not denied(finding)
        if self._takes("("):
            inner = self.condition(depth + 1)
            if not self._takes(")"):
                raise self._wrong(self._here, "expected ')'")
            return inner
        return self._simple()

    def _simple(self) -> Test:
        name = self._take()
        if name.kind != "word" or name.text in ("and", "or"):
            raise self._wrong(name, "expected a word such as 'substantive'")
        if self._here.kind != "sign":
            test = WORDS.get(name.text)
            if test is None:
                raise self._wrong(name, _unknown(name.text))
            return test
        return self._compared(name, self._take())

    def _compared(self, name: _Word, sign: _Word) -> Test:
        value = self._take()
        if value.kind not in ("word", "quoted"):
            raise self._wrong(value, f"expected a value after '{sign.text}'")
        if name.text in _ORDERED:
            return self._ranked(name, sign, value)
        if name.text not in _NAMED:
            raise self._wrong(name, _unknown(name.text, _NAMED.keys() | _ORDERED.keys()))
        if sign.text not in ("=", "==", "!="):
            raise self._wrong(sign, f"'{name.text}' takes = or !=")
        fits, wanted, equal = _NAMED[name.text], value.text, sign.text != "!="
        return lambda finding: fits(finding, wanted) is equal

    def _ranked(self, name: _Word, sign: _Word, value: _Word) -> Test:
        values, rank_of = _ORDERED[name.text]
        if value.text not in values:
            raise self._wrong(value, _unknown(value.text, values))
        compare, bound = _SIGNS[sign.text], values.index(value.text)
        return lambda finding: (rank := rank_of(finding)) is not None and compare(rank, bound)

    @property
    def _here(self) -> _Word:
        return self.words[self._next]

    def _take(self) -> _Word:
        word = self._here
        self._next = min(self._next + 1, len(self.words) - 1)
        return word

    def _takes(self, text: str) -> bool:
        """Take the next word if it is this one."""
        fits = self._here.text == text and self._here.kind in ("word", "bracket")
        if fits:
            self._take()
        return fits

    def _wrong(self, word: _Word, why: str) -> ConfigError:
        shown = f"at the end of {self.text!r}" if word.kind == "end" else f"at {word.text!r} (character {word.at + 1})"
        return ConfigError(f"{shown}: {why}")


def _words(text: str) -> list[_Word]:
    found, at = [], 0
    while at < len(text.rstrip()):
        match = _TOKEN.match(text, at)
        if match is None:
            raise ConfigError(f"at {text[at:].strip()[:1]!r} (character {at + 1}): a quotation mark without its fellow")
        kind = ("bracket", "sign", "quoted", "quoted", "word")[(match.lastindex or 1) - 1]
        word = match[match.lastindex or 0]
        found.append(_Word(word if kind == "quoted" else word.casefold(), match.start(match.lastindex or 0), kind))
        at = match.end()
    return [*found, _Word("", len(text), "end")]


def _unknown(word: str, known: "frozenset[str] | set[str] | tuple[str, ...] | None" = None) -> str:
    choices = sorted(known or WORDS)
    near = get_close_matches(word, choices, n=1)
    return f"there is no such word: did you mean {near[0]!r}?" if near else f"known here: {', '.join(choices)}"


def _at_least(level: Significance) -> Test:
    return lambda finding: finding.verdict is not None and finding.verdict.significance.level >= level.level


def _is_disclosed(disclosure: Disclosure) -> Test:
    return lambda finding: finding.verdict is not None and finding.verdict.disclosure is disclosure


_UNEXPLAINED = frozenset({Disclosure.UNDISCLOSED, Disclosure.STAMPED, Disclosure.VAGUE})


def _is_event(event: str) -> Test:
    return lambda finding: finding.event == event


def _is_marked(mark: str) -> Test:
    return lambda finding: finding.verdict is not None and mark in finding.verdict.events


def _has_note(kind: NoteKind) -> Test:
    return lambda finding: any(note.kind is kind for note in finding.notes)


def _changed(where: str) -> Test:
    return lambda finding: where in finding.places


def _touched(*facts: str) -> Test:
    wanted = frozenset(facts)
    return lambda finding: bool(wanted & finding.facts)


WORDS: Mapping[str, Test] = {
    **{level.value: _at_least(level) for level in Significance},
    **{disclosure.value: _is_disclosed(disclosure) for disclosure in Disclosure},
    "unexplained": lambda finding: finding.verdict is not None and finding.verdict.disclosure in _UNEXPLAINED,
    **{event: _is_event(event) for event in _EVENTS},
    "revised": lambda finding: finding.verdict is not None and not finding.rejudged,
    "rejudged": lambda finding: finding.rejudged,
    **{mark: _is_marked(mark) for mark in ("settling", "living", "opened", "note_withdrawn", "note_reworded")},
    "revert": lambda finding: finding.is_revert,
    "flapping": lambda finding: finding.is_flapping,
    "note": lambda finding: bool(finding.notes),
    **{kind.value: _has_note(kind) for kind in NoteKind if kind not in (NoteKind.TIMESTAMP, NoteKind.META)},
    **{where: _changed(where) for where in ("headline", "deck", "byline", "caption", "published", "link")},
    "removed": lambda finding: any(r.before and not r.after for r in finding.reasons),
    "added": lambda finding: any(r.after and not r.before for r in finding.reasons),
    "number": _touched("number", "money", "percent", "counter"),
    "money": _touched("money"),
    "date": _touched("date"),
    "name": _touched("name", "name_spelling", "fuller_name", "person"),
    "place": _touched("place"),
    "quotation": _touched("quote", "quote_removed", "quotation", "quotation_added", "quotation_removed"),
    "negation": _touched("negation"),
    "hedge": _touched("hedge"),
    "attribution": _touched("attribution"),
}
"""Every word that may stand alone, and what it asks."""

_NAMED: Mapping[str, Callable[[Finding, str], bool]] = {
    "source": lambda finding, value: finding.article.source == value,
    "host": lambda finding, value: is_below(host_of(finding.article.url), value),
    "language": lambda finding, value: finding.language.partition("-")[0] == value.casefold().partition("-")[0],
    "word": lambda finding, value: finding.mentions(value),
    "event": lambda finding, value: finding.event == value,
}
_ORDERED: Mapping[str, tuple[tuple[str, ...], Callable[[Finding], int | None]]] = {
    "significance": (
        tuple(level.value for level in Significance),
        lambda finding: finding.verdict.significance.level if finding.verdict else None,
    ),
    "disclosure": (
        tuple(disclosure.value for disclosure in Disclosure),
        lambda finding: finding.verdict.disclosure.rank if finding.verdict else None,
    ),
}
_SIGNS: Mapping[str, Callable[[int, int], bool]] = {
    "=": lambda a, b: a == b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


def is_below(host: str, domain: str) -> bool:
    """Whether a host, with or without its port, is a domain or stands below it."""
    wanted = domain.casefold().removeprefix("www.").strip(".")
    return any(name == wanted or name.endswith(f".{wanted}") for name in (host, host.rpartition(":")[0]))
