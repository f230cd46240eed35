"""Which sites have articles that are due, on both stores: found by index, and told by what is fetched, not by the name."""

from datetime import timedelta

from revtrack.archive import open_archive
from revtrack.archive.sites import name_all
from tests.archive.test_sqlite import NOW, seen, story


def test_sites_that_are_due_come_with_their_longest_wait_first(archive):
    for url, hours in [
        ("https://www.b.test/1", 2),
        ("https://b.test/2", 1),
        ("https://a.test/1", 0),
        ("https://c.test/1", -1),
    ]:
        archive.add_article(url, now=NOW - timedelta(hours=hours))
    assert archive.due_sites(NOW) == {"b.test": NOW - timedelta(hours=2), "a.test": NOW}
    assert list(archive.due_sites(NOW)) == ["b.test", "a.test"]
    assert list(archive.due_sites(NOW, limit=1)) == ["b.test"]
    assert [article.url for article in archive.due(NOW, site="b.test")] == ["https://www.b.test/1", "https://b.test/2"]
    assert archive.due(NOW, site="c.test") == []


def test_a_site_whose_articles_were_looked_at_or_retired_is_not_due(archive):
    article, _ = archive.add_article("https://a.test/1", now=NOW)
    seen(archive, article, story(1))
    assert archive.due_sites(NOW) == {}


def test_articles_of_an_older_archive_get_their_site(archive):
    article, _ = archive.add_article("https://www.a.test/1", now=NOW)
    archive._write(lambda db: db.execute("UPDATE articles SET site = ''"))
    archive._write(name_all)
    assert [one.id for one in archive.due(NOW, site="a.test")] == [article.id]


def test_due_sites_are_found_by_skipping_through_the_index(tmp_path):
    with open_archive(tmp_path / "a.db") as archive:
        from revtrack.archive.sites import _DUE_SITES

        plan = [row["detail"] for row in archive._ask(f"EXPLAIN QUERY PLAN {_DUE_SITES}", "", "", 1)]
        assert not [line for line in plan if line.startswith("SCAN") and "articles" in line and "INDEX" not in line]
