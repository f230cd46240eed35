"""Read the labels that announce a note: at the head of a block, glued into it, or standing alone. Pure."""

import re
from collections.abc import Iterator

from revtrack.model import NoteFamily, NoteKind, ParagraphKind
from revtrack.notes.blocks import CLOSING, WORD, Finding, Reading, by_mark, in_quotes, make_finding
from revtrack.notes.expressions import DATE
from revtrack.notes.rules import Pattern

_SENTENCE_ENDS = (".", "!", "?", ")", '"', "-", "。", "।", "؟", "！", "？", "”")
_IN_BRACKETS = re.compile(r"\s*[(\[（［](?P<line>\w[^()\[\]（）［］]{3,400})[)\]）］]")


def slug(reading: Reading) -> Finding | None:
    """Read a news agency's slug at the head of a line: "UPDATE 2-", "CORRECTED-"."""
    match = reading.rules.slug.match(reading.plain)
    if match is None:
        return None
    slug = match["slug"]
    kind = NoteKind.CORRECTION if "CORRECT" in slug else NoteKind.UPDATE
    kind = NoteKind.RETRACTION if slug.startswith("WITHDRAW") else kind
    return make_finding(reading, 0, NoteKind.CLARIFICATION if slug.startswith("CLARIF") else kind, "agency slug")


def agency_line(reading: Reading) -> Finding | None:
    """Read a line in brackets by which a news agency says what it did: "(Adds analyst comment)"."""
    match = _IN_BRACKETS.match(reading.plain)
    if match is None:
        return None
    kind = _agency_kind(reading, match["line"])
    return make_finding(reading, 0, kind, "agency line", end=match.end()) if kind else None


def _agency_kind(reading: Reading, line: str) -> NoteKind | None:
    """Return what a line that begins as news agencies begin theirs says was done: "Adds …", "Corrects …"."""
    lowered = line.lower()
    begins = [verb for verb in reading.rules.agency if lowered.startswith(verb + " ")]
    return reading.rules.agency[max(begins, key=len)] if begins else None


def labelled(reading: Reading) -> Finding | None:
    """Read a label at the head of a block and what stands behind it."""
    match = _label(reading) if reading.may_be_labelled else None
    if match is None or _is_part_of_a_sentence(reading, match):
        return None
    kind = reading.rules.announced(match["label"])
    rest = reading.masked[match.end() :].strip(' .:|)]】）"*_')
    start, end = 0, _closing(reading.masked, match)
    if not WORD.search(rest.replace("\ue000", "")):
        return _bare(reading, match, kind)
    if not match["end"] and not _is_set_off(reading, match):
        return None
    if kind is NoteKind.UPDATE and (done := _agency_kind(reading, rest)):
        return make_finding(reading, start, done, "label, agency line", end=end)
    return _announced(reading, match, kind, rest, (start, end))


def _label(reading: Reading) -> re.Match[str] | None:
    """Return the label that a block begins with, what belongs to it passed over: "Second update from the editors:"."""
    rules = reading.rules
    match = rules.label.match(reading.masked)
    if match and match["end"]:
        return match
    text = _without_asides(reading)
    match = rules.label.match(text)
    if "before_label" in rules.words and not (match and match["end"]):
        before = rules.words.phrase("^ {before_label}").search(text[:_HEAD], text[:_HEAD].lower())
        match = (before and rules.label.match(text, before.end())) or match
    return match


def _without_asides(reading: Reading) -> str:
    """Return the block with what stands between a label and its text filled in as dates are, its length kept."""
    text, words = reading.masked, reading.rules.words
    head, bold = text[:_HEAD], reading.passage.bold
    if 0 < bold < _HEAD and text[bold - 1 : bold + 1] == f"{DATE} ":  # "**Correction, 5 June** The surname …"
        return f"{text[:bold]}:{text[bold + 1 :]}"
    if aside := _PLUSES.search(head):
        return f"{text[: aside.start()]}:  {text[aside.start() + 3 :]}"
    if ":" not in head and "：" not in head:
        return text
    aside = _ASIDE.search(head)
    if aside is None and "behind_label" in words:
        aside = words.phrase("{behind_label}").search(head, head.lower())
    end = aside.start() + len(aside.group().rstrip(" :：")) if aside else 0
    if aside is None or text[end:].lstrip()[:1] not in {":", "："}:
        return text
    return text[: aside.start()] + DATE * (end - aside.start()) + text[end:]


