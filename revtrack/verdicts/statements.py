"""What an edited sentence states otherwise: numbers, dates, names, quotations, denials, hedges. Knows no notes.

A fact is looked for only where the changed words may hold one of its kind: reading facts is dear.
"""

import re
from collections.abc import Callable, Iterator

from revtrack import facts
from revtrack.facts import Fact, FactKind
from revtrack.model import Change, Reason, Significance
from revtrack.verdicts.edits import Edit
from revtrack.verdicts.figures import judge_figures
from revtrack.verdicts.naming import Articles, judge_names
from revtrack.verdicts.one_sided import HALVES_OF_DAY, difference, holder, read, sides
from revtrack.verdicts.order import swapped_figures
from revtrack.verdicts.sourcing import judge_sources
from revtrack.verdicts.terms import LONGEST, meaning, shared, stem, stems, terms
from revtrack.vocabulary import CURRENCIES, OPPOSED, PERCENTS, kinds_of, words_of

_FIGURES = frozenset({"number", "money", "percent"})
_DIGIT = re.compile(r"\d|[%％]")
_FEW = 4  # words an edit may have beside a "not" that turns it round


def judge_facts(edit: Edit, changes: tuple[Change, ...], articles: Articles) -> Iterator[Reason]:
    """Yield what the given changes of an edit state otherwise; the two sentences must both be there."""
    tags = {tag for change in changes for tag in change.tags}
    kinds = _kinds(edit, changes)
    if tags & _FIGURES or "count" in kinds:
        gone, come = difference(facts.numbers, edit, changes)
        yield from judge_figures(edit, changes, gone, come)
        if not (gone or come) and swapped_figures(edit):
            yield edit.reason("number", Significance.SUBSTANTIVE, *sides(changes))
    if tags & {"date", "time"} or "digit" in kinds:
        yield from _dates(edit, changes)
    if _has_capitals(changes):
        yield from judge_names(edit, changes, articles)
    for kind, judge in _SMALL.items():
        if kind in kinds:
            yield from judge(edit, changes)
    if "saying" in kinds:
        yield from judge_sources(edit, changes, articles)


def _kinds(edit: Edit, changes: tuple[Change, ...]) -> set[str]:
    """Return of which kinds the facts of an edit may be; where no blanks part words, its sentences are asked."""
    changed = sides(changes)
    whole = changed if words_of(edit.language).spaced else (edit.old, edit.new)
    kinds = {kind for side in whole for kind in kinds_of(side[:LONGEST], edit.language)}
    if any(map(_DIGIT.search, changed)) or all(set(terms(side)) & HALVES_OF_DAY for side in changed):
        return kinds | {"count", "digit"}
    units = PERCENTS | CURRENCIES.keys() | set(words_of(edit.language).listed("points"))
    return kinds | {"count"} if any(units & set(terms(side)) for side in changed) else kinds


def _has_capitals(changes: tuple[Change, ...]) -> bool:
    return any(side != side.lower() for change in changes for side in (change.old, change.new))


# --- dates -------------------------------------------------------------------------------------------------------


def _dates(edit: Edit, changes: tuple[Change, ...]) -> Iterator[Reason]:
    gone, come = difference(facts.dates, edit, changes)
    for kind, feature in ((FactKind.DATE, "date"), (FactKind.TIME, "time")):
        before, after = ([fact for fact in side if fact.kind is kind] for side in (gone, come))
        for old, new in zip(before, after, strict=False):
            level = Significance.MINOR if _compatible(old.value, new.value) else Significance.SUBSTANTIVE
            yield edit.reason(feature, level, *_shown(old, new), change=holder(changes, old.text, old=True))
        for new in after[len(before) :]:
            yield edit.reason(
                feature, Significance.DETAIL, "", new.text.strip(" .,;"), change=holder(changes, new.text, old=False)
            )
        for old in before[len(after) :]:
            yield edit.reason(
                feature, Significance.DETAIL, old.text.strip(" .,;"), "", change=holder(changes, old.text, old=True)
            )


def _shown(old: Fact, new: Fact) -> tuple[str, str]:
    """Return two dates or times as a reader should see them: a time without the day that both share."""
    before, after = (fact.text.strip(" .,;") for fact in (old, new))
    if old.kind is FactKind.TIME and before.partition(" on ")[2] == after.partition(" on ")[2]:
        return before.partition(" on ")[0], after.partition(" on ")[0]
    return before, after


def _compatible(old: str, new: str) -> bool:
    """Whether one date says the same with more or less detail: a day of the week is never compared with a date."""
    if old.startswith("weekday") != new.startswith("weekday"):
        return True
    return old.removeprefix("-")[-5:] == new.removeprefix("-")[-5:] and "--" in (old + new)


# --- small words -------------------------------------------------------------------------------------------------


def _negations(edit: Edit, changes: tuple[Change, ...]) -> Iterator[Reason]:
    gone, come = difference(facts.negations, edit, changes)
    if bool(gone) == bool(come):
        return
    fact = (gone or come)[0]
    change = holder(changes, fact.text, old=bool(gone))
    few = _few(edit)
    other = _turned(edit, change) - stems(terms(fact.text))
    if len(other) > few or other & set(words_of(edit.language).listed("denying")) or _is_clause(change, other):
        return
    if _is_denied_by_syllable(*((change.old, change.new) if gone else (change.new, change.old)), edit.language):
        return
    one_sided = not all(meaning(side, edit.language) for side in (change.old, change.new))
    if one_sided and len(other) >= few // 2:  # it went with words of its own: "it is not the first time that"
        return
    asked = ("?" in edit.old) != ("?" in edit.new)
    level = Significance.MAJOR if len(other) <= few // 2 and not asked else Significance.SUBSTANTIVE
    yield edit.reason("negation", level, change.old, change.new, change=change)


