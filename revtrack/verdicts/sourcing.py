"""Whose words an edited sentence says they are: sources that came or went, and words that take sides."""

from collections.abc import Iterator

from revtrack import facts
from revtrack.facts import Fact
from revtrack.model import Change, Reason, Significance
from revtrack.verdicts.edits import Edit
from revtrack.verdicts.naming import Articles
from revtrack.verdicts.one_sided import difference, holder, read
from revtrack.verdicts.terms import alike, meaning, stems, terms
from revtrack.vocabulary import LOADED, words_of


def judge_sources(edit: Edit, changes: tuple[Change, ...], articles: Articles) -> Iterator[Reason]:
    """Yield that a source came, went, or is told by a word that takes sides."""
    gone, come = difference(facts.attributions, edit, changes)
    left = read(facts.attributions, edit.new, edit.language)
    lost = gone and not come and _is_source_alone(gone[0], edit, changes)
    if gone and (lost or not left) and _source_went(gone[0], edit, changes):
        change = holder(changes, gone[0].text, old=True)
        nearby = _is_named_nearby(gone[0], edit, change, articles)
        level = Significance.DETAIL if nearby else Significance.SUBSTANTIVE
        yield edit.reason("attribution", level, change.old, change.new, change=change)
    elif come and not read(facts.attributions, edit.old, edit.language):
        change = holder(changes, come[0].text, old=False)
        if _is_respelt(change):
            return
        yield edit.reason("attribution", Significance.DETAIL, change.old, change.new, change=change)
    elif gone and come and _takes_sides(gone[0], edit) != _takes_sides(come[0], edit):
        change = holder(changes, gone[0].text, old=True)
        yield edit.reason("attribution", Significance.SUBSTANTIVE, gone[0].text, come[0].text, change=change)


def _is_named_nearby(fact: Fact, edit: Edit, change: Change, articles: Articles) -> bool:
    """Whether whoever is no longer named in a sentence is named by the rest of its paragraph as saying something."""
    source = meaning(change.old, edit.language) - stems(terms(fact.text))
    rest = articles.paragraph(change).replace(edit.new, " ")
    if not source & meaning(rest, edit.language):
        return False
    return bool(read(facts.attributions, rest, edit.language))


def _is_source_alone(fact: Fact, edit: Edit, changes: tuple[Change, ...]) -> bool:
    """Whether a source went by itself, whoever else the sentence has: ", two officials said", "According to Lee,"."""
    change = holder(changes, fact.text, old=True)
    named = fact.text.casefold() in words_of(edit.language).listed("according")
    return change.old.startswith(",") or (
        named and meaning(change.new, edit.language) <= meaning(change.old, edit.language)
    )


def _source_went(fact: Fact, edit: Edit, changes: tuple[Change, ...]) -> bool:
    """Whether whoever said it is gone from the sentence, rather than told to have said it in other words."""
    change = holder(changes, fact.text, old=True)
    others = (f.text for reader in _NO_SOURCE for f in read(reader, change.old, edit.language))
    source = meaning(change.old, edit.language) - stems(terms(" ".join((fact.text, *others))))
    return bool(source - meaning(edit.new, edit.language)) if source else not terms(change.new)


def _is_respelt(change: Change) -> bool:
    """Whether a verb of saying came in the place of a word that is a slip of it."""
    return len(terms(change.old)) == len(terms(change.new)) == 1 and alike(change.old, change.new) >= _SAME_WORD


_SAME_WORD = 0.8  # of the letters of two spellings of one word are the same
_NO_SOURCE = (facts.negations, facts.states)  # words beside one for saying that name nobody: "found guilty"


def _takes_sides(fact: Fact, edit: Edit) -> bool:
    senses = words_of(edit.language).lexicons["saying"].senses(fact.text)
    return any(group == LOADED for _, group in senses)