_ASIDE = re.compile(r"[(\[][^()\[\]]{2,40}[)\]](?=\s?[:：])|,\s[^\W\d][^:,.!?()]{2,24}(?=\s?[:：])")
"""What a newsroom puts between a label and its text: "Update (Monday night): …", "Update, a year on: …"."""
_PLUSES = re.compile(r"(?<=\w\s)\+{3}(?=\s)")
_HEAD = 60
"""Characters within which a label's own words stand."""


def _announced(
    reading: Reading, match: re.Match[str], kind: NoteKind | None, rest: str, span: tuple[int, int]
) -> Finding | None:
    """Weigh what a label announces against what the text behind it, `rest`, says."""
    start, end = span
    vetoed = reading.rules.vetoed(reading.masked[:end])
    said = reading.said(reading.masked[:end])
    if kind is None or vetoed:
        counts = said is not None and (not vetoed or (kind is not None and said.alone))
        return make_finding(reading, start, said.kind, f"label, {said.name}", end=end) if said and counts else None
    if said is None and not _believable(reading, match, rest, kind):
        return None
    return make_finding(reading, start, _settle(kind, said), f"label {match['label'].lower()}", end=end)


def _is_part_of_a_sentence(reading: Reading, match: re.Match[str]) -> bool:
    """Tell a word that only looks like a label: small where a label is not, or in brackets before the next word."""
    end = match["end"].strip()
    if '"' in match["open"]:  # somebody else's
        return True
    small = match["label"][0].islower() and not match["open"].strip() and end not in {":", "："}
    goes_on = reading.masked[match.end() :].lstrip()[:1].islower()
    return small or (end in {")", "]"} and goes_on and not reading.moments)


def _is_set_off(reading: Reading, match: re.Match[str]) -> bool:
    """Whether a label without any mark behind it is told from the text by its bold print, or by its capitals."""
    behind = reading.masked[match.end() :].lstrip()
    loud = match["label"].isupper() and len(match["label"]) > _LOUD and not behind[:_LOUD].isupper()
    return loud or abs(reading.passage.bold - match.end("label") + match.start("label")) <= 1


def _stands_out(reading: Reading, match: re.Match[str]) -> bool:
    """Whether a label with a weak mark behind it is seen at once: in capitals, in bold, or at an end of the article."""
    passage = reading.passage
    bold = match.end("label") - match.start("label") <= passage.bold <= match.end() + 1
    at_an_end = not _TOP < passage.position < _FOOT and len(passage.text.split()) >= _SENTENCE
    return match["label"].isupper() or bold or at_an_end


_TOP, _SENTENCE = 0.1, 8
"""Up to where a block stands at the top; and words of a text that is a whole sentence, not a title."""
_LOUD = 6
"""Letters of a label in capitals that is no name's abbreviation; and of what may not be in capitals behind it."""


def _settle(kind: NoteKind, said: Pattern | None) -> NoteKind:
    """Let the text correct what the label says, where the label is the vaguer of the two."""
    if said is None or kind not in {NoteKind.UPDATE, NoteKind.AMENDMENT}:
        return kind
    vague = said.kind in {NoteKind.UPDATE, NoteKind.CORRECTION} and not said.alone
    return kind if vague else said.kind


def _believable(reading: Reading, match: re.Match[str], rest: str, kind: NoteKind) -> bool:
    """Tell a label with news behind it from a headline, a menu entry or a figure of speech that looks like one."""
    text = reading.passage.text.rstrip()
    if match["end"].strip() in {"|", "｜"} and len(rest.split()) < 5:
        return False
    if reading.moments and reading.moments[0].start < match.end() + 2:
        return True
    if match["end"].strip() in {"-", "–", "—", ".", "!"}:
        loud = match["end"].strip() == "!" or (text[-1] == "." and _stands_out(reading, match))
        return (kind is not NoteKind.UPDATE or loud) and rest[:1].isupper()
    title = _is_title(rest) and text[-1] not in ".!…。"
    if (text.endswith("?") and len(text) < 90) or (title and not reading.passage.emphasis):
        return False
    if kind is NoteKind.UPDATE:
        marked = reading.passage.emphasis or match["open"].strip()
        return bool(marked) or text[-1] in ".!:…)]\"'”»।。）】" or len(rest) > 160 or not reading.rules.spaced
    quip = (
        len(rest) < 60
        and rest[:1].islower()
        and reading.rules.language in {"en", "de"}
        and not reading.passage.emphasis
        and 0.12 < reading.passage.position < 0.8
    )
    return not quip


