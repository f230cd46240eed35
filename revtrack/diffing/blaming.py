"""Which version brought each sentence of the newest text. Pure: follows words through the diffs of a list of versions.

A sentence is as old as its wording: the version since which it has stood as it is, in whatever paragraph. A character
keeps the version that brought it as long as diffs keep or move it: that tells how old the oldest of its words are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, pairwise

from revtrack.diffing.comparing import diff
from revtrack.model import Diff, Op, Segment, Story, Version
from revtrack.text import fold, sentences

Origin = list[int]
"""For every character of a text, the number of the version that brought it."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the newest version and where it comes from.

    `where` is "headline", "deck" or the kind of its paragraph; `paragraph` the index of that, None for a field.
    `version` is the number of the version since which it has stood as it is, first seen at `first_seen`; `edits` are
    the numbers of all that had a part in its words, rising, the oldest first. `stood_in` is the first version in which
    the same sentence stood before it went and came back, None where it never went.
    """

    where: str
    paragraph: int | None
    text: str
    version: int
    first_seen: datetime
    edits: tuple[int, ...]
    stood_in: int | None = None


def blame(versions: Sequence[Version], steps: Sequence[Diff] = ()) -> tuple[Sentence, ...]:
    """Return the sentences of the newest of an article's versions, given in rising order, each with what brought it.

    Costs a diff for each step between two of them, unless all of them are given as `steps`. No versions give no
    sentences.
    """
    if not versions:
        return ()
    steps = steps or [diff(old.story, new.story) for old, new in pairwise(versions)]
    stories = [steps[0].old, *(step.new for step in steps)] if steps else [versions[0].story]
    origins = _origins(versions, steps, stories[0])
    standing = {name: list(_standing(stories, name)) for name in origins}
    found = []
    for where, paragraph, text, origin in _read(stories[-1], origins):
        since, first = _since(text, standing[where if paragraph is None else ""])
        version = versions[since]
        parts = {number for number, words in _runs(origin, text) if not words.isspace()}
        edits = tuple(sorted(parts | {version.number}))
        stood_in = versions[first].number if first < since else None
        found.append(Sentence(where, paragraph, text, version.number, version.first_seen, edits, stood_in))
    return tuple(found)


def _origins(versions: Sequence[Version], steps: Sequence[Diff], first: Story) -> dict[str, Origin]:
    """Return the origins of the characters of the newest headline and deck, and of its body, which is named ""."""
    origins = {name: [versions[0].number] * len(_text(first, name)) for name in ("headline", "deck", "")}
    for new, step in zip(versions[1:], steps, strict=True):
        origins[""] = _carried(origins[""], step.segments, len(step.new_text), new.number)
        for field in step.fields:
            if field.field in origins:
                origins[field.field] = _carried(origins[field.field], field.segments, len(field.new), new.number)
    return origins


def _carried(origin: Origin, segments: Sequence[Segment], length: int, number: int) -> Origin:
    """Return the origins of a new text: those of what was kept or moved, and this version for the rest."""
    carried = [number] * length
    for part in segments:
        if part.op in {Op.KEEP, Op.MOVE}:
            carried[part.new_start : part.new_end] = origin[part.old_start : part.old_end]
    return carried


def _text(story: Story, name: str) -> str:
    text: str = getattr(story, name) if name else "\n".join(paragraph.text for paragraph in story.paragraphs)
    return text


def _standing(stories: Sequence[Story], name: str) -> Iterator[frozenset[str]]:
    """Yield the sentences of a field, which is one, or of the body, folded: one set for each story."""
    known: dict[str, list[str]] = {}  # most paragraphs stand in most versions
    for story in stories:
        if name:
            yield frozenset({fold(_text(story, name))})
            continue
        for text in (paragraph.text for paragraph in story.paragraphs if paragraph.text not in known):
            known[text] = [fold(text[first:last]) for first, last in sentences(text)]
        yield frozenset(sentence for paragraph in story.paragraphs for sentence in known[paragraph.text])


def _runs(origin: Origin, text: str) -> Iterator[tuple[int, str]]:
    """Yield the stretches of a text that one version brought, each with its number."""
    start = 0
    for number, run in groupby(origin):
        end = start + sum(1 for _ in run)
        yield number, text[start:end]
        start = end


def _read(story: Story, origins: dict[str, Origin]) -> Iterator[tuple[str, int | None, str, Origin]]:
    """Yield the sentences of a story: where each stands, its text, and the origins of its characters."""
    for name in ("headline", "deck"):
        if text := _text(story, name):
            yield name, None, text, origins[name]
    start = 0
    for index, paragraph in enumerate(story.paragraphs):
        for first, last in sentences(paragraph.text):
            text = paragraph.text[first:last].rstrip()
            yield paragraph.kind.value, index, text, origins[""][start + first : start + first + len(text)]
        start += len(paragraph.text) + 1


def _since(text: str, standing: Sequence[frozenset[str]]) -> tuple[int, int]:
    """Return the places of the version since which a sentence has stood, and of the first in which it ever did."""
    key = fold(text)
    since = len(standing) - 1
    while since and key in standing[since - 1]:
        since -= 1
    return since, next((place for place in range(since) if key in standing[place]), since)
