import json
from dataclasses import asdict

import pytest

from revtrack.extraction import extract
from revtrack.surrogates import without_lone_surrogates

HALF = "Storm \ud83c hits"
TEXT = "The storm killed twelve people on Monday, officials said, and cut the road to the port. "


def page_with(node):
    stated = f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **node})}</script>'
    return f"<html><head>{stated}</head><body><article><h1>Storm hits coast</h1><p>{TEXT}</p></article></body></html>"


@pytest.mark.parametrize(
    "node",
    [
        {"headline": HALF},
        {"author": {"name": HALF}},
        {"description": HALF * 3},
        {"correction": f"Correction: An earlier version said ten. {HALF}"},
        {"url": f"https://example.org/{HALF}", "mainEntityOfPage": HALF},
        {"inLanguage": HALF, "datePublished": HALF, "articleSection": HALF, "publisher": {"name": HALF}},
    ],
)
def test_half_a_character_stated_of_a_page_can_be_kept(node):
    story = extract(page_with(node), url="https://example.org/storm")
    json.dumps(asdict(story), default=str, ensure_ascii=False).encode()  # raises where it holds half a character


def test_half_a_character_in_a_pages_state_can_be_kept():
    state = json.dumps({"headline": HALF, "body": [TEXT + HALF] * 6})
    for script in (state, f"window.state = JSON.parse({json.dumps(state)})"):
        story = extract(
            f"<html><head><title>{TEXT}</title><script>var a = {script};</script></head><body></body></html>"
        )
        assert "Storm \ufffd hits" in story.text


def test_whole_characters_and_escaped_backslashes_stay():
    for whole in (r'"\ud83d\ude00"', r'"\\ud83d"', r'"\u00e9"'):
        assert without_lone_surrogates(whole) == whole
