"""What is said of a picture is a caption; who took it, when the page was made and what the player can do is none."""

import pytest

from revtrack.extraction import Memory, extract
from revtrack.model import ParagraphKind
from tests.extraction.lenning import page

CAPTION = "The northern span on Sunday, seen from the quay at low tide"


def captions(html, memory=None):
    story = extract(html, memory=memory or Memory())
    return [paragraph.text for paragraph in story.paragraphs if paragraph.kind is ParagraphKind.CAPTION]


SILENT = {
    "name and agency": "<p>Ana Kroll/Coastal Wire</p>",
    "name, bar and agency": "<p>Ana Kroll | Coastal Wire via Tidepool</p>",
    "name in a box of its own": '<div class="image__author-single">Ana Kroll</div>',
    "name in an element of its own": '<span class="pic_credit">Ana Kroll</span>',
    "agency in brackets": "<p>(CW Photo/Ana Kroll)</p>",
    "sign of rights": "<p>© Ana Kroll, Coastal Wire</p>",
    "day and time": "<p><time>6 November 2025, 17:06</time></p>",
    "who wrote the page": "<address>By Ida Moreau, editor</address>",
    "the caption again": f"<p>{CAPTION}</p>",
}


@pytest.mark.parametrize("name", SILENT)
def test_a_line_in_a_figure_that_says_nothing_of_the_picture_is_no_caption(name):
    inside = f'<figure><img src="b.jpg"><figcaption><p>{CAPTION}</p>{SILENT[name]}</figcaption></figure>'
    assert captions(page(inside)) == [CAPTION]


def test_a_word_of_the_player_is_no_caption():
    inside = f'<figure><div class="film">Autoplay</div><figcaption>{CAPTION}</figcaption></figure>'
    assert captions(page(inside)) == [CAPTION]


def test_what_a_film_shows_is_no_caption_where_its_length_stands_behind():
    said = "<b>Film:</b> <span>A drone looks at the northern span from above, bolt by bolt.</span> <span>01:48</span>"
    film = f'<figure><video poster="v.jpg"></video><figcaption>{said}</figcaption></figure>'
    assert captions(page(film)) == []
    assert len(captions(page(f'<figure><img src="b.jpg"><figcaption>{said}</figcaption></figure>'))) == 1
    assert len(captions(page(film.replace(".</span> <span>01:48", " at 14:30")))) == 1


GLUED = {
    "in an element named as a credit": f'<span class="alt">{CAPTION}</span><span class="pic-source">Source: Ana Kroll</span>',
    "behind the end of the sentence": f"{CAPTION}.<b>Ana Kroll (Coastal Wire)</b>",
}


@pytest.mark.parametrize("name", GLUED)
def test_a_credit_without_a_blank_before_it_is_taken_off(name):
    told = captions(page(f'<figure><img src="b.jpg"><figcaption>{GLUED[name]}</figcaption></figure>'))
    assert [text.rstrip(".") for text in told] == [CAPTION]


def test_a_caption_of_two_sentences_without_a_blank_is_kept_whole():
    text = f"{CAPTION}.<b>Nobody was on it. The ferry waits.</b>"
    assert captions(page(f'<figure><img src="b.jpg"><figcaption>{text}</figcaption></figure>')) == [
        f"{CAPTION}.Nobody was on it. The ferry waits."
    ]


def test_a_caption_that_lost_its_credit_is_known_again():
    html = page(f'<figure><img src="b.jpg"><figcaption>{GLUED["behind the end of the sentence"]}</figcaption></figure>')
    first = extract(html)
    assert extract(html, memory=Memory(story=first)).fingerprint == first.fingerprint


def test_a_note_in_a_line_that_is_no_caption_is_found():
    line = "<p>© Correction: the span is the northern one, not the southern one as stated before</p>"
    inside = f'<figure><img src="b.jpg"><figcaption><p>{CAPTION}</p>{line}</figcaption></figure>'
    assert [note.text for note in extract(page(inside)).notes]
