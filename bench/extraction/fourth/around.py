"""What stands above, below and beside an article and changes with the hour or the reader. Knows pages only."""

from random import Random

from bench.extraction.fourth.entering import address, comes, moves, scrambled
from bench.extraction.fourth.tree import Page


@moves
def recommended_below(page: Page, random: Random) -> bool:
    """A grid of other people's stories, paid and unpaid, below the text."""
    cells = "".join(
        f'<div class="item"><a href="https://out.example/{random.randrange(10**6)}"><img src="/r/{n}.jpg" alt="">'
        f"<span>{title}</span><span>{page.say('brands', random)}</span></a></div>"
        for n, title in enumerate(page.several("titles", random, 6))
    )
    return page.put("after", f'<div class="{scrambled(random)}"><div>{page.say("labels", random)}</div>{cells}</div>')


@moves
def share_bar(page: Page, random: Random) -> bool:
    """Buttons to share, with counts."""
    rows = "".join(
        f"<li><button>{word}</button><span>{random.randrange(1, 99)},{random.randrange(9)}K</span></li>"
        for word in page.several("shares", random, 3)
    )
    return page.put("before", f'<ul class="{scrambled(random)}">{rows}</ul>')


@moves
def comment_link(page: Page, random: Random) -> bool:
    """How many comments there are, under the headline."""
    count = f"{random.randrange(2, 400)} {_word(page, 'comment_words', 0)}"
    return page.put("under headline", f'<div class="{scrambled(random)}"><a href="#c">{count}</a></div>')


@moves
def thread_below(page: Page, random: Random) -> bool:
    """What readers say, newest first, with age and buttons."""
    reply, report = _word(page, "comment_words", 2), _word(page, "comment_words", 3)
    rows = "".join(
        f'<div class="{scrambled(random)}"><b>{page.say("names", random)}</b><span>{_age(page, random)}</span>'
        f"<p>{text}</p>"
        f"<button>{reply}</button><button>{report}</button><span>{random.randrange(40)}</span></div>"
        for text in page.several("comments", random, 3)
    )
    title = f"{random.randrange(3, 300)} {_word(page, 'comment_words', 0)}"
    return page.put("below", f'<section id="thread"><h2>{title}</h2>{rows}</section>')


@comes
def consent_layer(page: Page, random: Random) -> bool:
    """A layer over the page that asks for consent, with prose."""
    prose = "".join(f"<p>{text}</p>" for text in page.all_of("consent"))
    buttons = "".join(f"<button>{word}</button>" for word in page.all_of("accept"))
    place = random.choice(("top", "bottom"))
    return page.put(place, f'<div class="{scrambled(random)}"><div role="document">{prose}{buttons}</div></div>')


@moves
def score_ticker(page: Page, random: Random) -> bool:
    """Scores of matches that are being played."""
    rows = "".join(
        f"<tr><td>{one}</td><td>{random.randrange(5)}:{random.randrange(5)}</td><td>{other}</td>"
        f"<td>{random.randrange(1, 90)}′</td></tr>"
        for one, other in (page.several("clubs", random, 2) for _ in range(3))
    )
    return page.put("above", f'<div class="{scrambled(random)}"><table>{rows}</table></div>')


@moves
def weather_and_traffic(page: Page, random: Random) -> bool:
    """The weather and the roads, in a strip."""
    town = page.say("clubs", random)
    return page.put(
        "above",
        f'<div class="{scrambled(random)}"><span>{town}</span><span>{random.randrange(-9, 30)}°</span>'
        f"<span>{page.say('weather', random)}"
        f"</span><a href='/traffic'>{page.say('gauge', random)}: {random.randrange(60)} km</a></div>",
    )


@moves
def voice_bar(page: Page, random: Random) -> bool:
    """A bar that reads the article aloud, with its length and a word on the voice."""
    title, length = _word(page, "listen", random.randrange(2)), f"{random.randrange(2, 12)}:{random.randrange(10, 60)}"
    return page.put(
        "before",
        f'<div class="{scrambled(random)}"><button aria-label="play"></button><span>{title}</span>'
        f"<span>00:00 / {length}</span>"
        f"<small>{_word(page, 'listen', 2)}</small></div>",
    )


@moves
def meter(page: Page, random: Random) -> bool:
    """How many free articles are left."""
    text = page.say("meter", random).format(n=random.randrange(1, 6))
    return page.put(
        "above", f'<div class="{scrambled(random)}"><p>{text}</p><a href="/plans">{page.say("enrol", random)}</a></div>'
    )


@comes
def author_box(page: Page, random: Random) -> bool:
    """Who the author is, in a box below the text."""
    name = page.say("names", random)
    life, follow = page.say("biography", random).format(name=name), _word(page, "follow", 0)
    return page.put(
        "after",
        f'<div class="{scrambled(random)}"><img src="/p.jpg" alt="{name}" width="80" height="80"><h4>{name}</h4>'
        f"<p>{life}</p>"
        f'<button>{follow}</button><a href="/by/{random.randrange(99)}">{_word(page, "follow", 1)}</a></div>',
    )


