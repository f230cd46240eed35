"""Take a look of the archive for what it was when it was fetched. Pure: what was recorded in, what to read out.

What a look came to was decided by the rules of its day, and is recorded with it. To decide it again, the answer must
be as it was before: a page, or what kept it from being one.
"""

from dataclasses import replace

from revtrack.fetching import DecodingError, decode_body
from revtrack.fetching.outcomes import read_outcome
from revtrack.model import Outcome, Snapshot

_PAGE = frozenset({200, 203})
_JUDGED = frozenset({Outcome.NOT_ARTICLE, Outcome.PAYWALLED, Outcome.REDIRECTED_AWAY})
"""What a page can be found to be when it is read; what else a fetch can come to is what it was."""
_CUT = "the page breaks off and the end of the article is missing"
"""What is said of a page that came whole and lacks its end; any other failure is one of the fetch."""


def may_be_page(snapshot: Snapshot) -> bool:
    """Say whether a look brought a page, whatever it was found to be."""
    if snapshot.outcome is Outcome.OK:
        return True
    is_judged = snapshot.outcome in _JUDGED or (snapshot.outcome is Outcome.FAILED and snapshot.reason == _CUT)
    return is_judged and snapshot.status in _PAGE and bool(snapshot.body_sha256)


def as_fetched(snapshot: Snapshot, *, limit: int) -> Snapshot:
    """Return a look that may be a page as it came, decoded. `limit` bounds the decoded body in bytes."""
    coding = snapshot.header("content-encoding")
    if snapshot.outcome is Outcome.OK:
        try:
            return replace(snapshot, decoded=decode_body(snapshot.body or b"", coding, limit=limit))
        except DecodingError as error:
            return replace(snapshot, outcome=Outcome.FAILED, reason=str(error))
    found = read_outcome(
        snapshot.status or 0,
        asked=snapshot.url,
        got=snapshot.final_url or snapshot.url,
        content_type=snapshot.header("content-type"),
        content_encoding=coding,
        body=snapshot.body or b"",
        is_framed=True,  # what was cut off on its way is recorded as that, and not asked here
        is_conditional=False,
        limit=limit,
    )
    return replace(snapshot, outcome=found.outcome, reason=found.reason, decoded=found.decoded)
