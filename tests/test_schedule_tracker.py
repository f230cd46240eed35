"""The schedule at work: budgets, sources that tell of changes, articles let go and taken up again."""

from datetime import UTC, datetime, timedelta

from revtrack.archive.past import history_of
from revtrack.cli.running import run
from revtrack.cli.tracking import _nap as seconds_to_sleep
from revtrack.config import Config, FetchSettings, ScheduleSettings
from revtrack.model import Event
from revtrack.schedule import Prior, explain, learn
from revtrack.tracker import Tracker
from revtrack.urls import host_of
from tests.newsroom import answer

START = datetime(2024, 11, 20, 9, tzinfo=UTC)
PAGE = "<html lang=en><body><article><h1>Ferry late</h1><p>{}</p><p>{}</p></article></body></html>"
FIRST = (
    "The morning ferry left the quay an hour late on Wednesday because a hawser had frozen to its bollard overnight."
)
SECOND = "Nobody was hurt, and the {} passengers who waited were given tea by the harbour office, its master told us."


class Desk:
    """A tracker of one newsroom with a clock that the test steps."""

    def __init__(self, archive, newsroom, **schedule):
        self.now = START
        fetch = FetchSettings(gap=0.0, allow=(newsroom.host,), timeout=5.0)
        self.archive, self.newsroom = archive, newsroom
        settings = Config(fetch=fetch, schedule=ScheduleSettings(**schedule))
        self.tracker = Tracker(archive, clock=lambda: self.now, settings=settings)

    def track(self, *paths):
        for path in paths:
            self.newsroom.publish(path, PAGE.format(FIRST, SECOND.format(12)))
            self.tracker.add(self.newsroom.url(path))

    def check(self, **later):
        self.now += timedelta(**later)
        return list(self.tracker.check())

    def article(self, name="1"):
        return self.archive.find(name)


def test_a_host_is_asked_no_more_often_in_a_day_than_it_may_be(archive, newsroom):
    desk = Desk(archive, newsroom, host_looks=5)
    desk.track("/a", "/b", "/c")
    looks = [len(desk.check(minutes=30)) for _ in range(40)]
    assert sum(looks) == 5
    assert desk.tracker.due() == []
    assert len(archive.due(desk.now)) == 3  # they stay due
    assert len(desk.check(hours=24)) == 3


def test_turns_are_what_is_due_host_by_host(archive, newsroom):
    desk = Desk(archive, newsroom, host_looks=4)
    desk.track("/a", "/b", "/c")
    desk.check()
    for host in ("one.example", "two.example"):
        for name in "de":
            desk.tracker.add(f"https://{host}/{name}")
    later = desk.now + timedelta(days=20)
    for now, limit in ((desk.now, None), (later, None), (later, 3)):
        due = desk.tracker.due(now, limit)
        assert due
        assert {host: list(ids) for host, ids in desk.tracker.turns(now, limit).items()} == {
            host: [article.id for article in due if host_of(article.url) == host]
            for host in dict.fromkeys(host_of(article.url) for article in due)
        }


def test_what_was_spent_is_counted_by_host_and_by_source(archive, newsroom):
    desk = Desk(archive, newsroom)
    desk.track("/a")
    newsroom.publish("/b", PAGE.format(FIRST, SECOND.format(12)))
    archive.add_article(newsroom.url("/b"), now=START, source="https://feeds.example/all")
    desk.check()
    (host,) = {name for name in archive.spent(START) if "://" not in name}
    assert archive.spent(START) == {host: 2, "https://feeds.example/all": 1}
    assert archive.spent(START + timedelta(seconds=1)) == {}


def atom(newsroom, **updated):
    entries = "".join(
        f"<entry><title>x</title><link href='{newsroom.url('/' + name)}'/><updated>{at.isoformat()}</updated></entry>"
        for name, at in updated.items()
    )
    return answer(
        f'<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title>{entries}</feed>',
        headers={"Content-Type": "application/atom+xml"},
    )


def follow(desk, **updated):
    desk.newsroom.script("/feed.xml", atom(desk.newsroom, **updated))
    for name in updated:
        desk.newsroom.publish(f"/{name}", PAGE.format(FIRST, SECOND.format(12)))
    if not list(desk.archive.sources()):
        desk.archive.add_source(desk.newsroom.url("/feed.xml"), "feed", now=desk.now)


def looked_at(results):
    return sorted(result.article.url[-1] for result in results)


def test_an_article_that_its_source_says_has_changed_is_looked_at_at_once(archive, newsroom):
    desk = Desk(archive, newsroom)
    follow(desk, a=START, b=START)
    assert looked_at(desk.check(minutes=1)) == ["a", "b"]
    for _ in range(20):  # until both are quiet
        desk.check(days=1)
    follow(desk, a=desk.now + timedelta(minutes=20), b=START)
    newsroom.publish("/a", PAGE.format(FIRST, SECOND.format(21)))
    (result,) = desk.check(minutes=30)
    assert (result.article.url[-1], result.event) == ("a", Event.REVISED)


