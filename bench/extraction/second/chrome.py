"""A second set of changes of page chrome, written blind: without sight of the extractor's rules. Knows pages only.

As in `bench.extraction.chrome`, each function gives one state of a piece of chrome, and none of it may show in the
story; but the kinds, the markup and the words are others. They are entered in `SECOND_CHROME`.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from bench.extraction.chrome import Chrome, enter
from bench.extraction.splicing import BLOCKS, Article, Element, Run, Splice

WORDS: dict[str, Any] = tomllib.loads((Path(__file__).parent / "chrome.toml").read_text("utf-8"))
TITLES: list[str] = WORDS["titles"]
PROSE: list[str] = WORDS["prose"]
NAMES: list[str] = WORDS["names"]
TOPICS = ("Quillan", "Canals", "Frost", "Registry", "Orchards", "Cable cars")

SECOND_CHROME: dict[str, Chrome] = {}


rotates = partial(enter, SECOND_CHROME, toggle=False)
toggles = partial(enter, SECOND_CHROME, toggle=True)
stays = partial(enter, SECOND_CHROME, toggle=False, stays=True)
"""Enters what holds text of the article, always there, in markup that differs from fetch to fetch."""


def _put(article: Article, place: str, markup: str) -> list[Splice]:
    at = article.places[place]
    return [(at, at, f"\n{markup}\n")]


def _say(article: Article, what: str, **filled: object) -> list[str]:
    """Return the parts of what is said, in the page's language or in English."""
    said: dict[str, str] = WORDS[what]
    return [part.format(**filled) for part in said.get(article.language, said["en"]).split("|")]


def _css(rng: Random) -> str:
    """Return a class name as Emotion makes them."""
    return "css-" + "".join(rng.choice("abcdefghijklmnopqrstuvwxyz0123456789") for _ in range(6))


def _styled(rng: Random) -> str:
    """Return a pair of class names as styled-components makes them."""
    tail = "".join(rng.choice("abcdefghijkLMNOPQRSTuvwxyz") for _ in range(6))
    return f"sc-{rng.randrange(16**8):08x}-{rng.randrange(9)} {tail}"


def _to(path: str, rng: Random) -> str:
    return f"/{path}/{rng.randrange(10**7)}.html"


# --- what ticks ---------------------------------------------------------------------------------------------------


@rotates
def score_strip(article: Article, rng: Random) -> list[Splice]:
    """Live sport scores with the minute of play, as a table in the head of the page."""
    teams = rng.sample(WORDS["teams"], 6)
    rows = "".join(
        f'<tr><th scope="row">{teams[n]}</th><td>{rng.randrange(5)}</td><td>–</td><td>{rng.randrange(5)}</td>'
        f"<th>{teams[n + 1]}</th><td>{rng.randrange(1, 90)}’</td></tr>"
        for n in (0, 2, 4)
    )
    return _put(article, "top", f'<div class="{_styled(rng)}"><table><tbody>{rows}</tbody></table></div>')


@rotates
def countdown(article: Article, rng: Random) -> list[Splice]:
    """A countdown to polling day above the text, with the clock written out by the server."""
    said = _say(article, "countdown", d=rng.randrange(2, 60), h=rng.randrange(24), m=rng.randrange(60))[0]
    return _put(article, "before", f'<div class="{_css(rng)}" role="timer"><p>{said}</p></div>')


@rotates
def archive_age(article: Article, rng: Random) -> list[Splice]:
    """The age of an old article, counted by a machine, between head and text."""
    said = _say(article, "archive_age", n=rng.randrange(3, 11))[0]
    icon = '<svg width="12" height="12" viewBox="0 0 12 12"><path d="M6 0a6 6 0 1 0 0 12z"/></svg>'
    return _put(article, "before", f'<div class="dcr-{rng.randrange(16**6):06x}">{icon} <strong>{said}</strong></div>')


