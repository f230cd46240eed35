"""A third set of changes of page chrome, written blind: without sight of the extractor's rules. Knows pages only.

As in the other sets each function gives one state of a piece of chrome, and none of it may show in the story. They are
entered in `THIRD_CHROME`; what changes the form of the text itself stands in `bench.extraction.third.forms`.
"""

import tomllib
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from bench.extraction.chrome import Chrome, enter
from bench.extraction.splicing import Article, Splice

WORDS: dict[str, Any] = tomllib.loads((Path(__file__).parent / "chrome.toml").read_text("utf-8"))
TITLES: list[str] = WORDS["titles"]
PROSE: list[str] = WORDS["prose"]
NAMES: list[str] = WORDS["names"]
TOWNS: list[str] = WORDS["towns"]

THIRD_CHROME: dict[str, Chrome] = {}

rotates = partial(enter, THIRD_CHROME, toggle=False)
toggles = partial(enter, THIRD_CHROME, toggle=True)


def put(article: Article, place: str, markup: str) -> list[Splice]:
    """Put markup in at a place of the article."""
    at = article.places[place]
    return [(at, at, f"\n{markup}\n")]


def say(article: Article, what: str, **filled: object) -> list[str]:
    """Return the parts of what is said, in the page's language or in English."""
    said: dict[str, str] = WORDS[what]
    return [part.format(**filled) for part in said.get(article.language, said["en"]).split("|")]


def module(rng: Random, name: str) -> str:
    """Return a class name as CSS modules make them: a name, and a hash that each release makes anew."""
    return f"{name}_{''.join(rng.choice('abcdefghijkmnopqrstuvwxyzABCDEFGH0123456789') for _ in range(5))}"


def obscure(rng: Random) -> str:
    """Return a class name that tells nothing."""
    return "_" + "".join(rng.choice("bcdfghjklmnpqrstvwxz") for _ in range(4)) + str(rng.randrange(10, 99))


def path(rng: Random) -> str:
    """Return the path of some other story."""
    return f"/{rng.choice(('world', 'local', 'culture'))}/{rng.randrange(10**5)}-{rng.randrange(10**3)}"


def anchors(rng: Random, count: int) -> list[str]:
    """Return links to so many other stories."""
    return [f'<a href="{path(rng)}">{title}</a>' for title in rng.sample(TITLES, count)]


# --- boxes that ask -----------------------------------------------------------------------------------------------


@rotates
def offer_with_consent(article: Article, rng: Random) -> list[Splice]:
    """A letter offered in the text, with a tick box for partners' offers; heading and pitch change places."""
    head, pitch, consent, button = say(article, "offer")
    first, second = rng.sample([f"<p>{head}</p>", f"<p>{pitch}</p>"], 2)
    inner = f'{first}{second}<label><input type="checkbox" name="ok"> {consent}</label><button>{button}</button>'
    return put(article, "middle", f'<div class="{obscure(rng)}"><form method="post">{inner}</form></div>')


@toggles
def offer_in_a_paragraph(article: Article, rng: Random) -> list[Splice]:
    """A letter offered in one plain paragraph of the text, the sentence a link at its end."""
    head, pitch, _, button = say(article, "offer")
    markup = f'<p><strong>{head}.</strong> {pitch} <a href="/letters?c={rng.randrange(99)}">{button}</a>.</p>'
    return put(article, "second", markup)


@toggles
def scan_code(article: Article, rng: Random) -> list[Splice]:
    """A picture of a code that leads to the app, its line a caption."""
    line = say(article, "scan")[0]
    picture = f'<img src="/qr/{rng.randrange(10**6)}.svg" alt="" width="120" height="120">'
    return put(article, "middle", f"<figure>{picture}<figcaption>{line}</figcaption></figure>")


@rotates
def quota_bar(article: Article, rng: Random) -> list[Splice]:
    """How many of the free texts are used up, as a bar over the text."""
    said, link = say(article, "quota", n=rng.randrange(1, 6))
    inner = f'<div class="{obscure(rng)}"><p>{said} <a href="/plans">{link}</a></p></div>'
    return put(article, "before", f'<section aria-live="polite">{inner}</section>')


