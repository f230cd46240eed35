"""Say why a page holds no article: empty, binary, an error or a wall in an article's place, a page of links.

Conservative: a brief of two sentences is an article, and a long text that mentions an error is one too.
"""

import re
from collections.abc import Sequence

from revtrack.extraction.blocks import Page
from revtrack.extraction.roles import Role
from revtrack.model import Note, Paragraph

_BINARY = re.compile("[\x01-\x08\x0e-\x1f\ufffd]")
_LOOKED_AT = 20_000  # characters
_SHORT_PAGE = 1_500  # characters of all text: walls and error pages say little
_LEAST_PROSE = 40  # bytes: a sentence
_WALL = re.compile(
    r"^\W*(?:(?:error\s)?(?:40[0-9]|410|429|451|50[0-4])\b|(?:page|article|story|seite|página)\s(?:was\s)?(?:not|nicht|no)\s(?:be\s)?(?:found|gefunden|encontrada)"
    r"|not\sfound|access\s(?:to\sthis\spage\s(?:has\sbeen\s)?)?denied|forbidden|just\sa\smoment|attention\srequired|are\syou\sa\s(?:human|robot)"
    r"|press\s&\shold|verify(?:ing)?\syou\sare|security\scheck|checking\syour\sbrowser|one\smore\sstep|robot\scheck|captcha"
    r"|log\sin|sign\sin|login\b|anmelden|we\svalue\syour\sprivacy|before\syou\scontinue|cookie|your\sprivacy"
    r"|error\sestablishing|internal\sserver\serror|bad\sgateway|service\sunavailable|(?:site\s|down\sfor\s|scheduled\s)maintenance|something\swent\swrong"
    r"|(?:oops|sorry)\b|page\sunavailable|unavailable\sdue\sto|redirecting|this\spage\s(?:isn.t|is\snot)\savailable|enable\sjavascript|please\senable)",
    re.IGNORECASE,
)


def refuse(page: Page, roles: Sequence[Role], paragraphs: Sequence[Paragraph], notes: Sequence[Note]) -> str:
    """Return in words why there is no article in the page, "" where there is one."""
    if not page.blocks:
        return "it is empty, or its text is only made by a script"
    text = " ".join(block.text for block in page.blocks[:400])[:_LOOKED_AT]
    if len(_BINARY.findall(text)) > 0.02 * len(text):
        return "it is binary, or in an encoding that it does not state"
    if page.root.length < _SHORT_PAGE and (wall := _wall_of(page)):
        return f"it says {wall!r} in an article's place"
    if not notes and sum(len(paragraph.text.encode()) for paragraph in paragraphs) < _LEAST_PROSE:
        return "it holds no text that reads like an article"
    if _is_list_of_links(page, roles):
        return "it is a page of links to articles"
    return ""


def _wall_of(page: Page) -> str:
    """Return the title or heading by which a short page says that it is an error, a log-in or a consent page."""
    said = [page.head.title, *(block.text for block in page.blocks[:30] if block.heading in (1, 2))]
    return next((text[:80] for text in said if _WALL.match(text)), "")


def _is_list_of_links(page: Page, roles: Sequence[Role]) -> bool:
    """Whether the body is a section page: headings that lead elsewhere, each with a line of text."""
    body = [block for block, role in zip(page.blocks, roles, strict=True) if role is Role.BODY and not block.heading]
    if not body or ("og:type", "article") in page.head.metas:
        return False
    within = page.blocks[body[0].order : body[-1].order]
    teasers = [block for block in within if block.heading and block.link_share > 0.8]
    return len(teasers) >= 8 and len(teasers) > 0.6 * len(body)
