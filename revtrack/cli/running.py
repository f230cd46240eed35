"""The command group, its global options, and what becomes of errors: one line on stderr and an exit code."""

import difflib
import importlib
import io
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import click

from revtrack import __version__
from revtrack.cli.session import Session
from revtrack.errors import RevtrackError
from revtrack.rendering.visible import visible

TROUBLE: Final = 2
INTERRUPTED: Final = 130
PIPE_CLOSED: Final = 141  # 128 + SIGPIPE, as a shell reports it

COMMANDS: Final = {
    "demo": ("revtrack.cli.demo", "The whole product in half a minute, offline."),
    "add": ("revtrack.cli.tracking", "Track articles, feeds, sitemaps, or a file of URLs."),
    "drop": ("revtrack.cli.dropping", "Stop looking; what was seen stays."),
    "check": ("revtrack.cli.tracking", "Look once at everything that is due."),
    "watch": ("revtrack.cli.tracking", "Keep checking as a service, until stopped."),
    "list": ("revtrack.cli.reading", "What is tracked."),
    "log": ("revtrack.cli.reading", "What changed, ranked; or one article's history."),
    "diff": ("revtrack.cli.comparing", "Compare two files, URLs or stored versions."),
    "show": ("revtrack.cli.reading", "One version, or all: text, metadata, notes, looks."),
    "notes": ("revtrack.cli.notes", "The ledger of publishers' notes."),
    "blame": ("revtrack.cli.blaming", "How old each sentence is, and what brought it."),
    "search": ("revtrack.cli.reading", "Find words in any version of any article."),
    "when": ("revtrack.cli.tracing", "When words came, went, and came back."),
    "report": ("revtrack.cli.reporting", "A site of files, a table, a list, a feed of changes."),
    "backfill": ("revtrack.cli.backfilling", "Bring in what others saw: archives, histories."),
    "export": ("revtrack.cli.exporting", "Take out evidence, WARC, tables, git; a backup."),
    "archive": ("revtrack.cli.archiving", "Carry an archive to a server, or back."),
    "verify": ("revtrack.cli.verifying", "Whether the archive still says what it recorded."),
    "rebuild": ("revtrack.cli.rebuilding", "Derive versions and verdicts again."),
    "redact": ("revtrack.cli.redacting", "Take contents out, with a reason; the proof stays."),
    "alerts": ("revtrack.cli.alerts", "Who is told of what; what waits; try it."),
    "worker": ("revtrack.cli.working", "Look together with other machines, until stopped."),
    "fleet": ("revtrack.cli.working", "How the workers stand; work for them."),
    "serve": ("revtrack.cli.serving", "The archive in a browser, read-only."),
    "doctor": ("revtrack.cli.doctor", "What is wrong with sites, sources, articles."),
}
"""Each command, the module that holds it, and its line in the help."""


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click passes it
        """Return the names in the order of COMMANDS."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        """Import and return one command."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(importlib.import_module(COMMANDS[cmd_name][0]), f"{cmd_name}_command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command named first; of a name that is none, say the nearest."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            ctx.fail(f"there is no command {args[0]!r}{_nearest(args[0])}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; what is wrong with its options before it begins is told with its own help."""
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            if error.ctx is None and (command := self.get_command(ctx, ctx.invoked_subcommand or "")):
                error.ctx = click.Context(command, parent=ctx, info_name=ctx.invoked_subcommand)
            raise

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as above
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


_WORDS_OF_OTHERS = (
    (
        {"remove", "rm", "delete", "del", "unfollow", "untrack", "stop", "forget"},
        "'revtrack drop' stops looking, 'revtrack redact' takes contents out",
    ),
    ({"track", "follow", "subscribe", "init", "new"}, "'revtrack add URL' begins"),
    ({"fetch", "update", "refresh", "run", "poll", "crawl"}, "'revtrack check' looks at what is due"),
    ({"status", "ls", "articles", "sources"}, "'revtrack list' lists what is tracked"),
    ({"history", "changes", "revisions", "versions"}, "'revtrack log ARTICLE' tells what changed"),
    ({"compare"}, "'revtrack diff' compares"),
    ({"view", "cat", "get"}, "'revtrack show ARTICLE' shows a version"),
    ({"find", "grep"}, "'revtrack search WORDS' finds words in any version"),
    ({"site", "html", "web"}, "'revtrack report --site DIR' writes a site of files, 'revtrack serve' shows one"),
    ({"rss", "feed", "atom"}, "'revtrack report --form atom' writes a feed of changes"),
    ({"csv", "table"}, "'revtrack report --form csv' writes a table of changes"),
    ({"card", "picture", "image"}, "'revtrack report ARTICLE@N --card FILE' draws a change"),
    ({"import"}, "'revtrack backfill' brings in what others saw"),
    ({"backup", "dump"}, "'revtrack export --backup FILE' copies the archive"),
)
"""What other tools call what we have a command for, and that command."""


def _nearest(name: str) -> str:
    if "://" in name:
        return ": 'revtrack add URL' tracks one"
    for words, advice in _WORDS_OF_OTHERS:
        if name in words:
            return f": {advice}"
    near = difflib.get_close_matches(name, COMMANDS, n=1)
    return f": did you mean {near[0]!r}?" if near else ""


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80})
@click.option("--archive", metavar="PATH", help="The archive to use, instead of the default one.")
@click.option("--config", metavar="FILE", help="Settings, instead of ./revtrack.toml.")
@click.option("-q", "--quiet", is_flag=True, help="Only answers: no progress, no summary.")
@click.option("-v", "--verbose", is_flag=True, help="Also what was unchanged.")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="When to colour.")
@click.option("--debug", is_flag=True, help="Show tracebacks and what was done.")
@click.version_option(__version__, message="revtrack %(version)s")
@click.pass_context
def cli(ctx: click.Context, /, **options: object) -> None:
    """Track news articles, diff their revisions, and see which edits were disclosed.

    \b
    revtrack demo                       see it work, offline
    revtrack add URL && revtrack check  track an article
    revtrack diff old.html new.html     compare two files
    """  # noqa: D301 - \b is click's mark for lines that are not to be filled
    ctx.obj = Session(**options)  # type: ignore[arg-type]  # click made them


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; no exception leaves here."""
    debug = "--debug" in arguments
    if debug:
        import logging  # noqa: PLC0415 - for this alone

        logging.basicConfig(level=logging.DEBUG)
    _prepare_streams()
    try:
        code = cli.main(args=hoisted(arguments), prog_name="revtrack", standalone_mode=False)
        sys.stdout.flush()
    except (click.Abort, KeyboardInterrupt):
        _complain("stopped; what was recorded is safe, the rest is still due", debug=False)
        return INTERRUPTED
    except SystemExit:  # click's answer to a pipe whose reader left
        return PIPE_CLOSED
    except Exception as error:  # noqa: BLE001 - no traceback reaches a user
        _complain(_explained(error), debug=debug)
        return TROUBLE
    return code if isinstance(code, int) else 0


