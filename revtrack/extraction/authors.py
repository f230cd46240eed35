"""Who signs an article: the names that a page states, or that stand in its byline. Knows no other part of it.

JSON-LD is heard first, then `<meta>`, then what is shown near the headline; a publisher that signs its own article only
where nobody else does. Agencies are kept as stated, roles, addresses and dates are taken off.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import zip_longest

from revtrack.extraction.blocks import Block, Box, Page
from revtrack.extraction.headlines import is_name_of
from revtrack.extraction.structured import Structured
from revtrack.extraction.vocabulary import Chrome, words_in, words_of
from revtrack.model import ParagraphKind
from revtrack.moments import month_named
from revtrack.text import clean, fold

_MOST = 20  # names
_LONGEST_LINE = 60  # characters
_STOPS = ".!?…:;,。！？।"
_CAPITALS = re.compile(
    r"(?:(?:[^\W\d_a-zà-öø-ÿ][\w.'’-]*|and|und|et|y|e|og|och|de|del|da|di|van|von|der|[,&/|])\s?){2,12}"
)
_ABOVE, _BELOW = 8, 25  # blocks around the headline where a byline stands
_ROW = 6  # blocks over which the names of several authors stand apart
_LONGEST = 300  # characters of a byline
_MOST_BLOCKS = 600
_MOST_FAR = 60  # bylines
_CARDS = 3  # different bylines far from the headline
_BOXES = 4  # whose names speak for a block
_METAS = """
author article:author parsely-author dc.creator dcterms.creator sailthru.author byl article.author
og:article:author cxenseparse:author dcsext.author citation_author
"""
_BY = re.compile(
    r"^\W{0,3}(?:(?:(?:words|text|story|report(?:ed)?|posted|published|written|article|compiled)\s)?by|von|par|por|di|da|de"
    r"|door|af|av|od|oleh|text|tekst|texte|texto|testo|auteure?|autor(?:in|en|a|es)?(?:/autor)?|autore|автор|текст|yazan"
    r"|haber|penulis|reporter|بقلم|كتب|โดย)\s?(?::\s*|\s+)|^\W{0,3}(?:作者|記者|记者|撰文|文)\s*[:：/／]?\s*",
    re.IGNORECASE,
)
_WORDS = words_in(
    """
    byline bylines author authors autor autores auteur auteurs autore writer writers signature firma contributor
    contributors
    """,
)
_LABEL = re.compile(r"(?:autor(?:in)?(?:/autor)?|author|auteure?|autore|автор)\b\s?:?\s", re.IGNORECASE)
_NOT_WORDS = words_in("bio image avatar related more follow comment comments social share photo count archive")
_AND = re.compile(
    r"\s*(?:[,;&]|\s(?:and|und|et|y|e|og|och|en|i|и|ja|ve|dan|with|mit|avec)(?=\s))(?:\s(?:and|und|et|y|e|og|och)\s)?\s*"
    r"|\s+[|•·/]\s+"
)
_BAR = re.compile(r"\s+[|•·/]\s+")
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]{0,60}[)\]]")
_SENTENCE = re.compile(r"[^\W\d]{4,}[.!?](?:\s|$)")
_PATH = re.compile(r"[/=?&._-]+")
_NO_PAGE = re.compile(r"#.*|javascript:.*|(?:https?://[^/?#]+)?/?", re.IGNORECASE)
_ALL = 0.9  # of a line
_MAIL = re.compile(r"\S{0,60}@\S{0,60}")
_CUT = re.compile(
    r"\s*(?:\s[–—-]\s|\b(?:updated|published|posted|aktualisiert|publié|publicado|pubblicato|stand)\b|\d).*$",
    re.IGNORECASE,
)
_ROLES = words_in(
    """
    senior deputy associate special freelance staff correspondent correspondents reporter reporters editor writer
    columnist journalist contributor contributing
    analyst critic producer chief bureau redakteur redakteurin korrespondent korrespondentin journaliste rédacteur
    rédactrice redactor redactora periodista corresponsal giornalista redaktør redaktör redacteur journalista repórter
    """,
)
_BEFORE_DATE = words_in("at on am um le el il den à a les vom de o op på")
_PAGES = words_in(  # in the address of a page about a person
    """
    author authors autor autoren autores auteur auteurs autore autori profile profiles by
    journalist journalists journaliste contributor contributors writer writers columnist columnists reporter reporters
    """,
)
_AGENCIES = words_in(
    """
    reuters ap afp dpa pti ani ians efe ansa tass xinhua kyodo jiji yonhap apa sda belga anp ritzau ntb tt lusa pap
    čtk interfax bloomberg upi antara aap mti hina tanjug agerpres
    """,
)
_NO_NAMES = words_in(
    """
    share follow comments comment read more subscribe photo image view all articles email twitter facebook about the
    social links for min minutes published updated posted by source quelle foto fuente newsletter sign print
    alle artikel beiträge articles tous todos artículos tutti articoli tüm yazıları
    """,
)


def read_authors(
    page: Page, metas: dict[str, str], structured: Structured, *, place: int, names: Sequence[str]
) -> tuple[str, ...]:
    """Return the names of those who sign; `place` is that of the headline; `names` are those of the site."""
    stated = persons_in(structured.authors)
    shown: tuple[str, ...] | None = None
    persons = _without(stated, names)
    if persons:
        shown = _without_agencies(_shown(page, place, names))
        missed = {_plain(name) for name in persons} - {_plain(name) for name in shown}
        return (shown if shown and not missed else persons)[:_MOST]
    for name in _METAS.split():
        said = persons_in((metas.get(name, ""),))
        if said and not _is_site(said[0], names):  # "The Herald, Port Lenning" is an imprint
            return (_without(said, names) or said)[:_MOST]
        stated = stated or said
    if stated:
        return (_without_agencies(_shown(page, place, names)) or stated)[:_MOST]
    return (_shown(page, place, names, anywhere=True) or _shown(page, place, (), anywhere=True))[:_MOST]


def persons_in(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the single names in bylines, each once: "Jo Li and Al Wu (Rome)" names two persons."""
    found: list[str] = []
    for stated in texts:
        if "://" in stated:
            continue
        text = _BY.sub("", _MAIL.sub("", _ASIDE.sub("", clean(stated[:400]))))
        parts = _AND.split(text)
        if len(parts) == 2 and "," in text and not any(" " in part.strip() for part in parts):
            parts = [text]  # "Moreau, Ida"
        found += [name for part in parts if (name := _person(part))]
    names = dict.fromkeys(found)
    kept = [name for name in names if _ROLES.isdisjoint(name.lower().split())]
    return tuple(kept or names)


