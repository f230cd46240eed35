"""Paragraphs and their kinds as the page shows them."""

import pytest

from revtrack.errors import NotAnArticleError
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


def test_a_heading_that_links_to_itself_is_kept():
    inside = (
        '<h2 id="next"><a href="#next">What happens next</a></h2><p>The council meets on Tuesday to vote on it.</p>'
    )
    assert ("subheading", "What happens next") in kinds(page(inside))


def test_a_line_in_italics_below_a_picture_is_its_caption():
    inside = "<p><img src=a.jpg></p><p><em>Ida Moreau at the bridge on Monday</em></p>"
    assert ("caption", "Ida Moreau at the bridge on Monday") in kinds(page(inside))


def test_a_bold_question_below_a_picture_is_no_caption():
    inside = "<p><img src=a.jpg></p><p><b>How long will the bridge be closed?</b></p>"
    assert ("text", "How long will the bridge be closed?") in kinds(page(inside))


def test_a_paragraph_beside_a_picture_in_one_box_is_no_caption():
    inside = f"<div class=block><p>{PARAGRAPHS[0]} And more.</p><figure><img src=a.jpg></figure></div>"
    assert ("text", f"{PARAGRAPHS[0]} And more.") in kinds(page(inside))


def test_rows_of_a_table_are_kept_whatever_their_names():
    rows = "".join(
        f"<tr class='row player-{n}'><td>{n}</td><td>Jo Smith</td><td>{n * 7}</td></tr>" for n in range(1, 5)
    )
    assert [text for kind, text in kinds(page(f"<table>{rows}</table>")) if kind == "table_row"] == [
        f"{n} | Jo Smith | {n * 7}" for n in range(1, 5)
    ]


def test_a_list_that_invites_to_read_other_stories_is_no_part_of_the_body():
    items = "".join(
        f"<li>What nobody told you about bridges and <a href=/{n}>how they are built</a> today</li>" for n in range(3)
    )
    inside = f"<h2>Read next:</h2><ul>{items}</ul>"
    assert tuple(text for _, text in kinds(page(inside))) == PARAGRAPHS


def test_what_stands_above_the_headline_in_the_same_box_is_no_part_of_the_body():
    text = f"<h3>Harbour</h3><div>Coast</div><h1>{HEADLINE}</h1>{body()}"
    html = f"<html><head><title>{HEADLINE}</title></head><body><article>{text}</article></body></html>"
    assert tuple(text for _, text in kinds(html)) == PARAGRAPHS


def test_a_deck_in_a_box_of_its_own_is_the_deck_and_not_the_body():
    html = page(text=f'<p class="standfirst">The council wants to know why nobody looked.</p>{body()}')
    assert extract(html).deck == "The council wants to know why nobody looked."
    assert tuple(text for _, text in kinds(html)) == PARAGRAPHS


def test_names_that_most_of_the_prose_bears_are_innocent():
    text = (
        body().replace("<p>", "<p class=promo-text>") + "<div class='promo-text head'>What comes next</div><p>More.</p>"
    )
    assert ("text", "What comes next") in kinds(page(text=text))


def test_an_address_alone_is_no_paragraph():
    assert tuple(text for _, text in kinds(page("<p>https://post.test/s/1</p>"))) == PARAGRAPHS


def test_a_copy_of_the_body_for_another_screen_is_dropped_with_its_short_lines():
    html = page(text=f"<div>{body()}</div><div class=wide>{body()}</div>")
    assert tuple(text for _, text in kinds(html)) == PARAGRAPHS


def test_a_short_line_said_twice_is_kept_twice():
    text = body((*PARAGRAPHS[:4], PARAGRAPHS[4], "He declined.", PARAGRAPHS[5]))
    assert [text for _, text in kinds(page(text=text))].count("He declined.") == 2


@pytest.mark.parametrize(
    "line",
    [
        "<p><i>Jo Smith writes about harbours. Reach him at jo@post.test.</i></p>",
        '<p><a href="https://x.com/post">Follow our harbour desk</a>, and never miss a bridge.</p>',
        '<p><em><a href="/l">Get our letter from the coast</a> every morning at six.</em></p>',
    ],
)
def test_where_the_writers_are_to_be_followed_is_no_part_of_the_body(line):
    assert tuple(text for _, text in kinds(page(text=body() + line))) == PARAGRAPHS


def test_a_last_paragraph_in_italics_is_part_of_the_body():
    line = "The bridge was built in 1901, and has been closed four times since."
    assert kinds(page(text=f"{body()}<p><i>{line}</i></p>"))[-1] == ("text", line)


