"""Tell lines among the paragraphs that lead elsewhere, ask, or tick. Knows one block, not what stands around it.

What a line is shows in its form first: it ends in a link and in no full stop, it is a label with a title, it stands in
no paragraph. Words are asked last.
"""

import re

from revtrack.extraction.blocks import Block, Box
from revtrack.extraction.counters import goes_on_behind_an_advert, names_an_advert, tells_its_age
from revtrack.extraction.inline import PAID
from revtrack.extraction.phrases import is_invitation, is_machine_made, is_service, is_told
from revtrack.extraction.vocabulary import HEADING_TAGS, words_in
from revtrack.model import ParagraphKind

TEXT_TAGS = HEADING_TAGS | words_in("p ul ol li blockquote table tbody tr td th dl dt dd pre figure")
STOPS = '.!?…:;,)]"”»。！？।'
_LINE = 120  # characters of a line that is a link
_POINTER = 200  # characters
_LONGEST_CALL = 50  # characters
_ENDED = re.compile(r"(?:[^\W\d_]{3,}[\"”»«’)]?[.!?…][\"”»)]?|[。！？।])\s*$")  # not behind "U.S."
_WORD = re.compile(r"[^\W\d_]")
_ANSWERED = re.compile(r"[^.!?:\"“”„«»‘’'\n]{6,60}[?？؟]\s?\w")
_TITLE = 3  # words of a link
_LONGEST_LABEL = 6  # words before a title
_ALL = 0.9  # of a label
_COUNTED = re.compile(r"(?:\(|[:：]\s?)\d[\d.,]*\)?$|^\d[\d.,]*\s\D")
_MOST_CALLING = 6  # words of a link
_PLACE = re.compile(r"#\w")  # "#" alone is a button's
_SECONDS = re.compile(r"(?<![\d:])\d{1,2}:\d{2}:\d{2}(?![\d:])")
# The house speaks of itself. "US" is a state.
_HOUSE = re.compile(
    r"\b(?=[WUONVwuonv])(?:[Ww]e|us|[Oo]urs?|[Ww]ir|uns|[Uu]nser\w{0,2}|[Nn]ous|[Nn]os|[Nn]otre|[Nn]uestr[oa]s?|[Nn]ostr[oiae]|[Nn]oss[oa]s?|[Ww]ij|[Oo]nze|[Oo]ss|[Vv]år[ea]?|[Vv]ores)\b"
    r"|私たち|弊社|当社|本紙"
)
# At the start of a sentence "Sie" may be they; "du" is French as well.
_READER = re.compile(
    r"\b(?=[YVUDyvud])(?:[Yy]ou|[Yy]ours?|[Vv]ous|[Vv]otre|[Vv]os|[Uu]sted(?:es)?|[Vv]ocê|[Dd]ich|[Dd]ir|[Dd]ein\w{0,2})\b"
    r"|(?<!^)(?<![.!?:] )\b(?:Sie|Ihnen|Ihr(?:e[nmrs]?)?)\b"
)
_LETTERS = ("etter", "ubscribed", "bonn")
_IS_ORDERED = re.compile(
    r"\b(?:already|bereits|schon|déjà|già|já)\b.{0,40}\b(?:newsletter|letters?|subscribed|abonn\w+)\b"
    r"|\b(?:newsletter|letters?|subscribed|abonn\w+)\b.{0,40}\b(?:already|bereits|schon|déjà|già|já)\b",
    re.IGNORECASE,
)
_NEAR = 3  # boxes around a block
_QUOTES = frozenset('“”"«»„「」')


def stands_apart(block: Block, *, is_own: bool) -> bool:
    """Whether a line is no text wherever it stands: networks to follow, an age, seconds, an advert, a reading voice.

    `is_own` says that it has a form of its own, which its neighbours have not.
    """
    if _is_pointer(block) or tells_its_age(block.text) or _ticks(block):
        return True
    if block.box.tag not in TEXT_TAGS:
        return names_an_advert(block.text)
    return is_own and block.box.tag == "p" and (goes_on_behind_an_advert(block.text) or _speaks_of_the_page(block))


def calls_to_a_link(block: Block, *, is_own: bool) -> bool:
    """Whether a short paragraph is there for the link in which it ends. Where several are, they are the text's own.

    `is_own` says that it has a form of its own, which its neighbours have not.
    """
    if block.kind is not ParagraphKind.TEXT:
        return False
    if _ends_in_a_call(block):
        return True
    return is_own and (_is_slanted_call(block) or _is_labelled_title(block) or _is_answered_by_a_link(block))


def asks(block: Block) -> bool:
    """Whether a line in a box of its own leads elsewhere, invites, or says that a machine wrote this or who paid."""
    if _leads(block) or _ends_in_a_call(block) or _answers_itself(block) or _ends_in_a_title(block):
        return True
    return is_invitation(block.text) or is_machine_made(block.text) or _names_its_payer(block)


def _names_its_payer(block: Block) -> bool:
    """Whether a short block holds a link that is paid for."""
    return PAID in block.marks and len(block.text) < _POINTER


def counts_what_it_leads_to(block: Block) -> bool:
    """Whether a line ends in a link with a number in it: "All comments (214)"."""
    if not block.links or len(block.text) > _POINTER:
        return False
    href, call = block.links[-1]
    is_post = "#" not in href and any(box.tag == "blockquote" for box in block.box.upward(_NEAR))  # its number is a day
    return block.text.endswith(call) and not is_post and _COUNTED.search(call) is not None