@rotates
def backing_line(article: Article, rng: Random) -> list[Splice]:
    """A plea and its link as one centred paragraph of the text, the price under trial."""
    said, link = say(article, "backing", n=rng.choice(("1 €", "2.50 €", "4 €")))
    markup = f'<p style="text-align:center"><strong>{said} <a href="/back/{rng.randrange(99)}">{link}</a></strong></p>'
    return put(article, "middle", markup)


@toggles
def blocker_plea(article: Article, rng: Random) -> list[Splice]:
    """What one reads who blocks advertising, between the paragraphs."""
    head, plea, how, no = say(article, "blocker")
    inner = f"<strong>{head}</strong><p>{plea}</p><a href='/help'>{how}</a> <button>{no}</button>"
    return put(article, "second", f'<div class="{module(rng, "notice")}">{inner}</div>')


@toggles
def cookie_prose(article: Article, rng: Random) -> list[Splice]:
    """A word on cookies at the foot of the page: sentences alone, no button, no dialog."""
    return put(article, "bottom", f'<div class="{obscure(rng)}"><p>{say(article, "cookies")[0]}</p></div>')


@toggles
def cookie_prose_above(article: Article, rng: Random) -> list[Splice]:
    """The same at the top of the article's own box."""
    return put(article, "above", f'<div class="{obscure(rng)}"><div>{say(article, "cookies")[0]}</div></div>')


@rotates
def evening_with(article: Article, rng: Random) -> list[Splice]:
    """An event of the house between paragraphs, another guest and day at each fetch."""
    head, about, link = say(article, "evening", name=rng.choice(NAMES), n=rng.randrange(2, 28))
    inner = f'<h5>{head}</h5><p>{about}</p><a class="{obscure(rng)}" href="/events">{link}</a>'
    return put(article, "middle", f'<event-teaser data-id="{rng.randrange(999)}">{inner}</event-teaser>')


@rotates
def goods_box(article: Article, rng: Random) -> list[Splice]:
    """A thing to buy between paragraphs, its price that of the hour."""
    name, price, share, link = say(article, "goods", n=rng.randrange(39, 90))
    inner = (
        f'<div><p>{name}</p><p><b>€ {price}</b></p><p><a rel="sponsored" href="https://shop.example/k">{link}</a></p>'
        f"</div><small>{share}</small>"
    )
    return put(article, "middle", f'<div class="{module(rng, "product")}">{inner}</div>')


@toggles
def letters_to_the_desk(article: Article, _rng: Random) -> list[Splice]:
    """An invitation to write letters, in italics as the last paragraph of the text."""
    return put(article, "after", f"<p><i>{say(article, 'letters')[0]}</i></p>")


@rotates
def vote_box(article: Article, rng: Random) -> list[Splice]:
    """A question to the readers with shares in per cent and the number of votes."""
    question, *answers, total = say(article, "vote", n=rng.randrange(500, 9000))
    rows = "".join(
        f'<div class="{obscure(rng)}"><span>{answer}</span><span>{rng.randrange(2, 90)} %</span></div>'
        for answer in answers
    )
    return put(article, "middle", f"<fieldset><legend>{question}</legend>{rows}<p>{total}</p></fieldset>")


@toggles
def edition_notice(article: Article, rng: Random) -> list[Splice]:
    """Which edition is shown, and two ways out, above the headline or the text."""
    said, stay, leave = say(article, "edition", town=rng.choice(TOWNS))
    inner = f'<span>{said}</span><a href="#">{stay}</a><a href="/e">{leave}</a>'
    return put(article, "above", f'<div class="{obscure(rng)}">{inner}</div>')


# --- what leads elsewhere -----------------------------------------------------------------------------------------


@rotates
def popular_in_numbers(article: Article, rng: Random) -> list[Splice]:
    """What others read, numbered, between the paragraphs."""
    items = "".join(f"<li><b>{n}</b> {link}</li>" for n, link in enumerate(anchors(rng, 4), 1))
    head = f"<p>{say(article, 'popular')[0]}</p>"
    return put(article, "middle", f'<div class="{obscure(rng)}">{head}<ol>{items}</ol></div>')


@rotates
def popular_without_links(article: Article, rng: Random) -> list[Splice]:
    """The same as a script will make it clickable: titles in bare boxes."""
    items = "".join(f'<div role="link" tabindex="0">{title}</div>' for title in rng.sample(TITLES, 4))
    return put(article, "after", f'<div class="{obscure(rng)}"><div>{say(article, "popular")[0]}</div>{items}</div>')