@rotates
def latest_feed(article: Article, rng: Random) -> list[Splice]:
    """A timeline of the newsroom's last headlines with their minutes, between paragraphs, in utility classes."""
    items = "".join(
        f'<li class="relative pl-6 pb-4 border-l border-zinc-200"><time class="text-xs text-zinc-500">'
        f"{rng.randrange(10, 23)}:{rng.randrange(10, 59)}</time>"
        f'<p class="text-sm font-medium leading-snug">{title}</p></li>'
        for title in rng.sample(TITLES, 3)
    )
    head = f'<h2 class="text-lg font-bold tracking-tight">{_say(article, "latest")[0]}</h2>'
    return _put(article, "middle", f'<div class="my-8 rounded-xl bg-zinc-50 p-4">{head}<ol>{items}</ol></div>')


@rotates
def trending_topics(article: Article, rng: Random) -> list[Splice]:
    """Hashtags of the hour in a strip over the article."""
    tags = " ".join(f'<a href="{_to("tag", rng)}">#{topic.replace(" ", "")}</a>' for topic in rng.sample(TOPICS, 4))
    return _put(article, "above", f'<div class="{_css(rng)}"><span>{_say(article, "trending")[0]}</span> {tags}</div>')


@rotates
def topic_followers(article: Article, rng: Random) -> list[Splice]:
    """Topics to follow under the text, each with a button and its number of followers."""
    head, _ = _say(article, "topics", n=0)
    chips = "".join(
        f"<li><span>{topic}</span> <small>{_say(article, 'topics', n=rng.randrange(90, 9000))[1]}</small>"
        f'<button type="button" aria-pressed="false">+</button></li>'
        for topic in rng.sample(TOPICS, 3)
    )
    return _put(article, "after", f'<div class="{_styled(rng)}"><p>{head}</p><ul>{chips}</ul></div>')


# --- what leads elsewhere -----------------------------------------------------------------------------------------


@rotates
def related_bullets(article: Article, rng: Random) -> list[Splice]:
    """Other stories as a bulleted enhancement within the text, as Brightspot sites set them."""
    items = "".join(
        f'<li class="PageList-items-item"><div class="PagePromo"><a class="Link" href="{_to("article", rng)}">'
        f'<span class="PagePromoContentIcons-text">{title}</span></a></div></li>'
        for title in rng.sample(TITLES, 3)
    )
    head = f'<div class="PageListEnhancementGeneric-title">{_say(article, "related")[0]}</div>'
    inner = f'{head}<ul class="PageListEnhancementGeneric-items">{items}</ul>'
    return _put(article, "second", f'<div class="Enhancement"><div class="Enhancement-item">{inner}</div></div>')


@rotates
def more_from_author(article: Article, rng: Random) -> list[Splice]:
    """Other pieces by the author with the first sentence of each, under the text."""
    head, every = _say(article, "author_more", name=rng.choice(NAMES))
    items = "".join(
        f'<div class="story-card story-card--compact"><h3 class="story-card__hed"><a href="{_to("s", rng)}">{title}'
        f'</a></h3><p class="story-card__dek">{prose}</p></div>'
        for title, prose in zip(rng.sample(TITLES, 2), rng.sample(PROSE, 2), strict=True)
    )
    inner = f'<h2>{head}</h2>{items}<a href="/authors">{every}</a>'
    return _put(article, "after", f'<div class="byline-more">{inner}</div>')


@rotates
def podcast_card(article: Article, rng: Random) -> list[Splice]:
    """A podcast of the house between paragraphs, with what it is about and today's episode."""
    name, about, episode = _say(article, "podcast", n=rng.randrange(20, 300), m=rng.randrange(18, 59))
    inner = f"<h4>{name}</h4><p>{about}</p><p><span>{episode}</span> <em>{rng.choice(TITLES)}</em></p>"
    return _put(article, "middle", f'<div class="{_css(rng)}" data-component="podcast-promo">{inner}</div>')


