"""Who signs an article, whichever witness names them."""

import json

import pytest

from revtrack.extraction import extract
from tests.extraction.lenning import page


def signed(above="", *, author=None, meta=""):
    """Return the authors of a page with a byline, an author in its JSON-LD, an author in a `<meta>`."""
    node = {"@type": "NewsArticle", **({"author": author} if author else {})}
    head = f'<script type="application/ld+json">{json.dumps(node)}</script>'
    head += f'<meta name="author" content="{meta}">' if meta else ""
    return extract(page(head=head, above=above), url="https://www.lenningpost.test/bridge").authors


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        ("By Ida Moreau and Al Wu", ("Ida Moreau", "Al Wu")),
        ("By IDA MOREAU, AL WU, and Jo de la Cruz", ("IDA MOREAU", "AL WU", "Jo de la Cruz")),
        ("Von Ida Moreau, Korrespondentin", ("Ida Moreau",)),
        ("Par Ida Moreau (à Rome)", ("Ida Moreau",)),
        ("Posted by Ida Moreau at 5:11 AM", ("Ida Moreau",)),
        ("By Ida Moreau 30 August 2023 • 4:45pm", ("Ida Moreau",)),
        ("By Ida Moreau November 20, 2024", ("Ida Moreau",)),
        ("Ida Moreau | Port Lenning | 08/01/2014", ("Ida Moreau",)),
        ("By Ida Moreau ida@post.test", ("Ida Moreau",)),
        ("/ Ida Moreau / 10:08 am Fri Jul 19, 2013", ("Ida Moreau",)),
        ("作者：王小明", ("王小明",)),
        ("Share this article", ()),
        ("Quelle: sid/dpa", ()),
    ],
)
def test_names_are_read_from_a_byline(text, authors):
    assert signed(f'<p class="byline">{text}</p>') == authors


@pytest.mark.parametrize(
    ("author", "authors"),
    [
        ({"@type": "Person", "name": "Ida Moreau"}, ("Ida Moreau",)),
        ([{"name": "Ida Moreau"}, "Al Wu", {"name": "AP"}], ("Ida Moreau", "Al Wu", "AP")),
        ({"name": ["Ida Moreau", "Al Wu"]}, ("Ida Moreau", "Al Wu")),
        ("https://post.test/people/ida", ()),
        ("Moreau, Ida", ("Moreau, Ida",)),
        ({"name": "The Lenning Post"}, ("The Lenning Post",)),
    ],
)
def test_json_ld_names_persons_in_many_forms(author, authors):
    assert signed(author=author) == authors


def test_a_reference_into_the_graph_is_followed():
    graph = [{"@type": "Article", "author": {"@id": "#ida"}}, {"@type": "Person", "@id": "#ida", "name": "Ida Moreau"}]
    head = f'<script type="application/ld+json">{json.dumps({"@graph": graph})}</script>'
    assert extract(page(head=head)).authors == ("Ida Moreau",)


def test_a_byline_without_a_telling_name_is_known_by_how_it_begins():
    assert signed('<div class="x7f3"><span>By Ida Moreau</span></div>') == ("Ida Moreau",)


def test_a_link_to_a_person_s_page_near_the_headline_names_the_author():
    line = '<div class="meta"><a href="/author/ida-moreau">Ida Moreau</a> City, 20 November 2024, 3 comments</div>'
    assert signed(line) == ("Ida Moreau",)


def test_an_author_whom_only_the_byline_names_is_not_lost():
    shown = '<div class="bylines"><p class="name">Ida Moreau</p><p class="name">Al Wu</p></div>'
    assert signed(shown, author={"name": "Al Wu"}) == ("Ida Moreau", "Al Wu")


@pytest.mark.parametrize("publisher", ["The Lenning Post", "Lenning Post Online", "lenningpost.test"])
def test_a_publisher_signs_only_where_nobody_else_does(publisher):
    assert signed('<p class="byline">By Ida Moreau</p>', author={"name": publisher}) == ("Ida Moreau",)
    assert signed(author={"name": publisher}) == (publisher,)


@pytest.mark.parametrize("more", ["Alle Artikel der Autorin", "Tous ses Articles", "Todos sus Artículos"])
def test_a_link_to_all_that_somebody_wrote_names_nobody(more):
    assert signed(f'<div class="author-box"><a href="/author/1">{more}</a></div>') == ()


def test_the_byline_joins_the_authors():
    story = extract(page(above='<p class="byline">By Ida Moreau and Al Wu</p>'))
    assert story.byline == ", ".join(story.authors) == "Ida Moreau, Al Wu"


def test_authors_are_bounded():
    assert len(signed(author=[{"name": f"Ida Moreau {chr(65 + n % 26)}{n}"} for n in range(50_000)])) <= 20