@rotates
def arrows(article: Article, rng: Random) -> list[Splice]:
    """Two links behind arrows in a paragraph of the text."""
    return put(article, "second", f"<p>» {'<br>» '.join(anchors(rng, 2))}</p>")


@rotates
def capital_link(article: Article, rng: Random) -> list[Splice]:
    """A title in bold capitals between paragraphs, a link as a whole, without any label."""
    title = rng.choice(TITLES).upper()
    return put(article, "middle", f'<p><a href="{path(rng)}"><strong>{title}</strong></a></p>')


@rotates
def recirculation_card(article: Article, rng: Random) -> list[Splice]:
    """A card in an element of its own between paragraphs: picture, kicker, title, blurb, minutes."""
    inner = (
        f'<a href="{path(rng)}"><img src="/c/{rng.randrange(999)}.webp" alt="" loading="lazy"></a><div><span>'
        f"{rng.choice(TOWNS)}</span><a href='{path(rng)}'><span>{rng.choice(TITLES)}</span></a><p>{rng.choice(PROSE)}"
        f"</p><span>{rng.randrange(2, 9)} min</span></div>"
    )
    return put(article, "middle", f"<recirc-card>{inner}</recirc-card>")


@rotates
def blurb_behind_a_heading(article: Article, rng: Random) -> list[Splice]:
    """Another story between paragraphs as heading and prose, its only link a picture."""
    inner = (
        f'<a href="{path(rng)}"><img src="/b.jpg" alt=""></a><h4>{rng.choice(TITLES)}</h4><p>{rng.choice(PROSE)}</p>'
    )
    return put(article, "middle", f'<div class="{obscure(rng)}">{inner}</div>')


@rotates
def coverage_so_far(article: Article, rng: Random) -> list[Splice]:
    """Earlier stories with their days, as a list of terms under the text."""
    pairs = "".join(f"<dt>{rng.randrange(1, 28)}.{rng.randrange(1, 12)}.</dt><dd>{one}</dd>" for one in anchors(rng, 3))
    return put(article, "after", f"<div><p><b>{say(article, 'sofar')[0]}</b></p><dl>{pairs}</dl></div>")


@rotates
def jobs_nearby(article: Article, rng: Random) -> list[Splice]:
    """Vacancies under the text with employer and town."""
    head, *posts = say(article, "jobs")
    cells = "".join(
        f"<div><div>{post}</div><div>{rng.choice(NAMES)} & Co</div><div>{rng.choice(TOWNS)}</div></div>"
        for post in rng.sample(posts, 3)
    )
    return put(article, "after", f'<div class="{module(rng, "grid")}"><h3>{head}</h3>{cells}</div>')


@rotates
def next_story_in_full(article: Article, rng: Random) -> list[Splice]:
    """The next story, loaded for one who scrolls on, below the article: headline and paragraphs."""
    prose = "".join(f"<p>{one}</p>" for one in rng.sample(PROSE, 3))
    inner = f"<h2>{rng.choice(TITLES)}</h2><div>{rng.choice(NAMES)}</div>{prose}"
    return put(article, "below", f'<section class="{obscure(rng)}" data-next="{path(rng)}">{inner}</section>')


@rotates
def tags_in_a_sentence(article: Article, rng: Random) -> list[Splice]:
    """The subjects under the text as links with commas in one paragraph."""
    tags = ", ".join(f'<a href="/t/{town}">{town}</a>' for town in rng.sample(TOWNS, 3))
    return put(article, "after", f"<p>{say(article, 'filed')[0]}: {tags}</p>")


@toggles
def jumps(article: Article, rng: Random) -> list[Splice]:
    """A list of places within the page between headline and text."""
    items = "".join(f'<li><a href="#h{n}">{title}</a></li>' for n, title in enumerate(rng.sample(TITLES, 3)))
    return put(article, "before", f"<div><strong>{say(article, 'jumps')[0]}</strong><ul>{items}</ul></div>")


@rotates
def puzzle_card(article: Article, rng: Random) -> list[Splice]:
    """The puzzle of the day between paragraphs, with those who have solved it."""
    head, solved, play = say(article, "puzzle", n=rng.randrange(90, 9000))
    inner = f"<div>{head}</div><div>{solved}</div><a role='button' href='/play'>{play}</a>"
    return put(article, "middle", f'<div class="{module(rng, "promo")}">{inner}</div>')


