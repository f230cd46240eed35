"""An evidence bundle: what anybody needs to check what was seen of an article, as one WACZ file.

It holds the looks as WARC, what was read and how it differs, the leaves and proofs of all that, a checkpoint and a
script that checks them. A bundle is checked by that script before it takes its name.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from revtrack.archive import Archive
from revtrack.archive.values import OpenedLeaf
from revtrack.config import EvidenceSettings
from revtrack.errors import ArchiveError, InputError, SigningError
from revtrack.evidence import checker
from revtrack.evidence.checkpoints import (
    Checkpoint,
    keep_checkpoint,
    kept_checkpoints,
    sign_with,
    take_checkpoint,
)
from revtrack.evidence.members import Case, members_of
from revtrack.exports.wacz import Package, Page
from revtrack.exports.warc import Record, records_of, warcinfo
from revtrack.forms import iso
from revtrack.merkle import Tree
from revtrack.model import Article, Snapshot, Version
from revtrack.placing import placed
from revtrack.rendering.visible import visible
from revtrack.rendering.wording import count


@dataclass(frozen=True, slots=True)
class Bundled:
    """What a bundle holds: its versions and looks, how many records they rest on, and the checkpoint of those."""

    file: Path
    versions: tuple[int, ...]
    looks: int
    records: int
    checkpoint: Checkpoint


def write_bundle(
    archive: Archive,
    article: Article,
    file: Path,
    *,
    now: datetime,
    first: int | None = None,
    last: int | None = None,
    settings: EvidenceSettings | None = None,
    complain: Callable[[str], object] = lambda _: None,
) -> Bundled:
    """Write what was seen of an article, or of its versions `first` to `last`, to a WACZ file.

    Raises InputError where there are no such versions, UnwritableError, and ArchiveError where the archive does not
    agree with itself, which `verify` then tells of.
    """
    settings = settings or EvidenceSettings()
    versions, looks = _chosen(archive, article, first, last)
    ids = frozenset(look.id for look in looks if look.id is not None)
    leaves = [leaf for leaf in archive.opened_leaves(article) if _belongs(leaf, ids, {v.number for v in versions})]
    checkpoint, earlier = _checkpoints(archive, now, settings, complain)  # last: it covers all that was just read
    tree = Tree(archive.leaf_hashes())
    if len(tree) < checkpoint.size or tree.root(checkpoint.size) != checkpoint.root:
        raise ArchiveError(archive.location, "does not agree with its own checkpoint: 'revtrack verify' says where")
    case = Case(article, versions, looks, leaves, checkpoint, earlier, now)
    with placed(file) as path:
        with path.open("wb") as out:
            package = Package(out, now)
            package.add_warc(_records(archive, case, ids))
            package.add_pages(_pages(case))
            for name, content in members_of(archive, case, tree, file=file.name):
                package.add(f"evidence/{name}", content)
            title = f"{visible(article.headline) or article.url}: {count(len(versions), 'version')}"
            package.close(title=title, page=Page(case.address, looks[-1].fetched_at, article.headline))
        _check(path, archive)
    return Bundled(file, tuple(v.number for v in versions), len(looks), len(leaves), checkpoint)


def _chosen(
    archive: Archive, article: Article, first: int | None, last: int | None
) -> tuple[list[Version], list[Snapshot]]:
    """Return the versions asked for, and every look from the first that found one of them to the last."""
    versions = list(archive.versions(article))
    numbers = [version.number for version in versions]
    if not numbers:
        raise InputError(f"no version has been read of {article.url} yet; 'revtrack check' looks at it")
    wanted = range(first or 1, (last or numbers[-1]) + 1)
    if not set(wanted) <= set(numbers) or not wanted:
        raise InputError(f"there are no versions {wanted.start} to {wanted.stop - 1}: it has {numbers[-1]}")
    looks = list(archive.looks(article))
    if first is not None or last is not None:
        found = [place for place, look in enumerate(looks) if look.version in wanted]
        looks = looks[found[0] : found[-1] + 1]
    return [version for version in versions if version.number in wanted], [look.snapshot for look in looks]


def _belongs(leaf: OpenedLeaf, looks: frozenset[int], versions: set[int]) -> bool:
    """Whether a record of the article is about these looks and versions."""
    entry = json.loads(leaf.entry)
    if leaf.kind == "look":
        return entry["id"] in looks
    if leaf.kind == "verdict":
        return entry["number"] in versions and entry["number"] - 1 in versions
    if leaf.kind in {"reading", "stated"}:
        return entry["number"] in versions
    return entry.get("snapshot_id") in looks if "snapshot_id" in entry else True


def _checkpoints(
    archive: Archive, now: datetime, settings: EvidenceSettings, complain: Callable[[str], object]
) -> tuple[Checkpoint, list[Checkpoint]]:
    """Return the checkpoint of all that is recorded, signed if it can be, and those that were kept before it."""
    try:
        keep_checkpoint(archive, now, settings, complain=complain)
        kept = kept_checkpoints(archive)
    except InputError as error:  # an archive that may be read alone
        complain(f"the checkpoint is not kept beside the archive: {error}")
        kept = [taken for taken in [take_checkpoint(archive, now)] if taken]
    checkpoint = kept[-1]
    if settings.key and not checkpoint.signatures:
        try:
            checkpoint = replace(checkpoint, signatures=(sign_with(settings, checkpoint.text),))
        except SigningError as error:
            complain(f"the bundle is not signed: {error}")
    ours = [one for one in kept[:-1] if one.origin == checkpoint.origin]
    if any(one.size > checkpoint.size for one in ours):
        complain("an earlier checkpoint counts more records than are there: 'revtrack verify' tells what is missing")
    return checkpoint, [one for one in ours if one.size < checkpoint.size]


def _records(archive: Archive, case: Case, ids: frozenset[int]) -> Iterator[Record]:
    yield warcinfo(case.checkpoint.origin, created=iso(case.created), filename="data.warc.gz")
    wanted = (snapshot for snapshot in archive.snapshots(case.article) if snapshot.id in ids)
    yield from records_of(case.checkpoint.origin, wanted)


def _pages(case: Case) -> Iterator[Page]:
    looks = {look.id: look for look in case.looks}
    for version in case.versions:
        look = looks.get(version.first_snapshot)
        if look:
            title = f"Version {version.number}: {visible(version.story.headline)}"
            yield Page(look.final_url or look.url, look.fetched_at, title)


def _check(file: Path, archive: Archive) -> None:
    """Raise ArchiveError for a bundle that its own script does not accept: what it was made of is not as recorded."""
    faults = checker.check(file).faults
    if faults:
        more = f", and {len(faults) - 1} more" if len(faults) > 1 else ""
        raise ArchiveError(archive.location, f"no bundle was written: {faults[0]}{more}; see 'revtrack verify'")
