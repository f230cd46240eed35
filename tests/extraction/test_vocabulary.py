"""Class names tell of chrome only where they mean it."""

import pytest

from revtrack.extraction.vocabulary import Chrome, chrome_of


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