@rotates
def around_the_web(article: Article, rng: Random) -> list[Splice]:
    """Advertisers' pieces in a grid under the text, each with label and name of who pays."""
    head, label = _say(article, "web")
    cells = "".join(
        f'<div class="videoCube trc_spotlight_item"><a rel="nofollow sponsored" href="https://trk.example/{n}'
        f'{rng.randrange(10**9)}"><span class="video-title">{title}</span></a><span class="branding">{brand}</span>'
        f"<span>{label}</span></div>"
        for n, (title, brand) in enumerate(zip(rng.sample(TITLES, 3), rng.sample(WORDS["brands"], 3), strict=True))
    )
    return _put(article, "after", f'<div id="taboola-below-article-thumbnails"><h3>{head}</h3>{cells}</div>')


@rotates
def quiz_teaser(article: Article, rng: Random) -> list[Splice]:
    """A question of the weekly quiz between paragraphs, its answers shuffled."""
    name, question, answers = _say(article, "quiz")
    listed = answers.split(";")
    buttons = "".join(f'<li><a role="button" href="#">{answer}</a></li>' for answer in rng.sample(listed, len(listed)))
    inner = f'<p class="{_css(rng)}">{name} · {rng.randrange(1, 9)}/10</p><h3>{question}</h3><ul>{buttons}</ul>'
    return _put(article, "middle", f'<section class="{_css(rng)}">{inner}</section>')


@rotates
def translation_links(article: Article, rng: Random) -> list[Splice]:
    """The languages in which the article can be had by now, above the text."""
    tongues = ("English", "Español", "Português", "Türkçe", "العربية", "中文", "Русский")
    listed = rng.sample(tongues, rng.randrange(2, 5))
    links = " | ".join(f'<a hreflang="x" href="{_to("t", rng)}">{language}</a>' for language in listed)
    return _put(article, "before", f'<p class="article-translations">{_say(article, "translations")[0]} {links}</p>')


# --- what asks the reader for something ---------------------------------------------------------------------------


@rotates
def letter_in_a_voice(article: Article, rng: Random) -> list[Splice]:
    """A letter offered between paragraphs by its writer in the first person; another writer each time."""
    name = rng.choice(NAMES)
    offer, button = _say(article, "voice", name=name)
    form = f'<form action="/letters" method="post"><input type="email" name="mail"><button>{button}</button></form>'
    inner = f'<img class="{_css(rng)}" src="/heads/{name}.jpg" alt="{name}"><div><p>{offer}</p>{form}</div>'
    return _put(article, "middle", f'<div class="{_styled(rng)}">{inner}</div>')


@rotates
def thermometer(article: Article, rng: Random) -> list[Splice]:
    """How much of a collection is in, and how many gave, under the text."""
    total, plea, button = _say(article, "thermometer", n=rng.randrange(9000, 59000), m=rng.randrange(300, 4000))
    bar = f'<progress max="60000" value="{rng.randrange(60000)}"></progress>'
    inner = f'{bar}<p><b>{total}</b></p><p>{plea}</p><a class="btn btn--give" href="/give">{button}</a>'
    return _put(article, "after", f'<div class="campaign-{rng.randrange(99)}">{inner}</div>')


@rotates
def gift_quota(article: Article, rng: Random) -> list[Splice]:
    """How many articles a subscriber may still give away, in the tools above the text."""
    said = _say(article, "gift_quota", n=rng.randrange(2, 10))[0]
    return _put(article, "before", f'<div class="{_css(rng)}"><div role="tooltip"><p>{said}</p></div></div>')


@toggles
def gifted_article(article: Article, rng: Random) -> list[Splice]:
    """What the guest of a subscriber is told above the text."""
    head, terms, link = _say(article, "gifted")
    inner = f'<p class="{_css(rng)}">{head}</p><p>{terms}</p><a href="/offers">{link}</a>'
    return _put(article, "before", f'<div class="{_css(rng)}">{inner}</div>')


@rotates
def account_menu(article: Article, rng: Random) -> list[Splice]:
    """The menu of one who is signed in, or of one who is not, in the head of the page."""
    greeting, inside, outside = _say(article, "account", name=rng.choice(NAMES))
    known = rng.random() < 0.7
    items = (inside if known else outside).split(";")
    links = "".join(f'<a class="{_css(rng)}" href="/my">{item}</a>' for item in items)
    head = f"<span>{greeting}</span>" if known else ""
    return _put(article, "top", f'<div class="{_styled(rng)}">{head}{links}</div>')


