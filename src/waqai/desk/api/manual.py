"""The API's description: as OpenAPI, and as a page made of it that needs nothing from elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.openapi.utils import get_openapi
from fastapi.responses import RedirectResponse

from waqai._version import __version__
from waqai.desk.api.answers import answered
from waqai.desk.rendering import render
from waqai.desk.setting import Desk, desk_of
from waqai.ontology import STATUSES

router = APIRouter()
_ABOUT = (
    "What a store of Waqai holds. Offsets are code points of an article's text, half-open; dates are ISO prefixes "
    "whose length is their precision. Lists come in pages: follow `next` until it is null. Answers carry an ETag; "
    "errors are problem+json (RFC 9457). Where the desk asks for a login, send a token of `waqai users token` as "
    "`Authorization: Bearer`."
)


def described(request: Request) -> dict[str, Any]:
    """The API as OpenAPI 3.1."""
    state = request.app.state
    if not hasattr(state, "openapi"):
        made = get_openapi(
            title="Waqai", version=__version__, summary="Arabic news, as a sourced record", description=_ABOUT,
            routes=request.app.routes,
        )  # fmt: skip
        made["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
        made["security"] = [{}, {"token": []}]
        _only_problems(made)
        _only_values(made, desk_of(request))
        state.openapi = made
    found: dict[str, Any] = state.openapi
    return found


@router.get("/api/v1/openapi.json", include_in_schema=False)
def openapi(request: Request) -> Response:
    """The description as JSON."""
    return answered(request, described(request))


@router.get("/api", include_in_schema=False)
@router.get("/api/v1", include_in_schema=False)
@router.get("/api/v1/", include_in_schema=False)
def first(request: Request) -> Response:
    """Leads to the page."""
    return RedirectResponse("/api/v1/docs", 307)


@router.get("/api/v1/docs", include_in_schema=False)
def page(request: Request) -> Response:
    """The description as a page."""
    schema = described(request)
    shapes = {name: shape for name, shape in schema["components"]["schemas"].items() if not name.startswith("_")}
    return render(
        request,
        "api/manual.html",
        schema=schema,
        calls=list(_calls(schema)),
        shapes={name: list(_fields(shape)) for name, shape in shapes.items()},
        said={name: shape.get("description", "") for name, shape in shapes.items()},
    )


def _only_problems(schema: dict[str, Any]) -> None:
    """Errors are told as problems alone, also those that FastAPI describes by itself."""
    for operations in schema["paths"].values():
        for call in operations.values():
            for status, told in call["responses"].items():
                if status.startswith(("4", "5")):
                    told["content"] = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for name in ("HTTPValidationError", "ValidationError"):
        schema["components"]["schemas"].pop(name, None)


def _only_values(schema: dict[str, Any], desk: Desk) -> None:
    """Says of conditions which values they can have."""
    ontology = desk.ontology
    allowed = {
        "type": list(ontology.types),
        "mode": list(ontology.modes),
        "status": list(STATUSES),
        "sector": list(ontology.sectors),
    }
    for operations in schema["paths"].values():
        for call in operations.values():
            for one in call.get("parameters", ()):
                if one["in"] == "query" and one["name"] in allowed:
                    one["schema"]["enum"] = ["", *allowed[one["name"]]]
                if one["in"] == "query" and one["name"] in _PATTERNS:
                    one["schema"]["pattern"] = _PATTERNS[one["name"]]


_PATTERNS = {
    "since": r"^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?$",
    "until": r"^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?$",
    "country": "^([A-Z]{3}|---)?$",
    "cursor": "^[A-Za-z0-9_-]*$",
}


def _calls(schema: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for path, operations in schema["paths"].items():
        for method, call in operations.items():
            answer = call["responses"]["200"]["content"]["application/json"]["schema"]
            body = call.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
            yield {
                "method": method.upper(),
                "path": path,
                "summary": call.get("summary", ""),
                "about": call.get("description", ""),
                "parameters": [
                    {"name": one["name"], "where": one["in"], "needed": one.get("required", False),
                     "kind": _kind(one["schema"]), "about": one.get("description", "")}
                    for one in call.get("parameters", ())
                ],
                "body": _kind(body) if body else "",
                "answer": _kind(answer),
                "statuses": sorted(call["responses"]),
            }  # fmt: skip


def _fields(shape: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    for name, field in shape.get("properties", {}).items():
        yield {"name": name, "kind": _kind(field), "about": field.get("description", "")}


def _kind(schema: Mapping[str, Any]) -> str:
    """A schema in a few words: the name of a shape, a list of it, or a plain type with its bounds."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " | ".join(_kind(one) for one in schema["anyOf"])
    if schema.get("type") == "array":
        return f"[{_kind(schema.get('items', {}))}]"
    if "const" in schema:
        return json.dumps(schema["const"])
    bounds = [told.format(schema[key]) for key, told in _BOUNDS.items() if schema.get(key) not in (None, "")]
    return ", ".join([str(schema.get("type", "any")), *bounds])


_BOUNDS = {"minimum": "≥ {}", "maximum": "≤ {}", "maxLength": "≤ {} characters", "default": "default {}"}
