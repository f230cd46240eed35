"""What a bringing in came to: looks by article, what was left out and why, what made no version. Prints nothing."""

import csv
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from revtrack.backfill import Found
    from revtrack.deriving import Brought, Woven
    from revtrack.errors import RevtrackError
    from revtrack.model import Snapshot

COLUMNS = ("what", "place", "value", "why")
"""The columns of a list of what was refused: "left out" or "no version", where it was, what was wrong there, why."""
Refuse = Callable[[str, str, str, str], object]
"""Takes the cells of one line of such a list."""
_QUOTED = re.compile(r"https?://[^\s,;]+|(?<!\w)'[^']*'|\"[^\"]*\"")


@dataclass
class Reasons:
    """How often each reason was given, and where it first was. Words of pages in a reason make no other of it."""

    counts: Counter[str] = field(default_factory=Counter)
    places: dict[str, str] = field(default_factory=dict)

    def add(self, why: str, place: str) -> None:
        """Count one more."""
        why = _QUOTED.sub("…", why)
        self.counts[why] += 1
        self.places.setdefault(why, place)

    def told(self) -> list[tuple[str, int, str]]:
        """Return each reason, how often it was given and where it first was, the most frequent first."""
        return [(why, times, self.places[why]) for why, times in self.counts.most_common()]

    def form(self) -> list[dict[str, object]]:
        """Return the same for JSON."""
        return [{"why": why, "count": times, "place": place} for why, times, place in self.told()]


@dataclass
class Tally:
    """What was found and what became of it, article by article. `refuse` takes what came to nothing, one by one."""

    dry_run: bool
    refuse: Refuse = lambda *_: None
    found: int = 0
    new: int = 0
    seen: int = 0
    skipped: Reasons = field(default_factory=Reasons)
    remarks: Reasons = field(default_factory=Reasons)
    barren: Reasons = field(default_factory=Reasons)
    articles: dict[str, dict[str, Any]] = field(default_factory=dict)
    trouble: "RevtrackError | None" = None

    def looks(self, found: "Iterable[Found]", tell: "Callable[[Tally], object]") -> "Iterator[Snapshot]":
        """Yield the looks among what was found; where the finding ends in trouble, what came before is kept.

        `tell` is called at each thing that was found.
        """
        from revtrack.backfill import Remark, Skipped  # noqa: PLC0415
        from revtrack.errors import RevtrackError  # noqa: PLC0415

        try:
            for one in found:
                self.seen += not isinstance(one, Remark)
                tell(self)
                if isinstance(one, Remark):
                    self.remarks.add(one.what, one.place)
                elif isinstance(one, Skipped):
                    self.skipped.add(one.why, one.place)
                    self.refuse("left out", one.place, one.value, one.why)
                else:
                    self.found += 1
                    yield one
        except RevtrackError as error:
            self.trouble = error

    def take(self, step: "Brought | Woven") -> None:
        """Count one step of the bringing in."""
        article, stands = step.article, step.article.versions
        first = {"id": 0, "url": article.url, "looks": 0, "new": 0, "before": stands, "after": stands, "kept": ""}
        known = self.articles.setdefault(article.url, first)
        known["id"] = article.id
        if hasattr(step, "is_new"):
            known["looks"] += 1
            known["new"] += step.is_new
            self.new += step.is_new
            return
        known["before"], known["after"], known["kept"] = step.before, step.after, step.kept
        for look, why in step.barren:
            place = look.origin.place if look.origin else ""
            self.barren.add(why, place)
            self.refuse("no version", place, look.url, why)

    @property
    def changed(self) -> list[dict[str, Any]]:
        """The articles of which something came in, those with the most versions first."""
        found = [one for one in self.articles.values() if one["new"] or one["before"] != one["after"]]
        return sorted(found, key=lambda article: (-article["after"], -article["new"], article["url"]))


@contextmanager
def refusals(file: Path | None) -> Iterator[Refuse]:
    """Give what writes the refused to a file: lines of JSON if its name ends in .jsonl, else CSV without formulas.

    Raises UnwritableError.
    """
    if file is None:
        yield lambda *_: None
        return
    from revtrack.placing import placed  # noqa: PLC0415
    from revtrack.rendering.tables import inert  # noqa: PLC0415
    from revtrack.rendering.visible import visible  # noqa: PLC0415

    with placed(file) as path, path.open("w", encoding="utf-8", newline="") as out:
        if file.suffix == ".jsonl":
            yield lambda *cells: out.write(json.dumps(dict(zip(COLUMNS, cells, strict=True))) + "\n")
        else:
            table = csv.writer(out)
            table.writerow(COLUMNS)
            yield lambda *cells: table.writerow([inert(visible(cell)) for cell in cells])