@moves
def more_by_author(page: Page, random: Random) -> bool:
    """The author's other articles."""
    rows = "".join(f'<a href="{address(random)}"><h5>{title}</h5></a>' for title in page.several("titles", random, 3))
    head = f"{_word(page, 'follow', 2)} {page.say('names', random)}"
    return page.put("after", f'<div class="{scrambled(random)}"><div>{head}</div>{rows}</div>')


@moves
def most_read(page: Page, random: Random) -> bool:
    """What others read, with ranks and a line each."""
    rows = "".join(
        f'<li><span>{n}</span><a href="{address(random)}">{title}</a><p>{page.say("teasers", random)}</p></li>'
        for n, title in enumerate(page.several("titles", random, 5), 1)
    )
    return page.put(
        "below", f'<aside class="{scrambled(random)}"><h3>{page.say("popular", random)}</h3><ol>{rows}</ol></aside>'
    )


@moves
def tested_headlines(page: Page, random: Random) -> bool:
    """Cards above the article whose headlines are being tested: the same addresses, other words."""
    cards = "".join(
        f'<article><a href="/news/{n}.html"><h2>{title}</h2></a></article>'
        for n, title in enumerate(page.several("titles", random, 3))
    )
    return page.put("top", f'<div class="{scrambled(random)}">{cards}</div>')


@comes
def application_banner(page: Page, random: Random) -> bool:
    """A banner for the application."""
    title, _, line = page.say("application", random).partition("|")
    return page.put(
        "top",
        f'<div class="{scrambled(random)}"><img src="/i.png" alt=""><div>{title}</div><div>{line}</div>'
        f"<div>4.{random.randrange(9)} ★ "
        f'({random.randrange(10, 99)}K)</div><a href="market://x">{page.say("more", random)}</a></div>',
    )


@moves
def topic_chips(page: Page, random: Random) -> bool:
    """The subjects of the article below the text, each to follow."""
    chips = "".join(
        f'<span><a href="/t/{n}">{topic}</a><button>+</button></span>'
        for n, topic in enumerate(page.several("topics", random, 4))
    )
    return page.put("after", f'<div class="{scrambled(random)}">{chips}</div>')


@moves
def crumbs(page: Page, random: Random) -> bool:
    """Where the article stands in the site, above its headline."""
    trail = " › ".join(f'<a href="/s/{n}">{topic}</a>' for n, topic in enumerate(page.several("topics", random, 2)))
    return page.put(
        "above", f'<div class="{scrambled(random)}">{trail} › <span>{page.say("titles", random)[:18]}…</span></div>'
    )


@moves
def age_and_length(page: Page, random: Random) -> bool:
    """How old the article is, how long to read, how often seen, in one line under the headline."""
    length = page.say("reading", random).format(n=random.randrange(2, 12))
    seen = f"{random.randrange(1000, 90000):,} {page.say('views', random)}"
    return page.put(
        "under headline",
        f'<div class="{scrambled(random)}"><span>{_age(page, random)}</span> · <span>{length}</span> · '
        f"<span>{seen}</span></div>",
    )


@comes
def tool_bar(page: Page, random: Random) -> bool:
    """What a reader can do with the article."""
    rows = "".join(f'<div tabindex="0">{word}</div>' for word in page.several("tools", random, 5))
    return page.put("before", f'<div class="{scrambled(random)}">{rows}</div>')


@comes
def tell_the_desk(page: Page, random: Random) -> bool:
    """An invitation to report mistakes or to give a tip."""
    return page.put("after", f'<div class="{scrambled(random)}"><p>{page.say("spotted", random)}</p></div>')


@moves
def useful_or_not(page: Page, random: Random) -> bool:
    """A question whether the article was useful."""
    ask, yes, no, thanks = page.say("helpful", random).format(n=random.randrange(10, 900)).split("|")
    return page.put(
        "after",
        f'<div class="{scrambled(random)}"><p>{ask}</p><button>{yes}</button><button>{no}</button><p>{thanks}</p>'
        f"</div>",
    )


@moves
def flats_and_jobs(page: Page, random: Random) -> bool:
    """Flats and jobs of the region."""
    rows = "".join(
        f'<div><a href="{address(random)}">{name}</a><div>{page.say("clubs", random)}</div>'
        f"<div>{random.randrange(400, 2000)} €</div></div>"
        for name in page.several("listing", random, 3)
    )
    return page.put("below", f'<div class="{scrambled(random)}">{rows}</div>')


@comes
def next_story(page: Page, random: Random) -> bool:
    """The beginning of the next article, which a script has fetched when the reader came near the end."""
    then, on = _word(page, "next", 0), _word(page, "next", 1)
    prose = "".join(f"<p>{text}</p>" for text in page.all_of("teasers")[:2])
    return page.put(
        "below",
        f'<article data-url="{address(random)}"><span>{then}</span><h1>{page.say("titles", random)}</h1>{prose}'
        f'<a href="{address(random)}">{on}</a></article>',
    )


def _word(page: Page, what: str, number: int) -> str:
    return page.all_of(what)[number]


def _age(page: Page, random: Random) -> str:
    return page.say("ago", random).format(n=random.randrange(2, 23))
