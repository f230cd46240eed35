"""What pages, feeds and servers say reaches every output as plain text: it commands no terminal, page, reader or sheet."""

import csv
import io
import json
import re

import lxml.etree
import lxml.html
import pytest

from tests.newsroom import answer

# Escape sequences (also as 8-bit controls), marks that turn the direction of writing, markup, formulas, Markdown.
RAW = "\x1b[2J\x9b31m\x07 \u202edesrever\u202c \u2066x\u2069 \u200f"
SAID = f"=HYPERLINK(1) <script>alert(1)</script> <img src=x onerror=alert(2)> [y](javascript:alert(3)) {RAW}"
MARKUP = SAID.replace("<", "&lt;").replace("\x1b", "&#27;").replace("\x9b", "\x9b&#155;")
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
PATH = "/2024/=cmd%1B%5B2J%E2%80%AE-the-ferry-is-late-%3Cscript%3E?q=%22onx%3D1"
FORMULA = re.compile(r"\s*[\"']?[=+\-@\t\r]")
ALLOWED = {"p", "strong", "em", "del", "ins", "br", "blockquote", "div", "ul", "li", "h3"}

COMMANDS = {
    "check": ["check", "--all", "-v"],
    "list": ["list"],
    "log": ["log"],
    "log of one": ["log", "1"],
    "show": ["show", "1", "--all"],
    "diff": ["diff", "1", "1", "2"],
    "notes": ["notes"],
    "blame": ["blame", "1"],
    "search": ["search", "harbour"],
    "when": ["when", "harbour"],
    "doctor": ["doctor"],
    "report": ["report", "--form", "markdown"],
}


def story(edit):
    paragraphs = [f"The harbour was {word} on Monday, said {MARKUP} to us." for word in ("open", "calm", "full", edit)]
    body = "".join(f"<p>{text}</p>" for text in [f"={edit} {MARKUP}", *paragraphs])
    note = (
        f'<p class="correction">Correction: The ferry left at {len(edit)}, not {MARKUP}.</p>' if edit != "cold" else ""
    )
    head = f'<title>{MARKUP}</title><meta name=author content="@SUM(1) {MARKUP.replace(chr(34), "")}">'
    return answer(
        f"<html lang=en><head>{head}</head><body><article><h1>{MARKUP} {edit}</h1>{body}{note}</article></body></html>"
    )


@pytest.fixture
def followed(revtrack, newsroom):
    """Follow a feed of one hostile article that changes, and one whose server speaks in escapes."""
    item = f"<item><title>{MARKUP}</title><link>{PATH.replace('&', '&amp;')}</link></item><item><link>/2024/b{PATH}</link></item>"
    newsroom.publish(
        "/feed.xml",
        f"<rss><channel><title>{MARKUP}</title>{item}</channel></rss>".replace("&#27;", "").replace("&#155;", ""),
    )
    newsroom.script(f"/2024/b{PATH}".partition("?")[0], answer("", 302, headers={"Location": "/\x1b[2J\x9b<script>"}))
    newsroom.script(PATH.partition("?")[0], story("cold"))
    said = [revtrack("add", newsroom.url("/feed.xml")), revtrack("check", "-v")]
    newsroom.script(PATH.partition("?")[0], story("warm and wet"))
    said.append(revtrack("--debug", "check", "--all", "-v"))
    assert "revised" in said[-1].stderr
    return said


def test_nothing_that_a_page_a_feed_or_a_server_says_has_any_power_in_any_output(followed, revtrack, tmp_path):
    for done in followed:
        assert not UNSAFE.search(done.stdout + done.stderr)
    for name, command in COMMANDS.items():
        for extra in ([], [] if name == "report" else ["--json"]):
            done = revtrack(*command, *extra, code=int(name in {"diff", "doctor"}))
            assert not UNSAFE.search(done.stdout + done.stderr), (name, extra)
            if extra:
                json.loads(done.stdout)
    _assert_reports_are_inert(revtrack, tmp_path / "site")
    _assert_feeds_are_inert(revtrack)


def _assert_reports_are_inert(revtrack, site):
    revtrack("report", "--site", str(site))
    pages = [page.read_text() for page in site.rglob("*.html")]
    for page in [*pages, revtrack("report", "--form", "html").stdout]:
        assert not UNSAFE.search(page)
        _assert_inert(lxml.html.document_fromstring(page.encode()))
    table = revtrack("report", "--form", "csv").stdout.lstrip("\ufeff")
    cells = [part for row in csv.reader(io.StringIO(table)) for cell in row for part in cell.split(";")]
    assert any("HYPERLINK" in cell for cell in cells)
    assert not UNSAFE.search(table.replace("\r\n", ""))
    assert not [cell for cell in cells if FORMULA.match(cell) and not cell.startswith("'")]
    written = revtrack("report", "--form", "markdown").stdout
    assert not UNSAFE.search(written)
    assert not re.search(r"(?<!\\)<(?:script|img)|(?<!\\)\]\(javascript", written)


def _assert_feeds_are_inert(revtrack):
    atom = lxml.etree.fromstring(revtrack("report", "--form", "atom").stdout.encode())
    contents = [element.text for element in atom.iter("{*}content")]
    contents += [item["content_html"] for item in json.loads(revtrack("report", "--form", "jsonfeed").stdout)["items"]]
    assert any("HYPERLINK" in content for content in contents)
    for content in contents:
        assert not UNSAFE.search(content)
        fragment = lxml.html.fragment_fromstring(content, create_parent="div")
        assert {element.tag for element in fragment.iter()} <= ALLOWED
        _assert_inert(fragment)


def _assert_inert(root):
    for element in root.iter("*"):
        assert element.tag != "script" or "alert" not in (element.text or "")
        assert element.tag != "img" or element.get("src") != "x"
        for name, value in element.items():
            assert not name.startswith("on")
            assert not value.strip().lower().startswith("javascript:")
