"""A note that comes versions after its change makes that change disclosed late, with the lag, in the log too."""

from datetime import UTC, datetime, timedelta

from revtrack.archive import open_archive
from revtrack.config import Config, FetchSettings
from revtrack.model import Disclosure
from revtrack.tracker import Tracker
from tests.newsroom import Newsroom

START = datetime(2024, 11, 20, 9, tzinfo=UTC)
TEXT = (
    "The harbour authority closed the old swing bridge to all traffic after divers found a crack in its pier.",
    "About 3,400 vehicles cross the bridge on an ordinary weekday, according to the authority's own counts.",
    "Repairs will cost an estimated $4.1 million and are expected to take nine weeks, a statement said on Monday.",
    "Fish merchants on the island said that they had been given less than a day's notice of the closure.",
)
NOTE = "<p>Correction: An earlier version of this article misstated the cost of repairs. It is $4.7 million.</p>"


def page(*sentences, note=""):
    body = "".join(f"<p>{sentence}</p>" for sentence in sentences)
    return (
        "<!doctype html><html lang=en><head><title>Bridge closed</title></head><body><article>"
        f"<h1>Bridge closed after divers find crack</h1>{body}{note}</article></body></html>"
    )


def test_a_note_two_versions_after_its_change_makes_it_late_with_the_lag(tmp_path):
    cost = [sentence.replace("4.1", "4.7") for sentence in TEXT]
    longer = [*cost, "The ferry will run every twenty minutes for as long as the bridge is closed, the council said."]
    looks = [page(*TEXT), page(*cost), page(*longer), page(*longer, note=NOTE)]
    with Newsroom() as newsroom, open_archive(tmp_path / "a.db") as archive:
        moment = [START]
        settings = Config(fetch=FetchSettings(gap=0.0, allow=(newsroom.host,), timeout=5.0))
        tracker = Tracker(archive, clock=lambda: moment[0], settings=settings)
        tracker.add(newsroom.url("/story"))
        for html in looks:
            newsroom.publish("/story", html)
            list(tracker.check(articles=list(archive.articles())))
            moment[0] += timedelta(hours=5)
        logged = {entry.version: entry.verdict for entry in archive.log()}
    assert (logged[2].disclosure, logged[2].lag) == (Disclosure.LATE, timedelta(hours=10).total_seconds())
    assert logged[3].disclosure is Disclosure.UNDISCLOSED
