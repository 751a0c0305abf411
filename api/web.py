"""The page for people: rendered here, no build step, nothing from elsewhere, and it works without JavaScript."""

from __future__ import annotations

from typing import Annotated

from fastapi import FastAPI, File, Form, Query, Request, UploadFile
from fastapi.routing import APIRouter
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles

from api import pages
from api.errors import EXPLAINED, Problem, explain
from api.routes import Behind, upload
from api.service import Service
from api.wording import words
from search.model import Language

Lang = Annotated[str, Query(max_length=8)]
TOP = 6

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/")
async def ask_page(request: Request, service: Behind, q: str = "", lang: Lang = "") -> Response:
    """The search box alone, or with the answer to `q`."""
    if not q.strip():
        return await service.read(lambda: _home(service, chosen(lang)))

    def answer() -> Response:
        found = service.engine.ask(q, TOP)
        label = words(chosen(lang) or found.language)
        return pages.show("ask.html", label, q=q, answer=found, lang=chosen(lang))

    try:
        return await service.read(answer)
    except EXPLAINED as error:
        return problem_page(request, explain(error), q=q)


@router.get("/documents")
async def documents_page(service: Behind, lang: Lang = "", removed: str = "") -> Response:
    """What the library holds, with a form to add more."""
    documents = await service.read(service.library.documents)
    notes = [("removed", removed, "")] if removed else []
    return pages.show(
        "documents.html", words(chosen(lang) or "zh"), documents=documents, notes=notes, lang=chosen(lang)
    )


@router.post("/documents")
async def add_page(
    request: Request, service: Behind, files: Annotated[list[UploadFile], File()], lang: Annotated[str, Form()] = ""
) -> Response:
    """Adds the files of the form and says what became of each."""
    result = await upload(files, service)
    documents = await service.read(service.library.documents)
    notes: list[tuple[str, str, str]] = [(added.status, added.source, "") for added in result.added]
    notes += [("refused", refused.source, refused.reason) for refused in result.refused]
    status = 200 if result.added else 422
    label = words(chosen(lang) or "zh")
    return pages.show("documents.html", label, status, documents=documents, notes=notes, lang=chosen(lang))


@router.post("/documents/{id}/remove")
async def remove_page(id: str, service: Behind, lang: Annotated[str, Form()] = "") -> Response:
    """Removes a document and returns to the list."""
    removed = await service.write(lambda: service.library.remove(id))
    query = {"removed": removed.title} | ({"lang": lang} if chosen(lang) else {})
    return RedirectResponse(pages.url("/documents", **query), 303)


@router.get("/documents/{id}")
async def document_page(id: str, service: Behind, lang: Lang = "") -> Response:
    """A whole document, clause by clause, each with its own address on the page."""

    def read() -> Response:
        document = service.library.document(id)
        clauses = service.library.clauses(id)
        label = words(chosen(lang) or "zh")
        return pages.show("document.html", label, document=document, clauses=clauses, lang=chosen(lang))

    return await service.read(read)


def mount(app: FastAPI) -> None:
    """Adds the page and its files to the service."""
    app.include_router(router)
    app.mount("/static", StaticFiles(directory=pages.STATIC), name="static")


def wants_page(request: Request) -> bool:
    """Whether an error goes to a person's browser rather than to a program."""
    return not request.url.path.startswith("/v1/") and "text/html" in request.headers.get("accept", "")


def problem_page(
    request: Request, problem: Problem, headers: dict[str, str] | None = None, q: str = ""
) -> HTMLResponse:
    """An error, said on the page."""
    lang = chosen(request.query_params.get("lang", ""))
    label = words(lang or ("en" if q.isascii() and any(char.isalpha() for char in q) else "zh"))
    response = pages.show("problem.html", label, problem.status, problem=problem, q=q[:500], lang=lang)
    response.headers.update(headers or {})
    return response


def chosen(lang: str) -> Language | None:
    """The language named in the address, None when it names none that is spoken here."""
    if lang == "en":
        return "en"
    return "zh" if lang == "zh" else None


def _home(service: Service, lang: Language | None) -> Response:
    documents = service.library.documents()
    asked = service.examples.questions(lang or "zh")
    return pages.show("home.html", words(lang or "zh"), documents=documents, examples=asked, lang=lang)
