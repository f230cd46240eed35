"""What a message says: a finding in plain values, kept as JSON, and several of them as text, HTML and JSON. Pure.

Everything a page wrote is made visible and inert here, once for each form; channels only carry.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import islice
from typing import Any

from revtrack.alerts.findings import Finding
from revtrack.forms import SCHEMA, iso
from revtrack.model import Event, Happening, Revision
from revtrack.rendering.changes import tell
from revtrack.rendering.fragment import html_fragment
from revtrack.rendering.links import Links
from revtrack.rendering.templating import web_address
from revtrack.rendering.visible import visible
from revtrack.rendering.wording import EVENTS, count, facts, late_title, note_title, observed, summary

Form = dict[str, Any]

MOST = 50
"""Findings of one message that a person is told in full; of more, the number is told."""
_MOST_IN_JSON = 500
_MOST_CHANGES = 8
_OURS = frozenset({"html", "weight"})  # what a message keeps for itself
_LONGEST_HTML = 60_000  # characters of one finding
_LONGEST_HEADLINE = 200
_MARKUP = re.compile(r"([\\*_~`|>\[\]()#<@:-])")
_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:46rem}"
    "del{color:#7a2e00;background:#ffe1cc}ins{color:#003a8c;background:#d3e6ff}"
    "@media(prefers-color-scheme:dark){del{color:#ffb98a;background:#4a2410}ins{color:#a9cdff;background:#12335f}}"
)


@dataclass(frozen=True, slots=True)
class Telling:
    """One message as channels carry it; `id` is the same however often it is sent.

    `text` is plain, `html` a whole page, `form` the JSON for programs.
    """

    id: str
    alert: str
    subject: str
    text: str
    html: str
    form: Form


def form_of(finding: Finding, links: Links) -> Form:
    """Return a finding in the plain values that a message keeps; `links` know our pages by their full addresses."""
    news = finding.news
    form = _form(finding, links, EVENTS.get(news.event, finding.event), [visible(news.why)] if news.why else [])
    if finding.revision:
        return form | _revision_form(finding, finding.revision)
    return form | ({"weight": Happening.weight} if news.event in (Event.GONE, Event.BACK) else {})


def unweighed_form(finding: Finding, links: Links, error: Exception) -> Form:
    """Return the values of a finding that could not be read."""
    return _form(finding, links, "could not be weighed", [f"{type(error).__name__}; 'revtrack log' shows it"])


def _form(finding: Finding, links: Links, says: str, told: list[str]) -> Form:
    article, version = finding.article, finding.news.version or 0
    page = (finding.verdict and links.revision(article.id, version - 1, version)) or links.article(article.id)
    return {
        "event": finding.event,
        "article": article.id,
        "url": visible(article.url),
        "source": visible(finding.source),
        "headline": _cut(visible(article.headline)),
        "at": iso(finding.news.at),
        "says": says,
        "facts": told,
        **({"page": page} if page else {}),
    }


def _revision_form(finding: Finding, revision: Revision) -> Form:
    verdict, told = revision.verdict, tell(revision.diff)
    said = summary(verdict)
    html = html_fragment(revision)
    return {
        "headline": _cut(visible(revision.diff.new.headline or finding.article.headline)),
        "says": f"judged again: {said}" if finding.rejudged else said,
        "facts": list(facts(verdict)),
        "version": revision.new,
        "weight": verdict.weight,
        "significance": verdict.significance.value,
        "disclosure": verdict.disclosure.value,
        "marks": list(verdict.events),
        "observed": list(observed(revision)),
        "notes": [
            *(f"{note_title(note)}: {visible(note.text)}" for note in revision.notes),
            *(f"{late_title(revision, note)}: {visible(note.text)}" for note in revision.late),
        ],
        "changes": [
            *told[:_MOST_CHANGES],
            *([f"… {len(told) - _MOST_CHANGES} more"] if len(told) > _MOST_CHANGES else []),
        ],
        "html": html if len(html) <= _LONGEST_HTML else "",
    }


def health_form(about: str, says: str, *, at: str, over: bool) -> Form:
    """Return what is wrong with the tracking itself, or is so no more, as a message keeps it."""
    said = "well again" if over else "in trouble"
    return {
        "event": "health",
        "headline": visible(about),
        "says": said,
        "facts": [visible(says)],
        "at": at,
        "over": over,
    }


def compose(batch: str, alert: str, bodies: Sequence[str]) -> Telling:
    """Return the message of a batch of kept findings, the weightiest first, else in the order given."""
    forms: list[Form] = sorted((json.loads(body) for body in bodies), key=_lightness)
    subject = _subject(alert, forms)
    head = [subject] if len(forms) > 1 else []
    return Telling(
        id=batch,
        alert=alert,
        subject=f"[revtrack] {subject}",
        text="\n\n".join([*head, *map(_text, islice(forms, MOST)), *_rest(forms)]) + "\n",
        html=_page(alert, forms),
        form={
            "schema": SCHEMA,
            "id": batch,
            "alert": alert,
            "findings": [
                {key: value for key, value in form.items() if key not in _OURS} for form in forms[:_MOST_IN_JSON]
            ],
            **({"more": len(forms) - _MOST_IN_JSON} if len(forms) > _MOST_IN_JSON else {}),
        },
    )


def _lightness(form: Form) -> float:
    return -float(form.get("weight", 0))


def for_slack(telling: Telling) -> str:
    """Return the text for Slack and its like, which read mentions and links out of `&`, `<` and `>`."""
    return telling.text.translate({38: "&amp;", 60: "&lt;", 62: "&gt;"})


def for_discord(telling: Telling, *, longest: int = 2000) -> str:
    """Return the text for Discord, which reads Markdown and takes `longest` characters, cut between two lines."""
    addresses = {form.get(name) for form in telling.form["findings"] for name in ("url", "page")}
    first, *rest = [
        line if line in addresses and web_address(line) else _MARKUP.sub(r"\\\1", line)
        for line in telling.text.splitlines()
        if line
    ]
    text = f"**{first[: longest // 2]}**"
    for line in rest:
        if len(text) + len(line) + 3 > longest:
            return f"{text}\n…"
        text += f"\n{line}"
    return text


def _subject(alert: str, forms: Sequence[Form]) -> str:
    if len(forms) == 1:
        return f"{forms[0]['says']}: {forms[0]['headline'] or forms[0].get('url', '')}"
    return f"{visible(alert)}: {count(len(forms), 'finding')}"


def _text(form: Form) -> str:
    head = f"{form['says']}: {form['headline'] or '(no headline)'}"
    address = [" · ".join(part for part in (form.get("source"), form["url"]) if part)] if form.get("url") else []
    told = [" · ".join(form["facts"]), *form.get("notes", ()), *form.get("changes", ()), *form.get("observed", ())]
    return "\n".join(part for part in (head, *address, *told, form.get("page")) if part)


def _rest(forms: Sequence[Form]) -> list[str]:
    return [f"… and {count(len(forms) - MOST, 'finding')} more"] if len(forms) > MOST else []


def _page(alert: str, forms: Sequence[Form]) -> str:
    parts = [*map(_article, islice(forms, MOST)), *(f"<p>{escape(text)}</p>" for text in _rest(forms))]
    scheme = '<meta name="color-scheme" content="light dark">'
    head = f'<meta charset="utf-8">{scheme}<title>{escape(visible(alert))}</title><style>{_STYLE}</style>'
    return f"<!doctype html><html><head>{head}</head><body>{''.join(parts)}</body></html>\n"


def _article(form: Form) -> str:
    address = web_address(form.get("url", ""))
    name = escape(form["headline"] or form.get("url", "") or "(no headline)")
    name = f'<a href="{escape(address)}" rel="noreferrer">{name}</a>' if address else name
    source = f'<p dir="auto">{escape(form["source"])}</p>' if form.get("source") else ""
    told = form.get("html") or f"<p>{escape(form['says'])}: {escape(' · '.join(form['facts']))}</p>"
    again = f"<p>{escape(form['says'])}</p>" if form["event"] == "rejudged" else ""
    page = f'<p><a href="{escape(form["page"])}">Its page</a></p>' if form.get("page") else ""
    return f'<h2 dir="auto">{name}</h2>{source}{again}{told}{page}'


def _cut(headline: str) -> str:
    return headline if len(headline) <= _LONGEST_HEADLINE else f"{headline[:_LONGEST_HEADLINE]}…"
