"""Changes of page chrome, as real sites make them between two looks at one article. Knows pages, not the extractor.

Each function gives one *state* of a piece of chrome, as splices into the source; two fetches of one page show two
states of it. One that is a `toggle` is there at one fetch and not at the other. None of it may show in the story.

Left out on purpose: a summary in points that the newsroom wrote. It is the article's own text, and its edit is an edit.
A summary that says a machine made it counts as chrome.
"""

import html.entities
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from bench.extraction.splicing import BLOCKS, Article, Splice

WORDS: dict[str, Any] = tomllib.loads((Path(__file__).parent / "words.toml").read_text("utf-8"))
TITLES: list[str] = WORDS["titles"]
PROSE: list[str] = WORDS["prose"]

Change = Callable[[Article, Random], list[Splice]]


@dataclass(frozen=True, slots=True)
class Chrome:
    """One change of chrome: `state` gives the splices of one state, `why` says what it stands for in real life."""

    name: str
    state: Change
    toggle: bool
    why: str
    stays: bool = False  # it holds text of the article, and is there at every fetch


CHROME: dict[str, Chrome] = {}


def enter(listed: dict[str, Chrome], state: Change, *, toggle: bool, stays: bool = False) -> Change:
    """Enter a change into a list, under its name and with its docstring as the reason."""
    listed[state.__name__] = Chrome(state.__name__, state, toggle, state.__doc__ or "", stays)
    return state


rotates = partial(enter, CHROME, toggle=False)
"""Enters a piece of chrome that is always there and differs from fetch to fetch."""
toggles = partial(enter, CHROME, toggle=True)
"""Enters a piece of chrome, or a way to write the markup, that one fetch has and the other has not."""


def _put(article: Article, place: str, markup: str) -> list[Splice]:
    at = article.places[place]
    return [(at, at, f"\n{markup}\n")]


def _say(article: Article, what: str, **numbers: object) -> str:
    said: dict[str, str] = WORDS[what]
    return said.get(article.language, said["en"]).format(**numbers)


def _hash(rng: Random) -> str:
    """Return a class name as build tools make them."""
    return "".join(rng.choice("abcdefghjkmnpqrstuvwxyz") for _ in range(3)) + f"{rng.randrange(100, 999)}"


def _link(title: str, rng: Random) -> str:
    return f'<a href="/{rng.randrange(10**6)}">{title}</a>'


# --- numbers that tick --------------------------------------------------------------------------------------------


@rotates
def live_viewers(article: Article, rng: Random) -> list[Splice]:
    """How many read this just now, above the text."""
    said = _say(article, "viewers", n=rng.randrange(2, 4000))
    return _put(article, "before", f'<div class="{_hash(rng)}"><i class="dot"></i><span>{said}</span></div>')


@rotates
def market_ticker(article: Article, rng: Random) -> list[Splice]:
    """Share prices in a strip above the article."""
    quotes = "".join(
        f"<span><b>{name}</b> {rng.randrange(700, 9000)}.{rng.randrange(10, 99)} "
        f"{rng.choice('▲▼')} 0.{rng.randrange(1, 9)}%</span> "
        for name in ("FTSE", "DAX", "Nikkei", "Brent")
    )
    return _put(article, "above", f'<div class="{_hash(rng)}">{quotes}</div>')


@rotates
def weather_strip(article: Article, rng: Random) -> list[Splice]:
    """Today's weather at the head of the page."""
    said = f"Lenning {rng.randrange(-5, 30)}°C {rng.choice(('Cloudy', 'Clear', 'Light rain'))}"
    return _put(article, "top", f'<div class="{_hash(rng)}"><span>{said}</span></div>')


@rotates
def share_counts(article: Article, rng: Random) -> list[Splice]:
    """Share counts in a list between the first paragraphs."""
    items = f"<li><a href='#f'>Facebook</a> {rng.randrange(900)}</li><li><a href='#x'>X</a> {rng.randrange(900)}</li>"
    said = _say(article, "shares", n=f"{rng.randrange(1, 9)}.{rng.randrange(9)}K")
    return _put(article, "second", f'<div class="{_hash(rng)}"><p>{said}</p><ul>{items}</ul></div>')


