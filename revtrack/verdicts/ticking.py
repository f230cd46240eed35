"""Which changes of an edit are of a figure that runs by itself, as a person's rule says. Knows no pattern."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from revtrack.model import Change, Counter, Diff
from revtrack.verdicts.edits import Edit

_Ticks = Sequence[tuple[Counter, Counter]]  # of the same words around, with the value that each had and has


def tell_ticks(edit: Edit, diff: Diff) -> tuple[tuple[Change, ...], Edit]:
    """Return the changes of an edit that put one value of a counter for another, and the edit as if none had run.

    The changes of the second are in the order of the first. A change that holds other words too is none of a counter,
    unless all that differs in the sentence are counters; where it is not sure which changes are theirs, none is.
    """
    ticks = list(_ticks(edit, diff))
    if ticks and _set_back(edit.new, ticks) == edit.old:
        return edit.changes, edit
    ticks = [tick for tick in ticks if any(_is_of(change, edit, *tick) for change in edit.changes)]
    running = tuple(change for change in edit.changes if any(_is_of(change, edit, *tick) for tick in ticks))
    if not running or len(running) > len(ticks):
        return (), edit
    changes = (replace(change, new_sentence=_set_back(change.new_sentence, ticks)) for change in edit.changes)
    return running, replace(edit, new=_set_back(edit.new, ticks), changes=tuple(changes))


def _ticks(edit: Edit, diff: Diff) -> Iterator[tuple[Counter, Counter]]:
    """Yield the counters that stand in both sentences, and have another value in the new one."""
    for before, after in product(diff.old.counters, diff.new.counters):
        alike = (before.before, before.after) == (after.before, after.after) and before.value != after.value
        if alike and _text(before) in edit.old and _text(after) in edit.new:
            yield before, after


def _set_back(sentence: str, ticks: _Ticks) -> str:
    for before, after in ticks:
        sentence = sentence.replace(_text(after), _text(before), 1)
    return sentence


def _text(counter: Counter) -> str:
    return counter.before + counter.value + counter.after


def _is_of(change: Change, edit: Edit, before: Counter, after: Counter) -> bool:
    """Whether a change is within the words of which a value is part, and the rest of these words stayed."""
    old, new = _word(before, edit.old), _word(after, edit.new)
    same = old.replace(before.value, "", 1) == new.replace(after.value, "", 1)
    return bool(change.old and change.new) and change.old in old and change.new in new and same


def _word(counter: Counter, sentence: str) -> str:
    """Return a value with what is written together with it in a sentence."""
    start = sentence.index(_text(counter)) + len(counter.before)
    first = sentence.rfind(" ", 0, start) + 1
    last = sentence.find(" ", start + len(counter.value))
    return sentence[first : last if last >= 0 else len(sentence)]
