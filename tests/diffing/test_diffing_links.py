"""Which links are told to lead elsewhere, and which only have another address for the same page."""

from dataclasses import replace

import pytest

from revtrack import Story, diff, extract
from revtrack.model import Link

HOME = "https://www.paper.example/2026/ferries"
REPORT = "report of the harbour office"
TEXT = f"A {REPORT} had warned of rust in the hulls two years ago, and the mayor, Ida Moreau, read it."
GOV, LOBBY = "https://gov.example/2024/hulls.pdf", "https://lobby.example/press/hulls-are-fine"


def story(*links, edit="", text=TEXT, **more):
    """A page of two paragraphs with links, each an address, or one and its words."""
    known = tuple(Link(*link) if isinstance(link, tuple) else Link(link, REPORT) for link in links)
    told = Story.from_paragraphs("Ferries stop", [text, f"The ferries stop on Monday.{edit}"])
    return replace(told, **{"links": known, "canonical_url": HOME, **more})


def links(old, new):
    return [(field.words, field.old, field.new) for field in diff(old, new).fields if field.field == "link"]


def relinked(before, after, **more):
    return links(story(*before), story(*after, edit=" Buses run.", **more))


def test_another_address_behind_the_same_words_is_told_beside_an_edit():
    assert relinked([GOV], [LOBBY]) == [(REPORT, GOV, LOBBY)]


def test_another_address_alone_is_no_difference():
    assert not links(story(GOV), story(LOBBY))


def test_a_link_is_none_of_the_changes():
    found = diff(story(GOV), story(LOBBY, edit=" Buses run."))
    assert [change.new for change in found.changes] == ["Buses run."]


def test_links_are_read_from_pages():
    page = f'<html><head><link rel="canonical" href="{HOME}"></head><body><article><h1>Ferries stop</h1><p>{{}}</p></article>'
    linked = TEXT.replace(REPORT, f'<a href="{{}}">{REPORT}</a>')
    rest = "<p>The islanders' council called a meeting for Thursday evening in the school hall at Norrick.{}</p>"
    old, new = (extract(page.format(linked.format(url) + rest.format(x))) for url, x in ((GOV, ""), (LOBBY, " Free.")))
    assert links(old, new) == [(REPORT, GOV, LOBBY)]


@pytest.mark.parametrize(
    "same",
    [
        "http://gov.example/2024/hulls.pdf",
        "https://www.gov.example/2024/hulls.pdf",
        "https://m.gov.example/2024/hulls.pdf/",
        "https://gov.example/2024/hulls.pdf?utm_source=feed&ref=home#page=3",
        "https://gov.example/2024/amp/hulls.pdf",
        "https://files.gov.example/archive/hulls.pdf",
        "https://go.shops.example/?id=7&url=https%3A%2F%2Fgov.example%2F2024%2Fhulls.pdf&xs=1",
        "https://web.archive.org/web/20240101000000/https://gov.example/2024/hulls.pdf",
        "https://ab.cd/3xYz12",
    ],
)
def test_an_address_for_the_same_page_is_not_told(same):
    assert not relinked([GOV], [same])
    assert not relinked([same], [GOV])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("https://www.paper.example/news/1234567-ferries-stop", "https://www.paper.example/story/1234567-no-ferries"),
        ("https://www.paper.example/tag/harbour", "https://www.paper.example/topics/harbour"),
        ("https://social.example/ida/status/170012345678901", "https://renamed.example/ida/status/170012345678901"),
        (
            "https://gov.example/wiki/Talk%3AHulls",
            "https://go.example/?url=https%3A%2F%2Fgov.example%2Fwiki%2FTalk%253AHulls",
        ),
    ],
)
def test_a_page_that_its_site_moved_is_the_same(before, after):
    assert not relinked([before], [after])


def test_a_site_that_got_another_name_leads_to_its_own_pages_still():
    moved = "https://www.journal.example/2026/harbour"
    assert not relinked(
        [HOME.replace("ferries", "harbour")], [moved], canonical_url="https://www.journal.example/2026/ferries"
    )


def test_two_pages_of_one_day_are_two():
    days = "https://gov.example/20240512/hulls", "https://gov.example/20240512/piers"
    assert relinked([days[0]], [days[1]])


def test_a_page_that_became_the_front_page_is_told():
    assert relinked([GOV], ["https://gov.example/"])


def test_a_link_that_went_from_words_that_stayed_is_told():
    assert relinked([GOV], []) == [(REPORT, GOV, "")]


@pytest.mark.parametrize(
    ("before", "after", "more"),
    [
        (["https://www.paper.example/topics/harbour"], [], {}),  # of the own site, which scripts link
        ([GOV], [(GOV, "had warned")], {}),  # on other words
        ([GOV], [(LOBBY, f"A {REPORT}")], {}),  # on more words
        ([GOV], [], {"canonical_url": "", "text": TEXT.replace("office", "board")}),  # words that went
        ([GOV], [], {"reader": "json-ld"}),  # of a body that knows no links
        ([], [GOV], {}),
    ],
)
def test_a_link_that_came_or_only_seems_to_have_gone_is_not_told(before, after, more):
    assert not relinked(before, after, **more)


def test_that_a_link_went_is_not_told_where_the_site_is_not_known():
    assert not links(story(GOV, canonical_url=""), story(edit=" Buses run.", canonical_url=""))


WORDS = (REPORT, "had warned of rust", "two years ago", "Ida Moreau")


@pytest.mark.parametrize("after", [[], [(f"https://fresh.example/p/{word[:3]}", word) for word in WORDS]])
def test_several_links_of_one_host_at_once_are_a_rule(after):
    before = [(f"https://gov.example/{place}/{word[-3:]}", word) for place, word in enumerate(WORDS)]
    assert not relinked(before, after)
    assert len(relinked(before, [*before[:2], (LOBBY, WORDS[2]), (GOV, WORDS[3])])) == 2


def test_words_that_stand_elsewhere_too_count_if_all_stay():
    twice = f"{TEXT} The {REPORT} was not passed on."
    assert links(story(GOV, text=twice), story(LOBBY, text=twice, edit=" Buses run."))
    assert not links(story(GOV, text=twice), story(LOBBY, edit=" Buses run."))


def test_a_lone_word_kept_by_chance_is_no_link_that_stayed():
    old = story((GOV, "report"), text="A report had warned.")
    assert not links(old, story((LOBBY, "report"), text="Nobody knew of any report then, he said.", edit=" Buses run."))


def test_a_pointer_to_other_articles_of_the_site_is_not_told():
    pointer = "Read more about the winter timetable"
    addresses = ("https://www.paper.example/1/piers", pointer), ("https://www.paper.example/2/rails", pointer)
    assert not relinked([addresses[0]], [addresses[1]], text=pointer)
    sides = [story(link, text=pointer, edit=edit) for link, edit in zip(addresses, ("", " Buses run."), strict=True)]
    assert not links(*sides)
    inline = [
        story(link, text=f"{pointer} here.", edit=edit) for link, edit in zip(addresses, ("", " So."), strict=True)
    ]
    assert links(*inline)


@pytest.mark.parametrize(
    "broken", ["https://gov.example:99999/", "https://[::1/", "http://", "ftp://gov.example/a", ""]
)
def test_what_is_no_address_is_not_told(broken):
    assert not relinked([broken], [LOBBY])
    assert not relinked([GOV], [broken, (GOV, "rust")])


def test_many_long_addresses_take_no_time():
    old, new = ([(f"https://gov.example/{'a' * 900}{side}{place}", "here") for place in range(100)] for side in "bc")
    assert not relinked(old, new)