@rotates
def pictures_of(article: Article, rng: Random) -> list[Splice]:
    """The way into a gallery: a picture, how many there are, how to see them."""
    count, swipe = say(article, "photos", n=rng.randrange(4, 40))
    inner = f'<img src="/g/{rng.randrange(99)}.jpg" alt=""><span>{count}</span><span>{swipe}</span>'
    return put(article, "second", f'<div class="{obscure(rng)}"><a href="/gallery">{inner}</a></div>')


# --- what ticks ---------------------------------------------------------------------------------------------------


@rotates
def talk_link(article: Article, rng: Random) -> list[Splice]:
    """How many people talk, a link under the text that opens the comments."""
    said = say(article, "talk", n=rng.randrange(4, 900))[0]
    return put(article, "after", f'<p><a href="#talk">{said}</a></p>')


@rotates
def copy_bar(article: Article, rng: Random) -> list[Splice]:
    """Ways to pass the article on, with an address that was copied or was not."""
    send, copy, copied, paper = say(article, "copy")
    icon = '<svg viewBox="0 0 8 8" aria-hidden="true"><path d="M0 0h8v8z"/></svg>'
    second = rng.choice((copy, copied))
    spans = "".join(f'<span tabindex="0">{icon}<span>{one}</span></span>' for one in (send, second, paper))
    count = f"<span>{rng.randrange(3, 700)}</span>"
    return put(article, "before", f'<div class="{obscure(rng)}">{spans}{count}</div>')


@rotates
def listen_element(article: Article, rng: Random) -> list[Splice]:
    """A player as a web component, its parts given as slots."""
    name, length, speed = say(article, "listen", n=rng.randrange(2, 9), m=rng.randrange(10, 59))
    inner = f'<span slot="title">{name}</span><span slot="time">{length}</span><span slot="speed">{speed}</span>'
    return put(article, "before", f"<audio-bar>{inner}</audio-bar>")


@rotates
def short_version(article: Article, rng: Random) -> list[Splice]:
    """Points that a model made of the text, other ones at each fetch, above it."""
    head, warning = say(article, "quick")
    points = "".join(f"<li>{one}</li>" for one in rng.sample(PROSE, 2))
    inner = f"<p>{head}</p><ul>{points}</ul><p><small>{warning}</small></p>"
    return put(article, "before", f'<div class="{module(rng, "brief")}">{inner}</div>')


@rotates
def alert_strip(article: Article, rng: Random) -> list[Splice]:
    """The last alert over all else."""
    inner = f"<b>{say(article, 'alert')[0]}</b> {anchors(rng, 1)[0]}"
    return put(article, "top", f'<div role="status">{inner}</div>')


@rotates
def match_box(article: Article, rng: Random) -> list[Splice]:
    """A match that goes on, between the paragraphs of the text."""
    minute, follow = say(article, "match", n=rng.randrange(1, 90))
    one, other = rng.sample(TOWNS, 2)
    inner = f'<p>{one} {rng.randrange(4)} : {rng.randrange(4)} {other}</p><p>{minute}</p><a href="/live">{follow}</a>'
    return put(article, "middle", f'<div class="{obscure(rng)}" data-live="1">{inner}</div>')


@rotates
def author_in_numbers(article: Article, rng: Random) -> list[Splice]:
    """What the author has written and who follows, under the text."""
    said = say(article, "pieces", n=rng.randrange(90, 2000), m=rng.randrange(10, 9000))[0]
    inner = f'<img src="/a.jpg" alt=""><div><a href="/by/t">{rng.choice(NAMES)}</a><div>{said}</div></div>'
    return put(article, "after", f'<div class="{obscure(rng)}">{inner}</div>')


@rotates
def seen_ago(article: Article, rng: Random) -> list[Splice]:
    """When this was last seen, in an element of its own above the text."""
    said = say(article, "checked", n=rng.randrange(2, 59))[0]
    return put(article, "before", f'<relative-time datetime="2024-06-03T06:00:00Z">{said}</relative-time>')


@rotates
def length_of_text(article: Article, rng: Random) -> list[Splice]:
    """Minutes and words, above the text; the speed of reading is under trial."""
    said = say(article, "length", n=rng.randrange(2, 14), m=rng.randrange(300, 3000))[0]
    return put(article, "before", f'<p class="{obscure(rng)}">{said}</p>')