def _is_denied_by_syllable(denied: str, other: str, language: str) -> bool:
    """Whether one side says with a syllable what the other does with a word: "not reliable", "unreliable"."""
    prefixes, roots = words_of(language).listed("denying_prefixes"), stems(terms(denied))
    return any(term.startswith(p) and stem(term.removeprefix(p)) in roots for term in terms(other) for p in prefixes)


def _few(edit: Edit) -> int:
    return _FEW if words_of(edit.language).spaced else 2 * _FEW


def _is_clause(change: Change, other: frozenset[str]) -> bool:
    """Whether a small word came or went with a clause of its own: it denies or doubts that clause, not the sentence."""
    return bool(other) and not (terms(change.old) and terms(change.new))


def _turned(edit: Edit, change: Change) -> frozenset[str]:
    """Return the stems of what an edit changes: few of them beside a "not" leave the statement the same but denied."""
    old, new = meaning(change.old, edit.language), meaning(change.new, edit.language)
    kept = {term for a in old - new for b in new - old if shared(a, b) >= _ROOT for term in (a, b)}
    return (old ^ new) - kept


_ROOT = 4  # letters that the forms of a word share


def _hedges(edit: Edit, changes: tuple[Change, ...]) -> Iterator[Reason]:
    gone, come = difference(facts.hedges, edit, changes)
    if bool(gone) == bool(come):
        return
    fact = (gone or come)[0]
    change = holder(changes, fact.text, old=bool(gone))
    if facts.states(fact.text, language=edit.language) and all(difference(facts.states, edit, changes)):
        return  # told as another state: "found guilty", "accused"
    if fact.value.startswith("un") and fact.value[2:] in (*terms(change.old), *terms(change.new)):  # "not clear"
        return
    if "expected" in fact.value and "expected to" not in (edit.old if gone else edit.new):  # "better than expected"
        return
    words, listed = {*terms(change.old), *terms(change.new)}, words_of(edit.language)
    turned = _turned(edit, change)
    tenses = (set(pair.split()) for pair in listed.phrases("tenses"))
    if any(pair <= words for pair in tenses) or _is_clause(change, turned - stems(terms(fact.text))):
        return
    if turned & set(listed.listed("denying")):  # "declined to comment", "would not comment"
        return
    if len(turned) <= (_few(edit) - 1 if fact.value in listed.listed("weak_hedge") else _few(edit) + 2):
        yield edit.reason("hedge", Significance.SUBSTANTIVE, change.old, change.new, change=change)


def _turnings(edit: Edit, changes: tuple[Change, ...]) -> Iterator[Reason]:
    """Yield words that came or went alone and turn the one they stand with: "former", "attempted", "almost"."""
    yield from _alone(_turning_words, edit, changes)


def _parts_denied(edit: Edit, changes: tuple[Change, ...]) -> Iterator[Reason]:
    """Yield words that came or went alone and leave of a denial only a part: "not carried out in full"."""
    denials = [read(facts.negations, side, edit.language) for side in (edit.old, edit.new)]
    if all(denials):
        beside = stems(term for found in denials for fact in found for term in terms(fact.text))
        yield from _alone(_whole_words, edit, changes, beside)


def _alone(
    reader: Callable[..., tuple[Fact, ...]],
    edit: Edit,
    changes: tuple[Change, ...],
    beside: frozenset[str] = frozenset(),
) -> Iterator[Reason]:
    """Yield the word of a kind that came or went with no others but those it may stand beside."""
    gone, come = difference(reader, edit, changes)
    if bool(gone) == bool(come):
        return
    fact = (gone or come)[0]
    change = holder(changes, fact.text, old=bool(gone))
    if not _turned(edit, change) - stems(terms(fact.text)) - beside:
        yield edit.reason("claim", Significance.SUBSTANTIVE, change.old, change.new, change=change)


def _turning_words(text: str, *, language: str) -> tuple[Fact, ...]:
    return _listed(text, "turning", language)


def _whole_words(text: str, *, language: str) -> tuple[Fact, ...]:
    return _listed(text, "wholly", language)


def _listed(text: str, name: str, language: str) -> tuple[Fact, ...]:
    found = words_of(language).lexicons[name].find(text)
    return tuple(Fact(FactKind.STATE, name, text[start:end], start, end) for start, end, _ in found)


def _states(edit: Edit, changes: tuple[Change, ...]) -> Iterator[Reason]:
    gone, come = difference(facts.states, edit, changes)
    for old in gone:
        change = holder(changes, old.text, old=True)
        rivals = [new for new in come if set(terms(new.text)) & set(terms(change.new))]
        for new in rivals[:1]:
            opposed = frozenset({old.value, new.value}) in OPPOSED
            level = Significance.MAJOR if opposed else Significance.SUBSTANTIVE
            yield edit.reason("status", level, old.text, new.text, change=change)


_SMALL: dict[str, Callable[[Edit, tuple[Change, ...]], Iterator[Reason]]] = {
    "denial": _negations,
    "hedge": _hedges,
    "state": _states,
    "turning": _turnings,
    "wholly": _parts_denied,
}
