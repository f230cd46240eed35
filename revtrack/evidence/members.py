"""What lies beside the WARC of an evidence bundle: texts, diffs, records with their proofs, and how to check it all."""

import json
import re
from base64 import b64encode
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from itertools import pairwise
from operator import attrgetter
from pathlib import Path
from string import Template

from revtrack.archive import Archive
from revtrack.archive.values import OpenedLeaf
from revtrack.evidence import checker
from revtrack.evidence.checkpoints import Checkpoint, stamp_of, witnesses_of
from revtrack.evidence.witnessing import read_witnesses
from revtrack.exports.warc import SOFTWARE
from revtrack.forms import iso, to_form
from revtrack.merkle import Tree
from revtrack.model import Article, Snapshot, Version
from revtrack.rendering import render
from revtrack.rendering.links import Links
from revtrack.rendering.revision_page import RevisionPage, revision_page
from revtrack.rendering.visible import visible
from revtrack.rendering.wording import count

_SIGNED = """
    cd evidence
    ssh-keygen -Y verify -n revtrack -I $signer -f allowed_signers -s checkpoint.sig < checkpoint.txt
    cat allowed_signers                      # is the key that $signer is known by?
"""
_STAMPED = """
    openssl ts -reply -in checkpoint.tsr -text                                  # who stamped it, and when
    openssl ts -verify -data checkpoint.txt -in checkpoint.tsr -CAfile authority.pem
"""
_IN_CALENDARS = """
    ots upgrade checkpoint.txt.ots           # pip install opentimestamps-client; some hours after it was made
    ots verify checkpoint.txt.ots            # in which block of the Bitcoin chain it stands
"""


@dataclass(frozen=True, slots=True)
class Case:
    """What goes into a bundle: versions of an article, the looks at it (without bodies), records and checkpoints."""

    article: Article
    versions: list[Version]
    looks: list[Snapshot]
    leaves: list[OpenedLeaf]
    checkpoint: Checkpoint
    earlier: list[Checkpoint]
    created: datetime

    @property
    def address(self) -> str:
        """Where the newest look was answered, which is where it can be replayed."""
        return next((look.final_url for look in reversed(self.looks) if look.final_url), self.article.url)


