"""From a diff to the reasons why it matters, each with its level: in which order an edit is asked. Knows no notes."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from revtrack.model import Change, Diff, Reason, Significance
from revtrack.verdicts.developing import soften
from revtrack.verdicts.edits import Edit, group_edits
from revtrack.verdicts.exchanges import judge_exchange
from revtrack.verdicts.lone_exchange import weigh_lone_exchange
from revtrack.verdicts.markup import judge_markup
from revtrack.verdicts.naming import Articles, judge_respelt
from revtrack.verdicts.order import judge_order
from revtrack.verdicts.passages import is_counter, is_passage, judge_passage, judge_quotations
from revtrack.verdicts.phrasing import judge_class, judge_headline, judge_rewrite, judge_synonyms, judge_wording
from revtrack.verdicts.slips import judge_form
from revtrack.verdicts.statements import judge_facts
from revtrack.verdicts.terms import content, meaning, stems, terms
from revtrack.verdicts.ticking import tell_ticks
from revtrack.verdicts.unmarked import judge_unmarked_name

MOST = 300
"""Changes of one revision that are judged; a rewrite with more has long shown what it is."""


def weigh(diff: Diff) -> list[Reason]:
    """Return the reasons of a diff as each sentence by itself gives them; notes are not looked at."""
    articles = Articles.of(diff)
    return _reconciled([reason for edit in group_edits(diff, limit=MOST) for reason in _judge(edit, diff, articles)])


def settle(reasons: Sequence[Reason], diff: Diff, *, put_right: Collection[Reason] = ()) -> tuple[Reason, ...]:
    """Return the reasons as the whole revision shows them, in falling order of weight, each fact once.

    `put_right` are those that a correction calls errors: they tell of no later hour.
    """
    told = weigh_lone_exchange(soften(reasons, diff, put_right=put_right), diff)
    return tuple(sorted(_once(told), key=lambda reason: -reason.significance.level))


def _judge(edit: Edit, diff: Diff, articles: Articles) -> Iterator[Reason]:
    """Yield the reasons of one edit: its form first, then its facts, then the words that are left."""
    if is_counter(edit):
        yield edit.reason("counter", Significance.COSMETIC, edit.old, edit.new)
        return
    if edit.where == "byline":
        yield _byline(edit)
        return
    if reason := judge_markup(edit):
        yield reason
        return
    if edit.old and edit.new and (reason := judge_order(edit)):
        yield reason
        return
    if is_passage(edit) and not edit.in_headline:
        yield from judge_passage(edit, diff)
        return
    if reason := judge_rewrite(edit):
        yield reason
        return
    running, rest = tell_ticks(edit, diff)
    yield from (edit.reason("counter", Significance.COSMETIC, one.old, one.new, change=one) for one in running)
    left = tuple(after for after, before in zip(rest.changes, edit.changes, strict=True) if before not in running)
    yield from _judge_each(rest, left, diff, articles)


def _judge_each(edit: Edit, changes: tuple[Change, ...], diff: Diff, articles: Articles) -> Iterator[Reason]:
    forms = [_judge_alone(edit, change) for change in changes]
    yield from (form for form in forms if form)
    open_ = tuple(change for change, form in zip(changes, forms, strict=True) if not form)
    if open_:
        yield from _judge_words(edit, open_, diff, articles)


def _judge_alone(edit: Edit, change: Change) -> Reason | None:
    """Return the reason of a change that its own words tell: how they are written, or one of a closed class."""
    form = judge_form(edit, change)
    if form and form.feature == "spelling":
        return judge_respelt(edit, change) or form
    named = judge_unmarked_name(edit, change)
    return form or named or judge_exchange(edit, change) or judge_synonyms(edit, change)


def _judge_words(edit: Edit, changes: tuple[Change, ...], diff: Diff, articles: Articles) -> Iterator[Reason]:
    told = [*judge_facts(edit, changes, articles), *judge_quotations(edit, changes, diff)]
    found: list[Reason] = []
    for change in changes:
        facts = [r for r in told if r.change is not None and edit.changes[r.change - edit.first] is change]
        one_sided = not (terms(change.old) and terms(change.new))
        if one_sided and len(content(change.old + change.new, edit.language)) > _SHORT and not edit.in_headline:
            found.append(_clause(edit, change, facts))
        else:
            found += _words(edit, change, facts)
    if not edit.in_headline:
        yield from found
        return
    facts = [r for r in found if r.feature not in _PLAIN or r.significance.level >= Significance.SUBSTANTIVE.level]
    headline = judge_headline(edit, facts)
    if headline is None:
        yield from facts or found
        return
    found = facts
    found = [_still_told(r, diff) for r in found]
    yield from (r for r in found if (r.before and r.after) or r.significance.level >= Significance.SUBSTANTIVE.level)
    yield headline


def _still_told(reason: Reason, diff: Diff) -> Reason:
    """Return a reason for what a headline drops, no weightier than a detail where the body says it still."""
    dropped = reason.before and not reason.after and reason.before in diff.new_text
    return replace(reason, significance=Significance.DETAIL) if dropped else reason


def _words(edit: Edit, change: Change, told: list[Reason]) -> Iterator[Reason]:
    """Yield the facts of a change and the words around them; a claim put otherwise holds what only came or went."""
    if edit.where.startswith("caption") and _shows_other(edit, change):
        yield edit.reason("caption", Significance.SUBSTANTIVE, change.old, change.new, change=change)
        return
    if (
        told
        and (other := judge_class(edit, change))
        and other.significance.level > max(r.significance.level for r in told)
    ):
        told = [*told, other]
    if not told or _more_than(edit, change, told):
        worded = _in_caption(judge_wording(edit, change), edit)
        both = change.old and change.new and not edit.in_headline  # of a headline, the other words are told besides
        if told and both and not any(reason.before and reason.after for reason in told):
            yield _carried(worded, told)
            return
        told = [*told, worded]
    put = [reason for reason in told if reason.before and reason.after]
    heavy = any(reason.significance.level >= Significance.SUBSTANTIVE.level for reason in put)
    one_sided = bool(change.old) != bool(change.new)
    yield from put if heavy and not one_sided else told


def _carried(worded: Reason, told: list[Reason]) -> Reason:
    """Return the reason of a clause put for another, as weighty as the heaviest fact that it dropped or brought."""
    heaviest = max(told, key=lambda reason: reason.significance.level)
    if heaviest.significance.level <= worded.significance.level:
        return worded
    return replace(worded, feature=heaviest.feature, significance=heaviest.significance)


_PLAIN = frozenset({"wording", "clause_added", "clause_removed", "claim"})  # in a headline these make one reason
_SHORT = 3  # words with a meaning of their own that make no clause yet
_WEIGHTY = frozenset(
    {"attribution", "hedge", "negation", "quotation", "quotation_added", "quotation_removed", "quotation_marks"}
)


def _clause(edit: Edit, change: Change, told: list[Reason]) -> Reason:
    """Return the one reason of a clause that came or went, as weighty as what it states."""
    clause = judge_wording(edit, change)
    heaviest = max([*told, clause], key=lambda reason: (reason.significance.level, reason.feature in _WEIGHTY))
    if heaviest.feature in _WEIGHTY:
        return heaviest
    return replace(clause, significance=heaviest.significance)


def _more_than(edit: Edit, change: Change, told: list[Reason]) -> bool:
    """Whether a change holds many more words than those of the facts told of it; some facts show all of a change."""
    shown = {
        term
        for reason in told
        if reason.significance is not Significance.DETAIL or (reason.before, reason.after) != (change.old, change.new)
        for side in (reason.before, reason.after)
        for term in stems(terms(side))
    }
    old, new = meaning(change.old, edit.language), meaning(change.new, edit.language)
    return len((old ^ new) - shown) > 2


def _shows_other(edit: Edit, change: Change) -> bool:
    """Whether a caption says of something else that it is seen: most of the words of an edit were put for others."""
    old, new = meaning(change.old, edit.language), meaning(change.new, edit.language)
    return min(len(old - new), len(new - old)) > 1


def _in_caption(reason: Reason, edit: Edit) -> Reason:
    """Name an edit of words in a caption so: it says what is seen, and to say less there is to show less."""
    if not edit.where.startswith("caption") or reason.significance.level < Significance.DETAIL.level:
        return reason
    level = Significance.SUBSTANTIVE if reason.before and reason.after else Significance.DETAIL
    return replace(reason, feature="caption", significance=level)


def _byline(edit: Edit) -> Reason:
    old, new = (meaning(_SMALL_PARTS.sub(" ", side), edit.language) for side in (edit.old, edit.new))
    level = Significance.DETAIL if old ^ new else Significance.COSMETIC
    return edit.reason("byline", level, edit.old, edit.new)


_SMALL_PARTS = re.compile(r"\b[a-zà-ÿ]{1,4}\b")  # what joins names in any language: "of", "und", "para"


def _reconciled(reasons: list[Reason]) -> list[Reason]:
    """Drop facts that went from one place and came in another, and names told in full elsewhere: they moved."""
    gone = {(r.feature, r.before.casefold()) for r in reasons if r.before and not r.after and r.feature in _MOBILE}
    come = {(r.feature, r.after.casefold()) for r in reasons if r.after and not r.before and r.feature in _MOBILE}
    moved = gone & come
    put = {(r.feature.removeprefix("fuller_"), r.before.casefold()) for r in reasons if r.before and r.after}
    return [r for r in reasons if r.feature not in _MOBILE or not _is_moved(r, moved, put)]


_MOBILE = frozenset({"number", "money", "percent", "date", "time", "name"})


def _is_moved(reason: Reason, moved: set[tuple[str, str]], put: set[tuple[str, str]]) -> bool:
    if bool(reason.before) == bool(reason.after):
        return False
    key = reason.feature, (reason.before or reason.after).casefold()
    return key in moved or (bool(reason.before) and key in put)


def _once(reasons: list[Reason]) -> list[Reason]:
    """Keep the first of the reasons that show the same fact at the same level."""
    kept: dict[tuple[str, ...], Reason] = {}
    for reason in reasons:
        key = _fact(reason)
        if key not in kept or kept[key].significance.level < reason.significance.level:
            kept[key] = reason
    return list(kept.values())


def _fact(reason: Reason) -> tuple[str, ...]:
    """Return what two reasons have in common when they tell the same fact: of names, the parts that differ."""
    if not reason.feature.startswith("name"):
        return reason.before.casefold(), reason.after.casefold()
    old, new = set(terms(reason.before)), set(terms(reason.after))
    return "name", " ".join(sorted(old - new)), " ".join(sorted(new - old))
