"""A person's pattern tells a figure that runs by itself; one that could take for ever is refused."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from revtrack.config import SiteRules
from revtrack.errors import ConfigError
from revtrack.extraction import Memory, check_selectors, extract
from revtrack.extraction.ticking import counter_expression, find_counters
from revtrack.model import Counter
from tests.extraction.lenning import page

STOOD = r"stood at (\d+\.\d+) euros"
LINE = "<p>Shares of the ferry company stood at 42.10 euros on Monday, and 300 of its staff looked on.</p>"


def read(html, *patterns):
    return extract(html, memory=Memory(rules=SiteRules("post.test", counter=patterns)))


def test_a_figure_is_kept_with_the_words_that_tell_it():
    assert read(page(inside=LINE), STOOD).counters == (Counter("42.10", before="stood at ", after=" euros"),)


def test_counters_alone_change_nothing_of_how_a_page_is_read():
    plain, ruled = extract(page(inside=LINE)), read(page(inside=LINE), STOOD)
    assert ruled.fingerprint == plain.fingerprint
    assert (ruled.reader, ruled.paragraphs) == ("page", plain.paragraphs)


@pytest.mark.parametrize(
    ("pattern", "text", "values"),
    [
        (r"at (\d+(?:\.\d+)?) euros", "at 42 euros, then at 42.5 euros", ["42", "42.5"]),
        (r"([\d.,]+) (?:views|readers)", "1,204 views and 88 readers", ["1,204", "88"]),
        (r"index (?:rose|fell) to ([\d,]{3,9})", "The index fell to 12,480", ["12,480"]),
        (r"(?P<price>\$\d+)", "It costs $5 or $6.", ["$5", "$6"]),
        (r"colou?r (\d)", "color 5 and colour 6", ["5", "6"]),
        (r"[^]]{2}(\d)", "ab7", ["7"]),
        (r"\((\d+)\)", "(12)", ["12"]),
    ],
)
def test_patterns_are_regular_expressions(pattern, text, values):
    assert [counter.value for counter in find_counters([text], [pattern])] == values


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        (r"(\d+", "no regular expression"),
        (r"at \d+", "one group"),
        (r"(\d+)/(\d+)", "one group"),
        (r".*?(\d+)", "tried in many ways"),
        (r"(?=a)(\d)", "only groups, classes"),
        (r"(?i)(\d)", "only groups, classes"),
        (r"(a)\1", "only groups, classes"),
        (r"(?P<a>x)(?P=a)", "only groups, classes"),
        ("(" * 90 + ")" * 90, "one group"),
        ("a" * 201, "longer than 200"),
        (r"(\d){2}", "only groups, classes"),
        (r"(?:(?:){60000}){60000}(x)", "only groups, classes"),
        (r"(\d)\d{99999999999}", "no regular expression"),
        (r"(\d))", "no regular expression"),
    ],
)
def test_a_pattern_that_cannot_be_used_is_refused_with_a_reason(pattern, why):
    with pytest.raises(ConfigError, match=why):
        check_selectors([SiteRules("post.test", counter=(pattern,))])


@pytest.mark.parametrize(
    "pattern",
    [
        "(?:a|a)" * 24 + "(b)",
        "(?:a|aa)" * 20 + "(b)",
        "(?:" * 60 + "a?" + ")+" * 60 + "(b)",
        r"(?:a|aa|aaa)+(b)",
        r"((?:a+)+)b",
        r"((?:a|a)+)b",
        r"(a*)a*a*a*a*b",
        r"((?:(?:a+)+)+)b",
        r"(\w+\s?)+b",
        r"(a?" + "a?" * 40 + ")b",
    ],
)
def test_no_pattern_takes_long(pattern):
    try:
        counter_expression(pattern)
    except ValueError:
        return
    began = time.process_time()
    find_counters(["a" * 100_000] * 100, [pattern] * 3)
    assert time.process_time() - began < 6


@example("([[])", "a")
@example("[]||", "a")
@example("([a||b])", "a")
@example("(a[--b])", "a")
@given(st.text(alphabet="ab1()[]{}?*+|.\\^$,:P<>- ", max_size=30), st.text(alphabet="ab1 ", max_size=60))
def test_any_pattern_is_refused_or_used(pattern, text):
    try:
        found = find_counters([text], [pattern])
    except ValueError:
        return
    assert all(f"{one.before}{one.value}{one.after}" in text for one in found)


def test_figures_are_bounded_in_number():
    assert len(find_counters([" ".join(map(str, range(300)))], [r"(\d+)"])) == 50
