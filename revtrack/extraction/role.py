"""What a block of a page is to its story. Knows no page."""

from enum import StrEnum


class Role(StrEnum):
    """What a block is to the story."""

    BODY = "body"
    CAPTION = "caption"
    DECK = "deck"
    PERIPHERY = "periphery"  # no body, but a note may stand here
    CHROME = "chrome"  # neither
