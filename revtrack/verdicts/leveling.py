"""Bring a story of plain text and one of a page to what both can show, so that they compare by text alone. Pure.

A text that somebody else read out of a page has neither its byline nor its captions, knows no kinds of paragraphs, and
may part them elsewhere: none of that is an edit.
"""

from dataclasses import replace

from revtrack.model import Paragraph, ParagraphKind, Story
from revtrack.text import fold, words

TEXT = "text"
"""The reader of stories that were read out of plain text."""
_BESIDE = frozenset({ParagraphKind.CAPTION, ParagraphKind.TABLE_ROW})


def on_one_level(old: Story, new: Story) -> tuple[Story, Story]:
    """Return two stories as they are, or both as text where one of them is nothing else."""
    if (old.reader == TEXT) == (new.reader == TEXT):
        return old, new
    before, now = _as_text(old, new), _as_text(new, old)
    if _words(before) == _words(now):
        now = replace(now, paragraphs=before.paragraphs)
    if not (before.headline and now.headline) or fold(before.headline) == fold(now.headline):
        now = replace(now, headline=before.headline)
    return before, now


def _as_text(story: Story, other: Story) -> Story:
    """Return of a story what a text of it would hold; what else the other one shows is kept too."""
    shown = {fold(paragraph.text) for paragraph in other.paragraphs}
    deck = [Paragraph(story.deck)] if story.deck and fold(story.deck) in shown else []
    kept = [p for p in story.paragraphs if p.kind not in _BESIDE or fold(p.text) in shown]
    paragraphs = tuple(Paragraph(paragraph.text) for paragraph in (*deck, *kept))
    return replace(story, deck="", byline="", authors=(), paragraphs=paragraphs, images=(), links=(), reader=TEXT)


def _words(story: Story) -> list[str]:
    return words(fold(story.text))
