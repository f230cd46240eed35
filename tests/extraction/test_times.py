"""When an article was published and changed, each statement with its source."""

import json
from datetime import UTC, datetime

import pytest

from revtrack.extraction import extract
from revtrack.extraction.dates import read_time
from revtrack.extraction.metadata import read_metadata
from revtrack.extraction.parsing import parse
from revtrack.extraction.structured import Structured
from tests.extraction.lenning import body, page


def stated(above="", *, head="", below="", url=None, language="en-GB"):
    """Return what a page states: (what, source, day) of each stamp."""
    html = page(head=head, above=above, below=below).replace('lang="en-GB"', f'lang="{language}"')
    return [(s.what, s.source, f"{s.at:%Y-%m-%d}") for s in extract(html, url=url).stamps]


def json_ld(**times):
    return f'<script type="application/ld+json">{json.dumps({"@type": "Article", **times})}</script>'


@pytest.mark.parametrize(
    ("language", "line", "published", "modified"),
    [
        ("en", "Published 3 May 2024, updated 4 May 2024", "2024-05-03", "2024-05-04"),
        ("en", "Last updated on May 4, 2024. First published on May 3, 2024", "2024-05-03", "2024-05-04"),
        ("de", "03.05.2024, 10:05 Uhr | Stand: 04.05.2024, 11:00 Uhr", "2024-05-03", "2024-05-04"),
        ("fr", "Publié le 3 mai 2024, mis à jour le 4 mai 2024", "2024-05-03", "2024-05-04"),
        ("es", "3 de mayo de 2024. Actualizado: 4 de mayo de 2024", "2024-05-03", "2024-05-04"),
        ("tr", "3 Mayıs 2024 • Güncelleme: 4 Mayıs 2024", "2024-05-03", "2024-05-04"),
        ("ja", "公開 2024年5月3日 最終更新 2024年5月4日", "2024-05-03", "2024-05-04"),
        ("ko", "입력 2024.05.03. 10:05 수정 2024.05.04. 11:00", "2024-05-03", "2024-05-04"),
    ],
)
def test_a_date_line_tells_publication_from_change(language, line, published, modified):
    assert set(stated(f'<p class="dateline">{line}</p>', language=language)) == {
        ("published", "text", published),
        ("modified", "text", modified),
    }


def test_the_most_trusted_source_comes_first():
    head = json_ld(datePublished="2024-05-03T10:00:00Z") + '<meta name="article:published_time" content="2024-05-04">'
    line = '<time datetime="2024-05-05">5 May</time>'
    found = stated(f'<p class="date">{line}</p>', head=head, url="https://post.test/2024/05/06/bridge")
    assert [source for what, source, _ in found if what == "published"] == ["json-ld", "meta", "time", "url"]


@pytest.mark.parametrize("names", ['class="updated"', 'itemprop="dateModified"', 'class="post-last-updated"'])
def test_a_time_element_named_so_tells_of_change(names):
    line = f'<p class="x"><time datetime="2024-05-03">3 May</time> <time {names} datetime="2024-05-04">4 May</time></p>'
    assert stated(line) == [("published", "time", "2024-05-03"), ("modified", "time", "2024-05-04")]


def test_a_stamp_below_the_text_is_read():
    assert ("modified", "text", "2024-05-04") in stated(below="<p>Last updated: 4 May 2024</p>")


@pytest.mark.parametrize("path", ["2024/05/03/bridge", "city/2024-05-03-bridge", "bridge-20240503.html"])
def test_the_day_in_the_address_is_the_weakest_evidence_and_of_publication_only(path):
    assert stated(url=f"https://post.test/{path}") == [("published", "url", "2024-05-03")]


def test_where_only_a_change_is_stated_it_stands_in():
    head = '<meta property="og:updated_time" content="2024-05-04T10:00:00Z">'
    assert stated(head=head) == [("modified", "meta", "2024-05-04"), ("published", "modified", "2024-05-04")]


