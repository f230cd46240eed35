"""Other forms of the same text: what renderers, translators and measuring scripts do to the markup. Knows pages only.

Entered in `THIRD_CHROME` as the rest of the set; nothing here changes a word that a reader sees.
"""

import re
from random import Random

from bench.extraction.splicing import Article, Run, Splice
from bench.extraction.third.chrome import NAMES, PROSE, THIRD_CHROME, obscure, path, put, rotates, say, toggles

_CLASSES = re.compile(r"\bclass=\"([^\"<>{}]+)\"")
_PICTURE = re.compile(r"<img ([^<>]*?)/?>")
_EMPTY = '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" class="lazyload" data-'

ALL_CHROME = THIRD_CHROME
"""The whole set, once this module has entered its part."""


@rotates
def class_suffixes(article: Article, rng: Random) -> list[Splice]:
    """Every class in the article gets the hash of a release, every element the mark of a scoped style."""
    suffix, scope = rng.randrange(16**5), f"data-v-{rng.randrange(16**8):08x}"
    found = _CLASSES.finditer(article.source, article.container.start, article.container.end)
    return [
        (*match.span(), f'class="{" ".join(f"{name}__{suffix:x}" for name in match[1].split())}" {scope}')
        for match in found
    ]


@toggles
def variant_around_all(article: Article, rng: Random) -> list[Splice]:
    """A test of two variants wraps the article's box in elements of its own."""
    box, name = article.container, f"experiment-slot data-arm={rng.choice('AB')}"
    if box.tag in {"html", "body", "td", "tr", "li"}:
        return []
    return [
        (box.start, box.start, f'<{name}><div class="{obscure(rng)}">'),
        (box.end, box.end, "</div></experiment-slot>"),
    ]


@toggles
def sections_of_three(article: Article, rng: Random) -> list[Splice]:
    """Paragraphs come in sections of three, so that something can stand between the sections."""
    rows = _siblings(article)
    splices: list[Splice] = []
    for n in range(0, len(rows) - 2, 3):
        start, end = rows[n].start, rows[n + 2].end
        splices += [(start, start, f'<content-section id="s{n}"><div class="{obscure(rng)}">')]
        splices += [(end, end, "</div></content-section>")]
    return splices


def _siblings(article: Article) -> list[Run]:
    """Return the longest row of paragraphs that are elements of their own in one box, with nothing between them."""
    best: list[Run] = []
    row: list[Run] = []
    for run in article.paragraphs:
        is_own = run.owner.tag == "p" and (run.start, run.end) == (run.owner.start, run.owner.end)
        if not is_own:
            row = []
            continue
        gap = article.source[row[-1].end : run.start] if row else ""
        row = [*row, run] if row and row[-1].owner.parent is run.owner.parent and not gap.strip() else [run]
        best = max(best, row, key=len)
    return best


@toggles
def shadow_root(article: Article, rng: Random) -> list[Splice]:
    """An element with a declared shadow root: its own offer, and a slot."""
    _, pitch, _, button = say(article, "offer")
    root = f"<style>:host{{}}</style><p>{pitch}</p><button>{button}</button><slot></slot>"
    return put(
        article,
        "middle",
        f'<sign-up n="{rng.randrange(9)}"><template shadowrootmode="open">{root}</template></sign-up>',
    )


@rotates
def inert_template(article: Article, rng: Random) -> list[Splice]:
    """A template that a script would fill, with an example in it."""
    inner = f'<article><h3>{rng.choice(NAMES)}</h3><p>{rng.choice(PROSE)}</p><a href="{path(rng)}">…</a></article>'
    return put(article, "middle", f'<template id="t{rng.randrange(99)}">{inner}</template>')


@toggles
def hidden_twin(article: Article, rng: Random) -> list[Splice]:
    """The first paragraph once more, hidden, for readers of small screens."""
    text = article.source[article.first.inner : article.first.close]
    return put(
        article, "above", f'<div class="{obscure(rng)}" style="display:none" aria-hidden="true"><p>{text}</p></div>'
    )


