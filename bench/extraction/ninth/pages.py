"""Invented pages in eight languages that the other sets have none of. Knows no extractor."""

import html
import tomllib
from pathlib import Path

from bench.extraction.given import Given

_TEXTS: dict[str, list[str]] = tomllib.loads((Path(__file__).parent / "pages.toml").read_text("utf-8"))
_FROM_THE_RIGHT = ("fa", "he")
_PAGE = (
    '<!DOCTYPE html><html lang="{language}" dir="{direction}"><head><meta charset="utf-8">'
    '<title>{headline} | Kystposten</title><meta property="og:title" content="{headline}">'
    '<meta property="og:type" content="article"><meta property="og:site_name" content="Kystposten">'
    '<link rel="canonical" href="{url}"></head><body>'
    '<div id="__next"><header><a href="/">Kystposten</a><nav><a href="/1">1</a><a href="/2">2</a></nav></header>'
    '<main><article><h1>{headline}</h1><div class="meta_b4x"><span>I. Oderfeld</span> '
    '<time datetime="2026-06-04T07:20:00Z">4.6.2026</time></div><div class="text_k2q">{paragraphs}</div></article>'
    "</main><footer><small>© 2026 Kystposten</small></footer></div></body></html>"
)


def _page(number: int, language: str, headline: str, paragraphs: list[str]) -> Given:
    url = f"https://kystposten.example/{language}/{number}"
    source = _PAGE.format(
        language=language,
        direction="rtl" if language in _FROM_THE_RIGHT else "ltr",
        headline=html.escape(headline),
        url=url,
        paragraphs="".join(f"<p>{html.escape(paragraph, quote=False)}</p>" for paragraph in paragraphs),
    )
    return Given(f"ninth-{language}", url, source, tuple(paragraphs), headline)


NINTH_PAGES: list[Given] = [
    _page(number, language, headline, paragraphs)
    for number, (language, (headline, *paragraphs)) in enumerate(_TEXTS.items())
]
