"""Measure the search for notes on blocks with known truth (notes_blocks.jsonl), all of them invented for this purpose.

    python -m bench.notes [--check] [--wrong] [--blocks FILE]

A line of the file is one block: `text`, `language`, `family` (revision, timestamp, meta, none), `kind`, `is_note`,
`rel_pos` (0 first to 1 last, null unknown) and `structure` (tag and class names joined by dots, "italic", null).
`--check` fails where a figure is below notes_floors.toml. Half of the blocks were seen when the rules were made.
"""

import argparse
import json
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from revtrack.model import Note
from revtrack.notes import Passage, find_notes
from revtrack.text import clean

HERE = Path(__file__).parent
Block = dict[str, Any]


def main() -> int:
    """Print the figures, a line a language; return 1 where a floor is not held."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--check", action="store_true", help="fail where a figure is below its floor")
    asked.add_argument("--wrong", action="store_true", help="list what is read wrongly")
    asked.add_argument("--blocks", type=Path, default=HERE / "notes_blocks.jsonl")
    options = asked.parse_args()
    blocks = [json.loads(line) for line in options.blocks.read_text("utf-8").splitlines()]
    found = [(block, revision_of(block)) for block in blocks]
    if options.wrong:
        print_wrong(found)
    figures = measure(found)
    print(" ".join(f"{name} {figure:.3f}" for name, figure in figures.items()))
    print_languages(found)
    return below_floors(figures) if options.check else 0


def revision_of(block: Block) -> Note | None:
    """Return the first revision note found in a block."""
    structure = block["structure"] or ""
    marks = tuple(structure.lower().split(".")) if structure != "italic" else ()
    position = 0.9 if block["rel_pos"] is None else block["rel_pos"]
    passage = Passage(clean(block["text"]), position=position, marks=marks, emphasis=structure == "italic")
    notes = find_notes(passage, language=block["language"])
    return next((note for note in notes if note.is_revising), None)


def measure(found: Iterable[tuple[Block, Note | None]]) -> dict[str, float]:
    """Return precision, recall, the share of notes whose kind is right, and of stamps that are left alone."""
    count: Counter[str] = Counter()
    for block, note in found:
        count["notes"] += block["is_note"]
        count["found"] += note is not None
        count["right"] += note is not None and block["is_note"]
        count["kind"] += note is not None and block["is_note"] and note.kind == block["kind"]
        count["stamps"] += block["family"] == "timestamp"
        count["stamps left"] += block["family"] == "timestamp" and note is None
    return {
        "precision": count["right"] / count["found"],
        "recall": count["right"] / count["notes"],
        "kind": count["kind"] / count["right"],
        "stamps": count["stamps left"] / count["stamps"],
    }


def print_languages(found: Iterable[tuple[Block, Note | None]]) -> None:
    """Print for each language how many notes there are, how many were found, and what was taken for one."""
    tally: dict[str, Counter[str]] = defaultdict(Counter)
    for block, note in found:
        right = "found" if block["is_note"] else "false"
        tally[block["language"]].update({"notes": int(block["is_note"]), right: int(note is not None)})
    for language, count in sorted(tally.items()):
        print(f"{language}: {count['found']} of {count['notes']}, {count['false']} false")


def print_wrong(found: Iterable[tuple[Block, Note | None]]) -> None:
    """Print each block that was missed, taken for a note, or given another kind."""
    for block, note in found:
        said = f"{note.kind} by {note.rule!r}" if note else "nothing"
        if (note is not None) != block["is_note"] or (note and note.kind != block["kind"]):
            print(f"{block['language']} {block['kind']} read as {said}: {block['text'][:200]}")


def below_floors(figures: dict[str, float]) -> int:
    """Tell each figure below its floor; return 1 where there is one."""
    floors = tomllib.loads((HERE / "notes_floors.toml").read_text("utf-8"))
    low = [name for name, floor in floors.items() if figures[name] < floor]
    for name in low:
        print(f"{name} {figures[name]:.3f} is below its floor of {floors[name]}", file=sys.stderr)
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
