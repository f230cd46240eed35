"""Which headline a page shows, and every one that it states, each with its source. Knows no text below them.

A page names its article several times over: for readers in a heading, for search engines in its title and often in an
`<h1>` inside the breadcrumb, for other sites in og:title, for machines in JSON-LD. They are made at different times:
what is not shown often still says what the headline said first.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain

from revtrack.extraction.blocks import Block, Box, Page
from revtrack.extraction.structured import Structured
from revtrack.extraction.vocabulary import words_of
from revtrack.model import StatedHeadline
from revtrack.text import clean, fold

_LONGEST = 400  # characters
_MOST_HEADINGS = 60  # looked at from the top of the page
_NEAR_MISS = 20  # characters that folding or a kicker's sign may add
_LEAST = 15  # characters: below, that a text holds another tells nothing
_SECTION = 20  # characters between two bars of a title
_KICKER = 80  # characters in front of the headline, in the same heading
_SHARED = 0.3  # of the words of the shorter of two headlines
_TITULAR = frozenset(("headline", "title", "heading"))
_MENUS = frozenset(("nav", "menu", "dialog"))
_KICKERS = frozenset(("kicker", "overline", "topline", "eyebrow", "dachzeile"))
_CRUMBS = frozenset(("crumb", "crumbs", "breadcrumb", "breadcrumbs"))
_SITE_CUT = re.compile(r"\s+[|–—•·»«‹›:-]\s+|\s*[|｜＿]\s*|\s*：\s*|_")
_FRONT = re.compile(r"(?:https?://[^/?#]+)?/?(?:[?#].*)?", re.IGNORECASE)
_ALL = 0.9  # of a heading
_GENERIC = frozenset(("blog", "news", "home", "startseite"))
_NO_LETTER = re.compile(r"[\W_]+")
_DAY = re.compile(r"\d{1,2}[./]\d{1,2}[./]\d{4}|\d{4}-\d\d-\d\d")
# Words that tell: of four letters, of fewer where scripts leave out vowels or write them as marks, or by syllables.
_WORD = re.compile(
    r"[\u0590-\u0dff]{3,}|[\uac00-\ud7a3]{2,}|[^\W\d_]{4,}|\d+|[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]{2}"
)


def state_headlines(
    page: Page, metas: dict[str, str], structured: Structured, names: Sequence[str]
) -> tuple[StatedHeadline, ...]:
    """Return every headline that the page states; `names` are those of its site, which stand behind many."""
    first = (block.text for block in page.blocks if block.heading == 1 and not _is_apart(block))
    stated = [
        ("h1", next(first, "")),
        ("json-ld", structured.headline),
        ("json-ld", structured.subtitle),
        ("og:title", metas.get("og:title", "")),
        ("twitter:title", metas.get("twitter:title", "")),
        ("title", page.head.title),
    ]
    headlines = [StatedHeadline(source, without_site(clean(text[:_LONGEST]), names)) for source, text in stated if text]
    return tuple(dict.fromkeys(headline for headline in headlines if not is_name_of(headline.text, names)))


def read_headline(page: Page, stated: Sequence[StatedHeadline]) -> str:
    """Return the headline as the page shows it; as it is stated where it shows none, "" where there is none at all."""
    told = list(dict.fromkeys(headline.text for headline in stated if headline.source != "h1"))
    headings = [block for block in page.blocks if block.heading in (1, 2) and len(block.text) < _LONGEST]
    first = [block for block in headings if block.heading == 1][:_MOST_HEADINGS]
    shown = [block for block in first if not _is_apart(block)]
    by_title = all(headline.source in ("h1", "title") for headline in stated)
    banners = [block for block in shown if by_title and _is_banner(block, page.head.title)]
    if banners:
        names = [block.text for block in banners]
        shown = [block for block in shown if block not in banners]
        told = [text for text in (without_site(text, names) for text in told) if not is_name_of(text, names)]
    second = [block for block in headings if block.heading == 2 and not shown][:_MOST_HEADINGS]
    alone = shown[:1] if by_title and len(shown) == 1 else second[:1] if banners and not told else []
    titular = [block for block in second if first and (banners or _is_titular(block))]
    answers = (answer for answer in _answers(page, (shown, second, titular), told, alone) if answer)
    return next(answers, "")[:_LONGEST] or next((block.text for block in first), "")[:_LONGEST]


def _is_banner(heading: Block, title: str) -> bool:
    """Whether a heading names the site: it leads to a front page, or the page's title ends or begins in it."""
    said, told = _letters(heading.text), _letters(title)
    fronts = (_FRONT.fullmatch(href.strip()[:_LONGEST]) for href, _ in heading.links)
    if heading.link_share > _ALL and all(fronts):
        return True
    is_first = told.startswith(said) and len(said.encode()) <= _LEAST  # in Han signs a headline is as short as a name
    return len(heading.text) <= _LEAST and told != said and (told.endswith(said) or is_first)


