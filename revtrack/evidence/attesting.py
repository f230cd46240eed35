"""After a pass: the checkpoint of what was recorded, and whoever else is asked to attest it. Never holds up a pass."""

from collections.abc import Callable
from datetime import datetime

from revtrack.archive import Archive
from revtrack.config import Config, FetchSettings
from revtrack.errors import SigningError
from revtrack.evidence.calendars import Post
from revtrack.evidence.checkpoints import keep_checkpoint, witnesses_of
from revtrack.evidence.witnessing import ask_for_witnesses
from revtrack.urls import host_of

_PATIENCE = 10.0  # seconds for one answer
_LARGEST = 1 << 16


def attest(
    archive: Archive, now: datetime, settings: Config, *, complain: Callable[[str], object] = lambda _: None
) -> None:
    """Keep a checkpoint if anything was recorded, signed and stamped as is set; ask a web archive to save new versions.

    What fails is told to `complain` in one line, and stops nothing. Raises UnwritableError.
    """
    post = _post_with(settings.fetch)
    keep_checkpoint(archive, now, settings.evidence, post=post, complain=complain)
    if settings.evidence.save_page:
        file = witnesses_of(archive)
        ask_for_witnesses(archive, file, now, settings.evidence, post=post, complain=complain)


def _post_with(settings: FetchSettings) -> Post:
    def post(url: str, content: bytes, headers: tuple[tuple[str, str], ...]) -> bytes:
        from revtrack.fetching.sending import send  # noqa: PLC0415 - brings the HTTP library

        receipt = send(url, content, headers, settings=settings, within=_PATIENCE, most=_LARGEST)
        if receipt.trouble:
            raise SigningError(host_of(url), receipt.trouble)
        return receipt.answer

    return post
