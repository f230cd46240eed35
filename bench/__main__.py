"""Run the measurements that are quick, each held to its floors; `--write` makes docs/numbers.md of their figures.

Leaves with 1 where a figure is worse than its floor.
"""

import argparse
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "numbers.md"


@dataclass(frozen=True, slots=True)
class Measurement:
    """A measurement: what it is about, its arguments to Python, what its figures say, the page that tells more."""

    title: str
    command: tuple[str, ...]
    told: str
    more: str


QUICK = (
    Measurement(
        "Extraction",
        ("-m", "bench.extraction", "--check"),
        "Changes of page chrome must change nothing, notes and edits must show. In per cent, on invented pages.",
        "extraction",
    ),
    Measurement(
        "Extraction, a second set",
        ("-m", "bench.extraction", "--second", "--check"),
        "The same, on changes and pages by somebody who had not seen the rules.",
        "extraction",
    ),
    Measurement(
        "Publishers' notes",
        ("-m", "bench.notes", "--check"),
        "972 invented blocks in 22 languages: found, and of what kind.",
        "notes",
    ),
    Measurement(
        "Verdicts",
        ("-m", "bench.verdicts", "--check"),
        "104 invented pairs and 30 flips: how weighty, and whether disclosed.",
        "verdicts",
    ),
    Measurement(
        "When to look",
        ("-m", "bench.schedule", "--check"),
        "Edits caught by policies at equal numbers of looks, in a simulation.",
        "schedule",
    ),
    Measurement("Diffs", ("bench/diff.py", "--check"), "How readable they are, on invented pairs.", "diff"),
)

_HEAD = """# Numbers

Made by `python -m bench --write`. Each command prints its figures again and holds them to the floors that stand beside
it; figures of accuracy are the same on every machine. Figures on real pages and recorded edits, which are no part of
this repository, stand in the pages named, with the day and how they were made.
"""
_LONG = """## What takes longer

| measured | command | figures |
|---|---|---|
| cost of a look, beside forty lines of Python and other trackers | `python -m bench.speed` | [speed](speed.md) |
| storage of later versions, beside WARC, zstd and git | `python -m bench.storage` | [archive](archive.md) |
| kills, torn logs, full disks, four writers | `python -m bench.durability` | [archive](archive.md) |
| changed bits, forged rows, rollbacks, bundles | `python -m bench.evidence` | [evidence](evidence.md) |
| deriving 10,000 looks again | `python -m bench.rebuild` | [rebuild](rebuild.md) |
| a git history of captures, a gigabyte of WARC | `python -m bench.backfill` | [backfill](backfill.md) |
| a site of 100,000 versions | `python -m bench.site` | [site](site.md) |
| reading a page, beside other extractors | `python bench/extraction_speed.py` | [extraction](extraction.md) |
| headline, authors, dates, beside others | `python bench/metadata.py` | [extraction](extraction.md) |
"""


def main() -> int:
    """Run all that is quick; return 1 where a floor does not hold."""
    parser = argparse.ArgumentParser(description="Run the measurements that are quick, each held to its floors.")
    parser.add_argument("--write", action="store_true", help="write the figures to docs/numbers.md")
    parts, worst = [_HEAD], 0
    asked = parser.parse_args()
    for one in QUICK:
        print(f"+ python {' '.join(one.command)}", flush=True)
        command = [sys.executable, *one.command]
        done = subprocess.run(command, cwd=ROOT, check=False, text=True, stdout=subprocess.PIPE)  # noqa: S603 - ours
        print(done.stdout, end="", flush=True)
        parts.append(_told(one, done.stdout))
        worst = max(worst, done.returncode)
    if asked.write:
        PAGE.write_text("\n".join([*parts, _LONG]), encoding="utf-8")
    return int(worst != 0)


def _told(one: Measurement, figures: str) -> str:
    shown = f"```console\n$ python {' '.join(one.command)}\n{figures}```\n"
    return f"## {one.title}\n\n{one.told} More in [{one.more}]({one.more}.md).\n\n{shown}"


if __name__ == "__main__":
    sys.exit(main())
