"""Revise a page as newsrooms and their software do: an edit a version, and chrome that is new at each fetch. Pure."""

# ruff: noqa: S311 - chance is drawn again from the same seed

import random
import re
from collections.abc import Iterator

_PARAGRAPH = re.compile(rb"<p(?:\s[^<>]{0,300})?>[^\0]{40,3000}?</p>", re.IGNORECASE)
_WORD = re.compile(rb"(?<=[\s>])[a-z]{5,14}(?=[\s,.])")
_WORDS = b"officials confirmed denied several dozens reported yesterday council minister injured damaged agreed".split()
_SENTENCES = (
    b"A spokeswoman said on Tuesday that %d people had been brought to safety.",
    b"The company put the damage at %d million in a statement sent later.",
    b"Two officials who asked not to be named confirmed the account of the %d witnesses.",
)
_NOTE = b"<p><em>Correction: An earlier version of this article gave a wrong number. It is %d.</em></p>"
_TEASERS = tuple(b"What the %s said about the %s" % (a, b) for a in _WORDS for b in _WORDS if a != b)
_DEPLOYED_EVERY = 20


def revisions(page: bytes, count: int, *, seed: int = 0, noisy: bool = True) -> Iterator[bytes]:
    """Yield a page `count` times: each with one edit more than the one before, and with fresh noise if asked for."""
    chance = random.Random(seed)
    for number in range(count):
        yield _with_noise(page, number, chance) if noisy else page
        page = _edited(page, chance)


def _edited(page: bytes, chance: random.Random) -> bytes:
    found = [match.span() for match in _PARAGRAPH.finditer(page)] or [(len(page) // 2, len(page) // 2)]
    start, end = chance.choice(found)
    kind = chance.choices(("word", "sentence", "paragraph", "note", "removal"), (10, 4, 3, 2, 1))[0]
    number = chance.randint(2, 900)
    if kind == "removal" and len(found) > 3:
        return page[:start] + page[end:]
    if kind == "paragraph":
        return page[:end] + b"<p>" + chance.choice(_SENTENCES) % number + b"</p>" + page[end:]
    if kind == "note":
        return page[: found[-1][1]] + _NOTE % number + page[found[-1][1] :]
    words = list(_WORD.finditer(page, start, end))
    if kind == "sentence" or not words:
        return page[: end - 4] + b" " + chance.choice(_SENTENCES) % number + page[end - 4 :]
    at = chance.choice(words).span()
    return page[: at[0]] + chance.choice(_WORDS) + page[at[1] :]


def _with_noise(page: bytes, number: int, chance: random.Random) -> bytes:
    """Return the page as one fetch gives it: nonces, tokens, times, counters, other teasers, assets of a deployment."""
    nonce, token = b"%032x" % chance.getrandbits(128), b"%064x" % chance.getrandbits(256)
    page = page.replace(b"<script", b'<script nonce="%s"' % nonce, 8)
    assets = random.Random(number // _DEPLOYED_EVERY).getrandbits(64)
    head = b'<meta name="csrf-token" content="%s"><link rel="preload" href="/app.%016x.js">' % (token, assets)
    page = page.replace(b"</head>", head + b"</head>", 1)
    teasers = b"".join(b'<li><a href="/%d">%s</a></li>' % (i, _TEASERS[i]) for i in chance.sample(range(99), 5))
    state = b'{"now":%d,"request":"%016x","shares":%d,"comments":%d}' % (
        1_700_000_000 + number * 3600 + chance.randint(0, 900),
        chance.getrandbits(64),
        number * 7 + chance.randint(0, 5),
        number * 3,
    )
    chrome = b"<ul>%s</ul><script>window.state=%s</script>" % (teasers, state)
    served = b"<!-- served by web%d in %d ms -->" % (chance.randint(1, 20), chance.randint(20, 300))
    return page.replace(b"</body>", chrome + b"</body>", 1) + served
