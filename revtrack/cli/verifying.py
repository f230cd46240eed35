"""verify: whether the archive still says what it recorded."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from revtrack.cli.session import Session, json_option, pass_session
from revtrack.rendering.wording import count

if TYPE_CHECKING:
    from revtrack.evidence import Checkpoint, Finding

_MOST = 50  # lines of one kind


@click.command("verify")
@click.option("--against", type=click.Path(path_type=Path), help="A file of checkpoints that was kept elsewhere.")
@click.option("--signers", type=click.Path(path_type=Path), help="Keys to check signatures by (allowed_signers).")
@json_option
@pass_session
def verify_command(session: Session, *, against: Path | None, signers: Path | None, as_json: bool) -> int:
    """Check every body, every record and the file itself; exits with 1 where anything is not as it was recorded.

    Says what is damaged, what was redacted, and what cannot be proven. Each pass appends a checkpoint to the file that
    lies beside the archive: mail it, post it or commit it. Whoever can write the archive can also forge it and that
    file; a copy kept where nobody else can write is what finds it.

    \b
    revtrack verify
    revtrack verify --against kept/checkpoints    what you sent away earlier
    """  # noqa: D301 - \b is click's mark for lines that are not to be filled
    from revtrack.clock import utc_now  # noqa: PLC0415
    from revtrack.errors import ArchiveError  # noqa: PLC0415
    from revtrack.evidence import Trust, kept_checkpoints, read_checkpoints, verify  # noqa: PLC0415
    from revtrack.evidence.signing import trusted_by  # noqa: PLC0415
    from revtrack.forms import publish  # noqa: PLC0415

    settings = session.settings.evidence
    keys = trusted_by(signers=str(signers or settings.signers), key=settings.key, signer=settings.signer)
    with session.open_archive() as archive:
        checkpoints = read_checkpoints(against) if against else kept_checkpoints(archive)
        with session.busy("checking every body and record"):
            findings = list(verify(archive, checkpoints, Trust(keys, settings.authority)))
        records = sum(1 for _ in archive.leaf_hashes())
        damaged = sum(finding.state.value == "damaged" for finding in findings)
        with suppress(ArchiveError):  # one that may not be written is verified all the same
            archive.outbox.note_verified(now=utc_now(), wrong=damaged)
    if as_json:
        session.answer(publish(findings))
    else:
        _tell(session, findings, checkpoints, records)
    return 1 if damaged else 0


def _tell(session: Session, findings: "list[Finding]", checkpoints: "list[Checkpoint]", records: int) -> None:
    shown: list[tuple[str, ...]] = []
    for state in dict.fromkeys(finding.state for finding in findings):
        of_kind = [(state.value, finding.about, finding.says) for finding in findings if finding.state is state]
        shown += of_kind[:_MOST]
        if len(of_kind) > _MOST:
            shown.append((state.value, f"… and {len(of_kind) - _MOST} more", "--json lists all"))
    if shown:
        session.table(shown, whole=True)
    held = "there is no checkpoint to hold them to"
    if checkpoints:
        held = f"held against {count(len(checkpoints), 'checkpoint')}"
    wrong = sum(finding.state.value == "damaged" for finding in findings)
    said = "nothing is wrong" if not wrong else "1 is wrong" if wrong == 1 else f"{wrong} are wrong"
    session.tell(f"{count(records, 'record')}, {held}: {said}")
