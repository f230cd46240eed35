"""A ninth set: gists, meters, appeals and widgets of the sites of 2023 to 2026, in 30 languages. Written blind."""

import re
from html import escape
from pathlib import Path
from random import Random

from bench.extraction.ninth.pages import NINTH_PAGES
from bench.extraction.shapes import read_set
from bench.extraction.tree import Page, put_behind, scrambled

__all__ = ["NINTH", "NINTH_PAGES"]


def box_of_own_words(page: Page, random: Random) -> bool:
    """A letter is offered with words of the article itself, others at each fetch."""
    words = sorted({word for one in page.paragraphs for word in re.findall(r"\w{5,}", one.text or "")})
    if len(words) < 6:
        return False
    first, second, third = random.sample(words, 3)
    box = (
        f'<div class="{scrambled(random)}"><h4>{first}</h4><p>{first}, {second}, {third}</p>'
        f'<form action="/letters"><input type="email"><button>{second} +</button></form></div>'
    )
    return page.put("middle", box)


def bar_of_the_headline(page: Page, random: Random) -> bool:
    """A bar that stays above while one scrolls repeats the headline."""
    if page.headline is None:
        return False
    said = escape(" ".join(page.headline.text_content().split()))
    return page.put("top", f'<div class="{scrambled(random)}"><span>{said}</span><button>↗</button></div>')


def remark_that_quotes(page: Page, random: Random) -> bool:
    """A reader's remark below the article quotes its first paragraph."""
    said = escape(" ".join(page.paragraphs[0].text_content().split())[:160])
    remark = (
        f'<div class="{scrambled(random)}"><b>old_tram{random.randrange(90)}</b><blockquote>{said}</blockquote>'
        f"<p>:-)</p><button>{random.randrange(40)}</button></div>"
    )
    return page.put("below", remark)


def passage_many_marked(page: Page, random: Random) -> bool:
    """The paragraph that readers marked most is marked for all, with another one next time."""
    if not page.plain:
        return False
    marked = random.choice(page.plain)
    mark = page.tree.makeelement("mark", {"data-readers": str(random.randrange(900))})
    mark.text, marked.text = marked.text, None
    marked.append(mark)
    return True


def words_that_lead_in(page: Page, random: Random) -> bool:
    """The first three words of every paragraph stand in an element of their own."""
    done = False
    for one in page.plain:
        found = re.match(r"\s*(\S+ \S+ \S+)(?= )", one.text or "")
        if found:
            lead = page.tree.makeelement("span", {"class": f"lead-in {scrambled(random)}"})
            lead.text, lead.tail = found[0], (one.text or "")[found.end() :]
            one.text = None
            one.insert(0, lead)
            done = True
    return done


def words_for_a_voice(page: Page, random: Random) -> bool:
    """Each word of the first paragraphs bears the moment at which a voice reads it."""
    found = page.plain[:4]
    for one in found:
        words, one.text = (one.text or "").split(" "), None
        for number, word in enumerate(words):
            span = page.tree.makeelement("span", {"data-ms": str(number * 300 + random.randrange(99))})
            span.text, span.tail = word, " " if number < len(words) - 1 else None
            one.append(span)
    return bool(found)


def digits_change_places(page: Page, _random: Random) -> tuple[str, str] | None:
    """The last two digits of a number change places."""
    for one in page.plain:
        found = re.search(r"(?<![\d.,])(\d*)(\d)((?!\2)[1-9])(?![\d.,])", one.text or "")
        if found:
            new = f"{found[1]}{found[3]}{found[2]}"
            one.text = f"{(one.text or '')[: found.start()]}{new}{(one.text or '')[found.end() :]}"
            return new, found[0]
    return None


def name_spelt_otherwise(page: Page, _random: Random) -> tuple[str, str] | None:
    """A letter of a name becomes another."""
    for one in page.plain:
        found = re.search(r"(?<=[a-zà-ž] )([A-Z][a-z]{2,})([a-z]{2})(?=[ ,.])", one.text or "")
        if found:
            new = f"{found[1]}qu{found[2][-1]}"
            one.text = f"{(one.text or '')[: found.start()]}{new}{(one.text or '')[found.end() :]}"
            return new, ""
    return None


def quotation_becomes_report(page: Page, _random: Random) -> tuple[str, str] | None:
    """The marks of a quotation go; its words stay."""
    for one in page.plain:
        found = re.search(r"[“„«「]([^“”„«»「」]{8,})[”“»」]", one.text or "")
        if found:
            one.text = f"{(one.text or '')[: found.start()]}{found[1]}{(one.text or '')[found.end() :]}"
            return "", ""
    return None


def word_struck_out(page: Page, _random: Random) -> tuple[str, str] | None:
    """A long word goes from the middle of a paragraph."""
    for one in reversed(page.plain):
        found = re.search(r"(?<=\w )(\w{6,}) (?=\w)", one.text or "")
        if found:
            one.text = f"{(one.text or '')[: found.start()]}{(one.text or '')[found.end() :]}"
            return "", found[1]
    return None


def lead_goes(page: Page, _random: Random) -> tuple[str, str] | None:
    """The first paragraph goes."""
    first = page.paragraphs[0]
    if len(page.paragraphs) < 5 or (first.tail or "").strip():
        return None
    gone = " ".join(first.text_content().split())
    first.drop_tree()
    return "", gone


def source_comes(page: Page, _random: Random) -> tuple[str, str] | None:
    """Who says so is added to the end of a paragraph."""
    for one in page.plain[1:]:
        text = (one.text or "").rstrip()
        if text.endswith((".", "。", "।")):
            one.text = f"{text[:-1]}, Tarnwick Ledger{text[-1]}"
            return "Tarnwick Ledger", ""
    return None


def end_written_anew(page: Page, _random: Random) -> tuple[str, str] | None:
    """The second half of the last paragraph is written anew."""
    if not page.plain:
        return None
    one = page.plain[-1]
    words = (one.text or "").split()
    if len(words) < 8:
        return None
    said = "Quambrel vestry lantern"
    gone = " ".join(words[len(words) // 2 :])
    one.text = f"{' '.join(words[: len(words) // 2])} {said}."
    return said, gone


def paragraph_said_again(page: Page, _random: Random) -> tuple[str, str] | None:
    """A paragraph is followed by another that repeats its first words and goes on otherwise."""
    for one in page.plain[1:]:
        words = (one.text or "").split()
        if len(words) > 9:
            new = page.empty_like(one)
            new.text = f"{' '.join(words[:5])} Ostrowfalk, Tarnwick, Quambrel."
            put_behind(one, new)
            return new.text, ""
    return None


NINTH = read_set(
    Path(__file__).parent,
    moves=(box_of_own_words, passage_many_marked),
    comes=(bar_of_the_headline, remark_that_quotes, words_that_lead_in, words_for_a_voice),
    turns=(
        digits_change_places,
        name_spelt_otherwise,
        quotation_becomes_report,
        word_struck_out,
        lead_goes,
        source_comes,
        end_written_anew,
        paragraph_said_again,
    ),
)
