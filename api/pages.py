"""Renders the templates. All text is escaped; a name that a template misspells is an error, not a blank."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.responses import HTMLResponse

from api import view
from api.locator import locator
from api.marks import pieces
from api.wording import Words

HERE = Path(__file__).parent
STATIC = HERE / "static"


def url(path: str, **query: str) -> str:
    """An address on this service with a query."""
    return f"{path}?{urlencode(query)}" if query else path


def stamp(name: str) -> str:
    """The address of a file in static/, changing with its content so that an old copy is never used."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?v={digest}"


def show(template: str, label: Words, status: int = 200, **values: Any) -> HTMLResponse:
    """One page as a response. `label` becomes `t` in the template."""
    return HTMLResponse(_environment.get_template(template).render(t=label, **values), status)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,g}"


def _make() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "near": view.NEAR,
        "pieces": pieces,
        "url": url,
        "stamps": {path.name: stamp(path.name) for path in STATIC.iterdir() if path.is_file()},
        "headline": view.headline,
        "refusal": view.refusal,
        "marked": view.marked,
        "by_role": view.by_role,
        "own_units": view.own_units,
        "roles_here": view.roles_here,
        "grouped": view.grouped,
        "first_words": view.first_words,
        "signs": {">=": "≥", "<=": "≤", ">": ">", "<": "<", "=": "=", "~": "≈"},
    }
    environment.filters |= {"locator": locator, "number": _number, "tidy": view.tidy}
    return environment


_environment = _make()
