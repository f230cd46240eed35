"""If the region is the same, the story is: over random edits of a page, and over what pages change around it."""

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bench.extraction.given import invented
from revtrack.errors import NotAnArticleError
from revtrack.extraction import Memory, extract
from revtrack.extraction.region import region_of

PAGES = [page.html for page in invented()]
PIECES = st.sampled_from(
    [
        *(
            "<script>var a = 1</script>",
            "<!-- built 12:01 -->",
            "<style>p {}</style>",
            '<meta name="request-id" content="7">',
        ),
        *(
            "<p>Correction: the bridge is 40 metres long, not 14.</p>",
            "</div>",
            "<div>",
            "<nav>",
            "</nav>",
            "<!--",
            "-->",
        ),
        *("<script>", "</script>", '<div class="related">', "<li><a href=/a>Storm closes school</a></li>", "<aside>"),
        *("A word. ", "7", "<textarea>", '<div data-a="<!--">', "<h1>Other</h1>", '<time datetime="2024-01-01">'),
    ]
)


def story_of(page, known):
    try:
        return extract(page, memory=Memory(story=known)).fingerprint
    except NotAnArticleError as error:
        return error.why


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.filter_too_much])
@given(
    st.sampled_from(PAGES), st.lists(st.tuples(st.floats(0, 1), st.integers(0, 400), PIECES), min_size=1, max_size=3)
)
def test_pages_of_one_region_tell_one_story(page, edits):
    changed = page
    for share, length, piece in edits:
        at = int(share * len(changed))
        changed = changed[:at] + piece + changed[at + (length if length < 40 else 0) :]
    region = region_of(page.encode(), basis="")
    assume(region and region == region_of(changed.encode(), basis=""))
    known = extract(page)
    assert story_of(changed, known) == story_of(page, known)


def page(*, head="", text="The harbour was closed on Monday.", foot="", between=""):
    return f"<html><head><title>Harbour</title>{head}</head><body><article><h1>Harbour</h1><p>{text}</p>{between}</article>{foot}</body></html>"


def most_read(*titles):
    return f'<aside class="most-read"><h4>Most read</h4><ul>{"".join(f"<li><a href=/{t}>{t}</a></li>" for t in titles)}</ul></aside>'


def same(one, other):
    first = region_of(one.encode(), basis="")
    return first != "" and first == region_of(other.encode(), basis="")


def test_scripts_comments_counters_and_other_articles_are_no_part_of_the_region():
    for state in (
        lambda n: page(head=f"<script nonce={n}>now = {n}</script>"),
        lambda n: page(between=f"<!-- {n} -->"),
        lambda n: page(head=f'<meta name="request-id" content="{n}">'),
        lambda n: page(foot=f'<div class="comments-count">Comments ({n})</div>'),
        lambda n: page(foot=most_read(f"Story {n}", "Another")),
    ):
        assert same(state(1), state(22)), state(1)


def test_whatever_may_be_the_story_is_part_of_the_region():
    note = "<p>Correction: the harbour was closed on Tuesday.</p>"
    for other in (
        page(text="The harbour was closed on Tuesday."),
        page(foot=note),
        page(foot=f'<aside class="most-read">{note}</aside>'),
        page(head='<script type="application/ld+json">{"@type": "NewsArticle"}</script>'),
        page(head='<meta property="og:title" content="Other">'),
        page(between="<!-- <p>a</p> --><p>More.</p>"),
    ):
        assert not same(page(), other), other


def test_a_page_that_may_be_read_in_two_ways_has_no_region():
    for odd in ('<div data-a="<!--">', "<script>", "<!--", "<plaintext>", "<!-- a --!>"):
        assert region_of(page(between=odd).encode(), basis="") == "", odd


def test_what_stands_behind_a_comment_that_may_end_in_two_ways_counts():
    three, eight = (page(between=f"<!-- a --!><p>{count} were hurt</p><!-- b -->") for count in (3, 8))
    assert region_of(three.encode(), basis="") != region_of(eight.encode(), basis="")


def test_hostile_nesting_costs_little():
    assert region_of(b'<div class="related">' * 20_000, basis="") is not None
    assert region_of(b"<script><!--" * 50_000, basis="") == ""
    assert region_of(b"<div class=nav><a >" * 20_000, basis="") is not None
