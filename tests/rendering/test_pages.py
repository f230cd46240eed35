"""The pages a reader looks at: what they show, that nothing captured acts in them, and that everybody can read them."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import revtrack
from revtrack.model import (
    Article,
    Disclosure,
    Note,
    NoteKind,
    Origin,
    Outcome,
    Place,
    Redaction,
    Significance,
    Snapshot,
    Story,
    Tls,
    Verdict,
    Version,
)
from revtrack.rendering.absences import absence
from revtrack.rendering.article_page import ArticlePage, article_page
from revtrack.rendering.blame_page import BlamePage, blame_page
from revtrack.rendering.links import Links
from revtrack.rendering.revision_page import RevisionPage, revision_page
from revtrack.rendering.saying import sayings
from revtrack.rendering.strip import strip
from revtrack.rendering.templating import policy, style, web_address
from revtrack.rendering.timeline import HEIGHT, timeline
from revtrack.rendering.wording import clock, span
from revtrack.verdicts.lateness import Step, late_notes

START = datetime(2024, 11, 20, 9, tzinfo=UTC)
HARBOUR = "The harbour authority closed the old swing bridge to all traffic on {} after divers found a crack."
COST = "Repairs will cost an estimated ${} million and are expected to take nine weeks, a statement said."
QUOTE = "“Nobody wanted to be the one to turn the key,” harbour master Ines Calloway told reporters on the quay."
MERCHANTS = "Fish merchants on the island said that they had been given less than a day’s notice of the closure."
TEXTS = [
    [HARBOUR.format("Wednesday"), QUOTE, COST.format("4.1"), MERCHANTS],
    [HARBOUR.format("Wednesday"), QUOTE, COST.format("5.2"), MERCHANTS],
    [HARBOUR.format("Tuesday"), QUOTE, COST.format("6.3"), MERCHANTS, "Boats pass by the northern lock."],
    [HARBOUR.format("Tuesday"), COST.format("6.4"), MERCHANTS, "Boats pass by the northern lock."],
]
CORRECTION = Note(
    "Correction: an earlier version gave the cost wrongly.", NoteKind.CORRECTION, place=Place.BOTTOM, target="money"
)


class Site(Links):
    """A site in which every page has an address; `form` says whether it answers forms."""

    style, front, sources, search = "style.css", "index.html", "sources.html", "search.html"

    def __init__(self, *, form=False):
        self.form = form

    def article(self, article_id):
        return f"{article_id}.html"

    def blame(self, article_id):
        return f"{article_id}-blame.html"

    def revision(self, article_id, old, new):
        return f"{article_id}-{old}-{new}.html"

    def compare(self, article_id):
        return f"{article_id}/compare" if self.form else ""


def history(texts=TEXTS, *, headlines=("Bridge closed after crack is found",), notes=((), (), (CORRECTION,), ())):
    versions = tuple(
        Version(
            number,
            replace(
                Story.from_paragraphs(headlines[(number - 1) % len(headlines)], text),
                notes=tuple(notes[(number - 1) % len(notes)]),
            ),
            START + timedelta(hours=5 * number),
            START + timedelta(hours=5 * number + 4),
            looks=3,
        )
        for number, text in enumerate(texts, 1)
    )
    return versions, tuple(steps(versions))


def steps(versions):
    for old, new in pairwise(versions):
        yield replace(
            revtrack.compare(old.story, new.story),
            url="https://a.test/bridge",
            old=old.number,
            new=new.number,
            after=old.last_seen,
            seen_at=new.first_seen,
            last_seen=new.last_seen,
            looks=new.looks,
        )


ARTICLE = Article(7, "https://a.test/bridge", "Bridge closed after crack is found")
VERSIONS, REVISIONS = history()
LOOKS = tuple((START + timedelta(hours=hour), Outcome.OK) for hour in range(5, 25))


class Page(HTMLParser):
    """What a browser would make of a page: its tags, attributes and words."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.words, self.ids, self.hrefs = [], [], "", [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        self.ids += [value for name, value in attrs if name == "id"]
        self.hrefs += [value for name, value in attrs if name == "href"]

    def handle_data(self, data):
        self.words += data


