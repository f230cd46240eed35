import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest
from rich.cells import cell_len

import revtrack
from revtrack.errors import InputError
from revtrack.model import Note, NoteKind, Place, Story
from revtrack.rendering import FORMS
from revtrack.rendering.visible import isolated, visible

OLD = Story.from_paragraphs(
    "Storm hits coast, 12 dead",
    [
        "The storm killed 12 people on Monday, officials said.",
        "Two bridges were closed after the flood, and schools stayed open.",
        "A paragraph that stays exactly as it was, word for word.",
        "Another paragraph that stays exactly as it was, word for word.",
        "The mayor said that she had known nothing of the warning.",
        "This paragraph is going to be removed entirely by the editors.",
    ],
)
NEW = replace(
    Story.from_paragraphs(
        "Storm hits coast, 21 dead",
        [
            "The storm killed 21 people on Monday, officials said.",
            "Two bridges were closed after the flood, and schools stayed open.",
            "A paragraph that stays exactly as it was, word for word.",
            "Another paragraph that stays exactly as it was, word for word.",
            "The mayor said that she had known of the warning.",
            "A new paragraph has come in at the very end of it.",
        ],
    ),
    notes=(Note("This story has been updated with additional reporting.", NoteKind.UPDATE, place=Place.BOTTOM),),
)
START = datetime(2024, 11, 20, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def revision():
    return replace(
        revtrack.compare(OLD, NEW),
        url="https://a.test/storm",
        old=1,
        new=2,
        after=START,
        seen_at=START + timedelta(hours=3),
        last_seen=START + timedelta(hours=9),
        looks=4,
    )


def plain(text):
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def test_the_head_says_headline_verdict_facts_and_note_before_any_paragraph(revision):
    text = revtrack.render(revision, "text")
    head = text[: text.index("¶")]
    assert head.startswith("Storm hits coast, [-12-]{+21+} dead\nhttps://a.test/storm   version 1 → 2\n")
    assert "12 → 21" in head
    assert "Changed between 2024-11-20 09:00 UTC and 2024-11-20 12:00 UTC." in head
    assert "▌ update, at the bottom: “This story has been updated with additional reporting.”" in head
    assert revision.verdict.significance.upper() in head


def test_unchanged_paragraphs_are_folded_to_a_count(revision):
    text = revtrack.render(revision, "text")
    assert "⋮  3 paragraphs unchanged" in text
    assert "word for word" not in text


def test_without_colour_marks_stand_around_what_changed(revision):
    text = revtrack.render(revision, "text")
    assert "¶ 1  The storm killed [-12-]{+21+} people" in text
    assert "\x1b" not in text


def test_with_colour_words_are_struck_and_underlined_with_a_blank_between(revision):
    text = revtrack.render(revision, "text", color=True, width=80)
    assert "\x1b[9;38;5;166m12\x1b[0m \x1b[4;38;5;33m21\x1b[0m people" in text
    assert "[-" not in text


@pytest.mark.parametrize("width", [40, 60, 100])
@pytest.mark.parametrize("color", [True, False])
def test_no_line_is_wider_than_the_terminal(width, color):
    wide = "障害が発生しました。" * 12
    old, new = (Story.from_paragraphs("見出し" * 20, [wide + n, "x" * 300 + n]) for n in ("一", "二"))
    text = revtrack.render(revtrack.compare(old, new), "text", color=color, width=width)
    assert max(cell_len(line) for line in plain(text).splitlines()) <= width


def test_right_to_left_text_is_isolated_from_the_marks_around_it():
    old = Story.from_paragraphs("عنوان", ["قتلت العاصفة 12 شخصا يوم الاثنين بحسب المسؤولين."])
    new = Story.from_paragraphs("عنوان", ["قتلت العاصفة 21 شخصا يوم الاثنين بحسب المسؤولين."])
    text = revtrack.render(revtrack.compare(old, new), "text")
    assert text.count("\u2068") == text.count("\u2069") > 0


HOSTILE = "\x1b]0;pwned\x07 \x9b31m \u202eevil\u2069 <script>alert(1)</script> [x](javascript:y) =cmd|' /C calc'!A0 `rm` \r\n\x00"


@pytest.mark.parametrize("form", FORMS)
def test_hostile_text_is_inert_in_every_form(form):
    old = Story.from_paragraphs(HOSTILE, [HOSTILE, "The storm killed 12 people."])
    new = replace(
        Story.from_paragraphs(HOSTILE + "!", [HOSTILE + "?", "The storm killed 21 people."]),
        notes=(Note(HOSTILE, NoteKind.UPDATE),),
        byline=HOSTILE,
    )
    text = revtrack.render(replace(revtrack.compare(old, new), url=HOSTILE, old=1, new=2), form)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2067]", text)
    if form in {"html", "markdown"}:
        assert "<script" not in text
    if form == "markdown":
        assert "](javascript" not in text


