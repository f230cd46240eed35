"""What others saw, brought into the archive as looks that say where they come from.

An importer is a function that yields looks, and what it left out with the reason; nothing is stored here. Nothing that
is read is trusted: files and databases are opened for reading only, and their texts are page text.
"""

from typing import TYPE_CHECKING

from revtrack.lazy import load_from

if TYPE_CHECKING:
    from revtrack.backfill.asking import Service
    from revtrack.backfill.captures import Found, Remark, Skipped, Wanted, without_future
    from revtrack.backfill.changedetection import changedetection_captures
    from revtrack.backfill.diffengine import diffengine_captures
    from revtrack.backfill.folders import folder_captures
    from revtrack.backfill.git import git_captures
    from revtrack.backfill.memento import memento_captures, wayback_captures
    from revtrack.backfill.naming import Naming
    from revtrack.backfill.newsdiffs import newsdiffs_captures
    from revtrack.backfill.newsedits import newsedits_captures
    from revtrack.backfill.tables import table_captures
    from revtrack.backfill.warc import warc_captures
    from revtrack.backfill.watchers import job_addresses, urlwatch_captures, webchanges_captures

__all__ = [
    "Found",
    "Naming",
    "Remark",
    "Service",
    "Skipped",
    "Wanted",
    "changedetection_captures",
    "diffengine_captures",
    "folder_captures",
    "git_captures",
    "job_addresses",
    "memento_captures",
    "newsdiffs_captures",
    "newsedits_captures",
    "table_captures",
    "urlwatch_captures",
    "warc_captures",
    "wayback_captures",
    "webchanges_captures",
    "without_future",
]

_HOME = {
    **dict.fromkeys(("Found", "Remark", "Skipped", "Wanted", "without_future"), "captures"),
    "Naming": "naming",
    "Service": "asking",
    "changedetection_captures": "changedetection",
    "diffengine_captures": "diffengine",
    "folder_captures": "folders",
    "git_captures": "git",
    **dict.fromkeys(("memento_captures", "wayback_captures"), "memento"),
    "newsdiffs_captures": "newsdiffs",
    "newsedits_captures": "newsedits",
    "table_captures": "tables",
    "warc_captures": "warc",
    **dict.fromkeys(("job_addresses", "urlwatch_captures", "webchanges_captures"), "watchers"),
}

__getattr__ = load_from(__name__, _HOME)
