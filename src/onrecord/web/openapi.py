"""The table of routes -> the OpenAPI 3.1 document of the API. Schemas come from the records that are answered."""

import inspect
from collections.abc import Sequence
from typing import Any

import msgspec

from onrecord.pipeline import VERSION
from onrecord.records import Record
from onrecord.web.parameters import described
from onrecord.web.routing import Route

IN_JSON = "application/json"


class ErrorAnswer(Record, frozen=True, kw_only=True):
    """What the API answers where something is wrong: what was found, and what to do."""

    error: str


def document(routes: Sequence[Route]) -> dict[str, Any]:
    """Return the description of all routes that say what they answer."""
    told = [route for route in routes if route.answers is not None]
    types = [ErrorAnswer, *(route.answers for route in told)]
    schemas, components = msgspec.json.schema_components(types, ref_template="#/components/schemas/{name}")
    errors, answers = schemas[0], schemas[1:]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "onrecord",
            "version": VERSION,
            "description": "What news pages put on record. Reads only; sign in with a browser where there are users.",
        },
        "paths": {path_of(route): {"get": operation(route, answer, errors)} for route, answer in zip(told, answers)},
        "components": {
            "schemas": components,
            "securitySchemes": {"session": {"type": "apiKey", "in": "cookie", "name": "onrecord"}},
        },
    }


def path_of(route: Route) -> str:
    """Return the path as OpenAPI writes it."""
    return route.path.replace(":path}", "}")


def operation(route: Route, answer: dict[str, Any], errors: dict[str, Any]) -> dict[str, Any]:
    """Return what a route takes and answers."""
    wrong = {IN_JSON: {"schema": errors}}
    return {
        "operationId": route.view.__name__,
        "summary": (inspect.getdoc(route.view) or "").split("\n")[0],
        "parameters": msgspec.to_builtins(described(route.path, route.asked)),
        "security": [{"session": []}, {}],  # {}: where there are no users, nobody signs in
        "x-role": route.role,
        "responses": {
            "200": {
                "description": "What was asked for.",
                "headers": {"ETag": {"schema": {"type": "string"}}},
                "content": {IN_JSON: {"schema": answer}},
            },
            "304": {"description": "The program has it already (If-None-Match)."},
            "400": {"description": "A parameter is wrong.", "content": wrong},
            "401": {"description": "Nobody has signed in.", "content": wrong},
            "403": {"description": "The user has not the role.", "content": wrong},
            "404": {"description": "It is not in this ledger.", "content": wrong},
        },
    }
