"""notes: the ledger of what pages said of their own edits, and the check of the rules by which that is found."""

from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import click

from revtrack.cli.session import Session, json_option, pass_session

if TYPE_CHECKING:
    from revtrack.archive import Archive
    from revtrack.model import Article


class NotesGroup(click.Group):
    """A group of commands: what is not the name of one is an ARTICLE, whose notes are listed."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take the listing for the command where none is named; the group's own help stays its own."""
        named = args[:1] and (args[0] in self.commands or args[0] in ctx.help_option_names)
        if not named and len(args) > 1 and (meant := self.meant(args[0])):
            ctx.fail(f"there is no command {args[0]!r} of notes: did you mean {meant!r}?")
        return super().parse_args(ctx, args if named else ["of", *args])

    def meant(self, name: str) -> str:
        """Return the command of this group that a name seems to mean, "" if it seems to mean none."""
        near = get_close_matches(name, [word for word, command in self.commands.items() if not command.hidden], n=1)
        return near[0] if near else ""


@click.group("notes", cls=NotesGroup, subcommand_metavar="[ARTICLE] | check [FOLDER] | template LANGUAGE")
def notes_command() -> None:
    """List the notes that pages carried about their own edits, of one ARTICLE or of all.

    'revtrack notes check' proves the rules that find them by the examples in their files, 'revtrack notes template'
    prints a file to begin a language of your own with.

    \b
    revtrack notes                    all of them, in order of time
    revtrack notes storm-hits         those of one article
    revtrack notes template cy        rules to begin a language with
    revtrack notes check my-notes/    try rules of your own
    """  # noqa: D301 - \b is click's mark for lines that are not to be filled


@notes_command.command("of", hidden=True)
@click.argument("name", required=False, metavar="[ARTICLE]")
@json_option
@pass_session
def of_command(session: Session, name: str | None, *, as_json: bool) -> None:
    """List notes: when they came, what kind they are, and whether they still stand."""
    from revtrack.forms import publish  # noqa: PLC0415
    from revtrack.rendering.visible import isolated, visible  # noqa: PLC0415
    from revtrack.rendering.wording import note_title  # noqa: PLC0415

    with session.open_archive() as archive:
        article = _find(archive, name) if name else None
        entries = list(archive.notes(article=article))
    if as_json:
        session.answer(publish(entries))
        return
    for entry in entries:
        gone = f"  (withdrawn in version {entry.withdrawn_in})" if entry.withdrawn_in else ""
        where = f"{isolated(visible(entry.article.headline))} ({entry.article.id}@{entry.version})"
        session.answer(f"{entry.at:%Y-%m-%d %H:%M}  {note_title(entry.note)}  {where}{gone}")
        session.answer(f"    “{isolated(visible(entry.note.text))}”")
        if session.verbose:
            session.answer(f"    found by the rule {visible(entry.note.rule)}")
    if not entries:
        session.tell("no notes seen")


def _find(archive: "Archive", name: str) -> "Article":
    """Return the article of a name. Raises UnknownArticleError, which says where the name is nearly a command's."""
    from revtrack.cli.selecting import find_article, split_version  # noqa: PLC0415
    from revtrack.errors import UnknownArticleError  # noqa: PLC0415

    try:
        return find_article(archive, split_version(name)[0])
    except UnknownArticleError as error:
        meant = notes_command.meant(name)
        raise UnknownArticleError(name, f"did you mean 'revtrack notes {meant}'?") if meant else error from error


@notes_command.command("check")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@json_option
@pass_session
def check_command(session: Session, folder: Path | None, *, as_json: bool) -> int:
    """Try every example of the rule files; exits with 1 where one fails.

    FOLDER holds files of your own, one a language (de.toml), laid over those that ship; without it those of
    note_rules in revtrack.toml are tried, or those that ship alone.
    """
    from revtrack.forms import publish  # noqa: PLC0415
    from revtrack.notes import check_own, check_rules, count_own_examples, read_grammar  # noqa: PLC0415
    from revtrack.rendering.visible import visible  # noqa: PLC0415
    from revtrack.rendering.wording import count  # noqa: PLC0415

    place = folder or session.settings.note_rules
    grammar = read_grammar(place)
    if place and not grammar.digest:
        session.tell(f"no rule files in {visible(str(place))}: one is named by its language, like de.toml")
    checked = [grammar.rules(language) for language in grammar.languages]
    complaints = [*check_own(grammar), *(complaint for rules in checked for complaint in check_rules(rules))]
    if as_json:
        session.answer(publish(complaints))
        return 1 if complaints else 0
    for complaint in complaints:
        session.line(visible(complaint))
    patterns = sum(len(rules.patterns) for rules in checked)
    wrong = count(len(complaints), "complaint") if complaints else "no complaints"
    own = f", {count(count_own_examples(grammar), 'example')} of your own" if grammar.own else ""
    session.tell(f"{count(patterns, 'pattern')} in {count(len(checked), 'language')}{own}: {wrong}")
    return 1 if complaints else 0


@notes_command.command("template")
@click.argument("language", metavar="LANGUAGE")
@json_option
@pass_session
def template_command(session: Session, language: str, *, as_json: bool) -> int:
    """Print a rule file to begin a language with.

    It names all its lists, empty, and says what is meant by each. LANGUAGE is a code of two letters (cy); save it as
    cy.toml in a folder of your own.
    """
    from revtrack.errors import InputError  # noqa: PLC0415
    from revtrack.forms import publish  # noqa: PLC0415
    from revtrack.notes import template_of  # noqa: PLC0415

    if not (len(language) == 2 and language.isascii() and language.islower()):
        raise InputError(f"{language!r} is no code of a language: give two letters, as in 'revtrack notes template cy'")
    template = template_of(language)
    session.answer(publish({"language": language, "template": template}) if as_json else template.rstrip("\n"))
    return 0