@pytest.mark.parametrize("absurd", ["0001-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "2024-06-30"])
def test_a_time_that_cannot_be_is_no_evidence(absurd):
    head = json_ld(datePublished=absurd, dateModified="2024-05-04") + '<meta name="date" content="2024-05-03">'
    assert stated(head=head)[-1] == ("published", "meta", "2024-05-03")
    assert not any(source == "json-ld" and what == "published" for what, source, _ in stated(head=head))


def test_a_time_after_the_look_is_no_evidence():
    shown = parse(page(head='<meta name="date" content="2031-01-01">'))
    seen_at = datetime(2024, 5, 4, tzinfo=UTC)
    assert not read_metadata(shown, Structured(), None, seen_at=seen_at).stamps
    assert read_metadata(shown, Structured(), None).published == datetime(2031, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "url", "day"),
    [
        ("en-US", None, "2024-03-04"),
        ("en-GB", None, "2024-04-03"),
        ("en", None, "2024-03-04"),
        ("en", "https://post.co.uk/x", "2024-04-03"),
        ("fr", None, "2024-04-03"),
    ],
)
def test_region_and_address_tell_what_slashes_mean(language, url, day):
    assert stated('<p class="date">03/04/2024</p>', url=url, language=language) == [("published", "text", day)]


def test_another_witness_tells_what_slashes_mean():
    head = '<meta property="article:published_time" content="2024-04-03T10:00:00Z">'
    found = stated('<p class="date">03/04/2024</p>', head=head, language="en-US")
    assert found[1] == ("published", "text", "2024-04-03")


def test_a_relative_time_is_read_where_the_time_of_the_look_is_known():
    shown = parse(page(above='<p class="date">Updated 3 hours ago</p>'))
    found = read_metadata(shown, Structured(), None, seen_at=datetime(2024, 5, 4, 10, tzinfo=UTC))
    assert found.modified == datetime(2024, 5, 4, 7, tzinfo=UTC)
    assert read_metadata(shown, Structured(), None).modified is None


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("10 มิถุนายน 2562", "th", "2019-06-10"),
        ("10 มิ.ย. 2562", "th", "2019-06-10"),
        ("令和6年11月20日", "ja", "2024-11-20"),
        ("平成元年1月8日", "ja", "1989-01-08"),
        ("٢٠ نوفمبر ٢٠٢٤", "ar", "2024-11-20"),
        ("20 تشرين الثاني 2024", "ar", "2024-11-20"),
        ("20 آب / أغسطس 2024", "ar", "2024-08-20"),
        ("२० नवंबर २०२४", "hi", "2024-11-20"),
        ("20 tháng 11, 2024", "vi", "2024-11-20"),
        ("2024. 11. 20.", "ko", "2024-11-20"),
        ("28.04.2023-19:20", "de", "2023-04-28"),
    ],
)
def test_dates_of_many_scripts_and_calendars_are_read(text, language, day):
    read = read_time(text, language=language)
    assert read is not None
    assert f"{read[0]:%Y-%m-%d}" == day


def test_dates_inside_sentences_are_not_the_article_s():
    assert not stated("<p>The old bridge was opened on 3 May 1952 by the then mayor of the town, Ida Moreau.</p>")


def test_a_million_times_are_bounded():
    html = page(text='<p><time datetime="2024-05-03">3 May</time></p>' * 20_000 + body())
    assert len(extract(html).stamps) <= 40


def test_the_day_that_a_line_shows_comes_before_a_later_time_of_the_machine():
    line = '<p><time datetime="2024-05-09T10:00:00Z">Publié le 3 mai 2024</time></p>'
    assert stated(line, language="fr")[0] == ("published", "text", "2024-05-03")
    same = '<p><time datetime="2024-05-03T10:00:00Z">Publié le 3 mai 2024</time></p>'
    assert stated(same, language="fr")[0] == ("published", "time", "2024-05-03")


@pytest.mark.parametrize(
    ("language", "line"),
    [
        (
            "en",
            "This entry was posted on Friday, May 3, 2024 at 3:14 pm and is filed under Bridges, Harbour and Council. ",
        ),
        ("de", "Dieser Beitrag wurde am 3. Mai 2024 um 14:48 von Ida geschrieben und unter Brücken eingeordnet. "),
    ],
)
def test_the_line_below_a_post_that_says_when_it_was_written_is_read(language, line):
    rest = "There are nine comments, and yours may be the tenth."
    assert ("published", "text", "2024-05-03") in stated(below=f"<div>{line}{rest}</div>", language=language)


def test_a_day_with_a_year_of_two_digits_is_read_where_a_line_says_nothing_else():
    assert ("published", "text", "2024-05-03") in stated("<p>03.05.24</p>")
    assert stated("<p>Version 03.05.24 of the plan is the one that counts for the bridge and for the quay.</p>") == []
