"""Feeds hold to their standards, name an entry once for good, and carry nothing that a page could have meant for us."""

import json
import re
from dataclasses import replace
from datetime import datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path

import feedparser
import pytest
from lxml import etree

from revtrack.rendering.feeds import Feed, atom, entry_id, json_feed
from revtrack.rendering.fragment import html_fragment
from tests.rendering.reporting import PAYLOADS, START, hostile, plain, reported

ARCHIVE = "revtrack/0123456789abcdef"
ABOUT = Feed("All edits", ARCHIVE, home="https://site.test/", address="https://site.test/feed.xml")
SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))


class Markup(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.found, self.text = [], ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, tuple(attrs)))

    def handle_data(self, data):
        self.text += data


def entries():
    return [plain(), hostile(), replace(plain(), link="https://site.test/7/1-2.html")]


def test_atom_is_what_rfc_4287_asks_for_whatever_pages_say():
    text = atom(entries(), ABOUT)
    SCHEMA.assertValid(etree.fromstring(text.encode()))
    SCHEMA.assertValid(etree.fromstring(atom([], replace(ABOUT, updated=START)).encode()))


def test_a_reader_finds_titles_links_times_and_the_diff():
    read = feedparser.parse(atom(entries(), ABOUT))
    assert not read.bozo
    assert (read.feed.title, read.feed.link) == ("All edits", "https://site.test/")
    first, _, linked = read.entries
    assert first.title == "Storm hits coast (substantive, undisclosed)"
    assert first.link == "https://a.test/storm"
    assert linked.link == "https://site.test/7/1-2.html"
    assert "<del>12</del> <ins>21</ins>" in first.content[0].value
    assert first.updated == "2024-11-20T09:00:00Z"
    assert {tag.term for tag in first.tags} == {"substantive", "undisclosed"}


def test_json_feed_is_what_version_1_1_asks_for():
    feed = json.loads(json_feed(entries(), ABOUT))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == ABOUT.address
    texts = {"id", "url", "external_url", "title", "content_html", "summary", "date_published", "date_modified"}
    for item in feed["items"]:
        assert item["id"]
        assert item["content_html"]
        assert set(item) <= texts | {"tags", "_revtrack"}
        assert all(isinstance(item[name], str) for name in texts & set(item))
        assert all(isinstance(tag, str) for tag in item["tags"])
        assert datetime.fromisoformat(item["date_published"]) <= datetime.fromisoformat(item["date_modified"])
    assert feed["items"][2]["url"] == "https://site.test/7/1-2.html"
    assert feed["items"][2]["external_url"] == "https://a.test/storm"


def test_an_entry_keeps_its_id_when_it_is_judged_again_moved_or_counted_anew():
    report = plain()
    later = replace(
        report,
        judged_at=START + timedelta(hours=5),
        link="https://elsewhere.test/1",
        article=replace(report.article, url="https://a.test/other"),
        revision=replace(report.revision, old=4, new=5),
    )
    assert (
        entry_id(later, ARCHIVE)
        == entry_id(report, ARCHIVE)
        == ("tag:0123456789abcdef.revtrack.invalid,2024:article/7/20241120T090000Z")
    )
    assert "<updated>2024-11-20T14:00:00Z</updated><published>2024-11-20T09:00:00Z</published>" in atom([later], ABOUT)
    assert json.loads(json_feed([later], ABOUT))["items"][0]["date_modified"] == "2024-11-20T14:00:00Z"


def test_two_archives_two_articles_and_two_parts_never_share_an_id():
    report = plain()
    other = replace(report, article=replace(report.article, id=8))
    assert len({entry_id(report, ARCHIVE), entry_id(other, ARCHIVE), entry_id(report, "revtrack/ffff")}) == 3
    ids = {
        re.search("<id>(.*?)</id>", atom([], replace(ABOUT, part=part)))[1] for part in ("", "article/7", "source/7")
    }
    assert len(ids) == 3


@pytest.mark.parametrize("write", [atom, json_feed])
def test_no_markup_of_a_page_survives_in_a_feed(write):
    text = write([hostile()], ABOUT)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\u202e\u2066\ufffe]", text)
    assert "javascript:" not in re.sub(r"(?s)<content.*?</content>|\"content_html\".*?\n|<title>.*?</title>", "", text)
    content = (
        json.loads(text)["items"][0]["content_html"]
        if write is json_feed
        else (etree.fromstring(text.encode()).findtext(".//{*}content"))
    )
    markup = Markup(content)
    assert {tag for tag, _ in markup.found} <= {"p", "strong", "em", "del", "ins", "br", "blockquote"}
    assert {attribute for _, attributes in markup.found for attribute in attributes} <= {("dir", "auto")}
    assert PAYLOADS[0] in markup.text


def test_strike_and_underline_are_what_readers_of_feeds_keep():
    shown = feedparser.parse(atom([plain()], ABOUT)).entries[0].content[0].value  # what its sanitiser let through
    assert shown.replace("\n", "").replace("<br />", "<br>") == html_fragment(plain().revision).replace("\n", "")


def test_an_endless_page_does_not_make_an_endless_entry():
    old = ["Head", *(f"Paragraph {n} says one thing and has {n} words." for n in range(900))]
    new = ["Head", *(f"Item {n * 3} tells us another of {n} such!" for n in range(900)), "x" * 500_000]
    assert len(html_fragment(reported(old, new).revision)) < 400_000
