"""Changes of page chrome leave the story as it is; edits and notes show, and nothing else changes with them."""

from random import Random

import pytest

from bench.extraction.chrome import CHROME as CHANGES
from bench.extraction.given import invented
from bench.extraction.scoring import fetched, holds, states
from bench.extraction.second import SECOND, SECOND_PAGES
from bench.extraction.splicing import locate, splice
from revtrack.extraction import Memory, extract
from tests.extraction.lenning import PARAGRAPHS, body, page

LINKS = "".join(f'<li><a href="/a{n}">Another headline of the day, number {n}</a></li>' for n in range(5))
CHROME = {
    "counter": "<p>Comments( 12 )</p>",
    "share bar": '<div class="share-tools"><span>3</span> Comments <span>9</span> Shares</div>',
    "related list": f'<aside class="related"><h4>Related</h4><ul>{LINKS}</ul></aside>',
    "related line in hashed classes": '<div class="css-x1y2"><p>Read more: <span><a href="/b">The other bridge</a></span></p></div>',
    "advertisement": '<div class="ad-slot"><p>Advertisement</p><p>Sofas that are made to order in three weeks, in any colour.</p></div>',
    "sign-up in hashed classes": '<div class="css-q8"><h4>The morning brief</h4><p>Our free newsletter brings the most important '
    "stories to you, every day.</p><form><input type=email><button>Go</button></form></div>",
    "relative time": "<p>Updated 5 minutes ago</p>",
    "frame": '<div id="gpt-ad-77"><iframe src="/ad?77"></iframe></div>',
    "script": "<script>var pageViews = 77;</script>",
    "empty figure": '<figure><img src="/i.jpg?t=77" alt=""></figure>',
    "AI button": "<div>AI Chat</div>",
    "noscript": "<noscript><p>Please turn on scripts to see all of this page and its pictures.</p></noscript>",
    "player": '<div class="video-player"><span>Play video</span> <a href="/v">Watch</a></div>',
    "comment": "<!-- rendered 77 -->",
}


@pytest.mark.parametrize("name", CHROME)
def test_chrome_among_the_paragraphs_is_no_part_of_the_story(name):
    assert extract(page(CHROME[name])).fingerprint == extract(page()).fingerprint


AROUND = {
    "consent text": "<div class='q1'><p>We and our 842 partners store information on your device, to measure audiences and to "
    "develop services.</p><button>Accept all</button></div>",
    "comments": "<section id='comments'><h3>Comments</h3>"
    + "".join(
        f"<div class='comment'><p>Reader {n} says: nobody has ever asked those who live beside the bridge.</p></div>"
        for n in range(9)
    )
    + "</section>",
    "next article": "<article><h2><a href='/n'>Another story</a></h2>"
    + "<p>Its own text, which is long enough to be prose, stands here.</p>" * 4
    + "</article>",
    "most read": f"<div class='sidebar'><h3>Most read</h3><ol>{LINKS}</ol></div>",
}


@pytest.mark.parametrize("name", AROUND)
def test_chrome_beside_the_article_is_no_part_of_the_story(name):
    assert extract(page(below=AROUND[name])).fingerprint == extract(page()).fingerprint


def test_all_changes_of_chrome_together_leave_one_story():
    stories = {
        extract(page("".join(CHROME.values()).replace("77", str(n)), below="".join(AROUND.values()))).fingerprint
        for n in range(20)
    }
    assert stories == {extract(page()).fingerprint}


@pytest.mark.parametrize(
    "wrap",
    [
        lambda html: html.replace("</p>", "\n  </p>\n"),
        lambda html: html.replace("<p>", '<p class="css-h4sh" data-rid="9">'),
        lambda html: html.replace('<div class="story">', '<div class="x"><div class="story">').replace(
            "</div></main>", "</div></div></main>"
        ),
        lambda html: html.replace("harbour board", "har<em>bour</em> <a href='/t'>board</a>"),
        lambda html: html.replace("“", "&#8220;").replace("”", "&rdquo;"),
        lambda html: html.replace("engineer, Ida", "engineer,\n      Ida"),
    ],
)
def test_markup_that_shows_the_same_text_gives_the_same_story(wrap):
    assert wrap(page()) != page()
    assert extract(wrap(page())).fingerprint == extract(page()).fingerprint


def test_every_paragraph_stands_in_the_story_in_its_order():
    assert tuple(paragraph.text for paragraph in extract(page()).paragraphs) == PARAGRAPHS


@pytest.mark.parametrize("dropped", range(len(PARAGRAPHS)))
def test_a_paragraph_removed_is_the_only_change(dropped):
    rest = PARAGRAPHS[:dropped] + PARAGRAPHS[dropped + 1 :]
    assert tuple(p.text for p in extract(page(text=body(rest))).paragraphs) == rest


