"""The figures of a story that run by themselves, as the patterns of a site's rules tell them. Knows text, not pages.

A pattern may come from somebody else, and the text always does: so repetitions and groups give nothing back of what
they took (they are made possessive and atomic), and what could only be tried in many ways is refused. Then no pattern
takes longer than the square of a paragraph's length, which is bounded, as are the patterns and the text.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice

from revtrack.model import Counter, Story

_LONGEST_PATTERN, _LONGEST_PARAGRAPH, _LONGEST_TEXT, _LONGEST_MATCH = 200, 1_000, 30_000, 300  # characters
_MOST_PATTERNS, _MOST_COUNTERS = 10, 50
_TOKEN = re.compile(
    r"\\\D|\[\^?+\]?+(?:\\.|[^\]\\])*\]|[^\\\[(){}*+?]|(?P<close>\))|(?P<open>\(\?:|\((?:(?!\?)|\?P<\w+>))"
    r"|(?P<repeated>[*+?]|\{\d+(?:,\d*)?\})(?P<lazy>\?)?\+?",
    re.DOTALL,
)
_IN_CLASS = re.compile(r"\[|--|&&|~~|\|\|")  # of which Python warns that they may mean something else one day
_ESCAPED = re.compile(r"\\.", re.DOTALL)


@lru_cache(maxsize=256)
def counter_expression(pattern: str) -> re.Pattern[str]:
    r"""Return the expression of a counter's pattern. Raises ValueError with what is wrong with it.

    >>> counter_expression(r"at (\d+(?:\.\d+)?) euros").pattern
    'at (?>(\\d++(?>\\.\\d++)?+)) euros'
    """
    if len(pattern) > _LONGEST_PATTERN:
        raise ValueError(f"it is longer than {_LONGEST_PATTERN} characters")
    try:
        expression = re.compile("".join(_possessive(pattern)))
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"it is no regular expression: {error}") from error
    if expression.groups != 1:
        raise ValueError("it needs one group, ( ), around what runs by itself; others are written (?: )")
    return expression


def check_counters(patterns: Sequence[str]) -> None:
    """Raise ValueError for the first pattern that cannot be used."""
    if len(patterns) > _MOST_PATTERNS:
        raise ValueError(f"there are more than {_MOST_PATTERNS} of them")
    for pattern in patterns:
        try:
            counter_expression(pattern)
        except ValueError as error:
            raise ValueError(f"{pattern[:_LONGEST_PATTERN]!r}: {error}") from error


def texts_of(story: Story) -> tuple[str, ...]:
    """Return the texts of a story in which counters are looked for."""
    return (story.headline, story.deck, *(paragraph.text for paragraph in story.paragraphs))


def find_counters(texts: Iterable[str], patterns: Sequence[str]) -> tuple[Counter, ...]:
    """Return the figures in texts that the patterns tell, each once, no more than a bounded number."""
    found: dict[Counter, None] = {}
    expressions = [counter_expression(pattern) for pattern in patterns]
    left = _LONGEST_TEXT if expressions else 0
    for text in texts:
        shown = text[: min(left, _LONGEST_PARAGRAPH)]
        left -= len(shown)
        for expression in expressions:
            found |= dict.fromkeys(islice(_matching(expression, shown), _MOST_COUNTERS))
    return tuple(found)[:_MOST_COUNTERS]


def _matching(expression: re.Pattern[str], text: str) -> Iterator[Counter]:
    for match in expression.finditer(text):
        if match[1] and len(match[0]) <= _LONGEST_MATCH:
            start, end = match.start(1) - match.start(), match.end(1) - match.start()
            yield Counter(match[1], before=match[0][:start], after=match[0][end:])


def _possessive(pattern: str) -> Iterator[str]:
    """Yield a pattern piece by piece, its groups and repetitions made such that give nothing back."""
    at, closing, last = 0, list[str](), ""
    while at < len(pattern):
        token = _TOKEN.match(pattern, at)
        if token is None or (last == ")" and token[0].startswith("{")):
            raise ValueError(f"only groups, classes and simple repetitions can be used, not {pattern[at : at + 3]!r}")
        if token[0].startswith("[") and _IN_CLASS.search(_ESCAPED.sub("", token[0][1:-1])):
            raise ValueError(f"in {token[0]!r} [, --, &&, ~~ and || are written with a backslash")
        if token["lazy"]:
            raise ValueError(f"{token[0]!r} may be tried in many ways: say what is not run over, as in [^.]*")
        yield _piece(token, closing)
        at, last = token.end(), token[0]


def _piece(token: re.Match[str], closing: list[str]) -> str:
    """Return what stands for a token; `closing` is what ends the groups that are open."""
    if token["open"]:
        is_plain = token[0] == "(?:"
        closing.append(")" if is_plain else "))")
        return "(?>" if is_plain else f"(?>{token[0]}"
    if token["close"]:
        return closing.pop() if closing else ")"
    return f"{token['repeated']}+" if token["repeated"] else token[0]
