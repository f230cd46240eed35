"""The two stories as the comparison reads them: paragraphs with offsets, words as numbers. Decides nothing."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from revtrack.text import tokens

_BESIDE = 160  # characters beside a difference that are read word by word, so that it can be slid
_WORTHWHILE = 4  # a part of this size of the shorter paragraph is worth leaving unread


@dataclass(frozen=True, slots=True)
class Sheet:
    """One story's paragraphs as segments count them: joined by one line feed; `starts` has one more entry, the end."""

    paragraphs: tuple[str, ...]
    text: str
    starts: tuple[int, ...]

    @classmethod
    def of(cls, paragraphs: Sequence[str]) -> "Sheet":
        """Lay out paragraphs. The last start lies one past the text, where a next paragraph would begin."""
        starts = [0]
        for paragraph in paragraphs:
            starts.append(starts[-1] + len(paragraph) + 1)
        return cls(tuple(paragraphs), "\n".join(paragraphs), tuple(starts))

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the characters of a run of paragraphs with the line feed after each; the story's last has none."""
        return min(self.starts[first], len(self.text)), min(self.starts[last], len(self.text))


@dataclass(slots=True)
class Words:
    """The words of some paragraphs, rising: characters from and to, numbers (equal words, equal numbers), paragraph.

    `sizes` holds, for each paragraph read, how many words it has.
    """

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    paragraphs: list[int] = field(default_factory=list)
    sizes: dict[int, int] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.numbers)


class Texts(NamedTuple):
    """Both stories, and the words of those of their paragraphs that are not simply equal."""

    old: Sheet
    new: Sheet
    old_words: Words
    new_words: Words


def read_gap(texts: Texts, old: Sequence[int], new: Sequence[int], vocabulary: dict[str, int]) -> None:
    """Add the words of the old and new paragraphs of a gap to the tables; `vocabulary` numbers them and grows.

    What the first two paragraphs begin with alike, and the last two end with, is read as one word on both sides, but
    for the words next to the difference. Words compare in NFC.
    """
    head = tail = 0
    if old and new:
        head = _shared_head(texts.old.paragraphs[old[0]], texts.new.paragraphs[new[0]])
        used = head if len(old) == 1 or len(new) == 1 else 0
        tail = _shared_tail(texts.old.paragraphs[old[-1]], texts.new.paragraphs[new[-1]], used)
    for sheet, paragraphs, words in ((texts.old, old, texts.old_words), (texts.new, new, texts.new_words)):
        for index in paragraphs:
            start = head if index == paragraphs[0] else 0
            end = len(sheet.paragraphs[index]) - (tail if index == paragraphs[-1] else 0)
            _read_paragraph(sheet, index, (start, end), words, vocabulary)


def _read_paragraph(sheet: Sheet, index: int, span: tuple[int, int], words: Words, vocabulary: dict[str, int]) -> None:
    """Add the words of a paragraph to a table; what lies before and after `span` counts as one word each."""
    text, offset = sheet.paragraphs[index], sheet.starts[index]
    start, end = span
    middle = text if end - start == len(text) else text[start:end]
    spans = [(start + a, start + b) for a, b in tokens(middle)] if start else tokens(middle)
    found = [text[a:b] for a, b in spans]
    if not unicodedata.is_normalized("NFC", middle):
        found = [unicodedata.normalize("NFC", word) for word in found]
    if start:
        spans.insert(0, (0, start))
        found.insert(0, text[:start])
    if end < len(text):
        spans.append((end, len(text)))
        found.append(text[end:])
    words.numbers += [vocabulary.setdefault(word, len(vocabulary)) for word in found]
    words.starts += [offset + a for a, _ in spans]
    words.ends += [offset + b for _, b in spans]
    words.paragraphs += [index] * len(spans)
    words.sizes[index] = len(spans)


def _shared_head(old: str, new: str) -> int:
    """Return how many characters at the start are equal and not worth reading: whole words, far from the difference."""
    low, high = 0, min(len(old), len(new))
    while low < high:
        middle = (low + high + 1) // 2
        if old.startswith(new[low:middle], low):
            low = middle
        else:
            high = middle - 1
    place = old.rfind(" ", 0, max(0, low - _BESIDE))
    return place if place * _WORTHWHILE >= min(len(old), len(new)) else 0


def _shared_tail(old: str, new: str, used: int) -> int:
    """Return how many characters at the end are equal and not worth reading; the first `used` are taken."""
    low, high = 0, min(len(old), len(new)) - used
    while low < high:
        middle = (low + high + 1) // 2
        if old.endswith(new[len(new) - middle : len(new) - low], 0, len(old) - low):
            low = middle
        else:
            high = middle - 1
    place = old.find(" ", len(old) - max(0, low - _BESIDE)) + 1
    size = len(old) - place if place and low > _BESIDE else 0
    return size if size * _WORTHWHILE >= min(len(old), len(new)) else 0
