"""The edits of one sentence taken together, and the name of the place they are in. Knows nothing of levels or notes."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from revtrack.model import Change, Diff, ParagraphKind, Reason, Significance, Story
from revtrack.verdicts.terms import LONGEST, meaning

_NUMBERED = {ParagraphKind.CAPTION: "caption", ParagraphKind.TABLE_ROW: "table row"}
_AROUND = 200  # characters before the first difference of two long sentences that are kept
_MOST_PAIRED = 40  # paragraphs gone and come that are held against each other
_MUCH = 0.5  # of the words of the longer paragraph are in the other when one is the other written anew
_ALL_TAGS = ("attribution", "date", "hedge", "money", "name", "negation", "number", "quote", "state")
FIELDS = frozenset({"headline", "deck", "byline"})


@dataclass(frozen=True, slots=True)
class Edit:
    """One or more changes within the same sentence or field; `first` is the index of the first in `Diff.changes`.

    `old` and `new` are the sentences, "" where a whole one was added or removed, or the fields.
    """

    first: int
    changes: tuple[Change, ...]
    where: str
    language: str
    old: str
    new: str

    @property
    def in_headline(self) -> bool:
        """Whether it is the headline that was edited."""
        return self.where == "headline"

    def reason(
        self, feature: str, level: Significance, before: str = "", after: str = "", *, change: Change | None = None
    ) -> Reason:
        """Return a reason that points to one of the changes, the first unless told."""
        index = self.first + (self.changes.index(change) if change else 0)
        return Reason(feature, level, self.where, before, after, change=index)


def group_edits(diff: Diff, *, limit: int) -> Iterator[Edit]:
    """Yield the changes of a diff, those in the same sentence as one edit; whole paragraphs come one by one."""
    language = (diff.new.language or diff.old.language or "en")[:2]
    places = _Places(diff)
    fields = {part.field: (part.old, part.new) for part in diff.fields}
    numbered = _joined(list(enumerate(diff.changes[:limit])), language)
    for _, run in groupby(numbered, key=lambda pair: _sentence(*pair)):
        pairs = list(run)
        first = pairs[0][1]
        sentences = fields.get(first.where) or (first.old_sentence, first.new_sentence)
        changes = tuple(change for _, change in pairs)
        yield Edit(pairs[0][0], changes, places.name(first), language, *_cropped(*sentences))


def _cropped(old: str, new: str) -> tuple[str, str]:
    """Return two long sentences with no more around what differs than a fact may reach into."""
    if max(len(old), len(new)) <= LONGEST:
        return old, new
    head = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    low = max(0, old.rfind(" ", 0, max(0, head - _AROUND)) + 1)
    return old[low : low + LONGEST], new[low : low + LONGEST]


def _joined(numbered: list[tuple[int, Change]], language: str) -> list[tuple[int, Change]]:
    """Make one edit of a paragraph that went and one that came in its place and says much the same."""
    gone = [(i, c, meaning(c.old, language)) for i, c in numbered if c.op == "remove"][:_MOST_PAIRED]
    come = [(i, c, meaning(c.new, language)) for i, c in numbered if c.op == "add"][:_MOST_PAIRED]
    put: dict[int, Change] = {}
    dropped: set[int] = set()
    for index, old, said in gone:
        for other, new, says in come:
            much = len(said & says) > _MUCH * max(len(said), len(says), 1)
            if other not in dropped and old.where == new.where and much:
                put[index] = _replacement(old, new)
                dropped.add(other)
                break
    return [(index, put.get(index, change)) for index, change in numbered if index not in dropped]


def _replacement(old: Change, new: Change) -> Change:
    return Change(
        "replace",
        new.where,
        old.old,
        new.new,
        old_sentence=old.old,
        new_sentence=new.new,
        old_paragraph=old.old_paragraph,
        new_paragraph=new.new_paragraph,
        tags=_ALL_TAGS,
    )


def _sentence(index: int, change: Change) -> tuple[object, ...]:
    if change.where in FIELDS:
        return (change.where,)
    if change.op not in {"replace", "insert", "delete"} or not (change.old_sentence and change.new_sentence):
        return (index,)
    places = change.old_paragraph, change.new_paragraph
    return change.where, *places, change.old_sentence, change.new_sentence


class _Places:
    """Names of places: "paragraph 4" as it is numbered now, or was where it is gone; captions by their own number."""

    def __init__(self, diff: Diff) -> None:
        self._old, self._new = _numbers(diff.old), _numbers(diff.new)

    def name(self, change: Change) -> str:
        if change.where in FIELDS:
            return change.where
        if change.new_paragraph is not None and change.op != "remove":
            return self._new[change.new_paragraph]
        return self._old[change.old_paragraph] if change.old_paragraph is not None else "text"


def _numbers(story: Story) -> list[str]:
    names, seen = [], dict.fromkeys(_NUMBERED, 0)
    for index, paragraph in enumerate(story.paragraphs, 1):
        if paragraph.kind in _NUMBERED:
            seen[paragraph.kind] += 1
            names.append(f"{_NUMBERED[paragraph.kind]} {seen[paragraph.kind]}")
        else:
            names.append(f"paragraph {index}")
    return names