def _answers(
    page: Page, headings: tuple[list[Block], list[Block], list[Block]], told: list[str], alone: list[Block]
) -> Iterator[str]:
    """Yield what may be the headline, the surest first, "" where a rule finds none.

    Given are the headings of the first rank, of the second where there is none, and those of these that are marked as
    titles; `alone` is the one heading that a page shows of which nothing but its `<title>` tells.
    """
    shown, second, titular = headings
    yield _agreeing(shown, told, page.head.title) or _holding(shown, told)
    yield _agreeing(second, told, page.head.title) or _beginning(second, told)
    yield _akin(shown, told) or _akin(titular, told)
    yield next((block.text for block in alone), "")
    yield _elsewhere(page, told)
    yield next((block.text for block in shown if len(block.text) > _LEAST and not told), "")
    yield next(iter(told), "")


def find_headline(page: Page, headline: str) -> int:
    """Return the place of the block that shows a headline, 0 where none does."""
    wanted = _letters(headline)
    headings = [block for block in page.blocks if block.heading and len(block.text) < _LONGEST][: 4 * _MOST_HEADINGS]
    exact = (block for block in headings if block.text == headline and not _is_apart(block))
    alike = (block for block in headings if wanted and _letters(block.text).endswith(wanted) and not _is_apart(block))
    elsewhere = (block for block in page.blocks if block.text == headline)
    return next((block.order for block in chain(exact, alike, elsewhere)), 0)


def shows_headline(block: Block, headline: str) -> bool:
    """Whether a block says a folded headline; the page's own heading may set other quotes in it, or none."""
    return block.folded == headline or (
        block.heading == 1 and headline != "" and _letters(block.text) == _letters(headline)
    )


def without_site(title: str, names: Sequence[str]) -> str:
    """Take what names the site, the section and the day off the end of a title.

    >>> without_site("Storm hits coast | News | The Herald", ["The Herald"])
    'Storm hits coast'
    """
    cuts = list(_SITE_CUT.finditer(title))
    end = len(title)
    for cut in reversed(cuts):
        last = title[cut.end() : end]
        is_section = end < len(title) and cut.group().strip() == "|" and len(last) < _SECTION
        if not (is_section or is_name_of(last, names) or _DAY.fullmatch(last.strip()) or _plain(last) in _GENERIC):
            break
        end = cut.start()
    return title[:end].strip() if end > _LEAST or not title.isascii() else title


def is_name_of(text: str, names: Sequence[str]) -> bool:
    """Return whether a text is the name of the site: it, a part of it, or it with a word more ("The Herald Online")."""
    said = _letters(text)
    return any(
        said == name
        or (len(said) > 1 and said in name)
        or (len(name) > 2 and name in said and len(said) < len(name) + 12)
        for name in map(_letters, names)
        if name and said
    )


@lru_cache(maxsize=256)  # a page's few names and titles are compared over and over
def _letters(text: str) -> str:
    return _NO_LETTER.sub("", _plain(text))


