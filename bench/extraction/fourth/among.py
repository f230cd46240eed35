"""What advertising, recommending and asking scripts put between the paragraphs of an article. Knows pages only."""

from random import Random

from bench.extraction.fourth.entering import address, comes, moves, scrambled
from bench.extraction.fourth.tree import Page

_FRAME = '<iframe title="3rd party content" width="300" height="250" srcdoc=""></iframe>'


@moves
def advert_slots(page: Page, random: Random) -> bool:
    """Slots of adverts between paragraphs, each with a label; which are filled differs."""
    for place in ("second", "middle", "late"):
        filled = _FRAME if random.random() < 0.5 else '<div style="min-height:250px"></div>'
        label = page.say("advert", random)
        page.put(
            place,
            f'<div class="{scrambled(random)}" id="slot-{random.randrange(999)}"><div>{label}</div>{filled}</div>',
        )
    return True


@comes
def native_advert(page: Page, random: Random) -> bool:
    """An advert in the dress of the article, with a line that says who pays."""
    paid, brand = page.say("sponsored", random), page.say("brands", random)
    return page.put(
        "middle",
        f'<section class="{scrambled(random)}"><span>{paid} {brand}</span><h4>{page.say("titles", random)}</h4>'
        f'<p>{page.say("pitches", random)}</p><a rel="sponsored" href="https://go.example/{random.randrange(10**6)}">'
        f"{page.say('more', random)}</a></section>",
    )


@moves
def card_in_text(page: Page, random: Random) -> bool:
    """A card to another article of the site in the middle of the text."""
    return page.put(
        "middle",
        f'<div class="{scrambled(random)}"><a href="{address(random)}">'
        f'<img src="/t/{random.randrange(99)}.webp" alt="" '
        f'width="120" height="80"><span>{page.say("labels", random)}</span><strong>{page.say("titles", random)}'
        f"</strong></a></div>",
    )


@moves
def titles_in_text(page: Page, random: Random) -> bool:
    """A short list of other articles, under a bold line, in the middle of the text."""
    rows = "".join(f'<li><a href="{address(random)}">{title}</a></li>' for title in page.several("titles", random, 3))
    return page.put("middle", f"<p><strong>{page.say('labels', random)}</strong></p><ul>{rows}</ul>")


@moves
def one_line_pointer(page: Page, random: Random) -> bool:
    """A paragraph like the others that only points to another article."""
    label, title = page.say("labels", random), page.say("titles", random)
    return page.put("second", f'<p>{label}: <a href="{address(random)}">{title}</a></p>')


@comes
def letter_form(page: Page, random: Random) -> bool:
    """A form to subscribe to a newsletter, with its terms."""
    title, _, pitch = page.say("letter", random).partition("|")
    return page.put(
        "late",
        f'<div class="{scrambled(random)}"><h3>{title}</h3><p>{pitch}</p><form action="/l" method="post">'
        f'<input type="email" '
        f'placeholder="name@mail.example"><label><input type="checkbox"> {page.say("terms", random)}</label>'
        f'<button type="submit">{page.say("enrol", random)}</button></form></div>',
    )


@comes
def letter_without_form(page: Page, random: Random) -> bool:
    """The same appeal without a form: a script draws the field later."""
    title, _, pitch = page.say("letter", random).partition("|")
    return page.put(
        "middle",
        f'<aside class="{scrambled(random)}" data-component="newsletter"><p>{title}</p><p>{pitch}</p>'
        f'<div role="button" tabindex="0">{page.say("enrol", random)}</div></aside>',
    )


@comes
def embed_locked(page: Page, random: Random) -> bool:
    """Where a post of a network stood before the reader chose, a box asks for consent."""
    first, second = page.several("show", random, 2)
    return page.put(
        "middle",
        f'<div class="{scrambled(random)}" data-vendor="c{random.randrange(99)}"><p>{page.say("embed", random)}</p>'
        f'<label><input type="checkbox">{second}</label><button type="button">{first}</button></div>',
    )


