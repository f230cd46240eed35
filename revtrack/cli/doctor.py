"""doctor: what is wrong with sites, sources and articles."""

import click

from revtrack.cli.session import Session, json_option, pass_session


@click.command("doctor")
@json_option
@pass_session
def doctor_command(session: Session, *, as_json: bool) -> int:
    """Say what is wrong: rules of sites that miss, sites that block or yield nothing, stale sources, overdue looks.

    The rules of [[site]] in revtrack.toml are tried on the newest version of every article of their site; what the
    pages of each site take in the archive is told too. Fetches nothing. Exits with 1 when something is wrong.

    \b
    revtrack doctor                          fine and wrong
    revtrack doctor --quiet || mail-admin    only what is wrong, for cron
    """  # noqa: D301 - \b is click's mark for lines that are not to be filled
    from revtrack.clock import utc_now  # noqa: PLC0415
    from revtrack.doctor import examine  # noqa: PLC0415
    from revtrack.forms import publish  # noqa: PLC0415

    with session.open_archive() as archive:
        findings = list(examine(archive, session.settings, now=utc_now()))
    if as_json:
        session.answer(publish(findings))
    elif shown := [finding for finding in findings if finding.wrong or not session.quiet]:
        rows = (("wrong" if finding.wrong else "fine", finding.about, finding.says) for finding in shown)
        session.table(rows, whole=True)
    if not any(finding.wrong for finding in findings):
        session.tell("nothing is wrong")
        return 0
    return 1
