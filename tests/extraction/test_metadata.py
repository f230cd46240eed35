"""What a page states of its article, and where."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revtrack.extraction import STAMP, extract
from revtrack.extraction.dates import read_time
from revtrack.extraction.structured import Structured, read_structured
from tests.extraction.lenning import HEADLINE, body, page

JSON_LD = """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "x"},
{"@type": ["NewsArticle"], "headline": "Harbour bridge stays closed until Friday", "author": [{"@type": "Person", "name": "Ida Moreau"},
{"name": "Al Wu"}], "datePublished": "2024-11-20T10:05:00+01:00", "dateModified": "2024-11-21T08:00:00Z",
"articleSection": "City", "publisher": {"name": "The Lenning Post"}}]}</script>"""


def test_json_ld_states_names_times_and_section():
    story = extract(page(head=JSON_LD))
    assert (story.byline, story.section, story.site) == ("Ida Moreau, Al Wu", "City", "The Lenning Post")
    assert story.published == datetime(2024, 11, 20, 9, 5, tzinfo=UTC)
    assert story.modified == datetime(2024, 11, 21, 8, 0, tzinfo=UTC)
    assert {(stamp.what, stamp.source) for stamp in story.stamps} == {("published", "json-ld"), ("modified", "json-ld")}
    assert story.extractor == STAMP


def test_meta_tags_and_visible_dates_are_kept_with_their_source():
    head = '<meta property="article:published_time" content="2024-11-20">'
    story = extract(
        page(head=head, text='<div class="date"><time datetime="2024-11-20T09:30Z">20 Nov</time></div>' + body())
    )
    assert [(stamp.source, stamp.precise) for stamp in story.stamps] == [("meta", False), ("time", True)]


def test_language_and_address_are_read():
    story = extract(page(head='<link rel="canonical" href="/2024/bridge">'), url="https://post.test/amp/bridge?x=1")
    assert (story.language, story.canonical_url) == ("en", "https://post.test/2024/bridge")


def test_the_headline_that_the_page_shows_wins_over_the_stated_one():
    assert extract(page(headline=HEADLINE)).headline == HEADLINE
    titled = page().replace(f"<h1>{HEADLINE}</h1>", "")
    assert extract(titled).headline == HEADLINE


def test_a_byline_is_read_from_the_page():
    assert extract(page(above='<p class="byline">By Ida Moreau and Al Wu</p>')).byline == "Ida Moreau, Al Wu"


def test_a_publisher_does_not_sign_where_a_person_does():
    head = JSON_LD.replace(
        '[{"@type": "Person", "name": "Ida Moreau"},\n{"name": "Al Wu"}]', '{"name": "The Lenning Post"}'
    )
    assert extract(page(head=head, above='<p class="byline">By Ida Moreau</p>')).byline == "Ida Moreau"


@pytest.mark.parametrize(
    ("stated", "free"),
    [("true", True), ('"False"', False), ('"http://schema.org/True"', True), ("null", None), ('"perhaps"', None)],
)
def test_whether_it_is_free_is_as_stated(stated, free):
    node = f'{{"@type": "ReportageNewsArticle", "isAccessibleForFree": {stated}}}'
    story = extract(page(head=f'<script type="application/ld+json">{node}</script>'))
    assert (story.free, story.schema_type, story.live) == (free, "ReportageNewsArticle", False)


def test_a_metered_tier_is_not_free():
    assert extract(page(head='<meta property="article:content_tier" content="metered">')).free is False


def test_a_live_blog_is_known_by_its_type_or_its_address():
    typed = '<script type="application/ld+json">{"@type": "LiveBlogPosting"}</script>'
    assert extract(page(head=typed)).live
    assert extract(page(), url="https://post.test/live/2024/bridge").live
    assert not extract(page(), url="https://post.test/lives-of-the-poets").live


def test_of_several_articles_the_one_that_the_title_names_is_meant():
    nodes = [
        {"@type": "NewsArticle", "headline": text, "articleSection": text[:5]} for text in ("Another story", HEADLINE)
    ]
    assert (
        extract(page(head=f'<script type="application/ld+json">{json.dumps(nodes)}</script>')).section == HEADLINE[:5]
    )


def test_articles_that_are_only_listed_are_not_meant():
    listed = {
        "@type": "ItemList",
        "itemListElement": [{"@type": "NewsArticle", "headline": "x", "articleSection": "Other"}],
    }
    assert extract(page(head=f'<script type="application/ld+json">{json.dumps(listed)}</script>')).section == ""


def test_a_script_that_is_no_json_still_gives_its_times():
    broken = '{"@type": "NewsArticle", "headline": "A "quoted" word", "datePublished": "2024-11-20T10:05:00Z"}'
    story = extract(page(head=f'<script type="application/ld+json">{broken}</script>'))
    assert story.published == datetime(2024, 11, 20, 10, 5, tzinfo=UTC)


def test_what_machines_alone_see_is_no_part_of_the_fingerprint():
    head = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": true, "image": "https://x.test/i.jpg"}</script>'
    assert extract(page(head=head)).fingerprint == extract(page()).fingerprint


@pytest.mark.parametrize(
    "source",
    ["{", "[]", "null", '{"@type": 5}', '{"@type": "Article", "author": {"name": {"x": []}}, "datePublished": 7}'],
)
def test_broken_json_ld_states_nothing(source):
    assert extract(page(head=f'<script type="application/ld+json">{source}</script>')).headline == HEADLINE


@pytest.mark.parametrize(
    ("text", "year_month_day", "precise"),
    [
        ("2024-11-20T10:05:00Z", (2024, 11, 20), True),
        ("2024-11-20T23:30:00-05:00", (2024, 11, 21), True),
        ("20241120", (2024, 11, 20), False),
        ("Posted on 11/20/2024", (2024, 11, 20), False),
        ("20.11.2024", (2024, 11, 20), False),
        ("Nov. 20, 2024 at 3:15 p.m.", (2024, 11, 20), True),
        ("20 de noviembre de 2024", (2024, 11, 20), False),
        ("20. November 2024", (2024, 11, 20), False),
        ("Wed, 20 Nov 2024 10:05:00 GMT", (2024, 11, 20), True),
    ],
)
def test_times_are_read_as_machines_and_people_write_them(text, year_month_day, precise):
    at, known = read_time(text)
    assert ((at.year, at.month, at.day), known) == (year_month_day, precise)


@pytest.mark.parametrize(
    ("text", "language", "stated"),
    [
        ("Updated 5:30 p.m. ET, Nov. 20, 2024", "en", "2024-11-20T22:30"),
        ("Nov. 20, 2024 / 3:15 PM EST", "en", "2024-11-20T20:15"),
        ("Nov. 20, 2024 @ 3:15 PM", "", "2024-11-20T15:15"),
        ("Wed 20 Nov 2024 12.10 CET", "en", "2024-11-20T11:10"),
        ("20 ноября 2024, 10:05", "ru", "2024-11-20T10:05"),
        ("2024年11月20日 10時05分", "ja", "2024-11-20T10:05"),
        ("3 may 2024", "en", "2024-05-03T00:00"),
        ("20 listopada 2024", "pl", "2024-11-20T00:00"),
        ("1/2/2024", "en", "2024-01-02T00:00"),
        ("1/2/2024", "", "2024-01-02T00:00"),
        ("1/2/2024", "fr", "2024-02-01T00:00"),
        ("1.2.2024", "en", "2024-02-01T00:00"),
        ("In 2024 as in 1999: 20 November 2024", "en", "2024-11-20T00:00"),
    ],
)
def test_a_date_in_words_is_read_as_in_a_note(text, language, stated):
    at, precise = read_time(text, language=language)
    assert (f"{at:%Y-%m-%dT%H:%M}", precise) == (stated, not stated.endswith("00:00"))


def test_the_language_of_the_page_tells_what_its_slashes_mean():
    shown = page(head='<meta name="date" content="03/04/2024">')
    for language, month in (("en", 3), ("fr", 4)):
        story = extract(shown.replace('lang="en-GB"', f'lang="{language}"'))
        assert [stamp.at.month for stamp in story.stamps if stamp.source == "meta"] == [month]


@pytest.mark.parametrize(
    "text", ["November 2024", "20 November", "Nov. 20 at 3 p.m.", "2024", "Flight 2024 left at 10:05"]
)
def test_less_than_a_whole_date_is_none(text):
    assert read_time(text) is None


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2024-13-45", "31/31/2024", "February 30, 2024", "9" * 500, "2024-11-20T99:99:99+99:99"]
)
def test_what_is_no_time_is_none(text):
    assert read_time(text) is None


WORDS = st.sampled_from(
    [
        "@type",
        "@id",
        "NewsArticle",
        "author",
        "name",
        "headline",
        "datePublished",
        "image",
        "url",
        "isAccessibleForFree",
    ]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | WORDS | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=6),
    max_leaves=30,
)


@given(JSON)
def test_any_json_is_read_without_complaint(value):
    assert isinstance(read_structured([json.dumps({"@type": "Article", "@graph": value})]), Structured)


@given(st.text())
def test_any_text_states_a_time_or_none(text):
    read = read_time(text)
    assert read is None or read[0].tzinfo is UTC
