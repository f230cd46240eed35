"""Find the notes of a story, of paragraphs or of a text. Pure; nothing is removed from what is given."""

from collections.abc import Iterable

from revtrack.model import Note, Paragraph, Story
from revtrack.notes.grammar import SHIPPED, Grammar
from revtrack.notes.identity import note_key
from revtrack.notes.lifting import lift_notes
from revtrack.notes.passages import Passage
from revtrack.taking import expect
from revtrack.text import clean


def find_notes(
    story_or_paragraphs: Story | str | Passage | Iterable[Paragraph | Passage | str],
    *,
    language: str | None = None,
    grammar: Grammar = SHIPPED,
) -> tuple[Note, ...]:
    """Return the notes of a story or of paragraphs, in reading order.

    The notes that a story already carries come first; its paragraphs are searched for more. A plain string is read as
    paragraphs, one a line. `language` is a BCP 47 tag; by default the story's own, or whatever rule fits;
    `grammar` holds the rules, by default those that ship.
    """
    expect(grammar, Grammar, "grammar takes rules", "revtrack.notes.read_grammar(folder) reads them")
    if isinstance(story_or_paragraphs, Story):
        story = story_or_paragraphs
        known = {note_key(note) for note in story.notes}
        found = find_notes(story.paragraphs, language=language or story.language, grammar=grammar)
        return story.notes + tuple(note for note in found if note_key(note) not in known)
    return lift_notes(_passages(story_or_paragraphs), language=language or "", grammar=grammar)[0]


def _passages(paragraphs: str | Passage | Iterable[Paragraph | Passage | str]) -> list[Passage]:
    if isinstance(paragraphs, Passage):
        return [paragraphs]
    given = paragraphs.splitlines() if isinstance(paragraphs, str) else list(paragraphs)
    filled = [p for p in given if not isinstance(p, str) or p.strip()]
    last = max(len(filled) - 1, 1)
    return [_passage(paragraph, index / last) for index, paragraph in enumerate(filled)]


def _passage(paragraph: Paragraph | Passage | str, position: float) -> Passage:
    if isinstance(paragraph, Passage):
        return paragraph
    if isinstance(paragraph, str):
        return Passage(clean(paragraph), position=position)
    return Passage(clean(paragraph.text), paragraph.kind, position)