@comes
def film_in_text(page: Page, random: Random) -> bool:
    """A player with the controls a script has drawn, and the film that comes next."""
    clips = page.several("clips", random, 2)
    play, mute, then = (f'<button type="button">{word}</button>' for word in page.all_of("player")[:3])
    return page.put(
        "second",
        f'<div class="{scrambled(random)}"><video preload="none" poster="/v.jpg"></video><div>{clips[0]}'
        f"</div>{play}{mute}"
        f"<span>0:00</span><span>/</span><span>{random.randrange(1, 9)}:{random.randrange(10, 60)}</span>"
        f"<div>{then}<span>{clips[1]}</span></div></div>",
    )


@moves
def poll(page: Page, random: Random) -> bool:
    """A poll with bars that move as readers vote."""
    question, *answers = page.say("polls", random).split("|")
    shares = [random.randrange(5, 60) for _ in answers]
    rows = "".join(
        f'<li><label><input type="radio" name="q">{answer}</label><span>{share} %</span></li>'
        for answer, share in zip(answers, shares, strict=True)
    )
    count = f"{random.randrange(900, 9000):,} {page.say('votes', random)}"
    return page.put(
        "late", f'<div class="{scrambled(random)}"><p>{question}</p><ol>{rows}</ol><small>{count}</small></div>'
    )


@moves
def offers(page: Page, random: Random) -> bool:
    """Wares to buy, with prices of this minute."""
    cells = []
    for name in page.several("offers", random, 2):
        buy = page.say("priced", random).format(brand=page.say("brands", random), time=f"{random.randrange(10, 24)}:05")
        price = f"{random.randrange(19, 160)},{random.randrange(10, 99)} €"
        cells.append(
            f'<div><img src="/w.jpg" alt=""><b>{name}</b><span>{price}</span><a rel="nofollow" href="/buy">{buy}</a>'
            f"</div>"
        )
    return page.put("middle", f'<div class="{scrambled(random)}">{"".join(cells)}</div>')


@moves
def giving_bar(page: Page, random: Random) -> bool:
    """A bar that tells how much readers have given, and asks for more."""
    raised, plea, give = page.say("givers", random).split("|")
    raised = raised.format(goal="€20,000")
    return page.put(
        "late",
        f'<div class="{scrambled(random)}"><div style="width:{random.randrange(9, 90)}%"></div>'
        f"<p>€{random.randrange(2000, 19000):,} "
        f'{raised}</p><p>{plea}</p><a href="/give"><span>{give}</span></a></div>',
    )


@moves
def live_box(page: Page, random: Random) -> bool:
    """A box of the newest minutes of a live page on the same subject."""
    rows = "".join(
        f'<li><time>{random.randrange(7, 23)}:{random.randrange(10, 60)}</time> <a href="/live#{n}">{title}</a></li>'
        for n, title in enumerate(page.several("titles", random, 3))
    )
    return page.put(
        "middle",
        f'<div class="{scrambled(random)}"><b>{page.all_of("live")[random.randrange(2)]}</b><ul>{rows}</ul></div>',
    )


@comes
def podcast_pitch(page: Page, random: Random) -> bool:
    """The newest episode of a podcast, with what it is about."""
    title, about = (
        page.say("podcast", random).format(name=page.say("names", random), title=page.say("titles", random)).split("|")
    )
    return page.put(
        "middle",
        f'<div class="{scrambled(random)}"><img src="/pod.png" alt="" width="64" height="64"><div><h5>{title}</h5>'
        f'<p>{about}</p><audio controls src="/e.mp3"></audio></div></div>',
    )


@comes
def members_teaser(page: Page, random: Random) -> bool:
    """What only members can read, as headings with a line each, beside the text."""
    cards = "".join(
        f'<div><a href="{address(random)}"><h4>{title}</h4></a><p>{page.say("teasers", random)}</p></div>'
        for title in page.several("titles", random, 3)
    )
    return page.put("late", f'<div class="{scrambled(random)}"><div>{page.say("premium", random)}</div>{cards}</div>')


@comes
def alert_prompt(page: Page, random: Random) -> bool:
    """A question whether the reader wants alerts, between two paragraphs."""
    title, plea, later, allow = page.say("alerts", random).split("|")
    return page.put(
        "second",
        f'<div class="{scrambled(random)}" role="dialog"><strong>{title}</strong><p>{plea}</p>'
        f"<button>{later}</button><button>{allow}</button></div>",
    )
