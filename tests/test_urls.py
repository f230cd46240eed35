import pytest
from hypothesis import given
from hypothesis import strategies as st

from revtrack import urls
from revtrack.errors import BadURLError
from revtrack.urls import (
    article_key,
    canonical,
    host_of,
    is_front_or_section,
    is_gate,
    is_sent_away,
    resolve,
    well_formed,
)

PIECES = st.sampled_from(
    [
        ".",
        "..",
        "%2e",
        "%41",
        "%zz",
        "%",
        "a",
        "ä",
        "/",
        "//",
        "?",
        "&",
        "=",
        "#",
        "utm_source=x",
        "id=7",
        " ",
        "+",
        "[",
        "|",
        "%2F",
        "~",
    ]
)
HOSTS = st.sampled_from(
    ["example.org", "EXAMPLE.org.", "straße.de", "127.0.0.1:8700", "[::1]:80", "xn--strae-oqa.de", "a_b.org:443"]
)
ADDRESSES = st.builds(
    lambda scheme, host, rest: f"{scheme}{host}/{''.join(rest)}",
    st.sampled_from(["", "http://", "HTTPS://", "//"]),
    HOSTS,
    st.lists(PIECES, max_size=12),
)


@given(ADDRESSES)
def test_canonical_twice_is_canonical_once(address):
    once = canonical(address)
    assert canonical(once) == once
    assert well_formed(once) == once
    assert article_key(once) == article_key(address)


@given(st.text(max_size=60))
def test_any_text_has_a_canonical_form_or_a_reason_why_not(text):
    try:
        url = canonical(text)
    except BadURLError:
        return
    assert url.startswith(("http://", "https://"))
    assert " " not in url


@pytest.mark.parametrize(
    ("given_url", "expected"),
    [
        ("example.org/story", "https://example.org/story"),
        ("//example.org/story", "https://example.org/story"),
        ("localhost:8700/x", "http://localhost:8700/x"),
        ("127.0.0.1:8700", "http://127.0.0.1:8700/"),
        ("HTTP://Example.ORG:80/A/./b/../C?x=%7e#part", "http://example.org/A/C?x=~"),
        ("https://example.org?id=3", "https://example.org/?id=3"),
        ("https://example.org./a", "https://example.org/a"),
        ("https://straße.example/ü?q=é", "https://xn--strae-oqa.example/%C3%BC?q=%C3%A9"),
        ("https://example.org/a%2fb%00c", "https://example.org/a%2Fb%00c"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("https://example.org/%2e%2e/a", "https://example.org/a"),
        ("http://[2606:4700:0:0::1]:80/", "http://[2606:4700::1]/"),
        ("https://example.org/a b", "https://example.org/a%20b"),
    ],
)
def test_one_resource_has_one_spelling(given_url, expected):
    assert canonical(given_url) == expected


def test_parameters_that_only_track_are_dropped_and_no_others():
    kept = "https://example.org/story?id=7&ref=12&cid=9&source=a&a=1&a=2"
    noisy = "https://example.org/story?utm_source=x&id=7&ref=12&fbclid=Z&cid=9&UTM_Medium=y&source=a&gclid=1&a=1&a=2&at_medium=RSS"
    assert canonical(noisy) == kept
    assert canonical("https://example.org/story?utm_source=x") == "https://example.org/story"


def test_a_well_formed_url_keeps_what_the_server_asked_for():
    assert well_formed("https://example.org/x?utm_source=feed#top") == "https://example.org/x?utm_source=feed"


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ("", "empty"),
        ("Old headline", "https://example.org/story"),
        ("story", "https://example.org/story"),
        ("file:///etc/passwd", "only http"),
        ("file:/etc/passwd", "only http"),
        ("javascript:alert(1)", "only http"),
        ("data:text/html,x", "only http"),
        ("gopher://example.org/", "only http"),
        ("mailto:desk@example.org", "only http"),
        ("https://user:secret@example.org/", "user name"),
        ("http://127.0.0.1:80\\@example.org/", "user name"),
        ("http://example.org\\.evil.example/", "backslash"),
        ("http://2130706433/", "no plain IPv4"),
        ("http://0x7f000001/", "no plain IPv4"),
        ("http://0177.0.0.1/", "no plain IPv4"),
        ("http://127.1/", "no plain IPv4"),
        ("http://①②⑦.0.0.1/", "no plain IPv4"),
        ("http://%31%32%37.0.0.1/", "percent"),
        ("http://[::1/", "no host name"),
        ("http://[fe80::1%eth0]/", "percent"),
        ("http:///story", "names no host"),
        ("http://example.org:99999/", "port"),
        ("http://example.org:x/", "port"),
        ("http://exa\u200dmple.org/", "invisible"),
        ("http://example.org/a\nb", "control"),
        ("https://example.org/" + "a" * 9000, "longer"),
    ],
)
def test_what_could_mean_two_things_is_refused_with_a_reason(bad, why):
    with pytest.raises(BadURLError, match=why):
        canonical(bad)


