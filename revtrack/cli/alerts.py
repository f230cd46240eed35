"""alerts: who is told of what; what waits, what could not be sent; try rules and channels."""

import os
from datetime import datetime
from typing import TYPE_CHECKING

import click

from revtrack.cli.session import Session, json_option, pass_session

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revtrack.alerts import Rule
    from revtrack.archive import Archive


@click.group("alerts", invoke_without_command=True)
@json_option
@click.pass_context
def alerts_command(ctx: click.Context, /, *, as_json: bool) -> int | None:
    """Tell people and programs what was found; the rules are [[alert]] in revtrack.toml.

    'check' and 'watch' send by themselves. These commands show, try and send by hand; without one, 'list' is meant.

    \b
    revtrack alerts check --since 7d    what the rules would have told
    revtrack alerts test desk           one message to try the channel
    """  # noqa: D301 - \b is click's mark for lines that are not to be filled
    return ctx.invoke(list_command, as_json=as_json) if ctx.invoked_subcommand is None else None


@alerts_command.command("list")
@json_option
@pass_session
def list_command(session: Session, *, as_json: bool) -> int:
    """List rules and channels, what waits, and what was given up. Exits with 1 when something was given up."""
    from revtrack.alerts import read_rules  # noqa: PLC0415
    from revtrack.clock import utc_now  # noqa: PLC0415
    from revtrack.forms import publish  # noqa: PLC0415

    rules = read_rules(session.settings)
    with session.open_archive() as archive:
        states = list(_states(archive, rules, utc_now()))
        lost = archive.outbox.given_up()
    if as_json:
        session.answer(publish({"channels": states, "given_up": lost}))
        return 1 if lost else 0
    if states:
        session.table([("alert", "to", "sent", "waiting", "next", "given up"), *map(_row, states)])
    else:
        session.tell("there is no [[alert]] in revtrack.toml yet; docs/alerts.md shows one")
    for delivery in lost:
        session.tell(f"given up: alert {delivery.alert!r} to {delivery.channel}: {delivery.trouble}")
    if lost:
        session.tell("'revtrack alerts send --again' tries what was given up once more")
    return 1 if lost else 0


@alerts_command.command("check")
@click.argument("name", required=False, metavar="[ALERT]")
@click.option("--since", metavar="TIME", default="7d", show_default=True, help="A date, a time, or how long ago.")
@json_option
@pass_session
def check_command(session: Session, name: str | None, since: str, *, as_json: bool) -> None:
    """Say what the rules, or one, would have told of what was recorded. Sends nothing."""
    from revtrack.alerts import find_rule, findings_between, need_rules  # noqa: PLC0415
    from revtrack.alerts.messages import form_of  # noqa: PLC0415
    from revtrack.clock import utc_now  # noqa: PLC0415
    from revtrack.forms import publish  # noqa: PLC0415
    from revtrack.rendering.links import Links  # noqa: PLC0415
    from revtrack.site.choosing import parse_since  # noqa: PLC0415
    from revtrack.site.feeds import full_links  # noqa: PLC0415

    rules = need_rules(session.settings)
    rules = (find_rule(rules, name),) if name else tuple(rule for rule in rules if not rule.settings.health)
    if name and rules[0].settings.health:
        session.tell(f"alert {name!r} is about health and tells no findings; 'revtrack doctor' says what ails now")
        return
    start, links = parse_since(since, utc_now()), full_links(session.settings.home) or Links()
    with session.open_archive() as archive:
        outbox = archive.outbox
        findings = findings_between(archive, outbox.look_before(start), outbox.newest_look())
        told = [(rule.name, form_of(finding, links)) for finding in findings for rule in rules if rule.fits(finding)]
    if as_json:
        session.answer(publish([{"alert": alert, **form} for alert, form in told]))
        return
    for alert, form in told:
        session.line(
            f"{form['at'][:16].replace('T', ' ')}Z  {alert}  {form['says']}: {form['headline'] or form['url']}"
        )
    if not told:
        session.tell(f"nothing recorded since {start:%Y-%m-%d %H:%M} UTC fits")