def members_of(archive: Archive, case: Case, tree: Tree, *, file: str) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of everything that lies beside the WARC in a bundle that is called `file`."""
    yield "verify.py", Path(checker.__file__).read_bytes()
    yield "README.md", _readme(archive, case, file).encode()
    yield from _readings(case.leaves)
    yield from _diffs(archive, case)
    yield "leaves.jsonl", _json_lines(_leaf_form(leaf, tree, case.checkpoint.size) for leaf in case.leaves)
    yield "checkpoint.txt", case.checkpoint.text.encode()
    telling = _telling(case.earlier, [leaf.position for leaf in case.leaves])
    yield "earlier.jsonl", _json_lines(_checkpoint_form(archive, one, tree, case.checkpoint.size) for one in telling)
    for signature in case.checkpoint.signatures[:1]:
        yield "checkpoint.sig", signature.armor.encode()
        yield "allowed_signers", signature.allowed.encode()
    stamp = stamp_of(archive, case.checkpoint)
    if stamp.exists():
        yield "checkpoint.tsr", stamp.read_bytes()
    proof = stamp_of(archive, case.checkpoint, ending="ots")
    if proof.exists():
        yield "checkpoint.txt.ots", proof.read_bytes()
    witnesses = [one for one in read_witnesses(witnesses_of(archive)) if one.article == case.article.id]
    if witnesses:
        yield "witnesses.jsonl", _json_lines(map(to_form, witnesses))


def _readings(leaves: Iterable[OpenedLeaf]) -> Iterator[tuple[str, bytes]]:
    """Yield each story as it was recorded, and as plain text; none whose contents were taken out."""
    for leaf in leaves:
        if leaf.kind == "reading" and leaf.contents:
            number, story = json.loads(leaf.entry)["number"], json.loads(leaf.contents)["story"]
            yield f"version-{number}.json", story.encode()
            yield f"version-{number}.txt", checker.text_of(json.loads(story)).encode()


def _diffs(archive: Archive, case: Case) -> Iterator[tuple[str, bytes]]:
    """Yield every step between neighbours, and the one from the first to the last."""
    readable = [version.number for version in case.versions if version.story.paragraphs or version.story.headline]
    steps = list(pairwise(readable))
    if len(readable) > 2:
        steps.append((readable[0], readable[-1]))
    looks = {look.id: look for look in case.looks}
    first = {version.number: looks.get(version.first_snapshot) for version in case.versions}
    for old, new in steps:
        revision = archive.revision(case.article, old, new)
        page = RevisionPage(revision, before=first[old], after=first[new])
        yield f"diff-{old}-{new}.html", revision_page(page, Links()).encode()
        yield f"diff-{old}-{new}.json", render(revision, "json").encode()


def _leaf_form(leaf: OpenedLeaf, tree: Tree, size: int) -> dict[str, object]:
    return {
        "position": leaf.position,
        "kind": leaf.kind,
        "hash": leaf.hash.hex(),
        "salt": leaf.salt.hex(),
        "entry": leaf.entry,
        "contents": leaf.contents,
        "proof": [node.hex() for node in tree.inclusion_proof(leaf.position, size)],
    }


def _checkpoint_form(archive: Archive, checkpoint: Checkpoint, tree: Tree, size: int) -> dict[str, object]:
    stamp, proof = (stamp_of(archive, checkpoint, ending=ending) for ending in ("tsr", "ots"))
    return {
        "checkpoint": checkpoint.text,
        "signature": "".join(signature.armor for signature in checkpoint.signatures[:1]),
        "allowed_signers": "".join(signature.allowed for signature in checkpoint.signatures[:1]),
        "stamp": b64encode(stamp.read_bytes()).decode() if stamp.exists() else "",
        "ots": b64encode(proof.read_bytes()).decode() if proof.exists() else "",
        "proof": [node.hex() for node in tree.consistency_proof(checkpoint.size, size)],
    }


def _telling(earlier: list[Checkpoint], positions: list[int]) -> Iterator[Checkpoint]:
    """Yield the earlier checkpoints that were the first to cover one of the records: they say by when it was there."""
    ordered = sorted(earlier, key=attrgetter("size"))
    sizes = [checkpoint.size for checkpoint in ordered]
    first = {bisect_right(sizes, position) for position in positions}
    yield from (ordered[place] for place in sorted(first) if place < len(ordered))


def _json_lines(forms: Iterable[dict[str, object]]) -> bytes:
    return "".join(f"{json.dumps(form)}\n" for form in forms).encode()


def _readme(archive: Archive, case: Case, file: str) -> str:
    template = Template((files("revtrack.evidence") / "templates" / "README.md").read_text(encoding="utf-8"))
    signers = [signature.signer for signature in case.checkpoint.signatures[:1]]
    tools = "".join(Template(_SIGNED).substitute(signer=signer) for signer in signers)
    tools += _STAMPED if stamp_of(archive, case.checkpoint).exists() else ""
    tools += _IN_CALENDARS if stamp_of(archive, case.checkpoint, ending="ots").exists() else ""
    remarks = list(_remarks(archive, case))
    return template.substitute(
        url=_quoted(case.article.url),
        headline=_quoted(case.article.headline),
        versions=", ".join(str(version.number) for version in case.versions),
        looks=count(len(case.looks), "look"),
        first=iso(case.looks[0].fetched_at),
        last=iso(case.looks[-1].fetched_at),
        origin=case.checkpoint.origin,
        size=count(case.checkpoint.size, "record"),
        at=iso(case.checkpoint.at),
        created=iso(case.created),
        software=SOFTWARE,
        remarks="".join(f"- {remark}\n" for remark in remarks),
        file=file if re.fullmatch(r"\w[\w.-]*", file, re.ASCII) else "FILE.wacz",
        signed=tools,
        limits=checker.LIMITS,
    )


def _remarks(archive: Archive, case: Case) -> Iterator[str]:
    """Yield what is to be said of a bundle beyond what is in every one."""
    yield from map(_quoted, checker.brought_in(json.loads(leaf.entry) for leaf in case.leaves if leaf.kind == "origin"))
    ours = case.article
    if ours.same_as:
        other = archive.find(str(ours.same_as))
        yield f"it proved to be the same piece as `{_quoted(other.url)}`, where it was seen since: see a bundle of that"
    for one in archive.articles():
        if one.same_as == ours.id:
            what = f"article {one.id} of the archive, `{_quoted(one.url)}`"
            yield f"{what}, proved to be the same piece: what was seen of it until then is in a bundle of its own"
    if any(look.noarchive for look in case.looks):
        yield "the page asks that no copy of it be shown to others (noarchive): mind that before you pass this on"


def _quoted(text: str) -> str:
    """Return a text of a page that stays within its backticks."""
    return visible(text).replace("`", "'")
