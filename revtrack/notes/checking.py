"""Prove a rule file by its own examples: each pattern must find its examples and leave its counter-examples alone."""

from collections.abc import Iterator

from revtrack.model import NoteFamily
from revtrack.notes.blocks import Finding
from revtrack.notes.passages import Passage
from revtrack.notes.reading import read_passage
from revtrack.notes.rules import LANGUAGES, Pattern, Rules, load_rules


def check_rules(rules: Rules) -> tuple[str, ...]:
    """Return a sentence for each example that fails and each pattern that has none; nothing when all is well."""
    return tuple(complaint for pattern in rules.patterns for complaint in _complaints(rules, pattern))


def check_all_rules() -> tuple[str, ...]:
    """Return the complaints about every rule file that ships."""
    return tuple(complaint for language in LANGUAGES for complaint in check_rules(load_rules(language)))


def _complaints(rules: Rules, pattern: Pattern) -> Iterator[str]:
    name = f"{rules.language}, {pattern.name!r}"
    if pattern.alone and not pattern.examples:
        yield f"{name}: has no example"
    for example in pattern.examples:
        found = _finding(rules, example, position=1.0)
        if found is None:
            yield f"{name}: does not find {example!r}"
        elif found.kind is not pattern.kind:
            yield f"{name}: {example!r} is taken for a {found.kind} by {found.rule!r}"
    for example in pattern.counterexamples:
        if found := _finding(rules, example, position=0.5):
            yield f"{name}: {example!r} is no note, but {found.rule!r} says so"


def _finding(rules: Rules, text: str, *, position: float) -> Finding | None:
    lowered = text.lower()
    if not any(stem in lowered for stem in rules.stems):
        return None
    found = read_passage(Passage(text, position=position, emphasis=position == 1.0), rules)
    return found if found and found.family is NoteFamily.REVISION else None
