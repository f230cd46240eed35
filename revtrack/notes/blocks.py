"""One block made ready for the rules, and what it turns out to be. Knows no rule."""

import re
from dataclasses import dataclass
from functools import cached_property

from revtrack.model import NoteFamily, NoteKind
from revtrack.moments import Moment, find_moments, mask_moments
from revtrack.notes.expressions import DATE
from revtrack.notes.passages import Passage
from revtrack.notes.rules import Pattern, Rules
from revtrack.text import typed

LONGEST = 6000
"""Characters of a block that are read; the longest real note we know has 1,900."""
STAMP = 200
"""Characters of the longest block that says nothing but when."""
WORD = re.compile(r"[\w\u0610-\u065f\u0900-\u0963]+")  # with the marks that stand for vowels
CLOSING = {"(": ")", "[": "]", "（": "）", "【": "】", "〈": "〉", "{": "}"}
OPENING_MARKS = ' *_#>+•!"([【（〈《※■-'


@dataclass(frozen=True, slots=True)
class Finding:
    """What a block turned out to be: characters `start` to `end` of it, and the rule that said so.

    A `bare` finding is a label alone; its text is the next block.
    """

    start: int
    end: int
    kind: NoteKind
    family: NoteFamily
    rule: str
    bare: bool = False
    moment: Moment | None = None


@dataclass(frozen=True)
class Reading:
    """A block made ready: `plain` has glyph variants folded, `masked` its dates filled in; both keep the length.

    `sayable` are the numbers of the phrases of the rules whose words it holds; a label stands in it only where it
    `may_be_labelled`. Dates are dear, and looked for when
    they are first asked for: of most blocks that a stem let through they never are.
    """

    passage: Passage
    plain: str
    rules: Rules
    sayable: tuple[int, ...]
    may_be_labelled: bool

    @cached_property
    def moments(self) -> tuple[Moment, ...]:
        """Its dates; right behind a label also bare ones like "18.30"."""
        opening = self.plain[:60].lower().lstrip(OPENING_MARKS)
        loose = len(self.plain) < 120 or opening.startswith(tuple(self.rules.labels))
        return find_moments(self.plain, language=self.rules.language, loose=loose)

    @cached_property
    def masked(self) -> str:
        """Its text with its dates filled in."""
        return mask_moments(self.plain, self.moments)

    @cached_property
    def patterns(self) -> tuple[Pattern, ...]:
        """The patterns of its rules whose words it holds."""
        return tuple(self.rules.patterns[place] for place in self.rules.patterns_of(self.sayable))

    def said(self, text: str) -> Pattern | None:
        """Return the first pattern that fits a part of the block, in the rule file's order: it decides the kind."""
        lowered = text.lower()
        return next((pattern for pattern in self.patterns if pattern.search(text, lowered)), None)


def prepare(passage: Passage, rules: Rules) -> Reading:
    """Fold the glyphs of a block, and see what it may say."""
    plain = typed(passage.text[:LONGEST])
    lowered = plain.lower()
    met = rules.met_by(lowered + DATE)  # its dates, not looked for yet, may say what a phrase needs
    return Reading(passage, plain, rules, tuple(rules.sayable(met)), rules.may_label(met, lowered))


def make_finding(
    reading: Reading,
    start: int,
    kind: NoteKind,
    rule: str,
    *,
    end: int | None = None,
    family: NoteFamily = NoteFamily.REVISION,
    bare: bool = False,
) -> Finding:
    """Return a finding from `start` to `end` of the block, by default its own end, with the rule's language named."""
    stop = len(reading.plain) if end is None else end
    if stop == len(reading.plain):
        stop = max(stop, len(reading.passage.text))
    return Finding(start, stop, kind, family, f"{reading.rules.language}: {rule}", bare)


_NOTE_MARKS = re.compile(
    r"correction|editors?[-_]?note|addend|amendment|clarification|erratum|article[-_]update|update[-_]?note"
)
_STAMP_MARKS = re.compile(r"date|time|stamp|byline|meta|publish|modified|tmstmp|fecha|submitted")


def by_mark(passage: Passage, what: str) -> bool:
    """Whether the page itself marks a block as a "note" or a "timestamp", by a class name or an id."""
    marks = _NOTE_MARKS if what == "note" else _STAMP_MARKS
    return any(marks.search(mark) for mark in passage.marks)


def in_quotes(plain: str, at: int) -> bool:
    """Whether a quotation mark opened before a place is still open there: what it says is another's note."""
    if plain.count('"', 0, at) % 2 == 1:
        return True
    return any(plain.count(opens, 0, at) > plain.count(closes, 0, at) for opens, closes in ("「」", "『』"))
