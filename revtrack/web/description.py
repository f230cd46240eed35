"""What the API offers, as OpenAPI 3.1 and as a page to read. Knows the paths and the nouns they answer with."""

from dataclasses import dataclass
from typing import Any

from revtrack import __version__
from revtrack.archive.values import Habits, Lifetime, LogEntry, NoteEntry, Only, Order
from revtrack.model import Article, Revision, Snapshot, Version
from revtrack.web import api, asking
from revtrack.web.schemas import Schema, Schemas


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter: its name, what it says, its schema."""

    name: str
    told: str
    schema: Schema
    is_needed: bool = False


@dataclass(frozen=True, slots=True)
class Operation:
    """One address of the API: its path, the function that answers, the noun that it answers with."""

    path: str
    answer: Any
    noun: type
    is_list: bool = False
    parameters: tuple[Parameter, ...] = ()

    @property
    def told(self) -> str:
        """What it does, in a sentence."""
        return (self.answer.__doc__ or "").strip()


_TEXT: Schema = {"type": "string", "maxLength": 1000}
_WORDS: Schema = {**_TEXT, "minLength": 1, "pattern": r"\S"}
_LIST = (
    Parameter("limit", "So many entries at most.", {"type": "integer", "minimum": 1, "maximum": asking.MOST}),
    Parameter("offset", "So many entries are left out at the beginning.", {"type": "integer", "minimum": 0}),
)
_LIMIT = _LIST[:1]
_CHOICE = (
    Parameter("only", "One kind of change.", {"type": "string", "enum": [one.value for one in Only]}),
    Parameter("source", "A source: its URL or site, or any part that is clear.", _TEXT),
    Parameter("language", "A language of articles: en, de, …", _TEXT),
    Parameter("since", "A date, a time, or how long ago: 2024-11-20, 36h, 7d.", _TEXT),
    Parameter("until", "The same, itself excluded; a day that is named counts to its end.", _TEXT),
    Parameter("order", "What comes first.", {"type": "string", "enum": [one.value for one in Order]}),
)

OPERATIONS = (
    Operation("/api/articles", api.articles, Article, is_list=True, parameters=_LIST),
    Operation("/api/articles/{article_id}", api.article, Article),
    Operation("/api/articles/{article_id}/versions", api.versions, Version, is_list=True, parameters=_LIST),
    Operation("/api/articles/{article_id}/versions/{number}", api.version, Version),
    Operation("/api/articles/{article_id}/looks", api.looks, Snapshot, is_list=True, parameters=_LIST),
    Operation("/api/articles/{article_id}/log", api.history, LogEntry, is_list=True, parameters=_LIST),
    Operation("/api/articles/{article_id}/revisions/{old}/{new}", api.revision, Revision),
    Operation("/api/changes", api.changes, LogEntry, is_list=True, parameters=(*_CHOICE, *_LIST)),
    Operation("/api/notes", api.notes, NoteEntry, is_list=True, parameters=_LIST),
    Operation("/api/sources", api.sources, Habits, is_list=True, parameters=_LIST),
    Operation(
        "/api/search",
        api.search,
        Lifetime,
        is_list=True,
        parameters=(Parameter("words", "Words that one version holds.", _WORDS, is_needed=True), *_LIMIT),
    ),
    Operation(
        "/api/when",
        api.when,
        Lifetime,
        is_list=True,
        parameters=(Parameter("phrase", "Words that stand next to each other.", _WORDS, is_needed=True), *_LIMIT),
    ),
)
"""Everything that the API offers."""


def openapi() -> dict[str, Any]:
    """Return the description of the API as OpenAPI 3.1."""
    schemas = Schemas()
    paths = {operation.path: {"get": _described(operation, schemas)} for operation in OPERATIONS}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "revtrack",
            "version": __version__,
            "description": "What an archive knows, read-only. The forms are those of every `--json`.",
        },
        "paths": paths,
        "components": {"schemas": {**schemas.named, "Complaint": _COMPLAINT}},
    }


_COMPLAINT: Schema = {
    "type": "object",
    "properties": {"error": {"type": "string", "description": "What was wrong, and what can be asked instead."}},
    "required": ["error"],
}


def _described(operation: Operation, schemas: Schemas) -> dict[str, Any]:
    noun = schemas.published(operation.noun)
    answer = {"type": "array", "items": noun} if operation.is_list else noun
    named = [part[1:-1] for part in operation.path.split("/") if part.startswith("{")]
    in_path = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "integer", "minimum": 1}} for name in named
    ]
    in_query = [
        {"name": one.name, "in": "query", "required": one.is_needed, "description": one.told, "schema": one.schema}
        for one in operation.parameters
    ]
    refusals = {"400": "what was asked for cannot be done as asked", "404": "there is no such thing"}
    return {
        "operationId": operation.answer.__name__,
        "summary": operation.told,
        "parameters": in_path + in_query,
        "responses": {
            "200": {"description": "The answer.", "content": _json(answer)},
            **{
                code: {"description": why, "content": _json({"$ref": "#/components/schemas/Complaint"})}
                for code, why in refusals.items()
            },
        },
    }


def _json(schema: Schema) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}