def pages(versions=VERSIONS, revisions=REVISIONS, *, article=ARTICLE, snapshot=None, links=None):
    links = links or Site()
    yield article_page(ArticlePage(article, versions, revisions, LOOKS), links)
    yield blame_page(BlamePage(article, versions), links)
    for revision in revisions:
        yield revision_page(RevisionPage(revision, article, len(versions), snapshot, snapshot), links)


# --- what they show ----------------------------------------------------------------------------------------------


def test_every_link_within_a_page_leads_to_one_place_on_it():
    for text in pages():
        page = Page(text)
        assert len(page.ids) == len(set(page.ids))
        assert {href[1:] for href in page.hrefs if href.startswith("#")} <= set(page.ids)


def test_a_revision_links_to_its_neighbours_and_each_hunk_has_a_permalink():
    page = Page(revision_page(RevisionPage(REVISIONS[1], ARTICLE, 4), Site()))
    assert {"7-1-2.html", "7-3-4.html", "7-1-4.html", "7.html", "#p1", "#p3", "#p5", "#side-p3"} <= set(page.hrefs)
    last = Page(revision_page(RevisionPage(REVISIONS[2], ARTICLE, 4), Site()))
    assert "#was2" in last.hrefs
    assert not any(href.endswith("-5.html") for href in last.hrefs)


def test_unchanged_paragraphs_are_folded_and_can_be_opened():
    text = revision_page(RevisionPage(REVISIONS[0], ARTICLE, 4), Site())
    folds = re.findall(r'<details class="fold"><summary>(.+?)</summary>(.+?)</details>', text, re.DOTALL)
    assert [summary for summary, _ in folds] == ["2 paragraphs unchanged", "1 paragraph unchanged"]
    assert QUOTE in folds[0][1]


def test_the_list_of_changes_stands_above_the_text_with_why_each_matters():
    words = Page(revision_page(RevisionPage(REVISIONS[0], ARTICLE, 4), Site())).words
    assert re.search(r"¶ 3: “\$?4\.1.*” became “\$?5\.2.*”", words)
    assert words.index("What changed, in words") < words.index("The text")
    assert re.search(r"(money|number): substantive, undisclosed", words)


def test_a_note_is_shown_with_what_it_says_and_what_it_fails_to_say():
    said = sayings(REVISIONS[1])[0]
    assert any(sentence.startswith("It is about this change: $5.2 million → $6.3 million") for sentence in said.says)
    assert "It does not say what stood there before." in said.lacks
    assert any(sentence.startswith("No note speaks of: Wednesday → Tuesday") for sentence in said.lacks)
    words = Page(revision_page(RevisionPage(REVISIONS[1], ARTICLE, 4), Site())).words
    assert all(sentence in words for sentence in said.says + said.lacks)


def test_a_note_that_names_nothing_is_said_to_name_nothing():
    note = Note("This article has been updated.", NoteKind.UPDATE)
    _, (step,) = history(TEXTS[:2], notes=((), (note,)))
    assert sayings(step)[0].lacks[0] == "It does not say what was changed."


def test_a_note_that_gives_a_day_alone_is_not_said_to_give_midnight():
    for stated, told in ((datetime(2024, 11, 21, tzinfo=UTC), "2024-11-21"), (START, clock(START))):
        dated = replace(REVISIONS[1], notes=(replace(CORRECTION, stated_at=stated),))
        assert sayings(dated)[0].says[-1] == f"It is dated {told}."


