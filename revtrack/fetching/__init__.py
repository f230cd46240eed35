"""From a URL to a snapshot: the only room that speaks HTTP. It knows nothing of stories or storage.

    async with Fetcher(settings) as fetcher:
        snapshot = await fetcher.fetch("https://example.org/story", last.validators)

Importing this room is cheap; the HTTP library comes with the first `Fetcher`.
"""

from typing import TYPE_CHECKING

from revtrack.config import FetchSettings
from revtrack.lazy import load_from

if TYPE_CHECKING:
    from revtrack.fetching.decoding import DecodingError, decode_body
    from revtrack.fetching.fetcher import Fetcher, fetch_page, user_agent
    from revtrack.fetching.outcomes import ends_whole, is_as_whole
    from revtrack.fetching.waiting import retry_after

__all__ = [
    "DecodingError",
    "FetchSettings",
    "Fetcher",
    "decode_body",
    "ends_whole",
    "fetch_page",
    "is_as_whole",
    "retry_after",
    "user_agent",
]

_HOME = {
    **dict.fromkeys(("DecodingError", "decode_body"), "decoding"),
    **dict.fromkeys(("Fetcher", "fetch_page", "user_agent"), "fetcher"),
    **dict.fromkeys(("ends_whole", "is_as_whole"), "outcomes"),
    "retry_after": "waiting",
}


__getattr__ = load_from(__name__, _HOME)
