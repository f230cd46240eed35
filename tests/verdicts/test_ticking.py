"""An edit of a figure that a person says runs by itself is cosmetic; all else in its sentence is judged as ever."""

from dataclasses import replace

import pytest

from revtrack import Story, compare
from revtrack.extraction.ticking import find_counters, texts_of
from revtrack.model import Disclosure, Significance

STOOD = r"stood at (\d+\.\d+) euros"
REST = (
    "The ferry company cancelled its winter timetable on Monday after two of its ships failed an inspection.",
    "Passengers with tickets will get their money back within ten days, a spokeswoman said.",
)
SAID = "Shares of the company stood at 42.10 euros on Monday after a loss of 3 million euros was announced."


def story(text, *patterns, headline="Ferry company cancels timetable"):
    made = Story.from_paragraphs(headline, [REST[0], text, REST[1]])
    return replace(made, language="en", counters=find_counters(texts_of(made), patterns))


def told(old, new, *patterns):
    return compare(story(old, *patterns), story(new, *patterns)).verdict


@pytest.mark.parametrize("now", ["43.10", "41.95", "142.10", "7.5"])
def test_a_figure_that_runs_is_cosmetic(now):
    new = SAID.replace("42.10", now)
    assert told(SAID, new).significance is Significance.SUBSTANTIVE
    verdict = told(SAID, new, STOOD)
    assert (verdict.significance, verdict.disclosure) == (Significance.COSMETIC, Disclosure.NOT_NEEDED)
    assert [(r.feature, r.before, r.after) for r in verdict.reasons] == [("counter", "42.10", now)]


@pytest.mark.parametrize(
    ("before", "after"),
    [("3 million", "5 million"), ("loss", "profit"), ("of 3 million euros", "of a ship")],
)
def test_another_change_in_its_sentence_is_judged_as_without_it(before, after):
    new = SAID.replace(before, after)
    alone = told(SAID, new)
    assert alone.significance.level >= Significance.DETAIL.level
    both = told(SAID, new.replace("42.10", "43.10"), STOOD)
    assert both.significance is alone.significance
    assert both.disclosure is alone.disclosure
    assert {r.feature for r in both.reasons} == {r.feature for r in alone.reasons} | {"counter"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("42.10 euros", "43.10 dollars"),
        ("stood at 42.10", "fell to 41.10"),
        ("42.10 euros", "no more than 41.10 euros"),
        ("stood at 42.10 euros on Monday", "were worth little on Monday"),
    ],
)
def test_a_figure_whose_words_changed_is_no_counter(before, after):
    verdict = told(SAID, SAID.replace(before, after), STOOD)
    assert "counter" not in {reason.feature for reason in verdict.reasons}
    assert verdict.significance.level >= Significance.DETAIL.level


def test_two_figures_side_by_side_may_both_run():
    said = "Shares of the company stood at 42.10 euros at 10:05 in Norrick, less than a week before."
    new = said.replace("42.10", "43.10").replace("10:05", "10:20")
    assert told(said, new, STOOD).significance.level >= Significance.DETAIL.level
    assert told(said, new, STOOD, r"at (\d\d:\d\d) in").significance is Significance.COSMETIC


def test_a_figure_that_changed_together_with_its_neighbours_is_judged_as_without_a_pattern():
    new = SAID.replace("42.10 euros on Monday", "43.10 euros on Tuesday")
    assert told(SAID, new, STOOD) == told(SAID, new)


def test_the_same_figures_elsewhere_are_no_counter():
    said = "Its shares stood at 42.10 euros, and the ticket to Norrick costs 42.10 euros from Monday on."
    elsewhere = told(said, said.replace("costs 42.10", "costs 43.10"), STOOD)
    assert elsewhere.significance is Significance.SUBSTANTIVE
    both = told(said, said.replace("42.10", "43.10"), STOOD)
    assert both.significance is Significance.SUBSTANTIVE


def test_a_figure_in_the_headline_may_run_too():
    old, new = (story(SAID, r"tops (\d+) euros", headline=f"Share tops {n} euros as ferries stop") for n in (42, 43))
    assert compare(old, new).verdict.significance is Significance.COSMETIC


def test_a_change_of_another_paragraph_keeps_its_weight():
    new = story(SAID.replace("42.10", "43.10"), STOOD)
    other = replace(
        new, paragraphs=(*new.paragraphs[:2], replace(new.paragraphs[2], text=REST[1].replace("ten", "90")))
    )
    assert compare(story(SAID, STOOD), other).verdict.significance is Significance.SUBSTANTIVE