def test_a_source_whose_articles_all_change_at_once_is_not_believed(archive, newsroom):
    names = "abcdefgh"
    desk = Desk(archive, newsroom)
    follow(desk, **dict.fromkeys(names, START))
    desk.check(minutes=1)
    for _ in range(20):
        desk.check(days=1)
    follow(desk, **dict.fromkeys(names, desk.now + timedelta(minutes=20)))
    assert desk.check(minutes=30) == []


def test_an_article_retires_and_comes_back_when_a_person_adds_it_again(archive, newsroom):
    desk = Desk(archive, newsroom, retire_quiet=86_400.0)
    desk.track("/a")
    desk.check()
    (result,) = desk.check(hours=25)
    assert result.due_at is None
    assert desk.article().retired_at == desk.now
    assert desk.check(days=400) == []
    known, new = archive.add_article(newsroom.url("/a"), now=desk.now, source="https://feeds.example/all")
    assert (known.retired_at is None, new) == (False, False)  # that a source still lists it is no reason
    desk.tracker.add(newsroom.url("/a"))
    assert (desk.article().retired_at, desk.article().back_at) == (None, desk.now)
    (result,) = desk.check()
    assert result.due_at > desk.now


def test_a_retired_article_comes_back_when_its_source_says_it_changed(archive, newsroom):
    desk = Desk(archive, newsroom, retire_quiet=86_400.0)
    follow(desk, a=START)
    desk.check()
    desk.check(hours=25)
    assert desk.article().retired_at
    follow(desk, a=desk.now + timedelta(days=3))
    newsroom.publish("/a", PAGE.format(FIRST, SECOND.format(21)))
    (result,) = desk.check(days=4)
    assert result.event is Event.REVISED
    assert desk.article().retired_at is None


def test_a_page_that_is_not_found_for_a_month_retires(archive, newsroom):
    desk = Desk(archive, newsroom)
    desk.track("/a")
    desk.check()
    newsroom.script("/a", answer("gone", 410))
    for _ in range(40):
        desk.check(days=1)
    assert desk.article().retired_at is not None
    assert desk.article().retired_at - START >= timedelta(days=30)


def test_what_is_expected_is_learned_from_the_articles_of_the_same_source(archive, newsroom):
    desk = Desk(archive, newsroom)
    desk.track("/a", "/b")
    desk.check()
    for number in range(20, 26):
        newsroom.publish("/a", PAGE.format(FIRST, SECOND.format(number)))
        desk.check(hours=9)
    one, other = desk.article("1"), desk.article("2")
    assert [(seen.changes, seen.added) for seen in archive.companions(other)] == [(one.versions - 1, START)]
    assert one.versions > 4
    assert learn(archive.companions(other)).liveliness > 1 > learn(archive.companions(one)).liveliness


def test_a_plan_is_explained_from_what_the_archive_knows(archive, newsroom):
    desk = Desk(archive, newsroom)
    desk.track("/a")
    desk.check()
    newsroom.publish("/a", PAGE.format(FIRST, SECOND.format(30)))
    desk.check(days=2)
    history = history_of(archive.standing(1))
    said = explain(history, desk.article().checked_at, ScheduleSettings(), Prior())
    assert said == "edited once, just now: more edits often follow soon"
    newsroom.script("/a", answer("busy", 503))
    desk.check(hours=2)
    said = explain(history_of(archive.standing(1)), desk.article().checked_at, ScheduleSettings(), Prior())
    assert said == "1 failed look in a row: the wait doubles with each"


def test_watching_sleeps_while_nothing_may_be_spent(archive, newsroom):
    desk = Desk(archive, newsroom, host_looks=1)
    desk.track("/a", "/b")
    assert len(desk.check()) == 1
    assert len(archive.due(desk.now)) == 1
    assert seconds_to_sleep(desk.tracker) == 60


def test_a_page_that_is_doubtful_in_another_way_each_time_is_not_asked_for_all_the_time(archive, newsroom):
    desk = Desk(archive, newsroom)
    sentences = [f"Clause {number} of the harbour act was read out by its master on Wednesday." for number in range(30)]
    newsroom.publish("/a", PAGE.format(" ".join(sentences), SECOND.format(12)))
    desk.tracker.add(newsroom.url("/a"))
    desk.check()
    looks = []
    for number in range(60):
        newsroom.publish("/a", PAGE.format(" ".join(sentences[number % 20 : number % 20 + 6]), SECOND.format(number)))
        looks += desk.check(minutes=6)
    assert {result.event for result in looks} == {Event.SUSPECT}
    assert 2 <= len(looks) < 20


def test_list_and_show_say_when_the_next_look_is_and_why(archive, newsroom, capsys, monkeypatch):
    monkeypatch.delenv("REVTRACK_ARCHIVE", raising=False)
    desk = Desk(archive, newsroom, retire_quiet=86_400.0)
    desk.track("/a")
    (result,) = desk.check()
    due = f"{result.due_at:%Y-%m-%d %H:%M}"
    assert run(["--archive", archive.location, "list"]) == 0
    assert due in capsys.readouterr().out
    assert run(["--archive", archive.location, "show", "1"]) == 0
    assert f"next look {due} UTC: published just now, unchanged since" in capsys.readouterr().err
    desk.check(hours=25)
    assert run(["--archive", archive.location, "list"]) == 0
    assert "retired" in capsys.readouterr().out
