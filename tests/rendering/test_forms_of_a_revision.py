import html
import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import lxml.html
import pytest
from markdown_it import MarkdownIt
from rich.cells import cell_len
from rich.text import Text

import revtrack
from revtrack.errors import InputError
from revtrack.model import Change, Disclosure, Note, NoteKind, Place, Story
from revtrack.rendering import FORMS
from revtrack.rendering.changes import deed
from revtrack.rendering.fragment import html_fragment
from revtrack.rendering.markdown import escape
from revtrack.rendering.visible import isolated, visible
from revtrack.rendering.wrapping import wrap
from tests.rendering.reporting import PAYLOADS

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


@pytest.mark.parametrize(
    ("later", "says"),
    [
        (timedelta(seconds=40), "Changed between 2024-11-20 09:00:00 and 09:00:40 UTC."),
        (timedelta(0), "Changed within the second of 2024-11-20 09:00:00 UTC."),
        (
            timedelta(hours=-2),
            "Changed between the look of 2024-11-20 09:00 UTC and the next, of 2024-11-20 07:00 UTC: the clock was put back.",
        ),
    ],
)
def test_looks_close_together_and_a_clock_put_back_are_told_as_they_are(revision, later, says):
    assert says in revtrack.render(replace(revision, seen_at=START + later), "text")


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


@pytest.mark.parametrize("form", FORMS)
def test_two_texts_of_many_changes_are_told_in_every_form(form):
    sides = ([f"The storm killed {i * k} people in the district of Aven {i}." for i in range(11, 41)] for k in (1, 2))
    text = revtrack.render(revtrack.compare(*(Story.from_paragraphs("Storm", side) for side in sides)), form)
    assert all(str(2 * i) in text for i in range(11, 41))
    if form == "html":
        assert ("href", "#the-text") in Page(text).attributes


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
    assert not {name for name, _ in page.attributes} & {"src", "srcset", "action", "style"}
    hrefs = {value for name, value in page.attributes if name == "href"}
    assert all(href.startswith("#") for href in hrefs - {revision.url})
    assert {"del", "ins", "h1"} <= set(page.tags)
    policy = dict(page.attributes).get("content")
    assert any("default-src 'none'" in (value or "") for _, value in page.attributes), policy
    assert "This story has been updated with additional reporting." in page.words


PASSAGE = "The storm hit the northern coast on Monday night, officials said."
RESCUE = "Rescue teams were sent from the capital on Tuesday morning."
TRAINS = "Trains between the two cities will not run before Friday, the operator said."
SCHOOL = "Schools in three districts stay closed until the water has been tested."
MOVED = revtrack.compare(
    Story.from_paragraphs("H", [f"{PASSAGE} {TRAINS}", RESCUE, SCHOOL, "Nobody was hurt in the night, she added."]),
    Story.from_paragraphs(
        "H",
        [
            PASSAGE,
            RESCUE.replace("Tuesday", "Friday"),
            f"{SCHOOL} {TRAINS}",
            "Nobody was hurt in the night, she added.",
        ],
    ),
)


def test_words_that_moved_alone_say_where_they_came_from_and_where_they_went():
    text = revtrack.render(MOVED, "text")
    assert "“Trains between the two cities will…” from ¶ 1 moved to ¶ 3" in text
    assert f"{{>from ¶ 1: {TRAINS}<}}" in text
    html = revtrack.render(MOVED, "html")
    assert '<small dir="ltr">from ¶ 1: </small>Trains between' in html


@pytest.mark.parametrize("form", ["text", "html"])
def test_side_by_side_shows_each_side_as_it_was(form):
    options = {"width": 120} if form == "text" else {}
    text = revtrack.render(MOVED, form, side_by_side=True, **options)
    assert "to ¶ 3: " in text
    assert "from ¶ 1: " in text


def test_side_by_side_keeps_to_its_columns():
    text = revtrack.render(MOVED, "text", side_by_side=True, width=90)
    rows = [line for line in text.splitlines() if "│" in line]
    assert len({line.index("│") for line in rows}) == 1
    assert max(map(cell_len, rows)) <= 90
    left = " ".join(line[: line.index("│")].strip() for line in rows)
    assert "[-Tuesday-] morning" in left
    assert "Friday morning" not in left


@pytest.mark.parametrize("width", [9, 12, 20, 31])
def test_lines_of_chinese_and_japanese_break_between_characters_but_in_no_number(width):
    lines = [line.plain for line in wrap(Text("株価は12,345.67円で、2024年11月20日に発表されました。" * 3), width)]
    assert max(map(cell_len, lines)) <= width
    assert {number for line in lines for number in re.findall(r"[\d.,]+", line)} == {"12,345.67", "2024", "11", "20"}
    assert not any(line.startswith(("、", "。")) for line in lines)


