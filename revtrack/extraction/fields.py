"""Tell forms that a reader fills in from texts into which a form was put. Knows boxes, not what they say."""

from collections.abc import Callable

from revtrack.extraction.blocks import Box
from revtrack.extraction.vocabulary import HEADING_TAGS, words_in

_TEXT_TAGS = HEADING_TAGS | words_in("p li dd dt blockquote tr td th")
_LONGEST, _MOST_PROSE = 1500, 800  # characters and bytes of a form with the words that go with it
_MOST_BESIDE = 5  # units beside the form itself: a title, a line or two, the terms


def is_form(box: Box) -> bool:
    """Whether a box is a form with the words that go with it; one with prose beside the form is not."""
    if not box.fields or box.length > _LONGEST or box.mass > _MOST_PROSE or box.tag in ("blockquote", "p"):
        return False
    return not any(child.fields == box.fields and child.mass for child in box.children)


def hosts_a_form(box: Box, is_usual: Callable[[Box], bool]) -> bool:
    """Whether a form was put into a text: into one of its units, among many, or beside a paragraph like others.

    `is_usual` tells of a box whether it is such a paragraph.
    """
    form = next((child for child in box.children if child.fields == box.fields), None)
    if form is None:
        return False
    beside = [child for child in box.children if child is not form and child.length]
    if box.tag in _TEXT_TAGS or form.tag == "li" or len(beside) + len(box.blocks) > _MOST_BESIDE:
        return True
    return any(child.mass > 0 and is_usual(child) for child in beside)
