"""From a URL to a snapshot: the only room that speaks HTTP. It knows nothing of stories or storage.

    async with Fetcher(settings) as fetcher:
        snapshot = await fetcher.fetch("https://example.org/story", last.validators)

Importing this room is cheap; the HTTP library comes with the first `Fetcher`.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from revtrack.config import FetchSettings

if TYPE_CHECKING:
    from revtrack.fetching.decoding import DecodingError, decode_body
    from revtrack.fetching.fetcher import Fetcher, fetch_page, user_agent
    from revtrack.fetching.outcomes import ends_whole
    from revtrack.fetching.waiting import retry_after

__all__ = [
    "DecodingError",
    "FetchSettings",
    "Fetcher",
    "decode_body",
    "ends_whole",
    "fetch_page",
    "retry_after",
    "user_agent",
]

_HOME = {
    **dict.fromkeys(("DecodingError", "decode_body"), "decoding"),
    **dict.fromkeys(("Fetcher", "fetch_page", "user_agent"), "fetcher"),
    "ends_whole": "outcomes",
    "retry_after": "waiting",
}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module 'revtrack.fetching' has no attribute {name!r}")
    value: object = getattr(import_module(f"revtrack.fetching.{_HOME[name]}"), name)
    globals()[name] = value
    return value