def test_a_later_note_about_some_of_the_changes_is_told_where_others_stay_undisclosed():
    verdict = replace(REVISIONS[0].verdict, lag=55 * 3600.0)
    words = Page(revision_page(RevisionPage(replace(REVISIONS[0], verdict=verdict), ARTICLE, 4), Site())).words
    assert "A note about part of it came 2 days later." in words
    assert timeline([replace(REVISIONS[0], verdict=verdict)], LOOKS).late


def test_a_note_that_came_later_and_the_change_it_explains_lead_to_each_other():
    lag = REVISIONS[1].seen_at - REVISIONS[0].seen_at
    first = replace(REVISIONS[0], verdict=replace(REVISIONS[0].verdict, lag=lag.total_seconds()))
    late = late_notes(Step(one.new, one.seen_at, one.verdict.lag, one.notes) for one in (first, *REVISIONS[1:]))
    early = Page(revision_page(RevisionPage(first, ARTICLE, 4, late=late), Site()))
    assert f"note that came {span(lag)} later, with version 3" in early.words
    assert CORRECTION.text in early.words
    assert early.hrefs.count("7-2-3.html") == 2  # beside that of the next step
    after = Page(revision_page(RevisionPage(REVISIONS[1], ARTICLE, 4, late=late), Site()))
    assert f"It came {span(lag)} after the change that it explains: version 1 → 2." in after.words
    nothing = replace(first, verdict=replace(first.verdict, lag=3 * lag.total_seconds()))
    assert late_notes([Step(2, nothing.seen_at, nothing.verdict.lag, ())]) == ()


def test_a_link_to_a_revision_says_in_a_chat_what_was_edited():
    shown = dict(
        re.findall(
            r'<meta property="og:(\w+)"[^>]* content="([^"]*)">', revision_page(RevisionPage(REVISIONS[0]), Links())
        )
    )
    assert shown["title"] == f"{ARTICLE.headline}: substantive, undisclosed"
    assert shown["description"].startswith("$4.1 million → $5.2 million. ")
    assert "2024-11-20" in shown["description"]


def test_an_article_in_several_pages_is_told_as_such_on_its_page():
    paged = replace(VERSIONS[0], story=replace(VERSIONS[0].story, next_page="https://a.test/bridge?page=2"))
    told = "What is read is page 1 of an article in several; edits further on are not seen."
    assert told in Page(article_page(ArticlePage(ARTICLE, (paged,)), Site())).words
    assert told not in Page(article_page(ArticlePage(ARTICLE, (VERSIONS[0],)), Site())).words


def test_provenance_tells_that_only_the_first_page_was_read():
    revision, snapshot = REVISIONS[0], Snapshot("https://a.test/bridge", START, Outcome.OK)
    paged = replace(revision.diff.new, next_page="https://a.test/bridge?page=2")
    paged = replace(revision, diff=replace(revision.diff, new=paged))
    for shown, told in ((revision, False), (paged, True)):
        words = Page(revision_page(RevisionPage(shown, ARTICLE, 4, snapshot, snapshot), Site())).words
        assert ("page 1 of an article in several; edits further on are not seen" in words) is told


def test_provenance_tells_times_hashes_origin_and_what_was_taken_out():
    snapshot = Snapshot(
        "https://a.test/bridge",
        START,
        Outcome.OK,
        status=200,
        body_sha256="ab" * 32,
        headers=(("ETag", '"x1"'),),
        peer="192.0.2.7:443",
        tls=Tls("TLSv1.3", "AES", "cd" * 32),
        origin=Origin("wayback", "https://web.test/2024/https://a.test/bridge", START),
        redaction=Redaction("a court's order", START),
    )
    words = Page(revision_page(RevisionPage(REVISIONS[0], ARTICLE, 4, snapshot, None), Site())).words
    for told in (
        "ab" * 32,
        "cd" * 32,
        '"x1"',
        "192.0.2.7:443",
        "200 ok",
        "wayback https://web.test",
        "The old version was brought in from wayback https://web.test",
        "a court's order",
    ):
        assert told in words