NOTE = "Correction: An earlier version of this article misstated the number of bolts. It was 14, not 41."
PLACES = {
    "paragraph": {"text": body() + f"<p>{NOTE}</p>"},
    "emphasis": {"text": body() + f"<p><em>{NOTE}</em></p>"},
    "correction box": {"text": body() + f'<div class="correction">{NOTE}</div>'},
    "line break": {"text": body() + f"<br><br><i>{NOTE}</i>"},
    "article footer": {"text": body() + f'<footer class="article-footer"><p>{NOTE}</p></footer>'},
    "aside inside": {"text": body() + f'<aside class="editors-note"><p>{NOTE}</p></aside>'},
    "aside after": {"below": f'<aside class="editors-note"><p>{NOTE}</p></aside>'},
    "section after": {"below": f'<section class="corrections"><h2>Corrections</h2><p>{NOTE}</p></section>'},
    "above the article": {"above": f'<div class="update-notice"><p>{NOTE}</p></div>'},
    "caption": {"inside": f"<figure><img src=i.jpg><figcaption>The bridge. {NOTE}</figcaption></figure>"},
    "metadata": {
        "head": f'<script type="application/ld+json">{{"@type": "NewsArticle", "correction": "{NOTE}"}}</script>'
    },
}


@pytest.mark.parametrize("place", PLACES)
def test_a_note_survives_wherever_it_stands_and_is_no_part_of_the_body(place):
    story = extract(page(**PLACES[place]))
    assert any("misstated the number of bolts" in note.text for note in story.notes)
    assert story.text == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize("empty", ['{"text": ""}', "[]", '""', "null"])
def test_an_empty_correction_in_json_ld_is_no_note(empty):
    head = f'<script type="application/ld+json">{{"@type": "NewsArticle", "correction": {empty}}}</script>'
    assert extract(page(head=head)).notes == ()


CORPUS = {given.name: given for given in invented()}


def read(html, url, known=None):
    return extract(html, url=url, memory=Memory(story=known))


@pytest.mark.parametrize("name", CORPUS)
def test_the_text_of_an_invented_page_is_what_its_author_wrote(name):
    given = CORPUS[name]
    story = read(given.html, given.url)
    assert (story.headline, *(paragraph.text for paragraph in story.paragraphs)) == (given.headline, *given.paragraphs)
    assert story.notes == ()


@pytest.mark.parametrize("name", CORPUS)
def test_a_page_fetched_often_with_all_its_chrome_changing_is_one_story(name):
    assert holds(CORPUS[name], read, fetches=10)


@pytest.mark.parametrize("given", SECOND_PAGES, ids=lambda given: given.name)
def test_the_text_of_a_page_of_the_second_set_is_what_its_author_wrote(given):
    story = read(given.html, given.url)
    assert (story.headline, *(paragraph.text for paragraph in story.paragraphs)) == (given.headline, *given.paragraphs)


@pytest.mark.parametrize(
    "name",
    ["countdown", "podcast_card", "translation_links", "thermometer", "trust_box", "report_error", "robot_reader"],
)
def test_an_insert_of_the_second_set_is_told_by_its_form_in_every_language(name):
    for given in SECOND_PAGES[::3]:
        first, second = states(SECOND.chrome[name], locate(given.html, given.body), Random(7))
        assert read(first, given.url).fingerprint == read(second, given.url).fingerprint, given.name


def test_fetches_of_a_page_differ_and_are_the_same_on_every_machine():
    given = CORPUS["german"]
    article = locate(given.html, given.body)
    one, other = Random(1), Random(1)
    assert fetched(article, one) == fetched(article, other)
    assert fetched(article, one) != fetched(article, Random(2))


@pytest.mark.parametrize(
    "name", ["minified", "attributes_reversed", "class_names_hashed", "words_wrapped", "wrapped_twice"]
)
def test_other_markup_of_the_same_text_gives_the_same_story(name):
    for given in CORPUS.values():
        article = locate(given.html, given.body)
        pair = states(CHANGES[name], article, Random(7))
        if pair:
            assert read(pair[0], given.url).fingerprint == read(pair[1], given.url).fingerprint, given.name


def test_a_page_is_located_and_spliced_without_touching_anything_else():
    for given in CORPUS.values():
        article = locate(given.html, given.body)
        assert len(article.paragraphs) >= 2
        assert splice(given.html, []) == given.html
        assert all(given.html[run.start : run.end].count("<p") <= 1 for run in article.paragraphs)
