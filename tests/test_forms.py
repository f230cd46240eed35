import json
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from revtrack.forms import from_form, iso, moment, publish, to_form
from revtrack.model import (
    Note,
    NoteFamily,
    NoteKind,
    Paragraph,
    ParagraphKind,
    Place,
    Snapshot,
    Stamp,
    Story,
    Verdict,
)
from revtrack.verdicts import compare

times = st.datetimes(min_value=datetime(1970, 1, 2), max_value=datetime(2100, 1, 1)).map(  # noqa: DTZ001 - given a zone below
    lambda t: t.replace(microsecond=0, tzinfo=UTC)
)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
stories = st.builds(
    Story,
    headline=texts,
    byline=texts,
    published=st.none() | times,
    paragraphs=st.lists(st.builds(Paragraph, texts, st.sampled_from(ParagraphKind)), max_size=4).map(tuple),
    notes=st.lists(
        st.builds(
            Note,
            texts,
            st.sampled_from(NoteKind),
            st.sampled_from(NoteFamily),
            st.sampled_from(Place),
            st.none() | times,
        ),
        max_size=3,
    ).map(tuple),
    stamps=st.lists(st.builds(Stamp, texts, times, texts, texts, st.booleans()), max_size=2).map(tuple),
)


@given(stories)
def test_a_story_comes_back_from_its_form_as_it_was(story):
    back = from_form(Story, json.loads(json.dumps(to_form(story))))
    assert back == story
    assert back.fingerprint == story.fingerprint


def test_a_verdict_comes_back_from_its_form_as_it_was():
    old = Story.from_paragraphs("Storm", ["The storm killed 12 people on Monday, officials said."])
    new = Story.from_paragraphs("Storm", ["The storm killed 21 people on Monday, officials said."])
    verdict = compare(old, new).verdict
    assert verdict.reasons
    assert from_form(Verdict, json.loads(json.dumps(to_form(verdict)))) == verdict


def test_unknown_keys_are_ignored_and_missing_ones_keep_their_defaults():
    assert from_form(Story, {"headline": "A", "invented_later": [1]}) == Story(headline="A")


def test_times_are_written_in_utc_to_the_second():
    there = datetime(2024, 11, 20, 9, 30, 15, 250, tzinfo=timezone(timedelta(hours=-5)))
    assert iso(there) == "2024-11-20T14:30:15Z"
    assert moment(iso(there)) == there.replace(microsecond=0)


def test_what_is_published_carries_its_schema_and_no_character_a_terminal_obeys():
    text = publish([Story(headline="a\x1b[31m\u202eb")])
    assert json.loads(text)[0]["schema"] == 1
    assert json.loads(text)[0]["headline"] == "a\x1b[31m\u202eb"
    assert all(" " <= c <= "~" or c == "\n" for c in text)


def test_bodies_are_never_part_of_a_form():
    from revtrack.model import Outcome

    snapshot = Snapshot("http://a.test/", datetime(2024, 1, 1, tzinfo=UTC), Outcome.OK, body=b"x", decoded=b"x")
    assert not {"body", "decoded"} & set(to_form(snapshot))


def test_every_field_of_every_form_is_documented():
    from dataclasses import fields
    from pathlib import Path

    from revtrack import archive, model

    page = (Path(__file__).parents[1] / "docs" / "json.md").read_text(encoding="utf-8")
    nouns = [
        *(
            model.Article,
            model.Source,
            model.Snapshot,
            model.Paragraph,
            model.Note,
            model.Stamp,
            model.Story,
            model.Version,
        ),
        *(
            model.Segment,
            model.Block,
            model.FieldDiff,
            model.Change,
            model.Diff,
            model.Reason,
            model.Verdict,
            model.Revision,
        ),
        *(model.CheckResult, archive.LogEntry, archive.NoteEntry),
    ]
    named = {f.name for noun in nouns for f in fields(noun)} - {"body", "decoded"}
    assert not {name for name in named if f"`{name}`" not in page}