@rotates
def reactions(article: Article, rng: Random) -> list[Splice]:
    """Reactions with their counts under the text."""
    faces = "".join(f'<span role="img">{face}</span><span>{rng.randrange(400)}</span>' for face in "👍😢😡🎉")
    return _put(article, "after", f'<div class="{_hash(rng)}">{faces}</div>')


@rotates
def comment_previews(article: Article, rng: Random) -> list[Splice]:
    """The number of comments and the first two of them, under the text."""
    preview = _hash(rng)
    previews = "".join(
        f'<div class="{preview}"><b>marlow{rng.randrange(99)}</b><p>{prose}</p>'
        f"<span>{_say(article, 'ago', n=rng.randrange(2, 9))}</span>"
        "<button>Reply</button></div>"
        for prose in rng.sample(PROSE, 2)
    )
    head = f"<h3>{_say(article, 'comments', n=rng.randrange(2, 300))}</h3>"
    return _put(article, "after", f'<div class="{_hash(rng)}">{head}{previews}</div>')


@rotates
def byline_age(article: Article, rng: Random) -> list[Splice]:
    """A line of author and age above the text."""
    age = _say(article, "ago", n=rng.randrange(2, 12))
    return _put(article, "before", f'<div class="{_hash(rng)}"><span>Ana Kroll</span> · <span>{age}</span></div>')


@rotates
def updated_age(article: Article, rng: Random) -> list[Splice]:
    """How long ago the page was updated, above the text."""
    return _put(
        article, "before", f'<p class="{_hash(rng)}">{_say(article, "updated_ago", n=rng.randrange(2, 59))}</p>'
    )


@rotates
def reading_progress(article: Article, rng: Random) -> list[Splice]:
    """How much has been read, at the head of the page."""
    return _put(article, "top", f'<div class="{_hash(rng)}"><span>{rng.randrange(1, 99)}%</span></div>')


@rotates
def gallery_counter(article: Article, rng: Random) -> list[Splice]:
    """Which picture of a gallery is shown."""
    counter = f'<div class="{_hash(rng)}"><img src="/g.jpg" alt=""><span>{rng.randrange(1, 12)}/12</span></div>'
    return _put(article, "middle", counter)


@rotates
def audio_player(article: Article, rng: Random) -> list[Splice]:
    """A player that reads the article out, and its length."""
    length = f"{rng.randrange(2, 9)}:{rng.randrange(10, 59)}"
    player = f"<button>▶</button><span>{_say(article, 'listen')}</span> <span>{length}</span>"
    return _put(article, "before", f'<div class="{_hash(rng)}">{player}</div>')


# --- what leads elsewhere -----------------------------------------------------------------------------------------


@rotates
def most_read_inside(article: Article, rng: Random) -> list[Splice]:
    """The most read pieces, ranked anew, inside the article under the text."""
    items = "".join(f"<li>{_link(title, rng)}</li>" for title in rng.sample(TITLES, 5))
    return _put(
        article, "after", f'<div class="{_hash(rng)}"><h3>{_say(article, "most_read")}</h3><ol>{items}</ol></div>'
    )


@rotates
def read_more_line(article: Article, rng: Random) -> list[Splice]:
    """A bold line between paragraphs that leads to another piece."""
    said = f"<p><strong>{_say(article, 'read_more')} {_link(rng.choice(TITLES), rng)}</strong></p>"
    return _put(article, "middle", said)


@rotates
def bare_link_line(article: Article, rng: Random) -> list[Splice]:
    """A paragraph that is nothing but a link to another piece."""
    return _put(article, "second", f"<p><b>{_link(rng.choice(TITLES), rng)}</b></p>")


@rotates
def card_with_blurb(article: Article, rng: Random) -> list[Splice]:
    """A card between paragraphs: picture, title and a sentence of another piece, all of it one link."""
    inner = f'<img src="/c.jpg" alt=""><div><h4>{rng.choice(TITLES)}</h4><p>{rng.choice(PROSE)}</p></div>'
    return _put(article, "middle", f'<a class="{_hash(rng)}" href="/{rng.randrange(10**6)}">{inner}</a>')


@rotates
def card_beside_link(article: Article, rng: Random) -> list[Splice]:
    """A card between paragraphs whose title alone is the link."""
    inner = f"<h4>{_link(rng.choice(TITLES), rng)}</h4><p>{rng.choice(PROSE)}</p>"
    return _put(article, "middle", f'<div class="{_hash(rng)}"><img src="/c.jpg" alt="">{inner}</div>')


