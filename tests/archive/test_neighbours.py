"""What other articles of a site show: of which, in which order, and as of when."""

from datetime import timedelta

from revtrack.model import Paragraph, Story
from tests.archive.test_sqlite import NOW, query, seen

LONG = " The harbour office counts the boats each morning." * 30
"""So much text that its story is kept in a table of its own."""


def told(text):
    return Story(headline="Boats counted", paragraphs=(Paragraph(text),), extractor="test 1")


def tracked(archive, urls):
    return [archive.add_article(url, now=NOW)[0] for url in urls]


def shown(archive, article, **options):
    return [text.split()[0] for (text,) in archive.neighbours(article, **options)]


def test_the_newest_stories_of_other_articles_on_the_host_come_newest_change_first(archive):
    one, two, three, unread, _ = tracked(
        archive, [*(f"https://a.test/{number}" for number in range(4)), "https://b.test/0"]
    )
    for hour, (article, text) in enumerate(
        [(one, "own"), (two, "old"), (three, "third" + LONG), (two, "second" + LONG)]
    ):
        seen(archive, article, told(text), at=NOW + timedelta(hours=hour))
    assert shown(archive, one) == ["second", "third"]
    assert shown(archive, one, limit=1) == ["second"]
    assert shown(archive, unread) == ["second", "third", "own"]


def test_stories_that_changed_at_one_time_come_in_the_order_in_which_they_were_tracked(archive):
    articles = tracked(archive, [f"https://a.test/{number}" for number in range(6)])
    for article in reversed(articles):
        seen(archive, article, told(f"{article.id}"))
    assert shown(archive, articles[0], limit=3) == [str(article.id) for article in articles[1:4]]


def test_before_a_look_the_stories_are_those_that_there_were(archive):
    one, two, three = tracked(archive, [f"https://a.test/{number}" for number in range(3)])
    for hour, (article, text) in enumerate([(two, "second" + LONG), (three, "third"), (two, "later" + LONG)]):
        seen(archive, article, told(text), at=NOW + timedelta(hours=hour))
    last = query(archive, "SELECT max(id) FROM snapshots")[0][0]
    assert shown(archive, one, before=last) == ["third", "second"]
    assert shown(archive, one, before=last + 1) == ["later", "third"]