def test_the_changes_are_told_in_words(revision):
    text = revtrack.render(revision, "changes")
    assert "Headline: “12” became “21”, in “Storm hits coast, 21 dead” (number)" in text
    assert "¶ 1: “12” became “21”, in “The storm killed 21 people on Monday, officials said.” (number)" in text
    assert "¶ 6 before: “This paragraph is going to be removed entirely by the editors.” is gone" in text
    assert "¶ 6: “A new paragraph has come in at the very end of it.” is new" in text
    assert (
        "¶ 3: “Trains between the two cities will not run before Friday, the operator said.” moved here from ¶ 1"
        in (revtrack.render(MOVED, "changes"))
    )


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (".", "because it leaked. That was in May.", "“because it leaked. That was in May” is new"),
        ("because it leaked!", "!", "“because it leaked” is gone"),
        (".", "?", "“.” became “?”"),
        ("**", "*", "“**” became “*”"),
        ("leaked.", "has leaked.", "“leaked.” became “has leaked.”"),
        (" ", "\xa0", "white space changed"),
    ],
)
def test_a_mark_did_not_become_the_words_before_it(old, new, told):
    assert deed(Change("replace", "text", old, new)) == told


def test_the_html_page_tells_the_changes_in_words_too(revision):
    assert "¶ 1: “12” became “21”" in Page(revtrack.render(revision, "html")).words


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
    with pytest.raises(InputError, match="choose one of text, markdown, html, json, unified, changes"):
        revtrack.render(revision, "pdf")


@pytest.mark.parametrize(
    "text", [*PAYLOADS, "1. e4 + 2 - 3 = 4; (a/b) at 5:30, R&D, $5 and $6 {x} ^y^ www.a.test http://b.test a@b.test"]
)
def test_page_text_in_markdown_reads_as_it_was_written(text):
    reader = MarkdownIt("commonmark", {"html": False}).enable(["strikethrough", "table"])
    shown = visible(text).strip()
    read = lxml.html.fragment_fromstring(reader.render(f"*¶ 1 (edit)* {escape(text).strip()}"), create_parent="div")
    assert {element.tag for element in read.iter()} <= {"div", "p", "em"}
    assert " ".join(read.text_content().split()) == " ".join(f"¶ 1 (edit) {shown}".split())


def test_markdown_can_be_pasted(revision):
    written = revtrack.render(revision, "markdown")
    assert "<https://a.test/storm>, version 1 → 2\n" in written
    assert "Changed between 2024-11-20 09:00 UTC and 2024-11-20 12:00 UTC." in written
    assert "\\" not in written


def test_a_note_that_came_later_is_quoted_in_every_form_for_people(revision):
    note = Note("Correction: An earlier version gave the number of dead as 12.", NoteKind.CORRECTION, place=Place.TOP)
    verdict = replace(revision.verdict, disclosure=Disclosure.LATE, lag=7_200.0)
    late = replace(revision, notes=(), late=(note,), verdict=verdict)
    for form in ("text", "markdown", "html", "changes"):
        written = html.unescape(revtrack.render(late, form))
        assert note.text in written, form
        assert re.search("correction, at the top, 2 hours later|note that came 2 hours later", written), form
    assert f"2 hours later:</strong> {note.text}" in html_fragment(late)


def test_times_that_would_read_the_same_are_told_to_the_second(revision):
    quick = replace(
        revision, after=START, seen_at=START + timedelta(seconds=10), last_seen=START + timedelta(seconds=40)
    )
    page = " ".join(lxml.html.document_fromstring(revtrack.render(quick, "html")).text_content().split())
    assert "until 2024-11-20 09:00:00 UTC, at least" in page
    assert "from 2024-11-20 09:00:10 UTC to 2024-11-20 09:00:40 UTC, at 4 looks" in page
    assert (
        "from 2024-11-20 12:00 UTC to"
        in lxml.html.document_fromstring(revtrack.render(revision, "html")).text_content()
    )


@pytest.mark.parametrize(
    ("language", "is_told"), [("el", True), ("el-GR", True), ("en", False), ("nb", False), ("", False)]
)
def test_where_no_rules_read_notes_of_a_language_it_is_told(language, is_told):
    told = revtrack.render(revtrack.compare(OLD, replace(NEW, language=language, notes=())), "text")
    assert "No correction" in told
    assert ("ships no rules for notes in the page’s language" in " ".join(told.split())) is is_told
