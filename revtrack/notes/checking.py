"""Prove a rule file by its own examples: notes must be found, of their kind, and what is no note left alone.

A pattern has examples of its own; those under `[examples]` try the patterns that all languages share.
"""

import re
from collections.abc import Iterator
from difflib import get_close_matches

from revtrack.model import NoteFamily, NoteKind
from revtrack.notes.beginning import asked_lists, named_lists
from revtrack.notes.blocks import Finding
from revtrack.notes.grammar import LANGUAGES, Grammar, Table, lay_over, shipped_table
from revtrack.notes.passages import Passage
from revtrack.notes.reading import read_passage
from revtrack.notes.rules import TELLING, Pattern, Rules

_CODE = re.compile(r"[a-z]{2}")


def check_own(grammar: Grammar) -> tuple[str, ...]:
    """Return a sentence for each thing in a person's own files that will not do what they may think."""
    return tuple(complaint for language, table in grammar.own.items() for complaint in _of_file(language, table))


def count_own_examples(grammar: Grammar) -> int:
    """Return how many examples a person's own files bring, those of what is no note included."""
    return sum(len(list(_examples(table))) for table in grammar.own.values())


def _of_file(language: str, table: Table) -> Iterator[str]:
    name = f"{language}.toml"
    if not _CODE.fullmatch(language):
        yield f"{name}: {language!r} is no code of a language, of two letters: name the file like cy.toml"
    shipped = shipped_table(language) if language in LANGUAGES else {}
    known = [*asked_lists(), *shipped.get("words", ()), *TELLING]
    used = {*known, *named_lists(lay_over(shipped, table))}
    for listed in table.get("words", ()):
        if listed not in used:
            near = get_close_matches(listed, known, n=1)
            yield f"{name}: nothing asks for the list {listed!r}{f': did you mean {near[0]}?' if near else ''}"
    if not shipped and not any(_examples(table)):
        yield f"{name}: has no example: write some in [examples], or as examples of a [[pattern]]"


def _examples(table: Table) -> Iterator[str]:
    for pattern in table.get("pattern", ()):
        yield from (*pattern.get("examples", ()), *pattern.get("not", ()))
    for listed in table.get("examples", {}).values():
        yield from listed


def check_rules(rules: Rules) -> tuple[str, ...]:
    """Return a sentence for each example that fails and each pattern that has none; nothing when all is well."""
    own = tuple(complaint for pattern in rules.patterns for complaint in _complaints(rules, pattern))
    return own + tuple(complaint for text, kind in rules.examples for complaint in _of_example(rules, text, kind))


def _complaints(rules: Rules, pattern: Pattern) -> Iterator[str]:
    name = f"{rules.language}, {pattern.name!r}"
    if pattern.alone and not pattern.examples and not pattern.shared:
        yield f"{name}: has no example"
    for example in pattern.examples:
        yield from (f"{name}: {complaint}" for complaint in _about(rules, example, pattern.kind))
    for example in pattern.counterexamples:
        if found := _finding(rules, example, position=0.5):
            yield f"{name}: {example!r} is no note, but {found.rule!r} says so"


def _of_example(rules: Rules, text: str, kind: NoteKind | None) -> Iterator[str]:
    name = f"{rules.language}, examples"
    if kind is not None:
        yield from (f"{name}: {complaint}" for complaint in _about(rules, text, kind))
    elif found := _finding(rules, text, position=1.0):
        yield f"{name}: {text!r} is no note, but {found.rule!r} says so"


def _about(rules: Rules, example: str, kind: NoteKind) -> Iterator[str]:
    found = _finding(rules, example, position=1.0)
    if not _is_asked(rules, example):
        yield f"{example!r} holds none of the stems, so it is never looked at: add one"
    elif found is None:
        yield f"does not find {example!r}"
    elif found.kind is not kind:
        yield f"{example!r} is taken for a {found.kind} by {found.rule!r}"


def _finding(rules: Rules, text: str, *, position: float) -> Finding | None:
    if not _is_asked(rules, text):
        return None
    found = read_passage(Passage(text, position=position, emphasis=position == 1.0), rules)
    return found if found and found.family is NoteFamily.REVISION else None


def _is_asked(rules: Rules, text: str) -> bool:
    lowered = text.lower()
    return any(stem in lowered for stem in rules.stems)
