"""Load the rule files, one a language. Knows nothing of pages.

A rule file is written for newsroom editors: `[words]` names lists of words; `[labels]` what a note may begin with;
`[[pattern]]` what a note may say, in the language of `revtrack.notes.phrases`, with `examples` and `not` that are its
test. The first pattern that fits decides the kind of a note, so their order in the file matters.
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import Any

from revtrack.model import NoteKind
from revtrack.notes.phrases import DATE, Phrase, phrases, search_any

LANGUAGES: tuple[str, ...] = tuple("en de fr es pt it nl sv no da fi pl cs ru uk tr ar hi id zh ja ko".split())  # noqa: SIM905
"""The languages that have a rule file, in the order in which they are asked where the language is unknown."""
UNSPACED = frozenset({"zh", "ja", "ko"})
"""Languages whose words run together or take endings without a space: phrases are matched inside words there."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One thing a note may say.

    `alone` patterns make a note of a passage without any label; `edge` ones do so only at the head or foot of an
    article or in a block that stands out; the others only decide the kind of a note that a label has announced.
    """

    name: str
    kind: NoteKind
    says: tuple[Phrase, ...]
    alone: bool = True
    edge: bool = False
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()

    def search(self, text: str, lowered: str) -> re.Match[str] | None:
        """Return where a text, its dates filled in, says this."""
        return search_any(self.says, text, lowered)


@dataclass(frozen=True)
class Rules:
    """The rules of one language. `labels` give the kind that a label announces, None for "Editor's note"."""

    language: str
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

    @cached_property
    def label(self) -> re.Pattern[str]:
        """A label with what may follow it: a date, a bracket, and the mark that ends it."""
        listed = "|".join(re.escape(label) for label in sorted(self.labels, key=len, reverse=True))
        when = rf"(?P<when>[\s,.(\[|:：（-]{{0,4}}(?:[^\W\d_]{{1,8}}\.?\s){{0,2}}{DATE}+[\s)\],]{{0,3}}){{0,2}}"
        end = r"(?P<end>\s{0,2}[:：|）\]】]|\s{0,2}[)]|\s{0,2}[-–—.!](?=\s)|\s*$|(?(when)(?!)|(?=\s[^\W\d_])))"
        opening = r"(?P<open>[\s*_#>+•!\"(\[【（\\/†-]{0,8})"
        expression = (
            rf"{opening}(?P<label>{listed})(?!\w)(?P<number>\s(?:Nr\.|No\.|#)?\s?\d{{1,2}}(?=\s?:))?{when}{end}"
        )
        return re.compile(expression, re.IGNORECASE)

    @cached_property
    def slug(self) -> re.Pattern[str]:
        """A news agency's slug at the head of a line: capitals, a number for "#", a hyphen without a space."""
        listed = "|".join(re.escape(slug).replace(r"\#", r"\d{1,2}") for slug in self.slugs)
        return re.compile(rf"(?P<slug>{listed})[-–](?=\S)" if listed else r"(?!)")

    def announced(self, label: str) -> NoteKind | None:
        """Return the kind that a label announces, None for one that announces any."""
        return self.labels.get(label.lower())

    def said(self, text: str) -> Pattern | None:
        """Return the first pattern that fits, in the order of the rule file: it decides the kind."""
        lowered = text.lower()
        return next((pattern for pattern in self.patterns if pattern.search(text, lowered)), None)

    def speaks_of_itself(self, text: str) -> bool:
        """Whether a text speaks of the article without announcing a change: a promise, where it first appeared."""
        return search_any(self.meta, text, text.lower()) is not None

    def vetoed(self, text: str) -> bool:
        """Whether a text speaks of edits without making one: "will be updated", "corrections policy"."""
        return search_any(self.vetoes, text, text.lower()) is not None


@cache
def load_rules(language: str) -> Rules:
    """Return the rules of a language of `LANGUAGES`."""
    file = resources.files("revtrack.notes") / "rules" / f"{language}.toml"
    return read_rules(tomllib.loads(file.read_text("utf-8")))


def read_rules(table: dict[str, Any]) -> Rules:
    """Read the table of one rule file; raises `KeyError` for a word list or an entry that is not there."""
    language = table["language"]
    spaced = language not in UNSPACED
    words = {name: tuple(listed) for name, listed in table.get("words", {}).items()}
    labels = {
        label.lower(): None if kind == "note" else NoteKind(kind)
        for kind, listed in table["labels"].items()
        for label in listed
    }
    return Rules(
        language=language,
        stems=_shortest(stem.lower() for stem in table["stems"]),
        labels=labels,
        slugs=tuple(table.get("slugs", ())),
        agency={verb: NoteKind(kind) for kind, verbs in table.get("agency", {}).items() for verb in verbs},
        patterns=tuple(_pattern(entry, words, spaced=spaced) for entry in table["pattern"]),
        vetoes=phrases(table.get("vetoes", ()), words, spaced=spaced),
        meta=phrases(table.get("meta", ()), words, spaced=spaced),
        stamp_words=frozenset(word for entry in table["stamp"] for word in entry.lower().split()),
        details=phrases(table.get("details", ()), words, spaced=spaced),
        targets=tuple((target, phrases(says, words, spaced=spaced)) for target, says in table["targets"].items()),
    )


def _shortest(stems: Iterable[str]) -> tuple[str, ...]:
    """Leave out stems that hold another: a text that has them has that one too."""
    listed = tuple(dict.fromkeys(stems))
    return tuple(stem for stem in listed if not any(other in stem for other in listed if other != stem))


def _pattern(entry: dict[str, Any], words: dict[str, tuple[str, ...]], *, spaced: bool) -> Pattern:
    needs = entry.get("needs", "")
    return Pattern(
        entry["name"],
        NoteKind(entry["kind"]),
        phrases(entry["says"], words, spaced=spaced),
        alone=needs != "label",
        edge=needs == "edge",
        examples=tuple(entry.get("examples", ())),
        counterexamples=tuple(entry.get("not", ())),
    )