def test_what_little_is_said_above_the_headline_is_no_part_of_the_body():
    old = "<p>Your browser is too old for this site, please use another one to read all of our stories.</p>"
    html = f"<html><head><title>{HEADLINE}</title></head><body>{old}<div><h1>{HEADLINE}</h1><div>{body()}</div></div></body></html>"
    assert tuple(text for _, text in kinds(html)) == PARAGRAPHS


def test_a_quotation_in_large_is_text_only_where_the_text_does_not_say_it_too():
    said, unsaid = (
        PARAGRAPHS[1],
        "Nobody who crosses a bridge in the morning asks when it was last looked at, or by whom.",
    )
    for words, shown in ((said, PARAGRAPHS), (unsaid, (unsaid, *PARAGRAPHS))):
        html = page(text=f'<aside class="pull-quote"><p>{words}</p></aside>{body()}')
        assert sorted(text for _, text in kinds(html)) == sorted(shown)


def test_a_paragraph_in_a_wrapper_with_a_picture_is_no_caption():
    text = "The second pier is older than the first, and nobody knows what its footing is made of."
    group = f'<div class="group"><div class="inner"><figure><img src=i.jpg></figure><p>{text}</p></div></div>'
    assert text in [shown for _, shown in kinds(page(group))]


NEXT = [f"{text} Of the ferries, that is." for text in PARAGRAPHS]


@pytest.mark.parametrize("story", ["div class=story-{n}", "article", "section"])
def test_stories_appended_below_are_no_part_of_the_first(story):
    def one(number, headline, paragraphs):
        opened = story.format(n=number)
        return f"<{opened}><h1>{headline}</h1><div class=text>{body(paragraphs)}</div></{opened.split()[0]}>"

    stories = one(1, HEADLINE, PARAGRAPHS) + one(2, "Ferries run all night", NEXT) + one(3, "Bolts wanted", NEXT[::-1])
    html = f"<html><head><title>{HEADLINE}</title></head><body><main>{stories}</main></body></html>"
    assert tuple(text for _, text in kinds(html)) == PARAGRAPHS


def test_a_headline_and_long_deck_above_the_text_are_no_story_of_their_own():
    deck = " ".join(NEXT[:4])
    html = page(headline="", text=body()).replace("<h1></h1>", f"<header><h1>{HEADLINE}</h1><p>{deck}</p></header>")
    assert tuple(text for _, text in kinds(html))[-6:] == PARAGRAPHS


def test_a_box_like_the_body_with_a_headline_of_its_own_is_the_next_story():
    below = f'<div class="story"><h1>Ferries run all night</h1>{body(NEXT[:1])}</div>'
    assert tuple(text for _, text in kinds(page(below=below))) == PARAGRAPHS


def test_the_site_s_footer_is_no_article_when_nothing_else_is_left():
    with pytest.raises(NotAnArticleError):
        extract(
            "<body><h1>Harbour bridge stays closed until Friday</h1><div class='story'></div><div><footer>Independent since 1887. "
            "Printed and published in the harbour district by the Lenning Press.</footer></div></body>"
        )


def test_a_box_whose_paragraphs_bear_the_class_of_the_body_s_is_body_whatever_its_name():
    first, *rest = (f'<p class="copy">{text}</p>' for text in PARAGRAPHS)
    text = f'<div class="teaser-content">{first}</div>{"".join(rest)}'
    assert tuple(paragraph.text for paragraph in extract(page(text=text)).paragraphs) == PARAGRAPHS


def test_a_line_with_a_time_above_the_text_is_no_paragraph():
    line = '<p class="grey">Ida Moreau, <time datetime="2024-06-03T06:00:00Z">3.6.2024</time></p>'
    assert tuple(paragraph.text for paragraph in extract(page(text=line + body())).paragraphs) == PARAGRAPHS


def test_a_list_of_single_words_above_the_text_is_no_text_and_one_that_a_line_announces_is():
    tools = "<ul><li>Dark mode</li><li>Warm boots</li></ul>"
    assert extract(page(text=tools + body())).fingerprint == extract(page()).fingerprint
    announced = extract(page(text=f"<p>What to bring:</p>{tools}{body()}"))
    assert [paragraph.text for paragraph in announced.paragraphs][1:3] == ["Dark mode", "Warm boots"]


def test_a_sentence_in_which_nearly_all_is_linked_is_text():
    linked = '<p><a href="/b">The bridge over the harbour</a> and <a href="/f">the ferries to the island</a>.</p>'
    assert "and the ferries" in extract(page(linked)).text


@pytest.mark.parametrize("line", ["By Ida Moreau and Al Wu", "von Ida Moreau"])
def test_a_byline_at_an_end_of_the_text_is_no_paragraph(line):
    assert tuple(text for _, text in kinds(page(text=f"<p>{line}</p>{body()}"))) == PARAGRAPHS
    assert tuple(text for _, text in kinds(page(text=f"{body()}<p>{line}</p>"))) == PARAGRAPHS