@rotates
def pixels(article: Article, rng: Random) -> list[Splice]:
    """Pictures of one point that count visits, in paragraphs of their own between those of the text."""
    n = rng.randrange(10**9)
    inner = f'<p><img src="https://count.example/p.gif?{n}" width="1" height="1" alt=""></p><p>&nbsp;</p><p></p>'
    frame = f'<noscript><iframe src="https://count.example/{n}" height="0" width="0"></iframe></noscript>'
    return [*put(article, "middle", inner), *put(article, "second", frame)]


@toggles
def pictures_put_off(article: Article, _rng: Random) -> list[Splice]:
    """All pictures of the article wait for a script: an empty one in their place, the real one for those without."""
    found = _PICTURE.finditer(article.source, article.container.inner, article.container.close)
    return [(*match.span(), f"{_EMPTY}{match[1]}><noscript>{match[0]}</noscript>") for match in found]


@toggles
def translated_fonts(article: Article, _rng: Random) -> list[Splice]:
    """A translator leaves its two fonts around the text of each paragraph."""
    font = '<font style="vertical-align: inherit;">'
    return [
        splice
        for run in article.paragraphs
        if (run.owner.inner, run.owner.close) == (run.inner, run.close)
        for splice in ((run.inner, run.inner, font * 2), (run.close, run.close, "</font></font>"))
    ]


@toggles
def permalinks(article: Article, rng: Random) -> list[Splice]:
    """Each paragraph ends in a mark by which it can be linked to."""
    n = rng.randrange(9)
    return [
        (run.close, run.close, f' <a class="{obscure(rng)}" href="#p{n}-{i}" aria-label="#">¶</a>')
        for i, run in enumerate(article.paragraphs)
    ]


@toggles
def origin_for_copies(article: Article, rng: Random) -> list[Splice]:
    """Where the text is from, out of sight at the end of the last paragraph, for those who copy it."""
    said = say(article, "source", n=rng.randrange(2, 99))[0]
    at = article.last.close
    return [(at, at, f'<span style="position:absolute;left:-9999px"> {said}</span>')]


@toggles
def explained_word(article: Article, rng: Random) -> list[Splice]:
    """A word of the text explains itself in a hidden tip behind it."""
    run = article.middle
    match = re.search(r"(?<=[a-z] )[a-z]{5,}(?= [a-z])", article.source[run.inner : run.close])
    if match is None or "<" in article.source[run.inner : run.inner + match.start()]:
        return []
    at = run.inner + match.start()
    tip = f'<span role="tooltip" id="tip{rng.randrange(99)}" hidden>{say(article, "gloss")[0]}</span>'
    return [(at, at + len(match[0]), f"<dfn tabindex=0>{match[0]}</dfn>{tip}")]


@rotates
def share_price(article: Article, rng: Random) -> list[Splice]:
    """The price of a share behind a name in the text, as it is at this fetch."""
    run = article.middle
    match = re.search(r"(?<=[a-z] )[A-Z][a-z]{4,}(?= [a-z])", article.source[run.inner : run.close])
    if match is None or "<" in article.source[run.inner : run.inner + match.start()]:
        return []
    at = run.inner + match.end()
    price = f"{rng.choice('+-')}{rng.randrange(1, 9)}.{rng.randrange(10, 99)}%"
    return [(at, at, f' <span class="quote" data-symbol="LNG"><a href="/q/LNG">LNG</a> <span>{price}</span></span>')]


@rotates
def counted_in_json(article: Article, rng: Random) -> list[Splice]:
    """What the page states for machines counts comments and visits, and names who asks."""
    stated = re.search(r'"@type"\s*:\s*"\w*(?:Article|BlogPosting)"\s*,', article.source)
    if stated is None:
        return []
    counted = f'"commentCount": {rng.randrange(999)}, "interactionStatistic": {{"@type": "InteractionCounter", '
    counted += f'"userInteractionCount": {rng.randrange(9999)}}}, "sdDatePublished": "2024-06-{rng.randrange(10, 28)}",'
    return [(stated.end(), stated.end(), counted)]


@rotates
def sticky_title(article: Article, rng: Random) -> list[Splice]:
    """A bar that follows the reader: the title once more, and how far one has read."""
    title = re.search(r"<title[^>]*>([^<]*)", article.source)
    inner = f"<span>{title[1].strip() if title else ''}</span><span>{rng.randrange(100)} %</span>"
    return put(article, "top", f'<div class="{obscure(rng)}" style="position:fixed">{inner}</div>')
