"""Class names tell of chrome only where they mean it."""

import re

import pytest

from revtrack.extraction.vocabulary import ALIEN_SIGNS, Chrome, chrome_of


@pytest.mark.parametrize(
    ("tag", "names", "told"),
    [
        ("div", "share-bar", Chrome.YES),
        ("div", "shareBar", Chrome.YES),
        ("div", "share_bar", Chrome.YES),
        ("div", "shareholders", Chrome.NO),
        ("div", "related-stories", Chrome.ALIEN),
        ("div", "also-read", Chrome.ALIEN),
        ("nav", "", Chrome.ALIEN),
        ("footer", "", Chrome.YES),
        ("article", "post comments-open no-sidebar", Chrome.NO),
        ("div", "social-media-embed", Chrome.MAYBE),
        ("div", "css-9ad3xq sc-1share2 kJgAdZ", Chrome.NO),
        ("div", "correction", Chrome.NO),
        ("p", "editors-note", Chrome.NO),
    ],
)
def test_names_are_read_by_their_words(tag, names, told):
    assert chrome_of(tag, names) == told


def test_names_made_from_an_innocent_one_tell_nothing():
    assert chrome_of("div", "sidebar-grid__content") == Chrome.YES
    assert chrome_of("div", "sidebar-grid__content", "", ("sidebar-grid",)) == Chrome.NO


@pytest.mark.parametrize("names", ["toc_1", "how-to-search-a-job", "nav_what_is_next"])
def test_names_of_a_heading_are_its_own_words(names):
    assert chrome_of("div", names) >= Chrome.YES
    assert chrome_of("h2", names) <= Chrome.MAYBE


def test_a_heading_that_only_machines_see_is_chrome():
    assert chrome_of("h2", "visually-hidden") == Chrome.YES


@pytest.mark.parametrize("names", ["print:hidden", "[&_.ad]:my-0", "lg:sidebar"])
def test_names_that_say_how_a_box_looks_tell_nothing(names):
    assert chrome_of("div", names) == Chrome.NO


@pytest.mark.parametrize("tag", ["div", "nav", "dialog", "menu", "amp-list", "amp-sticky-ad"])
@pytest.mark.parametrize("role", ["", "search", "alertdialog", "main"])
@pytest.mark.parametrize("names", ["text", "most-read 3up", "you_may like", "box2 latest css-1a stories", "cookies"])
def test_no_box_is_alien_without_a_word_that_may_tell_so(tag, role, names):
    said = set(re.findall("[a-z]+", f"{tag} {names} {role}"))
    assert chrome_of(tag, names, role) < Chrome.ALIEN or not ALIEN_SIGNS.isdisjoint(said)