@pytest.mark.parametrize("form", ["text", "markdown", "html", "changes"])
def test_a_redacted_revision_says_so_where_its_text_would_be(form):
    taken_out = replace(revtrack.compare(Story(), Story()), redaction=Redaction("a court order", START), old=1, new=2)
    said = revtrack.render(taken_out, form).replace("\\", "")  # of Markdown
    assert "Redacted 2024-11-20 09:00 UTC: a court order." in said


def test_the_history_offers_a_form_where_one_is_answered_and_a_triangle_of_links_where_none_is():
    live = Page(article_page(ArticlePage(ARTICLE, VERSIONS, REVISIONS, LOOKS), Site(form=True)))
    assert ("action", "7/compare") in live.attributes
    assert live.attributes.count(("name", "old")) == live.attributes.count(("name", "new")) == 4
    files = Page(article_page(ArticlePage(ARTICLE, VERSIONS, REVISIONS, LOOKS), Site()))
    assert "form" not in files.tags
    assert {f"7-{old}-{new}.html" for old in range(1, 4) for new in range(old + 1, 5)} <= set(files.hrefs)


def test_the_blame_page_gives_each_sentence_the_version_that_brought_it():
    text = blame_page(BlamePage(ARTICLE, VERSIONS), Site())
    brought = dict(
        re.findall(r'<span class="age-\d" title="[^"]*">([^<]+)</span><sup class="since"><a href="7-(.-.)', text)
    )
    assert brought == {
        HARBOUR.format("Tuesday"): "2-3",
        COST.format("6.4"): "3-4",
        "Boats pass by the northern lock.": "2-3",
    }


def test_an_article_without_versions_and_one_with_a_single_version_have_pages():
    empty = Page(article_page(ArticlePage(Article(1, "https://a.test/x"), ()), Links()))
    assert "No version has been read of it yet." in empty.words
    assert "version 1" in Page(article_page(ArticlePage(ARTICLE, VERSIONS[:1]), Links())).words
    assert "(no headline)" in Page(blame_page(BlamePage(Article(1, "https://a.test/x"), ()), Links())).words


# --- pictures ----------------------------------------------------------------------------------------------------

MOMENTS = st.integers(0, 10_000_000).map(lambda seconds: START + timedelta(seconds=seconds))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(MOMENTS, st.sampled_from(Outcome)), max_size=12).map(sorted),
    st.lists(st.tuples(MOMENTS, st.floats(0, 1e9)), max_size=6),
)
def test_everything_in_a_timeline_stands_within_its_picture(looks, seen):
    verdict = Verdict(Significance.SUBSTANTIVE, Disclosure.LATE)
    revisions = [
        replace(REVISIONS[0], seen_at=at, new=number, verdict=replace(verdict, lag=lag), notes=(CORRECTION,))
        for number, (at, lag) in enumerate(sorted(seen), 2)
    ]
    drawn = timeline(revisions, looks)
    if drawn is None:
        assert len({at for at, _ in looks} | {at for at, _ in seen}) < 2
        return
    across = [*drawn.looks, *drawn.failed, *drawn.notes, *(x for pair in drawn.gone + drawn.late for x in pair)]
    across += [mark.x for mark in drawn.marks] + [x for x, _ in drawn.ticks]
    assert all(0 <= x <= 100 for x in across)
    assert all(0 < mark.height <= HEIGHT for mark in drawn.marks)
    assert all(start <= end for start, end in drawn.gone + drawn.late)
    assert [mark.x for mark in drawn.marks] == sorted(mark.x for mark in drawn.marks)


