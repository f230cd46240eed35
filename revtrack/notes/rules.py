"""The rules of one language, as its rule file says them. Knows nothing of pages, nor where the files are.

A rule file is written for newsroom editors: `[words]` names lists of words; `[labels]` what a note may begin with;
`[[pattern]]` what a note may say, in the language of `revtrack.notes.phrases`, with `examples` and `not` that are its
test. The first pattern that fits decides the kind of a note, so their order in the file matters.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from revtrack.config import refuse_unknown
from revtrack.errors import ConfigError
from revtrack.model import NoteKind
from revtrack.notes.expressions import DATE
from revtrack.notes.holding import Needs, Stems, held_in
from revtrack.notes.needing import literals_of, telling
from revtrack.notes.phrases import A_LIST, Phrase, Words, phrases, search_any

_LISTS = frozenset(("stems", "details", "slugs", "meta", "vetoes", "stamp", "common"))
_TABLES = frozenset(("words", "labels", "agency", "targets", "examples"))
_NEEDS = ("", "label", "edge", "aside")
_PATTERN_KEYS = frozenset(("name", "kind", "says", "unless", "needs", "across", "examples", "not"))
TELLING = (
    *("has_corrected", "has_clarified", "has_added", "has_changed", "has_removed", "has_withdrawn"),
    *("we_corrected", "we_clarified", "we_added", "we_changed", "we_removed", "we_withdrew"),
    *(
        "mistake",
        "misspoke",
        "we_erred",
        "editing_error",
        "earlier_version",
        "regret",
        "contrary",
        "published",
        "updated_on",
    ),
)
"""The word lists that tell of an edit: their words are stems, so that a text that holds none is never looked at."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One thing a note may say.

    What it `needs` to make a note of a passage: nothing; an "edge", the head or foot of an article or a block that
    stands out; an "aside", brackets or an asterisk of its own; a "label", beside which it only decides the kind. One
    that goes `across` may take two sentences to say it. What `unless` says stands in the way. `shared` ones hold for
    all languages, whose own word lists fill them.
    """

    name: str
    kind: NoteKind
    says: tuple[Phrase, ...]
    unless: tuple[Phrase, ...] = ()
    needs: str = ""
    across: bool = False
    shared: bool = False
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()

    @property
    def alone(self) -> bool:
        """Whether it makes a note of a passage without any label."""
        return self.needs != "label"

    def search(self, text: str, lowered: str, says: Sequence[Phrase] | None = None) -> re.Match[str] | None:
        """Return where a text, its dates filled in, says this, by the given phrases if others cannot stand in it."""
        found = search_any(self.says if says is None else says, text, lowered)
        return None if found and search_any(self.unless, text, lowered) else found


@dataclass(frozen=True)
class Rules:
    """The rules of one language. `labels` give the kind that a label announces, None for "Editor's note".

    `spaced` is False where words run together or take endings without a space: phrases are matched inside words there.
    """

    language: str
    spaced: bool
    words: Words
    stems: tuple[str, ...]
    labels: dict[str, NoteKind | None]
    slugs: tuple[str, ...]
    agency: dict[str, NoteKind]
    patterns: tuple[Pattern, ...]
    vetoes: tuple[Phrase, ...]
    meta: tuple[Phrase, ...]
    stamp_words: frozenset[str]
    details: tuple[Phrase, ...]
    targets: tuple[tuple[str, tuple[Phrase, ...]], ...]
    examples: tuple[tuple[str, NoteKind | None], ...] = ()
    """Notes of every kind, and with None texts that are none: what the shared patterns are tried by."""

    @cached_property
    def told_by(self) -> Stems:
        """The stems, made ready to be looked for."""
        return Stems(self.stems)

    @cached_property
    def label(self) -> re.Pattern[str]:
        """A label with what may follow it: a date, a bracket, and the mark that ends it."""
        listed = "|".join(re.escape(label) for label in sorted(self.labels, key=len, reverse=True))
        when = rf"(?P<when>[\s,.(\[|:：（-]{{0,4}}(?:[^\W\d_]{{1,8}}\.?\s){{0,2}}{DATE}+[\s)\],]{{0,3}}){{0,2}}"
        end = r"(?P<end>\s{0,2}[:：|）\]】〉》]|\s{0,2}[)]|\s{0,2}[-–—.!](?=\s)|\s*$|(?(when)(?!)|(?=\s[^\W\d_])))"
        opening = rf"(?P<open>[\s*_#>+•!\"(\[【（〈《\\/†※■-]{{0,8}})(?:{DATE}+[\s,:：|-]{{0,3}})?"
        number = r"(?P<number>\s(?:Nr\.|No\.|#)?\s?\d{1,2}(?=\s?:))?"
        expression = rf"{opening}(?P<label>{listed})(?!\w)[*_]{{0,3}}(?:\.(?=\s?[:：]))?{number}{when}{end}"
        return re.compile(expression, re.IGNORECASE)

    @cached_property
    def slug(self) -> re.Pattern[str]:
        """A news agency's slug at the head of a line: capitals, a number for "#", a hyphen without a space."""
        listed = "|".join(re.escape(slug).replace(r"\#", r"\d{1,2}") for slug in self.slugs)
        return re.compile(rf"(?P<slug>{listed})[-–](?=\S)" if listed else r"(?!)")

    def may_label(self, met: int, lowered: str) -> bool:
        """Whether a text in small letters may hold a label, given what words it holds.

        A date that it follows without a space, or an underline, hides its word.
        """
        return bool(self.sayable(met, [len(self._said)])) or _HIDDEN.search(lowered) is not None

    def announced(self, label: str) -> NoteKind | None:
        """Return the kind that a label announces, None for one that announces any."""
        return self.labels.get(label.lower())

    def met_by(self, lowered: str) -> int:
        """Return what words of the patterns a text in small letters holds, as bits."""
        return self._needs.met_by(lowered)

    def sayable(self, met: int, among: Iterable[int] | None = None) -> list[int]:
        """Return the numbers of the patterns' phrases whose words are met: few, and none of the others can fit."""
        return self._needs.places(met, range(len(self._said)) if among is None else among)

    def patterns_of(self, numbers: Iterable[int]) -> dict[int, list[Phrase]]:
        """Return the places of the patterns of some phrases, in order, each with these phrases."""
        patterns: dict[int, list[Phrase]] = defaultdict(list)
        for number in numbers:
            place, phrase = self._said[number]
            patterns[place].append(phrase)
        return patterns

    @cached_property
    def _said(self) -> list[tuple[int, Phrase]]:
        """All phrases of the patterns, each with the place of its pattern."""
        return [(place, phrase) for place, pattern in enumerate(self.patterns) for phrase in pattern.says]

    @cached_property
    def _needs(self) -> Needs:
        """What each phrase needs and, behind the last of them, what any label does."""
        labels = literals_of(self.labels, self.words.needs)
        wanted = frozenset((labels.literals,)) if labels.literals else frozenset()
        return Needs([*(phrase.needs for _, phrase in self._said), wanted], spaced=self.spaced)

    def speaks_of_itself(self, text: str) -> bool:
        """Whether a text speaks of the article without announcing a change: a promise, where it first appeared."""
        return search_any(self.meta, text, text.lower()) is not None

    def vetoed(self, text: str) -> bool:
        """Whether a text speaks of edits without making one: "will be updated", "corrections policy"."""
        return search_any(self.vetoes, text, text.lower()) is not None

    def speaks_for_others(self, text: str) -> bool:
        """Whether a text tells what somebody else said or did, and does not name this article: "…, the mayor said"."""
        lowered = text.lower()
        foreign, ours = (self.words.get(name) and self.words.phrase(f"{{{name}}}") for name in ("foreign", "our_words"))
        return bool(foreign and foreign.search(text, lowered) and not (ours and ours.search(text, lowered)))

    def compile(self, own: Mapping[str, Any]) -> None:
        """Compile what a person's table says, which is else done when a text needs it.

        Raises ConfigError for a bad phrase. What ships is held by its tests, and would cost seconds.
        """
        lists = (own.get(name, ()) for name in ("vetoes", "meta", "details"))
        tables = (listed for name in ("words", "targets") for listed in own.get(name, {}).values())
        said = (entry.get(name, ()) for entry in own.get("pattern", ()) for name in ("says", "unless"))
        for says in (*lists, *tables, *said):
            for phrase in phrases(says, self.words):
                phrase.compile()