def _explained(error: Exception) -> str:
    if isinstance(error, RevtrackError):
        return str(error)
    if isinstance(error, click.UsageError):
        context = error.ctx
        if context and context.parent and context.command.hidden:  # a group's own doing, which has the group's help
            context = context.parent
        name = f"{context.command_path} --help" if context else "revtrack --help"
        return f"{error.format_message().rstrip('.?')}; see '{name}'"
    if isinstance(error, OSError):
        return f"cannot read or write: {error.strerror or error}; nothing recorded is lost"
    return f"internal error ({type(error).__name__}: {error}); --debug shows where"


def hoisted(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with the global options first, wherever they were written."""
    first, rest, given = [], [], iter(arguments)
    for argument in given:
        if argument == "--":
            rest += [argument, *given]
        elif argument in _GLOBAL_FLAGS or argument.startswith(tuple(f"{name}=" for name in _GLOBAL_VALUES)):
            first.append(argument)
        elif argument in _GLOBAL_VALUES:
            first += [argument, *([value] if (value := next(given, None)) is not None else [])]
        else:
            rest.append(argument)
    return first + rest


_GLOBAL_FLAGS = ("-q", "--quiet", "-v", "--verbose", "--debug")
_GLOBAL_VALUES = ("--archive", "--config", "--color")


def _prepare_streams() -> None:
    """Make every text printable on any stream, a closed one included."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - open as long as the process
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _complain(message: str, *, debug: bool) -> None:
    if debug:
        traceback.print_exc()
    click.echo(f"revtrack: {visible(message)}", err=True)