@rotates
def on_air(article: Article, rng: Random) -> list[Splice]:
    """What is on air now and until when, above the article."""
    said = say(article, "onair", n=rng.randrange(10, 23))[0]
    return put(article, "above", f'<div class="{module(rng, "now")}"><p>{rng.choice(TITLES)}</p><p>{said}</p></div>')


@rotates
def film_countdown(article: Article, rng: Random) -> list[Splice]:
    """A film that starts by itself, what an old browser is told, and which comes next."""
    starts, cannot, then = say(article, "film", n=rng.randrange(2, 10))
    inner = f"<video controls><source src='/f.mp4'><p>{cannot}</p></video><div>{starts}</div>"
    return put(article, "middle", f'<div class="{obscure(rng)}">{inner}<div>{then}: {rng.choice(TITLES)}</div></div>')


@rotates
def map_controls(article: Article, rng: Random) -> list[Splice]:
    """A map between paragraphs: ways to zoom, and whose data it shows."""
    closer, away, data = say(article, "map", n=rng.randrange(2020, 2026))
    inner = f'<div id="map{rng.randrange(99)}"></div><a href="#" role="button">{closer}</a><a href="#">{away}</a>'
    return put(article, "middle", f'<div class="{obscure(rng)}">{inner}<div>{data}</div></div>')


@rotates
def keep_button(article: Article, rng: Random) -> list[Splice]:
    """Whether the reader has kept the article, said aloud for those who hear the page."""
    state = rng.choice(say(article, "keep"))
    return put(
        article, "before", f'<div><a href="#" role="button">☆ {state}</a><span role="status">{state}</span></div>'
    )


@rotates
def page_renews(article: Article, rng: Random) -> list[Splice]:
    """When the page last renewed itself, above the text."""
    said = say(article, "refresh", n=rng.randrange(10, 23), m=rng.randrange(10, 59))[0]
    return put(article, "before", f'<div class="{obscure(rng)}"><em>{said}</em></div>')


# --- other text of the house and its readers ----------------------------------------------------------------------


@rotates
def voice_of_a_reader(article: Article, rng: Random) -> list[Splice]:
    """A comment that the editors chose, set between the paragraphs as a quotation."""
    said, who, agree = say(article, "reader", name=rng.choice(NAMES), town=rng.choice(TOWNS), n=rng.randrange(3, 400))
    inner = f"<blockquote><p>{said}</p></blockquote><div>{who}</div><button>♥</button><span>{agree}</span>"
    return put(article, "middle", f'<div class="{obscure(rng)}">{inner}</div>')


@rotates
def reviewed_by(article: Article, rng: Random) -> list[Splice]:
    """Who looked at the facts, and when, under the text."""
    said = say(article, "reviewed", name=rng.choice(NAMES), n=rng.randrange(1, 28))[0]
    icon = '<svg width="9" height="9"><circle r="4" cx="4" cy="4"/></svg>'
    return put(article, "after", f'<div class="{module(rng, "badge")}">{icon}<span>{said}</span></div>')


@toggles
def translated_by_machine(article: Article, rng: Random) -> list[Splice]:
    """What a reader of another language is told above the text."""
    said, show = say(article, "machine")
    return put(article, "before", f'<div class="{obscure(rng)}" translate="no">{said} <a href="?o=1">{show}</a></div>')


@rotates
def post_that_fails(article: Article, rng: Random) -> list[Splice]:
    """A post of a network in the text: it loads, it fails, or it is there as a frame."""
    fails, loads, where = say(article, "post")
    link = f'<a href="https://social.example/p/{rng.randrange(9)}">{where}</a>'
    inner = rng.choice((f"<p>{fails}</p>{link}", f"<p>{loads}</p>", '<iframe src="https://social.example/e"></iframe>'))
    return put(
        article, "middle", f'<div class="{obscure(rng)}" data-embed-url="https://social.example/p">{inner}</div>'
    )


@rotates
def passing_labels(article: Article, rng: Random) -> list[Splice]:
    """What those who hear the page are offered around a promotion that is or is not there."""
    skip, after = say(article, "passing")
    n = rng.randrange(99)
    inner = (
        f'<a class="visually-hidden" href="#end{n}">{skip}</a><span id="end{n}" class="visually-hidden">{after}</span>'
    )
    return put(article, "middle", rng.choice(("", inner, f"<div>{inner}</div>")))
