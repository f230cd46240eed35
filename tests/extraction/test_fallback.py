"""Where a page's markup holds no article, what it carries for machines is read, and then kept to."""

import json

import pytest

from revtrack.errors import NotAnArticleError
from revtrack.extraction import Memory, extract
from tests.extraction.lenning import HEADLINE, PARAGRAPHS, page

SHELL = (
    '<!doctype html><html lang="en"><head><title>{title}</title><meta property="og:title" content="{title}">{head}</head>'
    '<body><div id="root"></div>{scripts}</body></html>'
)


def stated(body, **more):
    node = {"@type": "NewsArticle", "headline": HEADLINE, "articleBody": body} | more
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def shell(*, head="", scripts="", title=HEADLINE):
    return SHELL.format(head=head, scripts=scripts, title=title)


def texts(story):
    return tuple(paragraph.text for paragraph in story.paragraphs)


def test_the_body_stated_in_json_ld_is_read_where_the_page_shows_none():
    story = extract(shell(head=stated("\n\n".join(PARAGRAPHS))))
    assert (texts(story), story.reader) == (PARAGRAPHS, "json-ld")


def test_markup_in_the_stated_body_is_markup():
    assert texts(extract(shell(head=stated("".join(f"<p>{text}</p>" for text in PARAGRAPHS))))) == PARAGRAPHS


def test_a_page_that_shows_its_article_is_read_from_the_page():
    assert extract(page(head=stated("Another text entirely. " * 40))).reader == "page"


@pytest.mark.parametrize(
    "script",
    [
        '<script id="__NEXT_DATA__" type="application/json">{}</script>',
        "<script>window.__STATE__ = {};</script>",
        '<script type="text/javascript">var a = 1; window["x"]={};(function(){{}})()</script>',
    ],
)
@pytest.mark.parametrize(
    "content",
    [
        [{"type": "text", "content": text} for text in PARAGRAPHS],
        list(PARAGRAPHS),
        "".join(f"<p>{text}</p>" for text in PARAGRAPHS),
    ],
    ids=["objects", "strings", "markup"],
)
def test_the_state_of_a_script_is_read_where_there_is_nothing_else(script, content):
    state = {
        "props": {
            "story": {"title": HEADLINE, "content": content},
            "next": {"title": "Other", "content": ["X. " * 900] * 2},
        }
    }
    story = extract(shell(scripts=script.format(json.dumps(state))))
    assert (texts(story)[0], texts(story)[-1], story.reader) == (PARAGRAPHS[0], PARAGRAPHS[-1], "script")


def test_a_note_in_a_stated_body_is_a_note():
    note = "Correction: An earlier version of this article misstated the number of bolts."
    story = extract(shell(head=stated("\n".join([*PARAGRAPHS, note]))))
    assert [n.text for n in story.notes] == [note]
    assert texts(story) == PARAGRAPHS


def test_what_served_last_time_is_asked_first():
    head = stated("\n".join(PARAGRAPHS))
    first = extract(shell(head=head))
    later = extract(
        page(head=head, text="<p>The page shows its article now, and it reads a little differently.</p>" * 9),
        memory=Memory(story=first),
    )
    assert (texts(later), later.reader) == (PARAGRAPHS, "json-ld")


@pytest.mark.parametrize("title", ["Log in", "We value your privacy", "Page not found", "Just a moment..."])
def test_a_wall_is_no_article_whatever_its_scripts_carry(title):
    state = json.dumps({"title": title, "content": list(PARAGRAPHS)})
    with pytest.raises(NotAnArticleError):
        extract(shell(title=title, scripts=f"<script>window.state = {state}</script>"))


@pytest.mark.parametrize(
    "script",
    [
        "<script>window.x = " + "[" * 100_000 + "</script>",
        '<script>window.x = {"a": </script>',
        "<script>" + "a = 1; " * 100_000 + "</script>",
        "<script>" * 100_000,
        '<script type="application/json">"' + "x. " * 100_000 + '"</script>',
    ],
)
def test_scripts_that_hold_no_story_make_none(script):
    with pytest.raises(NotAnArticleError):
        extract(shell(scripts=script))