def _plain(text: str) -> str:
    return fold(text).casefold()


def _is_apart(block: Block) -> bool:
    """Whether a heading stands in the breadcrumb, which repeats the title for search engines, or in a menu."""
    box: Box | None = block.box
    for _ in range(5):
        if box is None:
            return False
        if box.tag in _MENUS or not _CRUMBS.isdisjoint(words_of(box.names)):
            return True
        box = box.parent
    return False


def _is_titular(block: Block) -> bool:
    """Whether a heading is marked as that of the page: by its name, or by the element around it."""
    around = block.box.parent
    names = words_of(" ".join((block.box.names, *block.marks)))
    return not _TITULAR.isdisjoint(names) or (around is not None and around.tag in ("header", "hgroup"))


def _agreeing(headings: list[Block], told: list[str], title: str) -> str:
    """Return the heading that says what is stated elsewhere too.

    A kicker in front of it is no part of the headline, nor is what the page's `title` ends in too: the site's name.
    """
    shown = [(heading, _plain(heading.text), _letters(heading.text)) for heading in headings]
    for text in sorted(told, key=lambda text: ": " not in text):  # as a kicker is best parted from what follows
        wanted, letters = _plain(text), _letters(text)
        for heading, plain, heard in shown:
            if letters and heard == letters:
                # They may differ by the colon behind a kicker, which the page shows as a line of its own.
                return heading.text if wanted.startswith(plain) or plain.startswith(wanted) else text
            if heading.marks and len(wanted) > _LEAST and plain.endswith(wanted) and len(plain) - len(wanted) < _KICKER:
                end = heading.text[-len(text) :]
                return end if _plain(end) == wanted else text
            rest = heading.text[len(text) :].strip()
            if heading.marks and len(wanted) > _LEAST and rest and plain.startswith(wanted) and title.endswith(rest):
                return heading.text[: len(text)]
    return ""


def _holding(headings: list[Block], told: list[str]) -> str:
    """Return the heading that is a part of what is stated: a title may say more."""
    for heading in headings:
        shown = _plain(heading.text)
        if len(shown.encode()) > _LEAST and any(shown in _plain(text) for text in told):  # a Han sign weighs three
            return heading.text
    return ""


def _beginning(headings: list[Block], told: list[str]) -> str:
    """Return the heading with which a stated title begins, before a mark that sites put before their names."""
    for heading in headings:
        shown = _plain(heading.text)
        rests = (_plain(text)[len(shown) :] for text in told if _plain(text).startswith(shown))
        if len(shown.encode()) > _LEAST and any(_SITE_CUT.match(rest) for rest in rests):
            return heading.text
    return ""


def _akin(headings: list[Block], told: list[str]) -> str:
    """Return the first heading that shares words with what is stated: the same story told in another headline."""
    words = [set(_WORD.findall(_plain(text))) for text in told]
    for heading in headings:
        shown = set(_WORD.findall(_plain(heading.text)))
        if any(
            len(shown & other) > 1 and len(shown & other) >= _SHARED * min(len(shown), len(other)) for other in words
        ):
            return _without_kicker(heading)
    return ""


def _without_kicker(heading: Block) -> str:
    """Take off a kicker that is named as one and parted by a dash, mostly one for screen readers."""
    if _KICKERS.isdisjoint(words_of(" ".join(heading.marks))):
        return heading.text
    kicker, dash, rest = heading.text.partition(" - ")
    return rest if dash and len(kicker) < _KICKER and len(rest) > _LEAST else heading.text


def _elsewhere(page: Page, told: list[str]) -> str:
    """Return a stated headline as another element than a heading shows it."""
    for text in told:
        wanted, size = _plain(text), len(text)
        for block in page.blocks:
            if abs(len(block.text) - size) < _NEAR_MISS and _plain(block.text) == wanted:
                return block.text
    return ""
