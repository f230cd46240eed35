"""Invented pages in fifteen languages that the corpus has none of, in three layouts. Knows no extractor."""

import html
import tomllib
from pathlib import Path

from bench.extraction.given import Given

_TEXTS: dict[str, list[str]] = tomllib.loads((Path(__file__).parent / "pages.toml").read_text("utf-8"))
_HEAD = (
    '<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{headline} | Kanal 9</title>'
    '<meta property="og:title" content="{headline}"><meta property="og:type" content="article">'
    '<meta property="og:site_name" content="Kanal 9"><link rel="canonical" href="{url}"></head>'
)
# Of a content system with named fields.
_FIELDS = (
    '<body class="node-type-article"><header role="banner"><a href="/">Kanal 9</a><nav><a href="/a">A–Z</a>'
    '<a href="/tv">TV</a></nav></header><main><article class="node node--type-article"><h1 class="node__title">'
    '{headline}</h1><div class="node__submitted"><span>T. Orre</span> <time datetime="2024-06-03T06:00:00Z">'
    '3.6.2024</time></div><div class="node__content"><div class="field field--name-body field__item">{plain}</div>'
    '</div></article></main><footer role="contentinfo"><p>© 2024 Kanal 9</p></footer></body></html>'
)
# Of a framework with hashed names.
_HASHED = (
    '<body><div id="root"><div class="css-1q0f7a"><a class="css-9k2" href="/">Kanal 9</a></div><main class="css-77a1b">'
    '<h1 class="css-h0d">{headline}</h1><div class="css-b1n"><div class="css-w3r">T. Orre</div><time class="css-t1m" '
    'datetime="2024-06-03T06:00:00Z">3.6.2024</time></div><section class="css-s3c">{hashed}</section></main>'
    '<div class="css-f00"><a href="/terms">Kanal 9 AG</a></div></div></body></html>'
)
# Of a small site in utility classes.
_UTILITY = (
    '<body class="bg-white text-zinc-900"><div class="mx-auto max-w-5xl"><div class="flex justify-between py-4">'
    '<a class="font-black" href="/">Kanal 9</a><a href="/all">…</a></div><article class="prose lg:prose-xl">'
    '<h1 class="text-4xl">{headline}</h1><p class="text-sm text-zinc-500">T. Orre, <time '
    'datetime="2024-06-03T06:00:00Z">3.6.2024</time></p>{plain}</article></div></body></html>'
)
_LAYOUTS = (_FIELDS, _HASHED, _UTILITY)


def _page(number: int, language: str, headline: str, paragraphs: list[str]) -> Given:
    url = f"https://kanal9.example/{language}/{number}"
    escaped = [html.escape(paragraph, quote=False) for paragraph in paragraphs]
    layout = _LAYOUTS[number % len(_LAYOUTS)]
    source = (_HEAD + layout).format(
        lang=language,
        url=url,
        headline=html.escape(headline),
        plain="\n".join(f"<p>{paragraph}</p>" for paragraph in escaped),
        hashed="".join(f'<div class="css-c0l"><p class="css-p9x">{paragraph}</p></div>' for paragraph in escaped),
    )
    return Given(f"second-{language}", url, source, tuple(paragraphs), headline)


SECOND_PAGES: list[Given] = [
    _page(number, language, headline, paragraphs)
    for number, (language, (headline, *paragraphs)) in enumerate(_TEXTS.items())
]
