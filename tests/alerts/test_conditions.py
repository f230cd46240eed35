"""The language of rules: what each word asks, and mistakes that are told with their place."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

import revtrack
from revtrack.alerts.conditions import WORDS, read_condition
from revtrack.alerts.findings import Finding
from revtrack.alerts.rules import read_rules
from revtrack.archive import News
from revtrack.config import AlertSettings, Config
from revtrack.errors import ConfigError
from revtrack.model import Article, Event, Note, NoteKind, Story

NOON = datetime(2024, 11, 20, 12, tzinfo=UTC)
ARTICLE = Article(3, "https://www.news.example.org/storm", source="https://example.org/feed.xml")
BEFORE = ["Storm hits coast", "The storm killed 12 people on Monday, officials said.", "Roads are open."]
AFTER = ["Storm hits coast", "The storm killed 21 people on Monday, officials said.", "Roads are open."]


def finding(before=BEFORE, after=AFTER, *, notes=(), language="en", rejudged=False):
    old, new = (Story.from_paragraphs(texts[0], texts[1:]) for texts in (before, after))
    revision = revtrack.compare(replace(old, language=language), replace(new, language=language, notes=tuple(notes)))
    news = News(5, NOON, 3, Event.REVISED, version=2, made_by=5, verdict=revision.verdict, rejudged=rejudged)
    return Finding(news, ARTICLE, lambda: revision)


def event(kind):
    return Finding(
        News(6, NOON, 3, Event(kind), why="404"), ARTICLE, lambda: pytest.fail("no revision is there to read")
    )


NOTE = Note("Correction: An earlier version of this article misstated the toll. It is 21, not 12.", NoteKind.CORRECTION)
HEADLINE = finding(after=["Storm misses coast", *BEFORE[1:]])


@pytest.mark.parametrize(
    ("condition", "fits"),
    [
        ("", True),
        ("substantive", True),
        ("substantive and undisclosed", True),
        ("SUBSTANTIVE AND UNDISCLOSED", True),
        ("detail", True),
        ("major", False),
        ("not major and not disclosed", True),
        ("major or number", True),
        ("(number or major) and headline", False),
        ("number or major and headline", True),
        ("number and not (headline or note)", True),
        ("significance >= detail", True),
        ("significance > substantive", False),
        ("significance = substantive", True),
        ("disclosure != disclosed", True),
        ("disclosure >= vague", True),
        ("host = example.org", True),
        ("host = news.example.org", True),
        ("host = ample.org", False),
        ("source = 'https://example.org/feed.xml'", True),
        ("language = en", True),
        ("language = de", False),
        ('word = "kill*"', True),
        ('word = "kill"', False),
        ("word = roads", False),
        ("revised", True),
        ("gone or rejudged", False),
    ],
)
def test_a_condition_asks_what_its_words_say(condition, fits):
    assert read_condition(condition).test(finding()) is fits


def test_notes_headlines_and_late_verdicts_have_words_of_their_own():
    assert read_condition("correction and note and disclosed").test(finding(notes=[NOTE]))
    assert not read_condition("clarification").test(finding(notes=[NOTE]))
    assert read_condition("headline").test(HEADLINE)
    assert not read_condition("headline").test(finding())
    assert read_condition("rejudged and not revised").test(finding(rejudged=True))


def test_a_word_is_watched_in_changed_sentences_and_notes_of_every_script():
    assert finding().mentions("Officials")
    assert not finding().mentions("open")
    assert finding(notes=[NOTE]).mentions("misstated")
    chinese = finding(["标题", "市长说有十二人死亡。"], ["标题", "市长说有二十一人死亡。"], language="zh")
    assert chinese.mentions("死亡")
    assert not finding().mentions("")


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("substantve", "'substantve' (character 1): there is no such word: did you mean 'substantive'?"),
        ("major and (number", "at the end of 'major and (number': expected ')'"),
        ("major number", "'number' (character 7): expected 'and', 'or' or the end"),
        ("and major", "'and' (character 1)"),
        ("major and", "at the end of"),
        ("significance > huge", "'huge' (character 16)"),
        ("host > x", "'>' (character 6): 'host' takes = or !="),
        ("hots = x", "did you mean 'host'?"),
        ("host = 'x", "a quotation mark without its fellow"),
        ("host =", "expected a value"),
        ("()", "')' (character 2)"),
        ("__import__('os')", "(character 1)"),
        ("not " * 200 + "major", "nested too deeply"),
        ("(" * 300, "nested too deeply"),
        ("x" * 3000, "2000 characters at most"),
    ],
)
def test_a_mistake_is_told_with_its_place(condition, said):
    with pytest.raises(ConfigError) as wrong:
        read_condition(condition)
    assert said in str(wrong.value)


@given(
    st.text(alphabet="()<>=!'\" \n")
    | st.lists(st.sampled_from([*WORDS, "and", "or", "not", "(", ")", "host", "=", "x"])).map(" ".join)
)
def test_every_text_is_a_condition_or_a_mistake_that_is_told(text):
    try:
        condition = read_condition(text)
    except ConfigError:
        return
    assert condition.test(finding()) in {True, False}


def test_the_rule_is_named_with_its_mistake():
    alert = AlertSettings("quiet edits", when="undisclosd", to=("a@b.test",))
    with pytest.raises(ConfigError, match="alert 'quiet edits': when: at 'undisclosd'"):
        read_rules(Config(alert=(alert,)))


def rule(**settings):
    return read_rules(Config(alert=(AlertSettings("r", to=("http://a.test/",), **settings),)))[0]


def test_an_event_is_asked_about_only_where_the_condition_names_it():
    assert not rule(when="not disclosed").fits(event("gone"))
    assert rule(when="gone or not disclosed").fits(event("gone"))
    assert not rule(when="gone or not disclosed").fits(event("back"))
    assert rule(when="gone or substantive").fits(finding())


def test_words_and_sources_narrow_a_rule():
    assert rule(words=("mayor", "storm")).fits(finding())
    assert not rule(words=("mayor",)).fits(finding())
    assert rule(sources=("elsewhere.test", "example.org")).fits(finding())
    assert rule(sources=("https://example.org/feed.xml",)).fits(finding())
    assert not rule(sources=("https://example.org/other.xml",)).fits(finding())