@toggles
def pay_or_consent(article: Article, rng: Random) -> list[Splice]:
    """A wall of two doors, one paid in money and one in consent, as a dialog before all else."""
    head, prose, accept, pay = _say(article, "wall")
    doors = f'<button class="{_css(rng)}">{accept}</button><a href="/pure">{pay}</a>'
    inner = f"<h2>{head}</h2><p>{prose}</p><div>{doors}</div>"
    return _put(article, "top", f'<div role="dialog" aria-modal="true" class="{_css(rng)}">{inner}</div>')


@toggles
def embed_consent(article: Article, rng: Random) -> list[Splice]:
    """What stands in the place of a film until the reader agrees, between paragraphs."""
    head, prose, button = _say(article, "embed")
    inner = f'<p class="{_css(rng)}">{head}</p><p>{prose}</p><button type="button">{button}</button>'
    return _put(article, "middle", f'<div class="{_css(rng)}" data-embed="clipstream">{inner}</div>')


@toggles
def push_prompt(article: Article, rng: Random) -> list[Splice]:
    """A question whether alerts may be sent, in layers at the end of the page."""
    question, terms, yes, no = _say(article, "push")
    inner = f'<div id="slidedown-body"><b>{question}</b><p>{terms}</p></div><button>{no}</button><button>{yes}</button>'
    return _put(article, "bottom", f'<div id="push-slidedown-{rng.randrange(99)}" class="slide-down">{inner}</div>')


@rotates
def pitch_variant(article: Article, rng: Random) -> list[Splice]:
    """One of two pitches under trial for subscriptions, as plain prose between paragraphs."""
    variant = rng.choice("ab")
    said = "|".join(_say(article, "pitch")).split("#")["ab".index(variant)]
    head, prose, link = said.split("|")
    inner = f'<h3>{head}</h3><p>{prose}</p><p><a href="/join?v={variant}{rng.randrange(10**6)}">{link}</a></p>'
    return _put(article, "middle", f'<div data-testid="inline-message-{variant}">{inner}</div>')


@toggles
def open_in_app(article: Article, rng: Random) -> list[Splice]:
    """A strip that leads to the app, before the first paragraph."""
    said = _say(article, "app")[0]
    return _put(article, "before", f'<div class="{_css(rng)}"><a href="lenning://open"><span>{said}</span></a></div>')


# --- other text of the house --------------------------------------------------------------------------------------


@toggles
def trust_box(article: Article, rng: Random) -> list[Splice]:
    """Why the house is to be trusted, two sentences of prose under the text."""
    head, prose = _say(article, "trust")
    return _put(article, "after", f'<div class="{_css(rng)}"><h4>{head}</h4><p>{prose}</p></div>')


@toggles
def standards_line(article: Article, rng: Random) -> list[Splice]:
    """A line under the text that leads to the rules of the house, mistakes among them; nothing about this article."""
    head, link = _say(article, "standards")
    said = f'<span>{head}</span> <a href="/standards" target="_blank">{link}</a>'
    return _put(article, "after", f'<p class="article-body__element__{_css(rng)}">{said}</p>')


@toggles
def report_error(article: Article, rng: Random) -> list[Splice]:
    """An offer to report mistakes under the text; it reports none."""
    said, link = _say(article, "report")
    inner = f'<p>{said} <a href="mailto:desk@lenning.example">{link}</a>.</p>'
    return _put(article, "after", f'<div class="{_css(rng)}">{inner}</div>')


@rotates
def robot_reader(article: Article, rng: Random) -> list[Splice]:
    """A player with an artificial voice, its warning and speeds, above the text."""
    listen, warning, speed = _say(article, "robot", n=rng.randrange(2, 12))
    speeds = " ".join(f"<span>{rate}x</span>" for rate in rng.sample(("0.75", "1", "1.25", "1.5", "2"), 3))
    inner = f"<span>{listen}</span><p>{warning}</p><span>{speed}</span> {speeds}"
    return _put(article, "before", f'<div class="{_styled(rng)}" aria-label="audio">{inner}</div>')


