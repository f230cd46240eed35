"""An eighth set: islands, hashed names and small boxes of the sites of 2024 to 2026. Written blind."""

import re
from pathlib import Path
from random import Random

from lxml import etree, html

from bench.extraction.shapes import read_set
from bench.extraction.tree import Node, Page, put_behind, scrambled, wrap

__all__ = ["EIGHTH"]

_UTILITIES = (
    "mt-4",
    "md:mt-6",
    "leading-7",
    "text-lg",
    "font-serif",
    "dark:text-zinc-100",
    "max-w-prose",
    "text-balance",
)


def utilities(page: Page, random: Random) -> bool:
    """Paragraphs bear classes that say how they look, and another draw of them after each release."""
    for one in page.paragraphs:
        one.set("class", " ".join((one.get("class", ""), *random.sample(_UTILITIES, 4))).strip())
        one.set("data-v-" + scrambled(random)[-4:].strip("_ x").lower(), "")
    return True


def anchors(page: Page, random: Random) -> bool:
    """Each paragraph has a number by which it is quoted, and one for who reads it aloud."""
    for one in page.paragraphs:
        one.set("id", f"p-{random.randrange(16**6):06x}")
        one.set("data-tts", str(random.randrange(100)))
    return True


def islands(page: Page, random: Random) -> bool:
    """Every third paragraph stands in an island that a script wakes, and comments say where text begins."""
    for one in page.paragraphs[::3]:
        island = etree.Element("astro-island", {"uid": scrambled(random), "client": "visible", "ssr": ""})
        wrap(one, island)
        island.insert(0, etree.Comment("["))
    return True


def words_linked(page: Page, _random: Random) -> bool:
    """A script makes the longest word of some paragraphs a link to the page of its topic."""
    done = False
    for one in page.plain[::2]:
        word = max(re.findall(r"\w{6,}", one.text or ""), key=len, default="")
        if word:
            before, _, after = (one.text or "").partition(word)
            link = html.fragment_fromstring(f'<a class="autolink" href="/topic/x">{word}</a>')
            one.text, link.tail = before, after
            one.insert(0, link)
            done = True
    return done


def empty_slots(page: Page, random: Random) -> bool:
    """Places of ads that stay empty, an element of no name around each."""
    for one in page.paragraphs[1::3]:
        put_behind(one, html.fragment_fromstring(f'<ad-slot id="a{random.randrange(999)}"><div></div></ad-slot>'))
    return True


def negation_comes(page: Page, _random: Random) -> tuple[str, str] | None:
    """A word of no comes into a sentence."""
    for one in page.plain[1:]:
        found = re.search(r"(?<=\w{3}) (?=\w{3})", one.text or "")
        if found:
            one.text = f"{(one.text or '')[: found.start()]} neverlo {(one.text or '')[found.end() :]}"
            return "neverlo", ""
    return None


def sentence_goes(page: Page, _random: Random) -> tuple[str, str] | None:
    """The last sentence of a paragraph goes."""
    for one in page.plain:
        found = re.fullmatch(r"(.{30,}?[.!?]) ([A-ZÄÖÜ][^.!?]{30,}[.])\s*", one.text or "", re.DOTALL)
        if found:
            one.text = found[1]
            return "", found[2]
    return None


def headline_changes(page: Page, _random: Random) -> tuple[str, str] | None:
    """A word of the headline becomes another, in the title of the window too."""
    if page.headline is None or len(page.headline) or not page.headline.text:
        return None
    old = page.headline.text
    words = old.split()
    page.headline.text = " ".join((*words[:-1], "Quambrel"))
    for one in page.tree.iter("title", "meta"):
        for name in ("text", "content"):
            value = one.text if name == "text" else one.get("content")
            if value and old.strip() in value:
                new = value.replace(old.strip(), page.headline.text)
                if name == "text":
                    one.text = new
                else:
                    one.set("content", new)
    return "Quambrel", ""


def link_says_more(page: Page, _random: Random) -> tuple[str, str] | None:
    """The words of a link within a paragraph become others."""
    for one in page.paragraphs:
        for link in one.iter("a"):
            if link.text and len(link) == 0 and (one.text or "").strip() and (link.tail or "").strip():
                old, link.text = link.text, "the Tarnwick ledger"
                return link.text, old
    return None


def news_like_a_pitch(page: Page, _random: Random) -> tuple[str, str] | None:
    """A paragraph that reports what something costs and where it is to be had."""
    said = {
        "de": "Karten für das Museum kosten ab Montag zwölf Euro, das Abonnement für ein Jahr 49 Euro.",
        "en": "Tickets for the museum will cost 12 pounds from Monday, a subscription for the year 49 pounds.",
    }
    return _added(page, said.get(page.language, said["en"]))


def way_to_reach_police(page: Page, _random: Random) -> tuple[str, str] | None:
    """A paragraph that asks witnesses to come forward."""
    said = {
        "de": "Zeugen werden gebeten, sich unter der Nummer 0555 12345 bei der Wache Ostrowfalk zu melden.",
        "en": "Witnesses are asked to call the station at Ostrowfalk on 0555 12345.",
    }
    return _added(page, said.get(page.language, said["en"]))


def quotation_of_two_words(page: Page, _random: Random) -> tuple[str, str] | None:
    """A paragraph that is a quotation of two words."""
    return _added(page, "“No comment.”")


def label_and_sentence(page: Page, _random: Random) -> tuple[str, str] | None:
    """A paragraph with a label in bold, as reports of many short matters have."""
    new = _copy(page)
    if new is None:
        return None
    label = html.fragment_fromstring("<strong>Ostrowfalk:</strong>")
    label.tail = " The council meets again on Friday at nine."
    new.append(label)
    return "Ostrowfalk: The council meets again on Friday at nine.", ""


def _added(page: Page, said: str) -> tuple[str, str] | None:
    new = _copy(page)
    if new is None:
        return None
    new.text = said
    return said, ""


def _copy(page: Page) -> Node | None:
    """Return a new paragraph, as empty as it is like that behind which it stands."""
    if len(page.plain) < 3:
        return None
    one = page.plain[len(page.plain) // 2]
    new = page.empty_like(one)
    put_behind(one, new)
    return new


EIGHTH = read_set(
    Path(__file__).parent,
    moves=(utilities, anchors),
    comes=(islands, words_linked, empty_slots),
    turns=(
        negation_comes,
        sentence_goes,
        headline_changes,
        link_says_more,
        news_like_a_pitch,
        way_to_reach_police,
        quotation_of_two_words,
        label_and_sentence,
    ),
)
"""How steady extraction is: changes of chrome, edits and notes, spliced into pages. See bench/README.md."""
