"""The page that says how old each sentence of an article is: its newest text, and what brought each part. Pure."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from revtrack.diffing.blaming import Sentence, blame
from revtrack.model import Article, Diff, ParagraphKind, Version
from revtrack.rendering.lines import UNTITLED
from revtrack.rendering.links import Links
from revtrack.rendering.templating import fill
from revtrack.rendering.visible import visible
from revtrack.rendering.wording import count

_TINTS = 4


@dataclass(frozen=True)
class BlamePage:
    """What the page shows: an article and all its versions in rising order; `steps` between them where at hand."""

    article: Article
    versions: tuple[Version, ...]
    steps: tuple[Diff, ...] = ()


class Brought(NamedTuple):
    """A version that still speaks in the newest text: how many sentences are its own, and the tint they have."""

    number: int
    at: datetime
    sentences: int
    tint: int


class Told(NamedTuple):
    """A sentence as shown: its text, the version that brought it, and in words what else is known of it."""

    text: str
    version: int
    tint: int
    title: str


class Part(NamedTuple):
    """A paragraph of the newest text, its number from 1, and its sentences."""

    number: int
    kind: str
    sentences: tuple[Told, ...]


def blame_page(page: BlamePage, links: Links) -> str:
    """Return the page as HTML; it needs no script."""
    found = blame(page.versions, page.steps)
    counts = Counter(sentence.version for sentence in found)
    tints = _tints(sorted(counts), page.versions[0].number if page.versions else 0)
    brought = [
        Brought(version.number, version.first_seen, counts[version.number], tints[version.number])
        for version in page.versions
        if version.number in counts
    ]
    fields = {"headline": None, "deck": None} | {s.where: _told(s, tints) for s in found if s.paragraph is None}
    story = (page.steps[-1].new if page.steps else page.versions[-1].story) if page.versions else None
    return fill(
        "blame.html",
        links,
        article=page.article,
        language=story.language if story else "",
        title=visible(story.headline if story else page.article.headline) or UNTITLED,
        fields=fields,
        parts=_parts(found, tints),
        brought=brought,
        total=len(found),
        newest=page.versions[-1].number if page.versions else 0,
        redaction=page.versions[-1].redaction if page.versions else None,
    )


def _tints(numbers: list[int], first: int) -> dict[int, int]:
    """Return the tint of each version: none for the first, deeper the later it came."""
    later = [number for number in numbers if number != first]
    steps = {number: 1 + index * _TINTS // len(later) for index, number in enumerate(later)}
    return {number: steps.get(number, 0) for number in numbers}


def _told(sentence: Sentence, tints: dict[int, int]) -> Told:
    words = f"version {sentence.version}"
    earlier = [number for number in sentence.edits if number != sentence.version]
    if sentence.stood_in is not None:
        words += f", stood in version {sentence.stood_in} before"
    elif earlier:
        words += f", with words of {count(len(earlier), 'earlier version')} from version {earlier[0]} on"
    return Told(visible(sentence.text), sentence.version, tints[sentence.version], words)


def _parts(found: tuple[Sentence, ...], tints: dict[int, int]) -> list[Part]:
    paragraphs: dict[int, list[Sentence]] = {}
    for sentence in found:
        if sentence.paragraph is not None:
            paragraphs.setdefault(sentence.paragraph, []).append(sentence)
    return [
        Part(
            index + 1,
            "" if of[0].where == ParagraphKind.TEXT else of[0].where.replace("_", " "),
            tuple(_told(sentence, tints) for sentence in of),
        )
        for index, of in paragraphs.items()
    ]
