"""Spoilt letters and text that is no writing are told from edits, in any script."""

import codecs
import random
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from revtrack.doubts import doubt
from revtrack.garbling import is_no_writing, is_spoilt
from revtrack.model import Outcome, Story

TEXTS = {
    "norwegian": "Fødestua på Løten får ny lege på mandag, sier rådmann Bjørk. Også Næss går av, og Høyre må få svar nå.",
    "greek": "Η αγορά του λιμανιού ανοίγει ξανά την Πέμπτη, λέει ο δήμος. Οι έμποροι ζητούν χαμηλότερα ενοίκια φέτος.",
    "ukrainian": "Міст через Стугну відкриють восени, каже мерія. Підрядник просить іще чотири місяці на опори.",
    "korean": "구청은 새 도서관의 개관을 두 달 미룬다고 발표했다. 주민들은 임시 열람실을 열어 달라고 했다.",
}
ACCIDENTS = {
    "decoded twice": lambda text: text.encode().decode("latin-1"),
    "decoded twice as Windows does": lambda text: "".join(
        bytes([b]).decode("cp1252", "replace") for b in text.encode()
    ),
    "question marks": lambda text: text.encode("ascii", "replace").decode(),
    "boxes": lambda text: "".join(letter if letter.isascii() else "\ufffd" for letter in text),
}
WORDS = "the council said on Monday that a new bridge over the river would open in June after years of delay".split()  # noqa: SIM905
REPORT = [" ".join(random.Random(seed).sample(WORDS, len(WORDS))) + "." for seed in range(12)]


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("accident", ACCIDENTS.values(), ids=ACCIDENTS)
def test_letters_that_an_encoding_has_spoilt_are_no_edit(text, accident):
    assert is_spoilt(text, accident(text))
    assert not is_spoilt(accident(text), text)  # what mends them is one
    held = doubt(Story.from_paragraphs("A", [text]), Story.from_paragraphs("A", [accident(text)]))
    assert held.outcome is Outcome.FAILED


def test_letters_that_are_dropped_are_no_edit_where_others_are_left():
    assert is_spoilt(TEXTS["norwegian"], TEXTS["norwegian"].encode("ascii", "ignore").decode())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (TEXTS["norwegian"], TEXTS["norwegian"].replace("mandag", "søndag").replace("Bjørk", "Bjørkås")),
        (TEXTS["greek"], TEXTS["ukrainian"]),
        (TEXTS["greek"], TEXTS["greek"] + " Γιατί τώρα;"),
        (
            "Škoda, Škoda, Zdeněk, Müller, Gräfe, Köhl and Ångström met.",
            "Skoda, Zdenek, Mueller, Graefe, Koehl and Angstrom met.",
        ),
        ("Is it José? It was.", "Is it Jos? It was?"),
    ],
)
def test_an_edit_of_such_words_is_one(old, new):
    assert not is_spoilt(old, new)


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(sorted(TEXTS)), st.lists(st.integers(0, 11), max_size=8))
def test_words_that_come_and_go_are_no_spoilt_letters(name, gone):
    words = TEXTS[name].split()
    assert not is_spoilt(TEXTS[name], " ".join(word for place, word in enumerate(words) if place not in gone))


@pytest.mark.parametrize(
    "fresh",
    [
        [codecs.encode(text, "rot13") for text in REPORT[2:]],
        [
            "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore."
        ],
        ["██████ ████ ██ ████████ ████ ███████ ██ █████ ████ ██ ███ ████ █████"],
        [
            "Notice: Undefined index: body in /srv/www/article.php on line 88 #0 /srv/www/index.php(12): render() #1 {main}"
        ],
    ],
)
def test_what_shares_no_word_with_the_text_is_no_writing(fresh):
    assert is_no_writing(REPORT, fresh)
    held = doubt(Story.from_paragraphs("A", REPORT), Story.from_paragraphs("A", [*REPORT[:2], *fresh]))
    assert held.outcome is Outcome.NOT_ARTICLE


def test_other_news_in_the_same_language_and_little_text_are_writing():
    other = "The school board met on Tuesday to hear what parents said of the closure, and a vote is expected in May after talks."
    assert not is_no_writing(REPORT, [other])
    assert not is_no_writing(REPORT, [string.ascii_letters])
    assert not is_no_writing(
        REPORT[:3], ["Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor."]
    )


def test_a_template_that_repeats_itself_in_the_place_of_the_text_is_no_version():
    held = doubt(
        Story.from_paragraphs("A", REPORT), Story.from_paragraphs("A", [*REPORT[:3], *["[object Object]"] * 9])
    )
    assert held.outcome is Outcome.NOT_ARTICLE
