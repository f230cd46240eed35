"""What was brought in as plain text is a version like any other, marked so, and compared by text alone."""

from hypothesis import given
from hypothesis import strategies as st

from revtrack.model import Paragraph, ParagraphKind, Story
from revtrack.verdicts import on_one_level
from tests.deriving.making import bring, brought, costs, live, look, told
from tests.test_tracker import SENTENCES

TEXT = (("content-type", "text/plain; charset=utf-8"),)
HEADLINE = "Bridge closed after divers find crack"


def as_text(*sentences, parted="\n\n"):
    return parted.join([HEADLINE, *sentences])


def test_the_text_of_a_page_is_the_version_of_the_page(archive):
    live(archive, look(10, costs("4.1")))
    whole = as_text(SENTENCES[0], " ".join(SENTENCES[1:3]), *SENTENCES[3:])
    bring(archive, brought(1, whole, headers=TEXT, kind="newsdiffs"), brought(12, whole, headers=TEXT, kind="git"))
    (version,) = told(archive)[0]
    assert version[6] == ("newsdiffs", "live", "git")
    (kept,) = archive.versions(archive.find("1"))
    assert kept.story.reader == "text"


def test_an_edit_shows_beside_a_text_and_nothing_else_does(archive):
    live(archive, look(10, costs("4.7").replace("<article>", "<article><p class=byline>By Ines Mallory</p>")))
    bring(archive, brought(1, as_text(*SENTENCES), headers=TEXT, kind="newsdiffs"))
    (revision,) = archive.revisions(archive.find("1"))
    assert [(c.where, c.old, c.new) for c in revision.diff.changes] == [("text", "$4.1", "$4.7")]
    assert [v.story.reader for v in archive.versions(archive.find("1"))] == ["text", "page"]


paragraphs = st.lists(
    st.builds(Paragraph, st.text("ab. ", min_size=1).map(str.strip), st.sampled_from(ParagraphKind)), max_size=5
)


@given(paragraphs, paragraphs, st.sampled_from(["page", "text"]), st.sampled_from(["page", "text"]))
def test_two_of_a_kind_are_compared_as_they_are_and_others_as_texts(before, after, one, other):
    old, new = Story("H", paragraphs=tuple(before), reader=one), Story("H", paragraphs=tuple(after), reader=other)
    leveled = on_one_level(old, new)
    if one == other:
        assert leveled == (old, new)
    else:
        assert {story.reader for story in leveled} == {"text"}
        assert on_one_level(*leveled) == leveled
        assert {p.text for story in leveled for p in story.paragraphs} <= {p.text for p in before + after}