def test_a_page_that_was_gone_for_a_time_shows_the_gap():
    outcomes = [Outcome.OK, *[Outcome.GONE, Outcome.GONE, Outcome.OK, Outcome.GONE] * 2, Outcome.GONE]
    looks = [(START + timedelta(hours=hour), outcome) for hour, outcome in enumerate(outcomes)]
    drawn = timeline((), looks)
    assert drawn.gone == tuple((drawn.looks[start], drawn.looks[end]) for start, end in ((1, 3), (4, 7), (8, 9)))
    since, until = (clock(START + timedelta(hours=hour)) for hour in (4, 7))
    assert absence(looks) == f"The page is gone since {clock(looks[8][0])}, and 2 times before that."
    assert absence(looks[:8]) == f"The page was found gone from {since} until {until}, and 1 time before that."
    assert absence(looks[:2]) == "", "it is believed when it was seen twice"


def test_looks_that_came_to_nothing_are_counted_and_drawn_apart():
    outcomes = [Outcome.OK, Outcome.BLOCKED, Outcome.NOT_MODIFIED, Outcome.BLOCKED, Outcome.FAILED, Outcome.GONE]
    looks = tuple((START + timedelta(hours=hour), outcome) for hour, outcome in enumerate(outcomes))
    drawn = timeline((), looks)
    assert (len(drawn.looks), len(drawn.failed)) == (3, 3)
    page = Page(article_page(ArticlePage(ARTICLE, VERSIONS[:1], looks=looks), Links()))
    last = clock(looks[2][0])
    assert f"3 of 6 looks came to nothing: 2 blocked, 1 failed; the last that read the page was {last}." in page.words
    assert "look that came to nothing" in page.words
    fine = Page(article_page(ArticlePage(ARTICLE, VERSIONS[:1], looks=(looks[0], looks[2])), Links()))
    assert "came to nothing" not in fine.words
    never = Page(article_page(ArticlePage(Article(1, "https://a.test/x"), (), looks=looks[3:5]), Links()))
    assert "2 of 2 looks came to nothing: 1 blocked, 1 failed; none read the page." in never.words


def test_the_strip_says_which_paragraph_is_fought_over():
    drawn = strip(REVISIONS)
    assert (drawn.fought.times, drawn.fought.excerpt[:18]) == (3, "Repairs will cost ")
    assert drawn.fought.paragraph == 2
    assert drawn.columns == 5
    assert [row.said for row in drawn.rows] == ["1 changed", "2 changed, 1 new", "1 changed, 1 removed"]
    cost = [cell.x for row in drawn.rows for cell in row.cells if cell.op == "edit"]
    assert max(cost.count(x) for x in cost) == 3


def test_the_strip_of_a_long_text_shows_every_change_and_numbers_that_do_not_touch():
    first = [f"Paragraph {number} says how many boats went out." for number in range(12_000)]
    last = [*first[:-1], "Paragraph 11999 says how many boats came back."]
    drawn = strip(history([first, last])[1])
    ((cell,),) = (row.cells for row in drawn.rows)
    assert cell.width >= 0.3
    assert cell.x + cell.width <= 100
    assert 3 <= len(drawn.ticks) <= 5


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from([*TEXTS[0], *TEXTS[3], f"{QUOTE} {MERCHANTS}"]), max_size=6), min_size=2, max_size=5
    )
)
def test_each_paragraph_keeps_one_column_through_all_versions(texts):
    _, revisions = history(texts)
    drawn = strip(revisions)
    if drawn is None:
        assert all(revision.diff.old_text == revision.diff.new_text for revision in revisions)
        return
    assert drawn.columns >= max(len(text) for text in texts)
    for row in drawn.rows:
        assert len({cell.x for cell in row.cells}) == len(row.cells)
        assert all(0 <= cell.x <= 100 - cell.width + 0.1 for cell in row.cells)
    assert {number for _, number in drawn.ticks} <= set(range(1, len(texts[-1]) + 1))
    assert len({x for x, _ in drawn.ticks}) == len(drawn.ticks)


# --- nothing captured acts ---------------------------------------------------------------------------------------

