"""Paragraphs and their kinds as the page shows them."""

import pytest

from revtrack.extraction import extract
from revtrack.model import ParagraphKind
from tests.extraction.lenning import HEADLINE, PARAGRAPHS, body, page


def kinds(html):
    return [(paragraph.kind.value, paragraph.text) for paragraph in extract(html).paragraphs]


def test_kinds_of_paragraphs_are_told_apart():
    inside = (
        "<h2>What happens next</h2><p>The council meets on Tuesday to vote on the money.</p>"
        "<ul><li>The northern span comes first.</li><li>The southern span waits.</li></ul>"
        "<blockquote><p>Nobody is to cross the bridge on foot.</p></blockquote>"
        "<table><tr><th>Span</th><th>Bolts</th></tr><tr><td>North</td><td>14</td></tr></table>"
    )
    found = kinds(page(inside))
    assert found[3:10] == [
        ("subheading", "What happens next"),
        ("text", "The council meets on Tuesday to vote on the money."),
        ("list_item", "The northern span comes first."),
        ("list_item", "The southern span waits."),
        ("quote", "Nobody is to cross the bridge on foot."),
        ("table_row", "Span | Bolts"),
        ("table_row", "North | 14"),
    ]


@pytest.mark.parametrize("between", ["<br><br>", "<br/> <br/>", "</div><div>", "</p><p>"])
def test_line_breaks_and_blocks_part_paragraphs(between):
    text = f"<div>{between.join(PARAGRAPHS)}</div>"
    assert tuple(text for _, text in kinds(page(text=text))) == PARAGRAPHS


def test_one_line_break_is_a_space():
    text = body() + "<p>One line of an address,<br>and the line that follows it on the page.</p>"
    assert kinds(page(text=text))[-1][1] == "One line of an address, and the line that follows it on the page."


def test_drop_capitals_and_inline_markup_neither_part_nor_glue_words():
    text = (
        body() + '<p><span class="dropcap">T</span>he bridge<b>-</b>keeper’s <i>log</i>, kept since 1901, is lost.</p>'
    )
    assert kinds(page(text=text))[-1][1] == "The bridge-keeper’s log, kept since 1901, is lost."


def test_the_headline_is_told_apart_and_not_repeated_in_the_body():
    story = extract(page(text=f"<p>{HEADLINE}</p>" + body()))
    assert story.headline == HEADLINE
    assert tuple(paragraph.text for paragraph in story.paragraphs) == PARAGRAPHS


def test_a_caption_is_a_paragraph_of_its_kind_and_no_part_of_the_running_text():
    inside = "<figure><img src=i.jpg><figcaption>Ida Moreau at the bridge on Monday.</figcaption></figure>"
    assert "Ida Moreau at the bridge" not in extract(page(inside)).text
    assert (ParagraphKind.CAPTION, "Ida Moreau at the bridge on Monday.") in kinds(page(inside))


def test_a_credit_alone_is_no_caption():
    inside = "<figure><img src=i.jpg><figcaption>Photo: Jo Smith/Reuters</figcaption></figure>"
    assert all(kind != ParagraphKind.CAPTION for kind, _ in kinds(page(inside)))


def test_a_pull_quote_is_not_said_twice():
    inside = "<blockquote>“We would rather explain a delay than a collapse,”</blockquote>"
    assert extract(page(inside)).fingerprint == extract(page()).fingerprint


@pytest.mark.parametrize(
    "name", ["main-sidebar-wrap", "paywall", "subscriber-content", "comments-open", "widget-area", "promo-grid"]
)
def test_a_body_in_a_box_named_like_chrome_is_still_the_body(name):
    text = f'<div class="{name}">{body()}</div>'
    assert tuple(text for _, text in kinds(page(text=text))) == PARAGRAPHS


def test_a_brief_of_two_sentences_is_an_article():
    text = "<p>A fire broke out in a warehouse on Dock Street on Sunday. Nobody was hurt.</p>"
    assert len(extract(page(text=text)).paragraphs) == 1


def test_scripts_without_spaces_are_read():
    sentences = [
        "港の橋は金曜日まで閉鎖される、と市議会は月曜日に発表した。",
        "技術者は北側で十四本のひびを見つけた、と市は述べた。",
    ] * 3
    text = "".join(f"<p>{sentence}{number}</p>" for number, sentence in enumerate(sentences))
    assert len(extract(page(text=text, headline="港の橋、金曜日まで閉鎖")).paragraphs) == 6


def test_sections_of_one_article_are_read_as_one():
    halves = (
        f'<section class="part">{body(PARAGRAPHS[:3])}</section><section class="part">{body(PARAGRAPHS[3:])}</section>'
    )
    assert tuple(text for _, text in kinds(page(text=halves))) == PARAGRAPHS
