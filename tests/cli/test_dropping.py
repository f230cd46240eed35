"""What is dropped is not looked at any more, loses nothing, and comes back when a person asks for it."""

import json

import pytest


@pytest.fixture
def followed(revtrack, newsroom):
    """A newsroom whose feed is followed, and whose one article was looked at."""
    item = f"<item><title>Storm</title><link>{newsroom.url('/story')}</link></item>"
    newsroom.publish("/feed.xml", f"<rss version='2.0'><channel><title>News</title>{item}</channel></rss>")
    revtrack("add", newsroom.url("/feed.xml"))
    revtrack("check")
    return newsroom


def asked_for(newsroom):
    return [request.target.partition("?")[0] for request in newsroom.requests]


def test_a_dropped_article_is_not_looked_at_until_it_is_added_again(revtrack, followed):
    revtrack("drop", "/story")
    revtrack("check", "--all")
    assert asked_for(followed).count("/story") == 1
    assert len(json.loads(revtrack("show", "/story", "--all", "--json").stdout)) == 1
    revtrack("add", followed.url("/story"))
    revtrack("check")
    assert asked_for(followed).count("/story") == 2


def test_a_dropped_source_is_not_read_and_what_it_brought_stays(revtrack, followed):
    done = revtrack("drop", "feed.xml")
    assert "1 dropped; what was seen, and what a source brought, stays" in done.stderr
    revtrack("check", "--all")
    assert asked_for(followed).count("/feed.xml") == 1
    assert asked_for(followed).count("/story") == 2
    assert "feed.xml" not in revtrack("list").stdout
    revtrack("verify")
    assert "1 new in" in revtrack("add", followed.url("/feed.xml")).stderr
    revtrack("check")
    assert asked_for(followed).count("/feed.xml") == 2


@pytest.mark.usefixtures("followed")
def test_one_wrong_name_drops_nothing(complaint, revtrack):
    assert "no tracked article fits 'nosuch'" in complaint("drop", "/story", "nosuch")
    assert "retired" not in revtrack("list").stdout


def test_what_the_settings_follow_is_taken_out_there(complaint, home, followed):
    with (home / "revtrack.toml").open("a", encoding="utf-8") as settings:
        settings.write(f'[[source]]\nurl = "{followed.url("/feed.xml")}"\n')
    assert "stands under [[source]] in the settings" in complaint("drop", "feed.xml")


def test_words_that_others_use_for_it_lead_there(complaint):
    assert "'revtrack drop' stops looking" in complaint("remove", "2")


def test_the_name_of_a_file_that_is_not_there_is_no_site_and_makes_no_archive(complaint, home):
    assert "there is no such file here" in complaint("add", "urls.txt")
    assert not list((home / "snapshots").iterdir())