PAYLOADS = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    '" style="background:url(//e.test)',
    "`><img src=`//e.test`>",
    "<!--><img src=//e.test>-->",
    "<![CDATA[<img src=//e.test>]]>",
    "{{ 7 * 7 }}{% raw %}",
    "${alert(1)}",
    "javascript:alert(1)",
    " javascript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "//e.test/x",
    'https://e.test/"><script>alert(1)</script>',
    "https://user:pass@e.test/",
    "http://e.test/\u202egnp.exe",
    "\x1b]0;pwned\x07",
    "\x9b31m",
    "\x00\x08\x7f",
    "\u202eright to left\u202c",
    "\u2066isolate\u2069",
    "\u2028\u2029",
    "\ud800",
    "\ufffe\U000e0001",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#x3c;script&#x3e;",
    "<base href=//e.test>",
    "<meta http-equiv=refresh content='0;url=//e.test'>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<form action=//e.test><input name=x>",
    "<link rel=stylesheet href=//e.test>",
    "<math><mi xlink:href='javascript:alert(1)'>",
    "=cmd|' /C calc'!A0",
    "expression(alert(1))",
    "]]><x/>\r\nSet-Cookie: a=b",
]


def hostile(payload):
    """Return an article in which every captured field is hostile."""
    note = Note(payload, NoteKind.CORRECTION, wrong=payload, right=payload, target=payload)
    stories = [
        replace(
            Story.from_paragraphs(f"{payload} {end}", [f"{payload} killed {end} people.", payload, f"Kept. {payload}"]),
            deck=payload * end,
            language=payload,
            byline=f"{payload}{end}",
            notes=(note,) * (end - 1),
        )
        for end in (1, 2)
    ]
    versions = tuple(
        Version(number, story, START, START, redaction=Redaction(payload, START), seen_by=(payload,))
        for number, story in enumerate(stories, 1)
    )
    revision = replace(revtrack.compare(*stories), url=payload, old=1, new=2, beside=(payload,), seen_at=START)
    article = Article(7, payload, payload, source=payload)
    snapshot = Snapshot(
        payload,
        START,
        Outcome.OK,
        final_url=payload + "2",
        headers=(("ETag", payload), ("Last-Modified", payload)),
        peer=payload,
        body_sha256=payload,
        tls=Tls(payload, payload, payload),
        origin=Origin(payload, payload),
        redaction=Redaction(payload, START),
    )
    return versions, (revision,), article, snapshot


ALLOWED = Page("".join(pages(snapshot=hostile("x")[3], links=Site(form=True))))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_captured_acts_on_any_page(payload):
    versions, revisions, article, snapshot = hostile(payload)
    for text in pages(versions, revisions, article=article, snapshot=snapshot):
        page = Page(text)
        assert set(page.tags) <= set(ALLOWED.tags) | {"small", "br"}
        assert {name for name, _ in page.attributes} <= {name for name, _ in ALLOWED.attributes} | {"rel"}
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2067\ud800]", text)
        assert all(re.match(r"(https?://|#|\d|style\.css|[a-z]+\.html)", href) for href in page.hrefs), page.hrefs
        text.encode()


def test_an_address_of_a_page_is_a_link_that_tells_nothing_of_us_only_where_it_is_one():
    assert web_address("https://a.test/x?y=1") == "https://a.test/x?y=1"
    for odd in (
        "javascript:alert(1)",
        "//a.test",
        "http://",
        "https://[",
        "file:///x",
        "https://a.test/\u202e",
        "a.test",
    ):
        assert web_address(odd) == ""
    links = re.findall(r'<a class="outward"[^>]+>', next(pages()))
    assert links
    assert all('rel="noreferrer noopener nofollow"' in link for link in links)


