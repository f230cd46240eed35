"""A block of a page as the search for notes wants it. Knows nothing of markup, languages or rules."""

from dataclasses import dataclass

from revtrack.model import ParagraphKind, Place


@dataclass(frozen=True, slots=True)
class Passage:
    """One block that may carry a note.

    `text` is on one line, as `revtrack.text.clean` leaves it. `position` runs from 0.0, the first block of the
    article, to 1.0, the last. `marks` are the lower-case tag names, class names, ids and itemprops of the block and
    its near ancestors. `place` is set where the reader of the page knows it (caption, aside, metadata, headline);
    `emphasis` when the whole block is bold, italic or small, `bold` counts its characters in bold. `heads` says that it
    stands in one small box with the block that follows, `linked` that all of it is a link.
    """

    text: str
    kind: ParagraphKind = ParagraphKind.TEXT
    position: float = 0.5
    marks: tuple[str, ...] = ()
    place: Place | None = None
    emphasis: bool = False
    bold: int = 0
    heads: bool = False
    linked: bool = False
