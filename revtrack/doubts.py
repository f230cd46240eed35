"""Say whether what was read is plausibly still the article, by comparison with its own past. Pure.

A wall, an error page sent with 200 or a half-rendered template would read as "the publisher removed X". Such a result
is held back until a second look agrees with it; a real gutting of an article comes through that way.
"""

from revtrack.model import NoteFamily, Story
from revtrack.notes import note_key
from revtrack.text import fold, words

STUB = 1 / 3
"""Below this share of the words it had, an article is a stub."""
SHORTEST = 60
"""Articles of fewer words than this may shrink to anything."""
KIN = 0.3
"""With another headline and below this share of common word triples, two long texts are two articles."""
KIN_ELSEWHERE = 0.6
"""The same where a redirect led to another address."""


def doubt(old: Story, new: Story, *, is_whole: bool = True, is_elsewhere: bool = False) -> str:
    """Return in words why `new` needs a second look before it is reported, "" when it does not.

    `is_whole` is False for a page that lacks its closing tags, `is_elsewhere` True for one at another address than
    asked for. A revision note of the new story's own speaks for it: who says that text was removed has removed it.
    """
    if old.reader != new.reader:
        return f"the text was read from its {new.reader}, and last time from its {old.reader}"
    known = {note_key(note) for note in old.notes}
    if any(note.family is NoteFamily.REVISION and note_key(note) not in known for note in new.notes):
        return ""
    if not is_whole and _lost_its_end(old, new):
        return "the page breaks off and the end of the article is missing"
    before, after = words(fold(old.text)), words(fold(new.text))
    if len(before) < SHORTEST:
        return ""
    if len(after) < STUB * len(before):
        return f"the text shrank from {len(before)} to {len(after)} words"
    kin = KIN_ELSEWHERE if is_elsewhere else KIN
    is_other = fold(old.headline) != fold(new.headline) and _kinship(before, after) < kin
    return "headline and text are those of another article" if is_other else ""


def _lost_its_end(old: Story, new: Story) -> bool:
    return bool(old.paragraphs) and fold(old.paragraphs[-1].text) not in {fold(p.text) for p in new.paragraphs}


def _kinship(before: list[str], after: list[str]) -> float:
    one, other = _triples(before), _triples(after)
    return len(one & other) / max(1, min(len(one), len(other)))


def _triples(text: list[str]) -> set[tuple[str, ...]]:
    return set(zip(text, text[1:], text[2:], strict=False))