@pytest.mark.parametrize("links", [Links(), Site(form=True)], ids=["alone", "in a site"])
def test_a_page_bears_a_strict_policy_and_nothing_that_it_forbids(links):
    for text in pages(links=links):
        page = Page(text)
        assert not {"script", "iframe", "object", "img", "base"} & set(page.tags)
        assert not [name for name, _ in page.attributes if name == "style" or name.startswith("on")]
        found = next(value for name, value in page.attributes if name == "content")
        assert found == policy(linked=bool(links.style))
        assert "unsafe" not in found
        assert ("link" in page.tags) is bool(links.style)


# --- everybody can read ------------------------------------------------------------------------------------------


def schemes():
    """Return the colours of the style sheet by name, in the light and in the dark."""
    sheet = style()
    light, dark = {}, {}
    for block in re.finditer(r"(@media \(prefers-color-scheme: dark\) \{ )?:root \{(.*?)\}", sheet, re.DOTALL):
        if "color-scheme: light;" in block[2]:  # paper
            continue
        (dark if block[1] else light).update(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", block[2]))
    return {"light": light, "dark": light | dark}


def channels(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    return [int(digits[i : i + 2], 16) for i in (0, 2, 4)]


def luminance(colour):
    """WCAG 2.2, relative luminance."""
    parts = [c / 255 for c in channels(colour)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_the_contrast_of_aaa_on_every_ground_it_stands_on(scheme):
    colours = schemes()[scheme]
    pairs = [("del", "del-ground"), ("ins", "ins-ground"), ("soft", "page"), ("soft", "ground"), ("link", "page")]
    pairs += [("link", "ground"), ("page", "ink"), ("ink", "page"), ("ink", "ground")]
    pairs += [(ink, f"age-{step}") for ink in ("ink", "link") for step in (1, 2, 3, 4) if (ink, step) != ("link", 4)]
    ratios = {pair: round(contrast(*(colours[name] for name in pair)), 2) for pair in pairs}
    least = {
        pair: ratio for pair, ratio in ratios.items() if ratio < (4.5 if "link" in pair and "age" in pair[1] else 7)
    }
    assert not least
    assert contrast(colours["bar"], colours["page"]) >= 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_was_struck_and_what_was_put_in_differ_for_eyes_that_do_not_tell_red_from_green(scheme):
    colours = schemes()[scheme]
    for one, other in (("del", "ins"), ("del-ground", "ins-ground")):
        warmth = [
            channels(colours[name])[0] - channels(colours[name])[2] for name in (one, other)
        ]  # yellow against blue
        assert warmth[0] > 25 > -25 > warmth[1]


def test_the_colours_are_those_that_were_asked_for():
    found = schemes()
    asked = {
        "light": ("#7a2e00", "#ffe1cc", "#003a8c", "#d3e6ff"),
        "dark": ("#ffb98a", "#4a2410", "#a9cdff", "#12335f"),
    }
    for scheme, colours in asked.items():
        assert tuple(found[scheme][name] for name in ("del", "del-ground", "ins", "ins-ground")) == colours


def test_words_of_a_page_bear_its_language_if_it_is_one():
    stories = [replace(Story.from_paragraphs("台風", [f"{n}人死亡と発表した。"]), language="ja") for n in (12, 21)]
    assert '<h1 id="headline" dir="auto" lang="ja">' in revtrack.render(revtrack.compare(*stories), "html")
    odd = replace(stories[1], language='"><script>')
    assert '<h1 id="headline" dir="auto">' in revtrack.render(revtrack.compare(stories[0], odd), "html")


def test_words_for_the_ear_do_not_turn_the_direction_of_the_text_they_stand_in():
    old, new = (
        Story.from_paragraphs("عنوان", [f"{verb} رئيس البلدية التحذيرات يوم الاثنين."]) for verb in ("أكد", "نفى")
    )
    text = revtrack.render(revtrack.compare(old, new), "html")
    said = re.findall(r'<span class="said"([^>]*)>\[', text)
    assert said
    assert set(said) == {' dir="ltr"'}  # such an element is passed over where a direction is found out
    assert '<p class="body" dir="auto"><del>' in text
