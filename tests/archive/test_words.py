"""Words are found in every version, with when they came and went."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from revtrack.archive import Observation, open_archive
from revtrack.archive.lifetimes import _common, _united
from revtrack.archive.listing import find_damage, relist
from revtrack.archive.spelling import spelled
from revtrack.model import Event, Note, NoteKind, Paragraph, Story
from tests.archive.test_sqlite import NOW, URL, look, seen


def told(*sentences, headline="Storm hits coast", **more):
    return Story(headline=headline, paragraphs=tuple(Paragraph(text) for text in sentences), extractor="test 1", **more)


def tracked(archive, *stories, url=URL):
    article, _ = archive.add_article(url, now=NOW)
    for number, story in enumerate(stories):
        seen(archive, article, story, at=NOW + timedelta(hours=number))
    return article


FIRST = "The storm killed 12 people. The mayor thanked nobody."
SECOND = "The storm killed 21 people. The mayor thanked nobody."


ODD = (
    '"', "a AND", "(", "*", "NEAR(", "storm:coast", "-x", "^", "col : x", "''", "\0", "  ", "%", "_", "\\", "\ud800",
    "'; DROP TABLE sentences; --", "x" * 5_000, "a " * 5_000, "sentence_words", "🙂", "\u202e", "मेयर", "\u0301",
)  # fmt: skip


def test_every_odd_query_answers_and_changes_nothing(archive):
    tracked(archive, told(FIRST))
    for words in ODD:
        assert isinstance(archive.search(words), list), words
        assert isinstance(archive.trace(words), list), words
    assert [found.article.id for found in archive.search("storm 12")] == [1]


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_a_query(tmp_path_factory, words):
    with open_archive(tmp_path_factory.getbasetemp() / "any.db") as archive:
        if not list(archive.articles()):
            tracked(archive, told(FIRST))
        archive.search(words)
        archive.trace(words)


def test_words_of_earlier_versions_are_found_with_their_versions(archive):
    tracked(archive, told(FIRST), told(SECOND))
    (gone,) = archive.search("storm 12")
    assert (gone.first, gone.last, gone.text) == (1, 1, "The storm killed 12 people.")
    (standing,) = archive.search("STORM 21")
    assert (standing.first, standing.last, standing.gone_at) == (2, None, None)
    (both,) = archive.search("mayor storm")
    assert (both.first, both.last) == (1, None)


def test_the_newest_sentence_that_holds_the_words_is_shown_with_all_versions_that_held_them(archive):
    third = "The storm killed 30 people. The mayor thanked nobody."
    tracked(archive, told(FIRST), told(SECOND), told(third), told("The mayor thanked nobody, they said."))
    for find in (archive.search, archive.trace):
        (found,) = find("storm killed")
        assert (found.text, found.first, found.last) == ("The storm killed 30 people.", 1, 3)
        (found,) = find("storm")  # in the headline to the end
        assert (found.text, found.place, found.first, found.last) == ("Storm hits coast", "headline", 1, None)


def test_words_that_never_stood_together_in_a_version_are_not_found(archive):
    tracked(archive, told(FIRST), told(SECOND))
    assert archive.search("12 21") == []


def test_when_tells_what_came_went_and_came_back(archive):
    tracked(archive, told(FIRST), told(SECOND), told(FIRST))
    first, back = archive.trace("killed 12 people")
    assert (first.first, first.last) == (1, 1)
    assert (first.first_seen, first.gone_at) == (NOW, NOW + timedelta(hours=1))
    assert (back.first, back.last, back.gone_at) == (3, None, None)
    (mayor,) = archive.trace("the mayor")
    assert (mayor.first, mayor.last) == (1, None)


def test_a_phrase_is_its_words_in_order_and_the_signs_that_are_written(archive):
    tracked(archive, told("It cost 3.5 million, the café owner’s son said. Prices rose 30 people said."))
    for phrase in ("café owner's SON", "cafe owner", "million the", "3.5", "it cost"):
        assert archive.trace(phrase), phrase
    for phrase in ("owner cafe", "3,5", "30%", "5 million, the mayor", "oner"):
        assert archive.trace(phrase) == [], phrase


def test_a_phrase_of_several_sentences_needs_all_of_them_in_one_version(archive):
    tracked(archive, told(FIRST), told(SECOND))
    assert [(one.first, one.last) for one in archive.trace(FIRST)] == [(1, 1)]


def test_scripts_without_spaces_are_found_by_any_part(archive):
    tracked(archive, told("市長は火曜日に辞任した。", headline="市長が辞任"))
    assert archive.trace("火曜日")
    assert archive.trace("日火曜") == []
    assert archive.search("市長")[0].place == "headline"


def test_signs_alone_are_found_as_they_stand(archive):
    tracked(archive, told("The storm 🙂 passed."), told("The storm passed."))
    assert [(one.first, one.last) for one in archive.trace("🙂")] == [(1, 1)]


def test_articles_with_all_words_in_one_sentence_come_first(archive):
    tracked(archive, told("The bridge was closed. Later a ferry sank."), url="https://a.test/1")
    tracked(archive, told("The ferry hit the bridge."), url="https://a.test/2")
    assert [found.article.id for found in archive.search("ferry bridge")] == [2, 1]
    assert len(archive.search("ferry bridge", limit=1)) == 1


def test_notes_and_headlines_are_words_too(archive):
    note = Note("Correction: an earlier version gave a wrong toll.", NoteKind.CORRECTION)
    tracked(archive, told(FIRST), told(SECOND, notes=(note,)))
    assert [found.place for found in archive.trace("wrong toll")] == ["note"]
    assert [found.place for found in archive.trace("storm hits")] == ["headline"]


def test_versions_read_anew_are_found_by_their_new_words_alone(archive):
    article = tracked(archive, told(FIRST), told(SECOND))
    anew = ((1, replace(told("A flood came."), extractor="test 2")),)
    archive.record(Observation(article.id, look(b"x"), Event.UNCHANGED, 2, NOW + timedelta(days=3), reread=anew))
    assert archive.search("12") == []
    assert [(one.first, one.last) for one in archive.trace("a flood")] == [(1, 1)]


def test_what_is_listed_anew_is_what_was_kept(archive):
    article = tracked(archive, told(FIRST), told(SECOND), told(FIRST))
    queries = (
        "SELECT article_id, place, text, first, last FROM sentences ORDER BY 1, 2, 3, 4",
        "SELECT * FROM findings",
    )
    before = [archive._ask(query) for query in queries]
    archive._write(relist, article.id)
    assert [archive._ask(query) for query in queries] == before
    assert [(one.first, one.last) for one in archive.trace("12")] == [(1, 1), (3, None)]


def test_each_sentence_is_kept_once_however_many_versions_hold_it(archive):
    tracked(archive, *(told("It stands.", f"Number {number} came.") for number in range(30)))
    assert archive._ask("SELECT count(*) AS n FROM sentences WHERE text = 'It stands.'") == [{"n": 1}]


@settings(deadline=None)
@given(st.text())
def test_a_spelling_spells_itself_and_holds_nothing_that_a_query_could_mean(text):
    spelling = spelled(text)
    assert spelled(spelling) == spelling
    assert not set(spelling) & set("\"'*:^-()\0")


ranges = st.lists(st.tuples(st.integers(1, 20), st.integers(0, 5)).map(lambda r: (r[0], r[0] + r[1])))


@settings(deadline=None)
@given(ranges, ranges)
def test_ranges_hold_what_sets_of_versions_would(one, other):
    def numbers(found):
        return {number for first, last in found for number in range(first, last + 1)}

    assert numbers(_united(one)) == numbers(one)
    assert numbers(_common(_united(one), _united(other))) == numbers(one) & numbers(other)


DAMAGE = (
    "UPDATE sentences SET last = 2 WHERE id = 2",
    "UPDATE sentences SET text = 'The storm killed 13 people.' WHERE id = 2",
    "DELETE FROM sentences WHERE id = 3",
    "UPDATE findings SET disclosure = 'disclosed' WHERE number = 2",
    "UPDATE findings SET headline = 'Calm' WHERE number = 1",
    "DELETE FROM findings WHERE number = 2",
)


def test_lists_that_say_otherwise_than_the_versions_are_found(archive):
    article = tracked(archive, told(FIRST), told(SECOND), told(FIRST))
    for change in DAMAGE:
        archive._write(relist, article.id)
        first = archive._ask("SELECT min(id) AS id FROM sentences")[0]["id"]
        archive._write(
            lambda db, change=change, first=first: db.execute(change.replace("id = ", f"id = {first} - 1 + "))
        )
        assert len(archive._write(lambda db: list(find_damage(db)))) == 1, change
    archive._write(relist, article.id)
    assert archive._write(lambda db: list(find_damage(db))) == []
