"""What is no article is said to be none, with the reason."""

import random

import pytest

from revtrack.errors import NotAnArticleError
from revtrack.extraction import extract

TEASERS = "".join(
    f'<h2><a href="/{n}">A headline that leads to story number {n}</a></h2><p>A line about story number {n}.</p>'
    for n in range(20)
)
PAGES = {
    "empty": b"",
    "blank": b"  \n ",
    "only a script": b"<html><head><title>The Post</title></head><body><div id=root></div><script>start()</script></body></html>",
    "binary": b"\x89PNG\r\n\x1a\n" + random.Random(2).randbytes(30_000),
    "challenge": "<title>Just a moment...</title><body><p>Checking if the site connection is secure. Please wait for it to load.</p>",
    "not found": "<title>404 Not Found</title><h1>Page not found</h1><p>The page that you asked for is not here any more. Try the search.</p>",
    "log in": "<title>Log in</title><h1>Log in to continue</h1><p>New here? Create a free account, and go on to read the story.</p>",
    "consent": "<h1>We value your privacy</h1><p>We and our partners store information on a device, such as cookies and identifiers.</p>",
    "section page": f"<h1>The Lenning Post</h1><div>{TEASERS}</div>",
}


@pytest.mark.parametrize("name", PAGES)
def test_no_article_is_made_of(name):
    with pytest.raises(NotAnArticleError) as refused:
        extract(PAGES[name], url="https://post.test/a")
    assert refused.value.name == "https://post.test/a"
    assert refused.value.why


def test_an_article_about_an_error_is_an_article():
    text = (
        "<h1>404 Not Found: how a message made history</h1>"
        + "<p>The message was first seen by people who had mistyped an address.</p>" * 30
    )
    assert extract(text).paragraphs