@alerts_command.command("test")
@click.argument("name", metavar="ALERT")
@json_option
@pass_session
def test_command(session: Session, name: str, *, as_json: bool) -> int:
    """Send one test message to every channel of a rule, now. Exits with 2 if one does not take it."""
    from revtrack.alerts import find_rule, need_rules  # noqa: PLC0415
    from revtrack.clock import utc_now  # noqa: PLC0415
    from revtrack.forms import publish  # noqa: PLC0415

    rule = find_rule(need_rules(session.settings), name)
    results = list(_tried(session, rule, utc_now()))
    if as_json:
        session.answer(publish([{"channel": channel, "trouble": trouble} for channel, trouble in results]))
    else:
        session.table([(channel, trouble or "taken") for channel, trouble in results], whole=True)
    return 2 if any(trouble for _, trouble in results) else 0


@alerts_command.command("send")
@click.option("--again", is_flag=True, help="Also what was given up.")
@json_option
@pass_session
def send_command(session: Session, *, again: bool, as_json: bool) -> int:
    """Send what is to be told, now: digests that are due, what waits, what is wrong with the tracking; for cron.

    Exits with 2 when a channel did not take a message.
    """
    from revtrack.alerts import begin, gather, need_rules, send_due  # noqa: PLC0415
    from revtrack.archive.leases import hold  # noqa: PLC0415
    from revtrack.cli.telling import report  # noqa: PLC0415
    from revtrack.clock import utc_now  # noqa: PLC0415
    from revtrack.errors import ArchiveHeldError  # noqa: PLC0415
    from revtrack.forms import publish  # noqa: PLC0415

    settings = session.settings
    rules = need_rules(settings)
    try:
        with session.open_archive() as archive, hold(archive, what="alerts send", clock=utc_now):
            begin(archive, rules, settings, now=utc_now())
            gather(archive, rules, settings, now=utc_now())
            if again:
                archive.outbox.revive(now=utc_now())
            attempts = send_due(archive, rules, settings, clock=utc_now, environment=os.environ)
    except ArchiveHeldError as error:
        session.tell(f"nothing is sent now: {error.who}; 'check' and 'watch' send by themselves")
        return 0
    if as_json:
        session.answer(publish(attempts))
    else:
        report(session, attempts)
        if not attempts:
            session.tell("nothing is to be sent now")
    return 2 if any(attempt.trouble for attempt in attempts) else 0


def _states(archive: "Archive", rules: "tuple[Rule, ...]", now: "datetime") -> "Iterator[dict[str, object]]":
    from revtrack.alerts.periods import next_after  # noqa: PLC0415

    waiting_until = {(one.alert, one.channel): one.due_at for one in reversed(archive.outbox.waiting())}
    counts = {(row["alert"], row["channel"]): row for row in archive.outbox.states()}
    for rule in rules:
        for channel in rule.channels:
            row = counts.get((rule.name, channel.name), {"n": 0, "sent": 0, "given_up": 0})
            waiting = row["n"] - row["sent"] - row["given_up"]
            stroke = next_after(rule.period, now) if rule.period else None
            due_at = waiting_until.get((rule.name, channel.name))
            yield {
                "alert": rule.name,
                "channel": channel.name,
                "sent": row["sent"],
                "waiting": waiting,
                "next": stroke if due_at and due_at > now and stroke else due_at or stroke,
                "given_up": row["given_up"],
            }


def _row(state: "dict[str, object]") -> tuple[str, ...]:
    from revtrack.rendering.wording import clock  # noqa: PLC0415

    due_at = state["next"]
    return (
        *(str(state[name]) for name in ("alert", "channel", "sent", "waiting")),
        clock(due_at) if isinstance(due_at, datetime) else "",
        str(state["given_up"]),
    )


def _tried(session: Session, rule: "Rule", now: "datetime") -> "Iterator[tuple[str, str]]":
    import json  # noqa: PLC0415

    from revtrack.alerts.carrying import carry  # noqa: PLC0415
    from revtrack.alerts.channels import NotTakenError  # noqa: PLC0415
    from revtrack.alerts.messages import compose, health_form  # noqa: PLC0415
    from revtrack.forms import iso  # noqa: PLC0415

    form = health_form("test", "this message was sent to try the channel", at=iso(now), over=False)
    telling = compose(f"test-{now:%Y%m%dT%H%M%S}", rule.name, [json.dumps({**form, "says": "test"})])
    for channel in rule.channels:
        try:
            carry(telling, channel, session.settings, environment=os.environ, now=now)
        except NotTakenError as error:
            yield channel.name, error.reason
        else:
            yield channel.name, ""
