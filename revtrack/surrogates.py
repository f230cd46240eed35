r"""JSON of a page without half characters. Knows nothing of what it says.

Sites cut texts after so many UTF-16 units, some of them within an emoji, and escape what is left as "\ud83d": half of a
surrogate pair, which JSON's grammar allows (RFC 8259, 8.2) and no store, file or terminal takes.
"""

import re

_PAIR = r"\\u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}"
_ESCAPE = re.compile(rf"\\\\|{_PAIR}|(\\u[dD][89a-fA-F][\da-fA-F]{{2}})")
_HALVES = re.compile(r"\\u[dD][89a-fA-F]")


def without_lone_surrogates(source: str) -> str:
    r"""Return JSON with U+FFFD in the place of each half of a surrogate pair.

    >>> without_lone_surrogates(r'["\ud83d\ude00", "\ud83d", "\\ud83d"]')
    '["\\ud83d\\ude00", "\\ufffd", "\\\\ud83d"]'
    """
    if not _HALVES.search(source):
        return source
    return _ESCAPE.sub(lambda found: r"\ufffd" if found[1] else found[0], source)