@rotates
def rights_line(article: Article, rng: Random) -> list[Splice]:
    """An agency's copyright as the last paragraph of the text; its year is that of the fetch."""
    said = _say(article, "rights", y=rng.randrange(2023, 2028))[0]
    return _put(article, "after", f"<p>{said}</p>")


@toggles
def reading_tools(article: Article, rng: Random) -> list[Splice]:
    """Size of letters, dark mode, print and keep, as a list above the text."""
    size, dark, out, keep = _say(article, "tools")
    items = f"<li>{size} <a>A-</a> <a>A+</a></li><li>{dark}</li><li>{out}</li><li>{keep}</li>"
    return _put(article, "before", f'<ul class="flex gap-x-4 text-xs {_css(rng)}">{items}</ul>')


@rotates
def printed_from(article: Article, rng: Random) -> list[Splice]:
    """A line for paper only: when and for whom the page was printed, below the article."""
    said = _say(article, "printed", d=rng.randrange(10, 29), h=rng.randrange(10, 23), m=rng.randrange(10, 59))[0]
    return _put(article, "below", f'<div class="hidden print:block"><p>{said}</p></div>')


@rotates
def late_comments(article: Article, rng: Random) -> list[Splice]:
    """Comments that are loading at one fetch, and one that the editors liked at another."""
    wait, liked, more = _say(article, "comments", n=rng.randrange(3, 400))
    inner = f'<div class="spinner"></div><p>{wait} …</p>'
    if rng.random() < 0.7:
        inner = f"<h5>{liked}</h5><p>{rng.choice(PROSE)}</p><cite>{rng.choice(NAMES)}</cite><a>{more}</a>"
    return _put(article, "below", f'<div id="coral_thread" data-n="{rng.randrange(999)}">{inner}</div>')


@rotates
def ad_continues(article: Article, rng: Random) -> list[Splice]:
    """A place for advertising with nested frames, and a line that the text goes on below it."""
    slot = f"google_ads_iframe_/{rng.randrange(10**8)}/inline_{rng.randrange(9)}"
    frame = f'<div id="{slot}__container__" style="border:0pt none"><iframe id="{slot}" title="ad"></iframe></div>'
    said = f'<p class="{_css(rng)}">{_say(article, "continues")[0]}</p>'
    return _put(article, "middle", f'<div class="ad-wrap" data-slot="{rng.randrange(9)}">{said}{frame}</div>')


@rotates
def amp_parts(article: Article, rng: Random) -> list[Splice]:
    """The consent, list and pixel elements of an accelerated page, between paragraphs."""
    said = f'<template type="amp-mustache"><p>{{{{title}}}}</p></template><div placeholder>{rng.choice(TITLES)}</div>'
    listed = f'<amp-list src="/latest.json?{rng.randrange(10**6)}" width="1" height="1">{said}</amp-list>'
    pixel = f'<amp-pixel src="https://px.example/{rng.randrange(10**9)}" layout="nodisplay"></amp-pixel>'
    return _put(article, "middle", f"<amp-embed>{listed}</amp-embed>{pixel}")


# --- the same text in other markup --------------------------------------------------------------------------------


@stays
def picture_sources(article: Article, rng: Random) -> list[Splice]:
    """A picture whose sources, sizes and loading differ while picture and caption stay the same."""
    sources = "".join(
        f'<source media="(min-width: {width}px)" srcset="/i/{rng.randrange(10**6)}.webp {width}w" sizes="{width}px">'
        for width in rng.sample((320, 640, 960, 1280), rng.randrange(1, 4))
    )
    loading = rng.choice(("lazy", "eager"))
    image = f'<img loading="{loading}" src="/i/{rng.randrange(10**6)}.jpg" alt="The weir at dusk">'
    caption = "<figcaption>The weir at Tolland at dusk.</figcaption>"
    return _put(article, "second", f"<figure><picture>{sources}{image}</picture>{caption}</figure>")