def test_visible_writes_out_what_commands_a_terminal_and_keeps_what_spells():
    assert visible("a\x1bb\x9b\u202e\u2028") == "a\\x1bb\\x9b\\u202e\\u2028"
    assert visible("नमस्ते \u200d👨\u200d👩\u200d👧 می\u200cخواهم") == "नमस्ते \u200d👨\u200d👩\u200d👧 می\u200cخواهم"
    assert visible("lone \ud800 half") == "lone \\ud800 half"
    assert isolated("plain") == "plain"


def test_a_page_cannot_forge_the_marks_of_a_change():
    old = Story.from_paragraphs("H", ["The mayor said [-never-] {+always+} on 3 May."])
    new = Story.from_paragraphs("H", ["The mayor said [-never-] {+always+} on 4 May."])
    text = revtrack.render(revtrack.compare(old, new), "text")
    assert r"[\-never-\] {\+always+\}" in text
    assert text.count("[-") == text.count("{+") == 1


def test_a_withdrawn_note_is_shown_with_its_words():
    text = revtrack.render(revtrack.compare(NEW, replace(NEW, notes=())), "text")
    assert "note withdrawn: [-This story has been updated with additional reporting.-]" in text


class Page(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.words = [], [], ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.words += data


def test_the_html_page_needs_no_script_and_no_request(revision):
    page = Page(revtrack.render(revision, "html"))
    assert not {"script", "img", "iframe", "link", "object", "form"} & set(page.tags)
    assert not {name for name, _ in page.attributes} & {"src", "href", "srcset", "action", "style"}
    assert {"del", "ins", "h1"} <= set(page.tags)
    policy = dict(page.attributes).get("content")
    assert any("default-src 'none'" in (value or "") for _, value in page.attributes), policy
    assert "This story has been updated with additional reporting." in page.words


def test_the_json_form_holds_the_whole_revision(revision):
    form = json.loads(revtrack.render(revision, "json"))
    assert form["schema"] == 1
    assert form["verdict"]["significance"] == revision.verdict.significance
    assert form["diff"]["new"]["headline"] == NEW.headline
    assert form["seen_at"] == "2024-11-20T12:00:00Z"


def test_the_unified_form_leaves_out_what_is_unchanged(revision):
    text = revtrack.render(revision, "unified")
    assert text.startswith("--- https://a.test/storm version 1\n+++ https://a.test/storm version 2\n@@ headline @@\n")
    assert "word for word" not in text
    assert "{+A new paragraph has come in at the very end of it.+}" in text


def test_markdown_marks_what_went_and_came(revision):
    text = revtrack.render(revision, "markdown")
    assert text.startswith("## Storm hits coast, <del>12</del> <ins>21</ins> dead\n")
    assert "*… 3 paragraphs unchanged …*" in text


def test_an_unknown_form_is_refused_with_the_known_ones(revision):
    with pytest.raises(InputError, match="choose one of text, markdown, html, json, unified"):
        revtrack.render(revision, "pdf")
