"""The environment of the page templates: what they may call, and how a page gets its style. Knows no page."""

import base64
import hashlib
import re
from functools import cache, lru_cache
from importlib.resources import files
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from revtrack.forms import iso
from revtrack.rendering.links import Links
from revtrack.rendering.markup import marked, verdict, when
from revtrack.rendering.visible import quoted, visible
from revtrack.rendering.wording import clock, count, note_title, span


def fill(template: str, links: Links, **values: object) -> str:
    """Return a page: the named template, filled. Everything that is not marked as HTML by us is escaped."""
    return _environment().get_template(template).render(links=links, **values)


def style() -> str:
    """Return the style sheet of all pages; what is linked by `Links.style` is this."""
    return (files("revtrack.rendering") / "templates" / "style.css").read_text(encoding="utf-8")


@cache
def policy(*, linked: bool) -> str:
    """Return the Content-Security-Policy of a page: no script, no request, no style but ours."""
    source = "'self'" if linked else f"'sha256-{_digest(style())}'"
    return f"default-src 'none'; style-src {source}; form-action 'self'; base-uri 'none'"


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def web_address(url: str) -> str:
    """Return a URL that may be a link: http or https; "" for every other."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in {"http", "https"} and parts.netloc and url == visible(url) else ""


@lru_cache(maxsize=256)
def language_of(code: str) -> Markup:
    """Return a language as an attribute, which chooses the voice and, for Han, the letters; "" where it is no code."""
    return Markup(' lang="{}"').format(code) if _LANGUAGE.fullmatch(code) else Markup("")


_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("revtrack.rendering"),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "visible": visible,
        "count": count,
        "span": span,
        "clock": clock,
        "iso": iso,
        "web": web_address,
        "lang": language_of,
        "note_title": note_title,
        "marked": marked,
        "quoted": quoted,
        "verdict": verdict,
        "when": when,
    }
    environment.globals |= {"policy": policy, "style": lambda: Markup(style())}  # noqa: S704 - a file of ours
    return environment