def _is_title(text: str) -> bool:
    """Whether a short text without a full stop writes most of its longer words with capitals, as titles do."""
    longer = [word for word in text.split() if len(word) > 3 and word[0].isalpha()]
    capitals = sum(word[0].isupper() for word in longer)
    return len(text) < 120 and text[-1:] not in ".!:)" and capitals > 0.7 * len(longer)


def _bare(reading: Reading, match: re.Match[str], kind: NoteKind | None) -> Finding | None:
    """Read a label with nothing behind it: the start of a note if it says so by a colon, a mark, its name or place."""
    passage = reading.passage
    colon = match["end"].strip() in {":", "："}
    strong = kind in _STRONG
    apart = passage.kind is ParagraphKind.SUBHEADING and not 0.15 < passage.position < 0.75
    apart = apart or passage.position > _FOOT
    if not (colon or by_mark(passage, "note") or passage.heads or (strong and (passage.emphasis or apart))):
        return None
    if match["end"].strip() != ":" and kind is NoteKind.UPDATE and reading.moments and not heads_a_box(reading):
        return None
    kind = kind or NoteKind.META
    family = NoteFamily.META if kind is NoteKind.META else NoteFamily.REVISION
    return make_finding(reading, 0, kind, "bare label", family=family, bare=True)


def heads_a_box(reading: Reading) -> bool:
    """Whether a label is the heading or bold line of a small box: "Updated at 4.20pm", its text in the next block."""
    passage = reading.passage
    loud = passage.kind is ParagraphKind.SUBHEADING or passage.emphasis or passage.bold >= len(passage.text) - 1
    return passage.heads and loud and reading.rules.label.match(reading.masked) is not None


def glued(reading: Reading) -> Finding | None:
    """Find a label in the middle of a block, right behind the end of a sentence or in brackets of its own."""
    for match in _inner_labels(reading):
        before = reading.plain[: match.start()].rstrip()
        opened = re.search(r"[(\[（【*]", match["open"])
        if not (opened or before.endswith(_SENTENCE_ENDS)) or match["label"][:1].islower():
            continue
        if in_quotes(reading.plain, match.start("label")):
            continue
        kind = reading.rules.announced(match["label"])
        start = match.start() + len(match["open"]) - len(match["open"].lstrip())
        end = _closing(reading.masked, match)
        said = reading.said(reading.masked[start:end])
        vetoed = reading.rules.vetoed(reading.masked[start:end])
        closed = {"]", "】"} if kind in _STRONG else set()
        colon = match["end"].strip() in {":", "：", *closed} and end - match.end() > (20 if reading.rules.spaced else 8)
        if not vetoed and ((kind is not None and colon) or (said is not None and said.alone)):
            settled = _settle(kind, said) if kind else said.kind if said else NoteKind.UPDATE
            return make_finding(reading, start, settled, f"label {match['label'].casefold()}, in the text", end=end)
    return None


def _inner_labels(reading: Reading) -> Iterator[re.Match[str]]:
    """Yield the labels inside a block, where a sentence ends or a bracket opens before them."""
    for place in _BEFORE_LABEL.finditer(reading.plain, 1) if reading.may_be_labelled else ():
        if match := reading.rules.label.match(reading.masked, place.end()):
            yield match


_STRONG = frozenset((NoteKind.CORRECTION, NoteKind.CLARIFICATION, NoteKind.RETRACTION))
_FOOT = 0.85
"""From where on a line that is nothing but a strong label needs no mark to announce the block behind it."""

_BEFORE_LABEL = re.compile(r"(?<=[.!?)\"。।؟！？”-])(?=[^.!?)])|(?=[(\[（【〈*])")


def _closing(masked: str, match: re.Match[str]) -> int:
    """Return where the note behind a label ends: at the bracket that closes the one before the label, or the block."""
    bracket = next((sign for sign in match["open"] if sign in CLOSING), "")
    if not bracket or match["end"].strip() in CLOSING.values():
        return len(masked)
    depth = 1
    for at in range(match.start() + match["open"].index(bracket) + 1, len(masked)):
        depth += (masked[at] == bracket) - (masked[at] == CLOSING[bracket])
        if depth == 0:
            return at + 1
    return len(masked)
