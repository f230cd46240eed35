import pytest
from hypothesis import given
from hypothesis import strategies as st

from revtrack.facts import FactKind, attributions, dates, facts, hedges, names, negations, numbers, quotations, states


def values(found):
    return [fact.value for fact in found]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("12 ships", "a dozen ships"),
        ("twenty-one", "21"),
        ("$1.5m", "$1.5 million"),
        ("3 percent", "3%"),
        ("1,250", "1250"),
    ],
)
def test_numbers_that_say_the_same_are_equal(one, other):
    assert values(numbers(one)) == values(numbers(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [("12 killed", "21 killed"), ("$1.5m", "$15m"), ("3 years", "30 years"), ("−3 degrees", "3 degrees"), ("$3", "€3")],
)
def test_numbers_that_differ_are_told_apart(one, other):
    assert values(numbers(one)) != values(numbers(other))


@pytest.mark.parametrize(
    ("language", "words", "value"),
    [
        ("en", "two and a half million dollars", "2500000 USD"),
        ("en", "one hundred and five", "105"),
        ("de", "fünfundzwanzig", "25"),
        ("de", "dreitausendzweihundert", "3200"),
        ("de", "anderthalb Millionen", "1500000"),
        ("de", "zweieinhalb", "2.5"),
        ("nl", "tweeëntwintig", "22"),
        ("fr", "quatre-vingt-douze", "92"),
        ("fr", "une vingtaine", "20"),
        ("fr", "un million et demi d'euros", "1500000 EUR"),
        ("es", "treinta y dos", "32"),
        ("es", "veintiún", "21"),
        ("it", "tremilacinquecento", "3500"),
        ("pt", "cento e vinte e cinco", "125"),
        ("sv", "tjugofem", "25"),
        ("da", "femogtyve", "25"),
        ("fi", "puolitoista miljoonaa", "1500000"),
        ("ru", "двести пять", "205"),
        ("tr", "bir buçuk milyon", "1500000"),
        ("zh", "25%的人", "25"),
    ],
)
def test_numbers_in_words_are_read_as_their_language_writes_them(language, words, value):
    assert values(numbers(words, language=language)) == [value]


@pytest.mark.parametrize(
    ("language", "word"), [("no", "tien"), ("de", "achtung"), ("it", "ventura"), ("es", "milagro")]
)
def test_a_word_that_only_begins_like_a_numeral_is_none(language, word):
    assert numbers(word, language=language) == ()


def test_numerals_are_read_in_their_language():
    assert values(numbers("zwölf Schiffe", language="de")) == ["12"]
    assert values(numbers("der Elf", language="en")) == []


def test_a_day_is_a_date_and_no_number():
    assert values(dates("on 13 March at 5 p.m.")) == ["--03-13", "17:00"]
    assert numbers("on 13 March") == ()


def test_a_name_is_a_run_of_capitals_without_its_title():
    assert values(names("Yesterday Dr. Ada Holm of Norwick spoke.")) == ["ada holm of norwick"]


def test_a_lone_capital_at_the_start_counts_only_when_known():
    assert names("Holm spoke.") == ()
    assert values(names("Holm spoke.", known=frozenset({"holm"}))) == ["holm"]


def test_quotations_of_all_shapes_are_read():
    assert values(quotations('He said “no way” and "fine.", „gut“ and «bien»')) == ["no way", "fine", "gut", "bien"]


def test_an_apostrophe_opens_no_quotation():
    assert quotations("It's the mayor's boat") == ()


def test_small_words_are_read():
    assert values(negations("She didn’t know and never asked")) == ["not", "not"]
    assert values(hedges("He allegedly lied")) == ["allegedly"]
    assert values(states("two killed, one hurt")) == ["death", "injury"]


def test_words_that_mean_something_else_as_often_state_nothing():
    assert states("She looked up as a bus passed, and they stay here") == ()
    assert values(states("The bill was rejected and prices rose")) == ["rejection", "rise"]
    assert attributions("A group called Lighthouse claims the prize") == ()
    assert values(attributions("Nobody came, he said")) == ["said"]


@given(st.text(max_size=300))
def test_a_fact_is_what_stands_at_its_place(text):
    for fact in facts(text):
        assert 0 <= fact.start < fact.end <= len(text)
        assert fact.kind is FactKind.QUOTE or fact.text == text[fact.start : fact.end]