_HIDDEN = re.compile(r"_|\d[^\W\d]")  # what may stand right before a label, and is one word with it


def read_rules(language: str, table: Mapping[str, Any]) -> Rules:
    """Read the table of one rule file, its shape checked. Raises ConfigError for what is unknown or missing in it."""
    try:
        return _read_rules(language, table)
    except KeyError as error:
        raise ConfigError(f"{error} is missing: {_BELONGS.get(error.args[0], A_LIST)}") from error
    except ValueError as error:
        raise ConfigError(str(error)) from error


NOTE_KINDS = tuple(kind.value for kind in NoteKind if kind not in {NoteKind.TIMESTAMP, NoteKind.META})
"""What a label or pattern may announce."""
_BELONGS = {
    "stems": 'write stems = ["…"] at the head of the file, above all [tables]: words of which any note holds one',
    **dict.fromkeys(("name", "kind", "says"), "each [[pattern]] has a name, a kind, and what it says"),
}
"""Where what is missing is to be written."""


def _kind(name: str) -> NoteKind:
    """Return a kind of notes by its name. Raises ConfigError, which names them all, for any other."""
    try:
        return NoteKind(name)
    except ValueError as error:
        raise ConfigError(f"{name!r} is no kind of note: choose one of {', '.join(NOTE_KINDS)}") from error