@toggles
def paragraphs_as_breaks(article: Article, _rng: Random) -> list[Splice]:
    """Neighbouring paragraphs are parted by two breaks within one element, as old editors write them."""
    source = article.source
    gaps = ((one.close, other.inner) for one, other in article.neighbours if _owned(one) and _owned(other))
    return [(a, b, "<br><br>") for a, b in gaps if re.fullmatch(r"</p>\s*<p\b[^>]*>", source[a:b], re.IGNORECASE)]


def _owned(run: Run) -> bool:
    return run.owner.tag == "p" and (run.owner.inner, run.owner.close) == (run.inner, run.close)


def _in_texts(article: Article, pattern: str) -> Iterator[re.Match[str]]:
    """Yield the matches inside the texts of the paragraphs, outside of tags, entities and links."""
    shown = re.compile(rf"<a\b.*?</a>|<[^>]*>|&[#\w]+;|(?P<found>{pattern})", re.DOTALL)
    for run in article.paragraphs:
        yield from (match for match in shown.finditer(article.source, run.inner, run.close) if match["found"])


@toggles
def words_linked(article: Article, rng: Random) -> list[Splice]:
    """A machine makes links to topic pages of some words."""
    found = list(_in_texts(article, r"(?<![\w&])[^\W\d_]{6,12}(?![\w;])"))
    return [
        (match.start(), match.end(), f'<a class="auto-link" data-vars="{n}" href="{_to("topic", rng)}">{match[0]}</a>')
        for n, match in enumerate(sorted(rng.sample(found, min(6, len(found))), key=re.Match.start))
    ]


@toggles
def drop_cap(article: Article, rng: Random) -> list[Splice]:
    """The first letter of the text is an initial in an element of its own."""
    first = re.compile(r"[A-Za-zÀ-ÿ]").match(article.source, article.first.inner)
    return [(*first.span(), f'<span class="{_css(rng)} dropcap">{first[0]}</span>')] if first else []


@toggles
def attribute_noise(article: Article, rng: Random) -> list[Splice]:
    """Every block around and in the text gets marks of a framework and of a measuring script."""
    scope = f"data-v-{rng.randrange(16**8):08x}"
    return [
        (at, at, f' {scope} data-gtm-vis-has-fired="{rng.randrange(10**8)}_1" data-reactid="{n}" style="opacity:1"')
        for n, element in enumerate(_blocks_of(article))
        if (at := element.inner - 1) > element.start and article.source[at - 1] != "/" and article.source[at] == ">"
    ]


def _blocks_of(article: Article) -> Iterator[Element]:
    container = article.container
    for element in article.outline.elements:
        within = container.start <= element.start < container.end
        styled = " style=" in article.source[element.start : element.inner].lower()
        if within and element.tag in BLOCKS and not styled:
            yield element


@toggles
def chunk_wrappers(article: Article, rng: Random) -> list[Splice]:
    """Each paragraph comes in wrappers of its own, as modular renderers make them."""
    name = _css(rng)
    wrapped = [run for run in article.paragraphs if _owned(run) and (run.start, run.end) == _span(run)]
    return [
        splice
        for n, run in enumerate(wrapped)
        for splice in (
            (run.start, run.start, f'<div class="{name}"><div data-chunk="{n}">'),
            (run.end, run.end, "</div></div>"),
        )
    ]


def _span(run: Run) -> tuple[int, int]:
    return run.owner.start, run.owner.end


@toggles
def react_markers(article: Article, _rng: Random) -> list[Splice]:
    """Empty comments stand in the text where a renderer joined two strings."""
    return [(match.end(), match.end(), "<!-- -->") for match in list(_in_texts(article, r"(?<=[\w,，、])[ ，、]"))[::4]]


@toggles
def lines_wrapped(article: Article, _rng: Random) -> list[Splice]:
    """Blanks in the text are line breaks with an indent, as a formatter of templates leaves them."""
    return [(match.start(), match.end(), "\n\t\t    ") for match in list(_in_texts(article, r"(?<=\w) (?=\w)"))[::5]]