def test_a_refused_url_does_not_show_its_password():
    with pytest.raises(BadURLError) as caught:
        canonical("https://user:secret@example.org/")
    assert "secret" not in str(caught.value)


def test_a_host_may_be_long_without_costing_time():
    with pytest.raises(BadURLError):
        canonical("http://" + "é" * 8000 + "/")


def test_links_resolve_against_their_page_and_keep_to_http():
    assert resolve("https://example.org/a/b", "../c?x=1#y") == "https://example.org/c?x=1"
    assert resolve("https://example.org/a", "//other.example/z") == "https://other.example/z"
    for bad in ("javascript:alert(1)", "http://[::1/%zz", "file:/etc/passwd", "http://a@b.example/", "\x0bx"):
        with pytest.raises(BadURLError):
            resolve("https://example.org/", bad + "\x01" if bad == "\x0bx" else bad)


@pytest.mark.parametrize(
    "other",
    [
        "http://example.org/news/story-one?b=2&a=1",
        "https://m.example.org/news/story-one/?a=1&b=2",
        "https://www.example.org/news/story-one/amp/?a=1&b=2",
        "https://amp.example.org/news/story-one?a=1&b=2&amp=1",
        "https://example.org/amp/news/story-one?a=1&b=2&outputType=amp",
        "https://example-org.cdn.ampproject.org/c/s/example.org/news/story-one?a=1&b=2",
        "https://www.google.com/amp/s/example.org/news/story-one?a=1&b=2",
        "https://example.org/news/story-one/index.html?a=1&b=2&utm_campaign=x",
    ],
)
def test_one_article_is_one_at_all_its_addresses(other):
    assert article_key(other) == article_key("https://www.example.org/news/story-one?a=1&b=2")


@pytest.mark.parametrize(
    "other",
    [
        "https://example.org/news/Story-one",
        "https://example.org/news/story-two",
        "https://example.org/news/story-one?id=2",
        "https://news.example.org/news/story-one",
        "https://example.org:8443/news/story-one",
        "https://example.org/news/ramp/story-one",
        "https://example.org/news/story-one?camp=1",
    ],
)
def test_what_may_be_another_article_is_not_merged(other):
    assert article_key(other) != article_key("https://example.org/news/story-one")


def test_front_pages_and_sections_are_known_by_their_shape():
    for page in (
        "https://example.org/",
        "https://example.org/news",
        "https://example.org/world/asia/",
        "https://example.org/world/index.html",
        "https://example.org/2024/not-found",
    ):
        assert is_front_or_section(page), page
    for page in (
        "https://example.org/news/c4g5k",
        "https://example.org/2024/11/20/mayor",
        "https://example.org/mayor-says-no-again",
        "https://example.org/?p=123",
        "https://example.org/a/b/c/d",
        "https://example.org/story.html",
        "https://example.org/mayor-denies",
        "https://example.org/2019/11/18/politics/mayor-denies/index.html",
    ):
        assert not is_front_or_section(page), page


def test_a_redirect_to_the_front_or_a_parent_is_away_and_to_a_new_slug_is_not():
    article = "https://example.org/news/2024/mayor-denies-it.html"
    for away in (
        "https://example.org/",
        "https://example.org/news",
        "https://example.org/news/2024/",
        "https://parked.example/",
        "https://example.org/x/y/home",
        "https://example.org/?notfound=1",
    ):
        assert is_sent_away(article, away), away
    for moved in (
        "https://www.example.org/news/2024/mayor-denies-it.html",
        "https://example.org/news/2024/mayor-admits-it.html",
        "https://example.org/news/articles/c4g5k",
        "https://example.org/?p=1",
        "https://example.org/?article=4021",
    ):
        assert not is_sent_away(article, moved), moved


def test_gates_are_known_by_their_address():
    for gate in (
        "https://example.org/login?next=/story",
        "https://consent.example.org/collect",
        "https://example.org/account/sign-in",
        "https://example.org/captcha.html",
    ):
        assert is_gate(gate), gate
    for page in ("https://example.org/news/consent-decree-signed", "https://example.org/login-problems-at-bank"):
        assert not is_gate(page), page


def test_the_host_has_its_port_only_where_it_says_something():
    assert host_of("http://Example.org:80/a") == "example.org"
    assert host_of("http://[::1]:8700/a") == "[::1]:8700"
    assert urls.origin_of("https://example.org/a?b") == "https://example.org"
    assert urls.split("http://[::1]:8700/a?b") == ("http", "::1", 8700, "/a?b")
