"""After looks: the checkpoint of what was recorded, which holds nothing else up."""

from datetime import datetime
from typing import TYPE_CHECKING

import click

from revtrack.cli.session import Session
from revtrack.errors import UnreadableError, UnwritableError
from revtrack.rendering.visible import visible

if TYPE_CHECKING:
    from revtrack.archive import Archive


def attest(session: Session, archive: "Archive", now: datetime) -> bool:
    """Keep a checkpoint of what was recorded; return whether that could be done, having complained where not."""
    from revtrack import evidence  # noqa: PLC0415

    try:
        evidence.attest(archive, now, session.settings, complain=session.tell)
    except (UnreadableError, UnwritableError) as error:
        click.echo(f"revtrack: no checkpoint is kept: {visible(str(error))}", err=True)
        return False
    return True