def leads_to_remarks(block: Block) -> bool:
    """Whether a line beside a quotation is nothing but a link to a place on its own page: to what readers say."""
    if not block.links or block.link_share <= _ALL or len(block.text) > _LINE:
        return False
    leads_here = _PLACE.match(block.links[0][0]) is not None and _WORD.search(block.text) is not None
    return leads_here and any(map(holds_a_quotation, block.box.upward(2)))


def holds_a_quotation(box: Box) -> bool:
    """Whether a quotation stands in a box, and in no other box there."""
    return any(child.tag == "blockquote" for child in box.children)


def speaks_for_the_house(block: Block) -> bool:
    """Whether a paragraph says "we" and quotes nobody."""
    return _HOUSE.search(block.text) is not None and _QUOTES.isdisjoint(block.text)


def speaks_to_the_reader(block: Block) -> bool:
    """Whether in a short paragraph the house speaks to its reader: "Please open the mail that we have sent you."."""
    text = block.text
    if len(text) > _POINTER or not _QUOTES.isdisjoint(text):
        return False
    if _is_ordered(text):
        return True
    return _HOUSE.search(text) is not None and _READER.search(text) is not None and not is_told(text)


def _is_ordered(text: str) -> bool:
    """Whether the reader is told what letter comes to him already."""
    if not any(sign in text for sign in _LETTERS) or _IS_ORDERED.search(text) is None:
        return False
    return (text.startswith("Sie ") or _READER.search(text) is not None) and not is_told(text)


def is_bare_line(block: Block) -> bool:
    """Whether a block stands in no paragraph and does not end as a sentence does."""
    return block.box.tag not in TEXT_TAGS and len(block.text) <= _LINE and block.text[-1] not in STOPS


def _is_slanted_call(block: Block) -> bool:
    """Whether all of a short paragraph is set off, and it ends in a link and no full stop."""
    return block.emphasis and _ends_in_a_link(block) and block.link_share < _ALL


def _is_answered_by_a_link(block: Block) -> bool:
    """Whether a short paragraph begins with a question and ends in a link: "Seen a slip? Write to the desk"."""
    return _ends_in_a_link(block) and _answers_itself(block)


def _is_labelled_title(block: Block) -> bool:
    """Whether a paragraph is a label in bold and a link of some words, and nothing else."""
    if not _ends_in_a_link(block) or len(block.links) > 1 or block.box.tag != "p":
        return False
    title = block.links[0][1]
    label = block.text.removesuffix(title).rstrip()
    is_title = len(title.split()) >= _TITLE or not title.isascii()
    return is_title and 0 < len(label.split()) <= _LONGEST_LABEL and block.bold >= _ALL * len(label) > 0 < block.lead


def _ends_in_a_link(block: Block) -> bool:
    if not block.links or len(block.text) > _POINTER or block.text[-1] in STOPS:
        return False
    href, title = block.links[-1]
    return not href.startswith("#") and block.text.endswith(title)


def _leads(block: Block) -> bool:
    """Whether a line is nothing but a link, or short with an address to write to."""
    linked = block.link_share > 0.9 and len(block.text) <= _LINE
    return linked or (len(block.text) < _POINTER and any(href.startswith("mailto:") for href, _ in block.links))


def _ends_in_a_call(block: Block) -> bool:
    """Whether behind the last sentence of a short block stands a link that is no sentence: "You have read 3. Join"."""
    if not block.links or len(block.text) > _POINTER:
        return False
    href, call = block.links[-1]
    if href.startswith("#") or not _WORD.search(call):  # the mark or number of a footnote
        return False
    before, found, behind = block.text.rpartition(call)
    words = len(call.split()) + 3 * (behind != "")  # what ends in a full stop may be a sentence of the text
    is_last = found != "" and not any(map(str.isalnum, behind)) and words <= _MOST_CALLING
    return is_last and len(call) < _LONGEST_CALL and _ENDED.search(before) is not None


def _ends_in_a_title(block: Block) -> bool:
    """Whether a short block ends in a link, of some words if it is a paragraph: "First of our series: Lost at sea"."""
    return _ends_in_a_link(block) and (len(block.links[-1][1].split()) >= _TITLE or block.box.tag not in TEXT_TAGS)


def _answers_itself(block: Block) -> bool:
    """Whether a short block begins with a short question and goes on, as in "Seen a mistake? Write to us."."""
    return len(block.text) < _POINTER and not block.heading and _ANSWERED.match(block.text) is not None


def _ticks(block: Block) -> bool:
    """Whether a line in no paragraph tells a time to the second, as only a machine does."""
    return len(block.text) <= _LINE and block.box.tag not in TEXT_TAGS and _SECONDS.search(block.text) is not None


def _speaks_of_the_page(block: Block) -> bool:
    """Whether all of a short paragraph stands in italics, and speaks to the reader, or of the machine that made it."""
    is_slanted = block.emphasis and not block.bold
    return is_slanted and (speaks_to_the_reader(block) or is_machine_made(block.text))


def _is_pointer(block: Block) -> bool:
    """Whether a short block leads to nothing but networks on which the site is to be followed, in any language."""
    return len(block.links) > 1 and len(block.text) < _POINTER and all(is_service(text) for _, text in block.links)