def check_shape(table: Mapping[str, Any]) -> None:
    """Raise ConfigError for the first entry of a rule file that is unknown or of a wrong type."""
    refuse_unknown(table, _LISTS | _TABLES | {"spaced", "pattern"})
    for key, value in table.items():
        if key in _LISTS and not _are_texts(value):
            raise ConfigError(f"{key} should be a list of texts")
        if key in _TABLES and not (isinstance(value, dict) and all(map(_are_texts, value.values()))):
            raise ConfigError(f"{key} should be a table of lists of texts: write [{key}]")
        if key == "pattern" and not (isinstance(value, list) and all(isinstance(entry, dict) for entry in value)):
            raise ConfigError("pattern should be a list of tables: write [[pattern]]")
    for entry in table.get("pattern", ()):
        refuse_unknown(entry, _PATTERN_KEYS, prefix="pattern.")
        for key in ("examples", "not"):
            if not _are_texts(entry.get(key, [])):
                raise ConfigError(f"pattern.{key} should be a list of texts")


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)


def _read_rules(language: str, table: Mapping[str, Any]) -> Rules:
    spaced = table.get("spaced", True)
    words = Words({name: tuple(listed) for name, listed in table.get("words", {}).items()}, spaced=spaced)
    labels = {
        label.lower().rstrip(" .:："): None if kind == "note" else _kind(kind)
        for kind, listed in table.get("labels", {}).items()
        for label in listed
    }
    return Rules(
        language=language,
        spaced=spaced,
        words=words,
        stems=_shortest(
            [stem.lower() for stem in table["stems"]]
            + _told_by(words, frozenset(table.get("common", ())))
            + _announced_by(labels, spaced=spaced)
            + [f"({verb} " for verbs in table.get("agency", {}).values() for verb in verbs]
        ),
        labels=labels,
        slugs=tuple(table.get("slugs", ())),
        agency={verb: _kind(kind) for kind, verbs in table.get("agency", {}).items() for verb in verbs},
        patterns=tuple(_pattern(entry, words) for entry in table.get("pattern", ())),
        vetoes=phrases(table.get("vetoes", ()), words),
        meta=phrases(table.get("meta", ()), words),
        stamp_words=frozenset(word for entry in table.get("stamp", ()) for word in entry.lower().split()),
        details=phrases(table.get("details", ()), words),
        targets=tuple((name, phrases(says, words)) for name, says in table.get("targets", {}).items()),
        examples=tuple(
            (text, None if kind == "none" else _kind(kind))
            for kind, listed in table.get("examples", {}).items()
            for text in listed
        ),
    )


def _announced_by(labels: Iterable[str], *, spaced: bool) -> list[str]:
    """Return what tells a text that bears a label: the label, a short one with its colon."""
    return [label if len(label) >= (_LONG_LABEL if spaced else 2) else f"{label}:" for label in labels]


_LONG_LABEL = 6  # letters, from which a label seldom stands in a text that has none


def _told_by(words: Words, common: frozenset[str]) -> list[str]:
    """Return what is literal in the words that tell of an edit, but for words that stand in every other paragraph."""
    entries = (entry for name in TELLING for entry in words.get(name, ()))
    return [literal for entry in entries for literal in telling(entry, words.needs, common)]


def _shortest(stems: Iterable[str]) -> tuple[str, ...]:
    """Leave out stems that hold another: a text that has them has that one too. None is a stem of every text."""
    listed = list(dict.fromkeys(filter(None, stems)))
    longer = {stem for place, stem in held_in(listed, listed) if stem != listed[place]}
    return tuple(stem for stem in listed if stem not in longer)


def _pattern(entry: dict[str, Any], words: Words) -> Pattern:
    if (needs := entry.get("needs", "")) not in _NEEDS:
        raise ConfigError(f"needs = {needs!r} is none of label, edge, aside")
    return Pattern(
        entry["name"],
        _kind(entry["kind"]),
        phrases(entry["says"], words),
        unless=phrases(entry.get("unless", ()), words),
        shared=entry.get("shared", False),
        needs=needs,
        across=entry.get("across", False),
        examples=tuple(entry.get("examples", ())),
        counterexamples=tuple(entry.get("not", ())),
    )
