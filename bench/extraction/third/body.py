"""A third set of edits of the body, written blind: each must show, and nothing else with it. Knows pages only."""

import re
from collections.abc import Callable
from random import Random

from bench.extraction.edits import Edit, Editing
from bench.extraction.spliced import own_tags
from bench.extraction.splicing import Article, Run, splice

THIRD_BODY: dict[str, Editing] = {}
_NEW = {
    "en": "The transport committee meets again on the nineteenth, and the drivers have asked for seats in the gallery.",
    "de": "Der Verkehrsausschuss tagt wieder am Neunzehnten, und die Fahrer haben um Plätze auf der Tribüne gebeten.",
    "fr": "La commission des transports se réunit le dix-neuf, et les conducteurs ont demandé des places en tribune.",
    "es": "La comisión de transportes se reúne el diecinueve y los conductores han pedido asiento en la tribuna.",
    "it": "La commissione trasporti si riunisce il diciannove e i conducenti hanno chiesto posti in tribuna.",
    "ja": "交通委員会は十九日に再び開かれ、運転士たちは傍聴席を求めている。",
    "sv": "Trafiknämnden möts igen den nittonde, och förarna har bett om platser på läktaren.",
    "tr": "Ulaşım komisyonu ayın on dokuzunda yeniden toplanıyor, sürücüler dinleyici sırası istedi.",
    "ru": "Транспортная комиссия соберётся девятнадцатого, и водители попросили мест на галерее.",
}
_SHORT = {"en": "Nobody answered.", "de": "Niemand antwortete.", "fr": "Personne ne répondit.", "es": "Nadie contestó."}


def _entered(editing: Editing) -> Editing:
    THIRD_BODY[editing.__name__] = editing
    return editing


def _new(article: Article) -> str:
    return _NEW.get(article.language, _NEW["en"])


def _one(article: Article, start: int, end: int, markup: str, *, added: str = "", removed: str = "") -> Edit:
    return Edit(article.source, splice(article.source, [(start, end, markup)]), added=added, removed=removed)


def _whole(run: Run) -> bool:
    return (run.start, run.end) != (run.inner, run.close)


@_entered
def sentence_appended(article: Article, _rng: Random) -> Edit | None:
    """A sentence more at the end of a paragraph."""
    at, text = article.middle.close, _new(article)
    return _one(article, at, at, f" {text}", added=text)


@_entered
def sentence_put_before(article: Article, _rng: Random) -> Edit | None:
    """A sentence more at the beginning of the last paragraph."""
    at, text = article.last.inner, _new(article)
    return _one(article, at, at, f"{text} ", added=text)


@_entered
def paragraph_at_the_end(article: Article, _rng: Random) -> Edit | None:
    """A paragraph more at the end, in the markup of the others."""
    like, end = own_tags(article)
    at, text = article.last.end, _new(article)
    return _one(article, at, at, f"{like}{text}{end}", added=text)


@_entered
def paragraph_at_the_beginning(article: Article, _rng: Random) -> Edit | None:
    """A paragraph more before the first, in the markup of the others."""
    like, end = own_tags(article)
    at, text = article.first.start, _new(article)
    return _one(article, at, at, f"{like}{text}{end}" if end else f"{text}<br><br>", added=text)


@_entered
def bare_paragraph(article: Article, _rng: Random) -> Edit | None:
    """A paragraph more in the middle, without the attributes of the others."""
    at, text = article.middle.end, _new(article)
    return _one(article, at, at, f"<p>{text}</p>", added=text)


@_entered
def short_paragraph(article: Article, _rng: Random) -> Edit | None:
    """Two words as a paragraph of their own."""
    like, end = own_tags(article)
    at, text = article.middle.end, _SHORT.get(article.language, _SHORT["en"])
    return _one(article, at, at, f"{like}{text}{end}", added=text)


@_entered
def last_paragraph_gone(article: Article, _rng: Random) -> Edit | None:
    """The last paragraph is taken out."""
    run = article.last
    return _one(article, run.start, run.end, "", removed=run.text)


@_entered
def first_paragraph_gone(article: Article, _rng: Random) -> Edit | None:
    """The first paragraph is taken out."""
    run = article.first
    return _one(article, run.start, run.end, "", removed=run.text)


@_entered
def paragraphs_merged(article: Article, _rng: Random) -> Edit | None:
    """Two paragraphs become one; the words stay."""
    for one, other in article.neighbours:
        if other.start >= one.end and _whole(one) and _whole(other) and len(one.text) > 80 and len(other.text) > 80:
            source = article.source
            merged = f"{source[one.inner : one.close]} {source[other.inner : other.close]}"
            splices = [(one.inner, one.close, merged), (other.start, other.end, "")]
            return Edit(source, splice(source, splices))
    return None


def _swap(article: Article, pattern: str, make: Callable[[re.Match[str]], str]) -> Edit | None:
    """Replace the first match outside of tags, in a paragraph from the middle on."""
    listed = article.paragraphs
    for run in listed[len(listed) // 2 :] + listed[: len(listed) // 2]:
        for match in re.finditer(rf"<[^>]*>|&[#\w]+;|(?P<found>{pattern})", article.source[run.inner : run.close]):
            if match["found"]:
                start = run.inner + match.start()
                return _one(article, start, start + len(match[0]), make(match))
    return None


@_entered
def negated(article: Article, _rng: Random) -> Edit | None:
    """A "not" more."""
    words = {"en": r"(?<= )(?:was|is|are|were|will)(?= )", "de": r"(?<= )(?:ist|sind|war|wird|hat)(?= )"}
    nots = {"en": "not", "de": "nicht"}
    pattern = words.get(article.language)
    return _swap(article, pattern, lambda m: f"{m[0]} {nots[article.language]}") if pattern else None


@_entered
def point_moved(article: Article, _rng: Random) -> Edit | None:
    """A digit more in a number."""
    return _swap(article, r"(?<![\w&#.,])\d{2,4}(?![\w;])", lambda m: f"{m[0]}0")


@_entered
def question_instead_of_a_stop(article: Article, _rng: Random) -> Edit | None:
    """A full stop becomes a question mark."""
    return _swap(article, r"(?<=[a-z])\.(?= [A-Z])", lambda _: "?")


@_entered
def quotation_marks_gone(article: Article, _rng: Random) -> Edit | None:
    """A quotation is one no more."""
    return _swap(article, r"[“„«][^“”„«»<>&]{4,60}[”“»]", lambda m: m[0][1:-1])


@_entered
def picture_with_caption(article: Article, rng: Random) -> Edit | None:
    """A picture with a caption more, in the middle."""
    at, text = article.middle.end, _new(article)
    picture = f'<img src="/p/{rng.randrange(999)}.jpg" alt="" width="640" height="420">'
    return _one(article, at, at, f"<figure>{picture}<figcaption>{text}</figcaption></figure>", added=text)


@_entered
def quotation_set_apart(article: Article, _rng: Random) -> Edit | None:
    """A quotation more, as a block."""
    at, text = article.middle.end, _new(article)
    return _one(article, at, at, f"<blockquote><p>{text}</p></blockquote>", added=text)


@_entered
def bulleted_list(article: Article, _rng: Random) -> Edit | None:
    """A list of two points more, in the middle."""
    text, short = _new(article), _SHORT.get(article.language, _SHORT["en"])
    at = article.middle.end
    return _one(article, at, at, f"<ul><li>{text}</li><li>{short}</li></ul>", added=f"{text} {short}")