@rotates
def carousel_of_excerpts(article: Article, rng: Random) -> list[Splice]:
    """Four other pieces with the beginnings of their texts, below the article."""
    card = _hash(rng)
    cards = "".join(
        f'<div class="{card}"><h3>{_link(title, rng)}</h3><p>{prose}</p></div>'
        for title, prose in zip(rng.sample(TITLES, 4), rng.sample(PROSE, 4), strict=True)
    )
    return _put(article, "below", f'<section class="{_hash(rng)}">{cards}</section>')


@rotates
def sponsored_prose(article: Article, rng: Random) -> list[Splice]:
    """An advertiser's text in the form of a card, between paragraphs."""
    inner = f"<span>Sponsored</span><h4>{_link(rng.choice(TITLES), rng)}</h4><p>{rng.choice(PROSE)}</p>"
    return _put(article, "middle", f'<div class="{_hash(rng)}">{inner}</div>')


@rotates
def video_with_title(article: Article, rng: Random) -> list[Splice]:
    """A film of the day with its title and length, between paragraphs."""
    length = f"{rng.randrange(1, 9)}:{rng.randrange(10, 59)}"
    inner = f'<video src="/v.mp4"></video><p>{rng.choice(TITLES)}</p><span>{length}</span>'
    return _put(article, "middle", f'<div class="{_hash(rng)}">{inner}</div>')


@rotates
def tags_reordered(article: Article, rng: Random) -> list[Splice]:
    """The article's tags in another order."""
    tags = ["Ferries", "Lake tunnel", "Upper valley", "Budget", "Anders Holm"]
    items = "".join(f"<li>{_link(tag, rng)}</li>" for tag in rng.sample(tags, 5))
    return _put(article, "after", f'<ul class="{_hash(rng)}">{items}</ul>')


@rotates
def edition_switch(article: Article, rng: Random) -> list[Splice]:
    """The edition or language that the server believes the reader wants."""
    here, there = rng.sample(("UK edition", "Edición América", "Deutsche Ausgabe", "日本版"), 2)
    return _put(article, "top", f'<div class="{_hash(rng)}"><span>{here}</span> <a href="/e">{there}</a></div>')


# --- what asks the reader for something ---------------------------------------------------------------------------


@toggles
def consent_in_page_language(article: Article, rng: Random) -> list[Splice]:
    """The consent text, in the page's language, at the head of the page."""
    inner = f"<p>{_say(article, 'consent')}</p><button>OK</button>"
    return _put(article, "top", f'<div class="{_hash(rng)}"><div class="{_hash(rng)}">{inner}</div></div>')


@toggles
def consent_without_button(article: Article, rng: Random) -> list[Splice]:
    """The consent text at the end of the page, its button a link."""
    inner = f'<p>{_say(article, "consent")}</p><a href="#ok">OK</a>'
    return _put(article, "bottom", f'<div class="{_hash(rng)}">{inner}</div>')


@toggles
def letter_between(article: Article, rng: Random) -> list[Splice]:
    """A letter offered between paragraphs, with a link in a form's place."""
    name, offer, button = _say(article, "letter").split("|")
    inner = f'<p><strong>{name}</strong></p><p>{offer}</p><a class="{_hash(rng)}" href="/letters">{button}</a>'
    return _put(article, "middle", f'<div class="{_hash(rng)}">{inner}</div>')


@toggles
def appeal_between(article: Article, rng: Random) -> list[Splice]:
    """An appeal for money between paragraphs."""
    plea, button = _say(article, "appeal").split("|")
    return _put(article, "middle", f'<div class="{_hash(rng)}"><p>{plea}</p><p><a href="/give">{button}</a></p></div>')


@toggles
def follow_line(article: Article, rng: Random) -> list[Splice]:
    """A line that asks to be followed elsewhere, under the text."""
    said = _say(article, "follow", a=_link("WhatsApp", rng), b=_link("Telegram", rng))
    return _put(article, "after", f"<p>{said}</p>")