def names_writers(block: Block) -> bool:
    """Whether a block is nothing but a byline: a line named as one, or "by" and names, each word with a capital."""
    text = block.text
    if len(text) > _LONGEST_LINE or block.heading or block.kind is not ParagraphKind.TEXT or text[-1] in _STOPS:
        return False
    said = _BY.match(text)
    names = _CAPITALS.fullmatch(text, said.end() if said else 0)
    return names is not None and (said is not None or not _WORDS.isdisjoint(words_of(block.box.names)))


def _person(text: str) -> str:
    words = _CUT.sub("", _BY.sub("", text)).strip(" ,;:|•·/").split()
    while len(words) > 1 and (words[-1] in _BEFORE_DATE or month_named(words[-1].strip(".,"))):
        words.pop()
    role = next((at for at, word in enumerate(words) if at > 1 and word.lower() in _ROLES), len(words))
    name = " ".join(words[:role])
    if not (1 < len(name) < 80) or (len(name) == 2 and name.isascii() and not name.isupper()):
        return ""
    return name


def _without(persons: tuple[str, ...], names: Sequence[str]) -> tuple[str, ...]:
    """Return those who are not the site itself."""
    return tuple(name for name in persons if not _is_site(name, names))


def _without_agencies(persons: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in persons if name.casefold() not in _AGENCIES)


def _is_site(name: str, names: Sequence[str]) -> bool:
    if "." in name.strip(".") and " " not in name:
        return True
    initials = "".join(word[0] for word in name.split()).lower()
    return is_name_of(name, names) or (len(initials) > 1 and initials in (site.lower() for site in names))