def test_a_short_first_sentence_that_begins_as_a_byline_does_is_a_paragraph():
    assert kinds(page(text=f"<p>By Monday it was gone.</p>{body()}"))[0][1] == "By Monday it was gone."


def test_a_last_line_that_ends_in_an_address_is_no_paragraph_and_a_list_of_them_is():
    line = "<p>All our reports on the bridge: https://post.example/bridge</p>"
    assert tuple(text for _, text in kinds(page(text=body() + line))) == PARAGRAPHS
    lines = "".join(f"<p>{n}. A lamp for the quay https://post.example/lamp/{n}</p>" for n in range(6))
    assert len(kinds(page(text=body() + lines))) == len(PARAGRAPHS) + 6


def test_a_list_below_a_line_that_invites_is_no_text_though_its_items_are_sentences():
    items = "".join(f'<li>The quay is wet, <a href="/{n}">and more on {n}</a></li>' for n in range(3))
    text = f"{body()}<p><strong>More Great Stories</strong></p><ul>{items}</ul>"
    assert tuple(text for _, text in kinds(page(text=text))) == PARAGRAPHS


def test_a_heading_over_a_box_of_links_that_has_a_label_is_kept():
    links = '<div class="k81x"><p>So far</p><ul><li><a href="/1">Swans return</a></li><li><a href="/2">Ice</a></li></ul></div>'
    inside = f"<h2>What the engineers will look at next week</h2>{links}"
    assert ("subheading", "What the engineers will look at next week") in kinds(page(inside))


def test_a_sentence_that_goes_on_into_its_link_is_text():
    line = '<p>Critics point to <a href="/r">a report of four hundred pages on the wear of bolts in sea air</a>.</p>'
    assert len(kinds(page(line))) == len(PARAGRAPHS) + 1


def test_what_stands_below_a_headline_in_a_box_named_like_chrome_may_be_a_note():
    note = "<p>Correction: an earlier version of this article gave the wrong number of bolts.</p>"
    above = f'<header class="related-teaser promo"><div><h1>{HEADLINE}</h1>{note}</div></header>'
    html = page(above=above).replace(f"{above}<h1>{HEADLINE}</h1>", above)
    story = extract(html)
    assert len(story.notes) == 1
    assert tuple(paragraph.text for paragraph in story.paragraphs) == PARAGRAPHS


@pytest.mark.parametrize(
    "line",
    [
        "A version of this article appears in print on June 4, Section A, Page 2.",
        "Dieser Text steht auch in der gedruckten Ausgabe vom 4. Juni.",
    ],
)
def test_where_a_text_stands_on_paper_is_no_paragraph(line):
    assert tuple(text for _, text in kinds(page(f'<p class="x">{line}</p>'))) == PARAGRAPHS


def test_a_sentence_on_the_press_is_a_paragraph():
    assert len(kinds(page("<p>This week the paper’s print edition sold out in an hour.</p>"))) == len(PARAGRAPHS) + 1


def test_a_line_in_no_element_among_many_paragraphs_is_none_of_them_unless_it_is_bold():
    assert tuple(text for _, text in kinds(page("<span>New: hear it while you read</span>"))) == PARAGRAPHS
    assert len(kinds(page("<b>What the engineers found</b>"))) == len(PARAGRAPHS) + 1


@pytest.mark.parametrize(
    "inside",
    [
        '<div class="k81x"><p>This is part two of our report on the quay. The first: <a href="/1">Lost at low tide</a></p></div>',
        (
            '<aside class="k81x"><blockquote>I grew up beside this bridge, and that is why I pay.</blockquote>'
            '<p><a href="/join">Join them</a></p></aside>'
        ),
    ],
)
def test_a_box_that_points_elsewhere_at_its_end_is_no_part_of_the_body(inside):
    assert tuple(text for _, text in kinds(page(inside))) == PARAGRAPHS


def test_the_text_of_a_button_in_a_heading_is_the_heading():
    inside = (
        "<h3><button aria-expanded=true>What the engineers found</button></h3><p>They found rust below the paint.</p>"
    )
    assert ("subheading", "What the engineers found") in kinds(page(inside))


def test_a_line_on_the_summary_itself_is_no_deck():
    points = "<ul><li>The pier is to be closed from January.</li><li>The council votes in May.</li></ul>"
    for said in (
        "<small>This summary was generated with AI.</small>",
        "<p class=summary>The summary was made with AI.</p>",
    ):
        box = f'<div class="ai-summary"><h3>Key points</h3>{points}{said}</div>'
        assert extract(page().replace("</h1>", f"</h1>{box}")).deck == ""
