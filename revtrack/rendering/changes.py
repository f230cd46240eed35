"""The changes of a revision in words, a sentence each: for those who do not see colours, or read with their ears."""

from collections.abc import Iterator

from revtrack.model import Change, Diff, FieldDiff, Revision
from revtrack.rendering.view import GAP, field_label
from revtrack.rendering.visible import isolated, quoted, visible
from revtrack.rendering.wording import count, facts, late_title, note_title, observed, summary, withdrawn

_LONG = 240  # characters of a quotation; of a longer one both ends are shown


def render(revision: Revision) -> str:
    """Return headline, verdict and notes, then the changes as a numbered list, one a line."""
    verdict = revision.verdict
    lines = [isolated(visible(revision.diff.new.headline)) or "(no headline)"]
    if revision.url:
        lines.append(f"{visible(revision.url)}, version {revision.old} → {revision.new}")
    lines += [": ".join(part for part in (summary(verdict), " · ".join(facts(verdict))) if part), *observed(revision)]
    lines += [f"{note_title(note)}: {_quoted(note.text)}" for note in revision.notes]
    lines += [f"{late_title(revision, note)}: {_quoted(note.text)}" for note in revision.late]
    lines += [f"note withdrawn: {_quoted(text)}" for text in withdrawn(revision)]
    told = tell(revision.diff)
    lines += ["", f"{count(len(told), 'change')}{':' if told else ''}"]
    lines += [f"{number}. {sentence}" for number, sentence in enumerate(told, 1)]
    return "\n".join(lines) + "\n"


def tell(diff: Diff) -> tuple[str, ...]:
    """Return the changes of a diff as sentences, safe to show, in reading order; first new dating and links."""
    beside = (f"{place}: {become}" for field in diff.fields for place, become in tell_field(field))
    edited = (f"{where(change)}: {deed(change)}{_sentence(change)}{_about(change)}" for change in diff.changes)
    return (*beside, *edited)


def tell_field(field: FieldDiff) -> Iterator[tuple[str, str]]:
    """Yield where a field is and what became of it, safe to show; nothing of one that is told by its changes."""
    if field.field in {"published", "link"}:
        label = field_label(field)
        become = _exchange(field.old, field.new) if field.new else f"{_quoted(field.old)} is gone"
        yield label[0].upper() + label[1:], become


def where(change: Change) -> str:
    """Return where a change is: "Headline", "¶ 4", "¶ 4, caption", the place now, or before where it is gone."""
    if change.old_paragraph is None and change.new_paragraph is None:
        return change.where.capitalize()
    gone = change.op == "remove" or change.new_paragraph is None
    place = change.old_paragraph if gone else change.new_paragraph
    kind = "" if change.where == "text" else f", {change.where.replace('_', ' ')}"
    return f"¶ {(place or 0) + 1}{kind}{' before' if gone else ''}"


def deed(change: Change) -> str:
    """Return what happened, in words and safe to show: "“12” became “21”"."""
    old, new = _quoted(change.old), _quoted(change.new)
    if change.op == "replace":
        return _exchange(change.old.strip(), change.new.strip())
    if change.op in {"insert", "add"}:
        return f"{new} is new"
    if change.op in {"delete", "remove"}:
        return f"{old} is gone"
    if change.op == "move":
        return f"{new} moved here from ¶ {(change.old_paragraph or 0) + 1}"
    return f"{'split from one paragraph' if change.op == 'split' else 'merged from several paragraphs'}: {new}"


def _exchange(old: str, new: str) -> str:
    """Return what became of words; where one side is but the mark that the other ends with, the words came or went."""
    if _is_mark_of(old, new):
        return f"{_quoted(new.removesuffix(old))} is new"
    if _is_mark_of(new, old):
        return f"{_quoted(old.removesuffix(new))} is gone"
    return f"{_quoted(old)} became {_quoted(new)}" if old or new else "white space changed"


def _is_mark_of(mark: str, text: str) -> bool:
    has_words = any(map(str.isalnum, text))
    return mark != "" and has_words and text.endswith(mark) and not any(map(str.isalnum, mark))


def _sentence(change: Change) -> str:
    """Return the sentence that words changed in, where these are not all of it."""
    sentence = change.new_sentence or change.old_sentence
    within = change.op in {"replace", "insert", "delete"} and sentence not in {change.new, change.old, ""}
    return f", in {_quoted(sentence)}" if within else ""


def _about(change: Change) -> str:
    return f" ({', '.join(tag.replace('_', ' ') for tag in change.tags)})" if change.tags else ""


def _quoted(text: str) -> str:
    shown = visible(text).strip()
    if len(shown) > _LONG:
        shown = shown[: _LONG // 2].rsplit(" ", 1)[0] + GAP + shown[-_LONG // 2 :].split(" ", 1)[-1]
    return quoted(shown)
