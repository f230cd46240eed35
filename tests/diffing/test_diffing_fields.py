from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from revtrack import Story, compare, diff, render
from revtrack.model import Significance, Stamp

AT = datetime(2024, 11, 20, 7, tzinfo=UTC)
LATER = AT + timedelta(hours=26)
OLD = Story.from_paragraphs("Bridge closes", ["The bridge will close on Monday, the council said."])
NEW = Story.from_paragraphs("Bridge closes", ["The bridge will close on Monday, the city council said."])


def stating(story, **times):
    stamps = [Stamp("published", at, source.replace("_", "-")) for source, at in times.items()]
    return replace(story, stamps=tuple(stamps))


def fields(old, new):
    return [(field.field, field.old, field.new) for field in diff(old, new).fields]


def test_another_time_of_publication_is_told_beside_an_edit():
    old, new = stating(OLD, json_ld=AT, meta=AT), stating(NEW, json_ld=LATER, meta=LATER)
    assert fields(old, new) == [("published", "2024-11-20 07:00 UTC", "2024-11-21 09:00 UTC")]
    revision = compare(old, new)
    assert revision.verdict.significance is Significance.MINOR
    assert "published" in [reason.feature for reason in revision.verdict.reasons]
    for form in ("text", "changes", "markdown", "html", "unified"):
        assert "2024-11-21 09:00 UTC" in render(revision, form)


def test_a_time_of_publication_alone_is_no_difference():
    assert not fields(stating(OLD, json_ld=AT), stating(OLD, json_ld=LATER))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"json_ld": AT, "meta": AT}, {"json_ld": LATER, "meta": AT}),
        ({"json_ld": AT}, {"meta": LATER}),
        ({"text": AT}, {"text": LATER}),
        ({"modified": AT}, {"modified": LATER}),
        ({"json_ld": AT}, {"json_ld": AT + timedelta(seconds=20)}),
        ({"json_ld": AT}, {}),
    ],
)
def test_what_one_source_still_states_or_no_machine_reads_is_not_told(old, new):
    assert not fields(stating(OLD, **old), stating(NEW, **new))
