"""Measure how well verdicts agree with what a person said of the same edits before any rule had seen them.

    python -m bench.verdicts                 our own: bench/verdict_pairs.jsonl and bench/verdict_flips.jsonl
    python -m bench.verdicts --check         exit 1 where a figure is worse than bench/verdicts_floors.toml
    python -m bench.verdicts --details       also tell each verdict that differs
    python -m bench.verdicts --pairs FILE.jsonl --flips FILE.jsonl

A pair is two versions with `expected`: `severity` 0 to 4, `disclosure`; a flip is one sentence in two forms with the
level that its edit has at least or at most. *Flag* is whether an edit is of level 3 or more, *macro* the mean of the F1
of each kind of disclosure, an *alert* a cosmetic pair that was given level 2 or more.
"""

import argparse
import json
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from revtrack.model import Paragraph, ParagraphKind, Revision, Story, Verdict
from revtrack.notes import Passage, find_notes, lift_notes
from revtrack.text import clean
from revtrack.verdicts import compare, disclose_late

HERE = Path(__file__).parent
FLAG = 3  # the level from which on an edit is worth somebody's look
ALERT = 2
WRITTEN = datetime(2024, 3, 5, 9, tzinfo=UTC)
OTHER_NAMES = {"partial": "partly", "timestamp_only": "stamped", "cosmetic": "not_needed"}

Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Judged:
    """One pair: what was expected of it and what the verdict says."""

    id: str
    level: int
    disclosure: str
    verdict: Verdict

    @property
    def given(self) -> int:
        """The level of the verdict."""
        return self.verdict.significance.level


def judge_pair(line: Line) -> Judged:
    """Judge two versions as a tracker would: notes lifted, time stamps as the pair says."""
    later = WRITTEN + timedelta(hours=1) if line["timestamp_changed"] else WRITTEN
    old = _story(line["old"], line["language"], WRITTEN)
    new = _story(line["new"], line["language"], later)
    revision = compare(old, new)
    expected = line["expected"]
    disclosure = OTHER_NAMES.get(expected["disclosure"], expected["disclosure"])
    return Judged(line["id"], expected["severity"], disclosure, _with_later_note(revision, line))


def _with_later_note(revision: Revision, line: Line) -> Verdict:
    if not line.get("later_note"):
        return revision.verdict
    notes = find_notes(line["later_note"], language=line["language"])
    return disclose_late(revision, notes, lag=timedelta(hours=3))


def _story(side: Line, language: str, modified: datetime) -> Story:
    captions = [Paragraph(clean(side["caption"]), ParagraphKind.CAPTION)] if side.get("caption") else []
    given = [*captions, *map(_paragraph, side["body"])]
    passages = [Passage(p.text, p.kind, place / max(1, len(given) - 1)) for place, p in enumerate(given)]
    notes, rests = lift_notes(passages, language=language)
    return Story(
        headline=side.get("title") or "",
        byline=side.get("byline") or "",
        paragraphs=tuple(Paragraph(rest, p.kind) for p, rest in zip(given, rests, strict=True) if rest),
        notes=notes,
        language=language,
        modified=modified,
    )


def _paragraph(text: str) -> Paragraph:
    listed = text.startswith("- ")
    return Paragraph(clean(text.removeprefix("- ")), ParagraphKind.LIST_ITEM if listed else ParagraphKind.TEXT)


def judge_flip(line: Line) -> tuple[bool, Verdict]:
    """Judge one sentence in two forms; return whether the level is within what it has to be."""
    sides = (Story(language=line["language"], paragraphs=(Paragraph(line[side]),)) for side in ("old", "new"))
    verdict = compare(*sides).verdict
    level = verdict.significance.level
    return line.get("severity_at_least", 0) <= level <= line.get("severity_at_most", 4), verdict


# --- figures -----------------------------------------------------------------------------------------------------


def score_pairs(judged: Sequence[Judged]) -> dict[str, float]:
    """Return the figures of some pairs, each from 0 to 1 but for the number of alerts."""
    flags = Counter((pair.level >= FLAG, pair.given >= FLAG) for pair in judged)
    kinds = {pair.disclosure for pair in judged}
    return {
        "flag_f1": _f1(flags[True, True], flags[False, True], flags[True, False]),
        "exact": sum(pair.given == pair.level for pair in judged) / len(judged),
        "within_one": sum(abs(pair.given - pair.level) <= 1 for pair in judged) / len(judged),
        "disclosure_macro_f1": sum(_f1_of(kind, judged) for kind in kinds) / len(kinds),
        "disclosure_right": sum(pair.verdict.disclosure == pair.disclosure for pair in judged) / len(judged),
        "cosmetic_alerts": float(sum(pair.level == 0 and pair.given >= ALERT for pair in judged)),
    }


def _f1_of(kind: str, judged: Sequence[Judged]) -> float:
    pairs = Counter((pair.disclosure == kind, pair.verdict.disclosure == kind) for pair in judged)
    return _f1(pairs[True, True], pairs[False, True], pairs[True, False])


def _f1(hits: int, false: int, missed: int) -> float:
    return 2 * hits / max(1, 2 * hits + false + missed)


def _differing(judged: Sequence[Judged]) -> Iterator[str]:
    for pair in judged:
        if pair.given != pair.level or pair.verdict.disclosure != pair.disclosure:
            said = f"{pair.given} {pair.verdict.disclosure}"
            yield f"{pair.id}: expected {pair.level} {pair.disclosure}, given {said}"
            yield from _reasons(pair.verdict)


def _reasons(verdict: Verdict) -> Iterator[str]:
    for reason in verdict.reasons:
        shown = f"{reason.before[:70]!r} → {reason.after[:70]!r}"
        yield f"    {reason.significance.level} {reason.feature} | {reason.where} | {shown} {reason.disclosure}"


def main(given: Sequence[str] | None = None) -> int:
    """Print the figures; return 1 where one is worse than its floor."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path, default=HERE / "verdict_pairs.jsonl")
    parser.add_argument("--flips", type=Path, default=HERE / "verdict_flips.jsonl")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--details", action="store_true")
    options = parser.parse_args(given)
    judged = [judge_pair(line) for line in _lines(options.pairs)]
    flips = [(line, *judge_flip(line)) for line in _lines(options.flips)]
    figures = score_pairs(judged) | {"flips": sum(fits for _, fits, _ in flips) / max(1, len(flips))}
    for name, figure in figures.items():
        print(f"{name:<22}{figure:7.3f}")
    if options.details:
        print(*_differing(judged), sep="\n")
        for line, fits, verdict in flips:
            if not fits:
                print(verdict.significance.level, line["old"], "→", line["new"], *_reasons(verdict), sep="\n  ")
    return _held(figures) if options.check else 0


def _lines(path: Path) -> list[Line]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def _held(figures: dict[str, float]) -> int:
    floors = tomllib.loads((HERE / "verdicts_floors.toml").read_text(encoding="utf-8"))
    most = floors.pop("cosmetic_alerts")
    low = [name for name, floor in floors.items() if figures[name] < floor]
    low += ["cosmetic_alerts"] * (figures["cosmetic_alerts"] > most)
    for name in low:
        print(f"{name} is {figures[name]:.3f}, worse than its floor", file=sys.stderr)
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