def _shown(page: Page, place: int, names: Sequence[str], *, anywhere: bool = False) -> tuple[str, ...]:
    """Return the names in the byline that the page shows near the headline, or `anywhere`; a label counts all over.

    Far from the headline the cards of other articles have bylines too: where they name different people, none counts.
    """
    near = [block for block in page.blocks[max(0, place - _ABOVE) : place + _BELOW] if _may_name(block)]
    if not anywhere:
        near += _labelled(page)
    found = next((named for block in near if (named := _named_in(page, block, names, near=True))), ())
    if found or not anywhere:
        return found
    far = [block for block in page.blocks[:_MOST_BLOCKS] if _may_name(block) and _is_marked(block)][:_MOST_FAR]
    signed = dict.fromkeys(named for block in far if (named := _named_in(page, block, names, near=False)))
    return next(iter(signed)) if 0 < len(signed) < _CARDS else ()


def _may_name(block: Block) -> bool:
    return len(block.text) < _LONGEST and block.heading not in (1, 2)


def _labelled(page: Page) -> list[Block]:
    """Return the lines that say of themselves that they name the author."""
    return [block for block in page.blocks[:_MOST_BLOCKS] if len(block.text) < 80 and _LABEL.match(block.text)]


def _named_in(page: Page, block: Block, names: Sequence[str], *, near: bool) -> tuple[str, ...]:
    """Return whom a block names, if it is a byline: by its own name, by how it begins, or by links to their pages."""
    # A button beside a name is that of a card; one in a box as large as an article says nothing of the byline in it.
    if block.box.controls and block.box.length <= _LONGEST:
        return ()
    if not near and block.link_share > _ALL and _leads_nowhere(block):
        return ()
    about = _full_names([text for href, text in block.links if _is_about_person(href)], names) if block.links else ()
    marked = _is_marked(block)
    begins = near and not block.is_prose and not block.heading and _BY.match(block.text) is not None
    if not (marked or begins or (near and about)) or len(_SENTENCE.findall(block.text)) > 1:
        return ()
    if block.box.chrome is Chrome.ALIEN:  # asked last: it costs most
        return ()
    return about or _full_names(_row(page, block), names)


def _leads_nowhere(block: Block) -> bool:
    """Whether all links of a block lead to a place on the page or to the front page of a site."""
    return all(_NO_PAGE.fullmatch(href.strip()[:_LONGEST]) for href, _ in block.links)


def _is_about_person(href: str) -> bool:
    return not _PAGES.isdisjoint(_PATH.split(href.lower()[:300]))


def _is_marked(block: Block) -> bool:
    """Whether a block, or a small box around it, is named as a byline."""
    named = set(words_of(" ".join((block.box.itemprop, *block.marks))))
    box: Box | None = block.box
    for _ in range(_BOXES):
        if box is None or box.length > _LONGEST:
            break
        named.update(words_of(box.names))
        box = box.parent
    return not _WORDS.isdisjoint(named) and _NOT_WORDS.isdisjoint(named)


def _row(page: Page, first: Block) -> list[str]:
    """Return the text of a byline and of those that stand beside it in the same form, one for each author."""
    form = (first.box.tag, first.box.names, first.marks)
    after = page.blocks[first.order + 1 : first.order + 1 + _ROW] if first.box.names else []
    return [first.text, *(block.text for block in after if (block.box.tag, block.box.names, block.marks) == form)]


def _full_names(texts: list[str], names: Sequence[str]) -> tuple[str, ...]:
    """Return the names; of "Ida Moreau | Port Lenning | 20 November" the first part holds them."""
    for parts in zip_longest(*(_BAR.split(text.strip(" |•·/")) for text in texts), fillvalue=""):
        found = tuple(name for name in _without(persons_in(parts), names) if _is_full_name(name))
        if found:
            return found
    return ()


def _is_full_name(name: str) -> bool:
    """Whether a name has two to six words that begin and end it in capitals, or is one of a script without them."""
    words = name.split()
    if not _NO_NAMES.isdisjoint(word.lower() for word in words) or name[-1] in ".!?:" or ":" in name:
        return False
    if len(words) == 1:
        if name.casefold() in _AGENCIES:
            return True
        return len(name) < 9 and not name.isascii() and name == name.upper() == name.lower()
    return len(words) < 7 and not words[0][0].islower() and not words[-1][0].islower()


def _plain(name: str) -> str:
    return fold(name).casefold()