@toggles
def app_banner(article: Article, rng: Random) -> list[Splice]:
    """A banner for the site's app at the head of the page."""
    offer = "<strong>The Lenning Post</strong><p>Stories open faster in the app, even under ground.</p>"
    inner = f'<img src="/i.png" alt=""><div>{offer}</div>'
    return _put(article, "top", f'<div class="{_hash(rng)}">{inner}<a href="/app">Open</a></div>')


@toggles
def old_browser(article: Article, rng: Random) -> list[Splice]:
    """A warning that the browser is old."""
    return _put(article, "top", f'<p class="{_hash(rng)}">{_say(article, "old_browser")}</p>')


@rotates
def paywall_teaser(article: Article, rng: Random) -> list[Splice]:
    """How many free articles are left, below the text."""
    inner = f'<h3>The Post Pass</h3><p>{_say(article, "paywall", n=rng.randrange(1, 9))}</p><a href="/pass">1 €</a>'
    return _put(article, "below", f'<div class="{_hash(rng)}">{inner}</div>')


@rotates
def poll(article: Article, rng: Random) -> list[Splice]:
    """A poll between paragraphs and its votes."""
    inner = (
        "<p>Should the ferry run all night?</p>"
        "<label><input type=radio name=q> Yes</label> <label><input type=radio name=q> No</label>"
        f"<span>{rng.randrange(100, 9000)}</span>"
    )
    return _put(article, "middle", f'<div class="{_hash(rng)}">{inner}</div>')


# --- other text of the house --------------------------------------------------------------------------------------


@toggles
def advertisement_label(article: Article, rng: Random) -> list[Splice]:
    """The label over an empty place for advertising."""
    return _put(article, "middle", f'<p class="{_hash(rng)}">{_say(article, "advertisement")}</p>')


@toggles
def machine_summary(article: Article, rng: Random) -> list[Splice]:
    """A summary that says of itself that a machine made it, above the text."""
    points = "".join(f"<li>{prose}</li>" for prose in PROSE[:2])
    inner = f"<h2>Summary</h2><ul>{points}</ul><p>Generated by AI. It may contain mistakes.</p>"
    return _put(article, "before", f'<div class="{_hash(rng)} ai-summary">{inner}</div>')


@toggles
def author_biography(article: Article, rng: Random) -> list[Splice]:
    """Who the author is, under the text."""
    said = "Ana Kroll writes about rivers, harbours and those who live by them."
    inner = f'<strong><a href="/ana">Ana Kroll</a></strong><p>{said}</p>'
    return _put(article, "after", f'<div class="{_hash(rng)}"><img src="/a.jpg" alt="">{inner}</div>')


@rotates
def election_banner(article: Article, rng: Random) -> list[Splice]:
    """The state of a count, with a sentence of prose, above the article."""
    n = rng.randrange(20, 70)
    said = f"With {n} per cent of the districts counted, the lists stand closer together than at noon."
    inner = f"<b>Valley vote</b><p>{said}</p>"
    return _put(article, "above", f'<div class="{_hash(rng)}">{inner}</div>')


@rotates
def legal_footer(article: Article, rng: Random) -> list[Splice]:
    """The year and the house's legal text at the end of the page."""
    inner = (
        f"<p>© {rng.randrange(2020, 2027)} Lenning Media. Registered at court no. {rng.randrange(100, 999)} "
        "of the harbour district; no part "
        "of these pages may be used to train machines without our consent in writing.</p>"
    )
    return _put(article, "bottom", f'<div class="{_hash(rng)}">{inner}</div>')


# --- the same text in other markup --------------------------------------------------------------------------------


@toggles
def minified(article: Article, _rng: Random) -> list[Splice]:
    """Line breaks between blocks are taken out."""
    names = "|".join(BLOCKS - {"pre"})
    between = re.compile(rf"(?<=>)\s*\n\s*(?=</?(?:{names})\b)")
    first, last = article.places["top"], article.places["bottom"]
    return [(m.start(), m.end(), "") for m in between.finditer(article.source, first, last)]


_ATTRIBUTE = re.compile(r"\s([a-zA-Z][\w:-]*)=(\"[^\"]*\"|'[^']*')")


