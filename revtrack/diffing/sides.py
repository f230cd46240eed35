"""One side of a diff as changes are read from it: paragraphs, sentences, quotations. Knows nothing of the other."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from revtrack.diffing.reading import Sheet
from revtrack.facts import quotations
from revtrack.model import Paragraph
from revtrack.text import sentences

_REACH = 60  # characters beside a change that are looked at to tell what it is about
_LONGEST = 2000  # characters of a change that are read for facts


class Quotation(NamedTuple):
    """A quotation by its characters, marks included, and its folded words."""

    start: int
    end: int
    value: str


class Passage(NamedTuple):
    """One side of an edit: what changed, with a little of what stands around it, and the quotations it touches."""

    text: str
    start: int
    end: int
    whole: tuple[str, ...] = ()
    part: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The changed words themselves."""
        return self.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Side:
    """The paragraphs of one story, and how segments count their characters."""

    paragraphs: Sequence[Paragraph]
    sheet: Sheet
    _sentences: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    _quotations: dict[int, list[Quotation]] = field(default_factory=dict)

    @classmethod
    def of(cls, paragraphs: Sequence[Paragraph]) -> "Side":
        """Lay out paragraphs."""
        return cls(paragraphs, Sheet.of([paragraph.text for paragraph in paragraphs]))

    @property
    def text(self) -> str:
        """The text as segments count it."""
        return self.sheet.text

    def join(self, first: int, last: int) -> str:
        """Return the text of a run of paragraphs."""
        return "\n".join(self.sheet.paragraphs[first:last])

    def where(self, index: int | None) -> str:
        """Return the kind of a paragraph; "text" where there is none."""
        return "text" if index is None else self.paragraphs[index].kind.value

    def index_at(self, place: int) -> int | None:
        """Return the index of the paragraph that holds a character; None if there are no paragraphs."""
        return self.sheet.paragraph_at(place) if self.paragraphs else None

    def passage(self, start: int, end: int) -> Passage:
        """Return a range of characters with what is needed to tell what it is about."""
        index = self.index_at(start)
        if index is None:
            return Passage("", 0, 0)
        first = self.sheet.starts[index]
        last = max(end, first + len(self.paragraphs[index].text))
        low = max(first, start - _REACH)
        stop = min(end, start + _LONGEST)
        touched = self._quotations_over(index, start, end)
        return Passage(
            self.text[low : min(last, stop + _REACH)],
            start - low,
            stop - low,
            tuple(quote.value for quote in touched if start <= quote.start and quote.end <= end),
            tuple(quote.value for quote in touched if not (start <= quote.start and quote.end <= end)),
        )

    def sentences_over(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of the sentences that a range of characters lies in."""
        first = self._sentence_at(start)
        last = self._sentence_at(max(start, end - 1)) if end > first[1] else first
        return first[0], last[1]

    def quote(self, span: tuple[int, int]) -> str:
        """Return a range of the text without the white space at its ends."""
        return self.text[slice(*span)].strip()

    def trim(self, start: int, end: int) -> tuple[int, int]:
        """Return a range without the white space at its ends."""
        text = self.text[start:end]
        start += len(text) - len(text.lstrip())
        return start, max(start, end - (len(text) - len(text.rstrip())))

    def _sentence_at(self, place: int) -> tuple[int, int]:
        index = self.index_at(place)
        if index is None:
            return 0, 0
        spans = self._sentences.get(index)
        if spans is None:
            offset = self.sheet.starts[index]
            spans = [(a + offset, b + offset) for a, b in sentences(self.paragraphs[index].text)]
            self._sentences[index] = spans
        return spans[max(0, bisect_right(spans, (place, len(self.text) + 1)) - 1)]

    def _quotations_over(self, index: int, start: int, end: int) -> list[Quotation]:
        """Return the quotations of a paragraph that share characters with a range, or hold an empty one."""
        found = self._quotations.get(index)
        if found is None:
            offset = self.sheet.starts[index]
            facts = quotations(self.paragraphs[index].text)
            found = [Quotation(fact.start + offset, fact.end + offset, fact.value) for fact in facts]
            self._quotations[index] = found
        first = max(0, bisect_right(found, (start,)) - 1)
        stop = bisect_right(found, (end,))
        return [quote for quote in found[first:stop] if quote.start < end and start < quote.end]