@toggles
def attributes_reversed(article: Article, _rng: Random) -> list[Splice]:
    """Attributes come in another order."""
    splices = []
    for element in article.outline.elements:
        tag = article.source[element.start : element.inner]
        attributes = _ATTRIBUTE.findall(tag)
        plain = f"<{element.tag}" + "".join(f" {name}={value}" for name, value in attributes) + ">"
        if len(attributes) > 1 and plain == tag:
            swapped = "".join(f" {name}={value}" for name, value in reversed(attributes))
            splices.append((element.start, element.inner, f"<{element.tag}{swapped}>"))
    return splices


@toggles
def class_names_hashed(article: Article, rng: Random) -> list[Splice]:
    """A build tool gives every class name a tail of its own."""
    tails: dict[str, str] = {}
    splices = []
    for element in article.outline.elements:
        tag = article.source[element.start : element.inner]
        if named := re.search(r'\sclass="([^"<>&]+)"', tag):
            renamed = " ".join(name + tails.setdefault(name, f"__{_hash(rng)}") for name in named[1].split())
            splices.append((element.start + named.start(1), element.start + named.end(1), renamed))
    return splices


def _in_texts(article: Article, pattern: str) -> list[re.Match[str]]:
    """Return the matches inside the texts of the paragraphs, outside of tags and entities."""
    shown = re.compile(rf"<[^>]*>|&[#\w]+;|(?P<found>{pattern})")
    runs = (shown.finditer(article.source, run.inner, run.close) for run in article.paragraphs)
    return [match for found in runs for match in found if match["found"]]


@toggles
def characters_as_entities(article: Article, _rng: Random) -> list[Splice]:
    """Quotation marks, apostrophes and accents are written by name, blanks beside numbers hold together."""
    found = _in_texts(article, r"['\"]|(?<=\d) (?=[a-z])|[^\x00-\x7f]")
    return [(match.start(), match.end(), _entity(match[0])) for match in found]


def _entity(sign: str) -> str:
    named = {"'": "#x27", '"': "quot", " ": "nbsp"}.get(sign) or html.entities.codepoint2name.get(ord(sign))
    return f"&{named or f'#x{ord(sign):x}'};"


@toggles
def words_wrapped(article: Article, rng: Random) -> list[Splice]:
    """Words are wrapped in spans, long ones get places to break."""
    splices = []
    for match in _in_texts(article, r"(?<![\w&])[^\W\d_]{9,}(?![\w;])"):
        half = len(match[0]) // 2
        broken = match[0][:half] + rng.choice(("<wbr>", "&shy;", "\u00ad")) + match[0][half:]
        splices.append((match.start(), match.end(), f'<span class="{_hash(rng)}">{broken}</span>'))
    return splices


@toggles
def zero_width_marks(article: Article, rng: Random) -> list[Splice]:
    """Invisible characters that mark a copy."""
    found = _in_texts(article, r"(?<=[a-z])(?=[a-z]{4})[a-z]")
    marked = rng.sample(found, min(9, len(found)))
    return [(m.start(), m.start(), rng.choice("\u200b\ufeff\u2060")) for m in marked]


@toggles
def wrapped_twice(article: Article, rng: Random) -> list[Splice]:
    """What the article's box holds is wrapped in two more."""
    container = article.container
    if container.tag in BLOCKS - {"div", "section", "article", "main"} or container.close == container.end:
        return []
    opening = f'<div class="{_hash(rng)}"><div class="{_hash(rng)}">'
    return [(container.inner, container.inner, opening), (container.close, container.close, "</div></div>")]


@toggles
def lazy_picture_twice(article: Article, rng: Random) -> list[Splice]:
    """A picture that loads late, and once more for readers without scripts."""
    token = rng.randrange(10**6)
    again = f'<noscript><img src="/p.jpg?{token}" alt="The old pier, with the kiosk at its end."></noscript>'
    inner = f'<img class="lazy" data-src="/p.jpg?{token}" alt="">{again}'
    return _put(article, "second", f"<figure>{inner}</figure>")


@toggles
def frame_stripped(article: Article, _rng: Random) -> list[Splice]:
    """The print or mobile form of the page: what is named as menu, sidebar or footer is not sent."""
    container = article.container
    inside = (article.first.start, article.last.end)
    return [
        (element.start, element.end, "")
        for element in article.outline.elements
        if element.tag in {"nav", "aside", "footer", "iframe"}
        and element.end > element.close >= 0
        and (element.end <= min(container.start, inside[0]) or element.start >= max(container.end, inside[1]))
    ]
