"""The HTTP interface for programs: `/v1/…` and the two health checks."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath
from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Query, Request, Response, UploadFile

from api import register, schemas
from api.intake import Intake, add_uploads
from api.service import Service
from index.records import StoredDocument
from search.model import clause_json, document_json

ERRORS: dict[int | str, dict[str, Any]] = {
    404: {"model": schemas.ErrorReply, "description": "没有这份文件或这个单位；hint 给出最接近的"},
    413: {"model": schemas.ErrorReply, "description": "请求正文超过上限"},
    422: {"model": schemas.ErrorReply, "description": "请求有误：问题为空或过长、参数越界、文件读不了"},
    503: {"model": schemas.ErrorReply, "description": "请求太多，或文件库暂时无法使用"},
}


def errors(*statuses: int) -> dict[int | str, dict[str, Any]]:
    return {status: ERRORS[status] for status in statuses}


def service_of(request: Request) -> Service:
    service: Service = request.app.state.service
    return service


Behind = Annotated[Service, Depends(service_of)]
Top = Annotated[int, Query(ge=1, le=100, description="最多返回几条")]
Words = Annotated[str, Query(description="要找的词语", examples=["智慧停车"])]
Files = Annotated[list[UploadFile], File(description="一份或多份文件：.txt、.md")]

router = APIRouter()


@router.post("/v1/ask", response_model=schemas.AnswerReply, responses=errors(422, 503), tags=["提问"], summary="提问")
async def ask(body: schemas.AskRequest, service: Behind) -> Any:
    """回答一个问题：单位及角色、原句、条款；没有文件作此规定时 `answered` 为 false。"""
    return await service.read(lambda: service.engine.ask(body.question, body.top).as_json())


@router.get("/v1/search", response_model=schemas.SearchReply, responses=errors(422, 503), tags=["提问"], summary="查找")
async def search(q: Words, service: Behind, top: Top = 10) -> Any:
    """按词语和意思查找条款，不作回答。"""
    hits = await service.read(lambda: service.engine.search(q, top))
    return {"query": q, "hits": [hit.as_json() for hit in hits]}


@router.get(
    "/v1/documents", response_model=schemas.DocumentsReply, responses=errors(503), tags=["文件"], summary="列出"
)
async def list_documents(service: Behind) -> Any:
    """现有的全部文件。"""
    documents = await service.read(service.library.documents)
    return {"documents": [listed(document) for document in documents]}


@router.post(
    "/v1/documents",
    response_model=schemas.AddReply,
    status_code=201,
    responses={200: {"model": schemas.AddReply, "description": "文件都已在库中，未作改动"}, **errors(413, 422, 503)},
    response_description="至少添加了一份；读不了的列在 refused 里",
    tags=["文件"],
    summary="添加",
)
async def add_documents(files: Files, service: Behind, response: Response) -> Any:
    """添加一份或多份文件，返回时已可查。全部读不了时回 422，库中不作改动。"""
    result = await upload(files, service)
    if not result.added:
        raise result.refusal()
    if all(added.status == "unchanged" for added in result.added):
        response.status_code = 200
    return result.as_json()


@router.get(
    "/v1/documents/{id}",
    response_model=schemas.DocumentReply,
    responses=errors(404, 422, 503),
    tags=["文件"],
    summary="查看",
)
async def one_document(id: str, service: Behind) -> Any:
    """一份文件的标题、文号、日期、地区和时效。"""
    return {"document": listed(await service.read(lambda: service.library.document(id)))}


@router.delete(
    "/v1/documents/{id}",
    response_model=schemas.RemovedReply,
    responses=errors(404, 422, 503),
    tags=["文件"],
    summary="移除",
)
async def remove_document(id: str, service: Behind) -> Any:
    """移除一份文件，返回时已不在任何回答里。"""
    return {"removed": document_json(await service.write(lambda: service.library.remove(id)))}


@router.get(
    "/v1/documents/{id}/clauses",
    response_model=schemas.ClausesReply,
    responses=errors(404, 422, 503),
    tags=["文件"],
    summary="全部条款",
)
async def clauses(id: str, service: Behind) -> Any:
    """一份文件的全部条款，按原文顺序，连同责任单位、指标和期限。"""

    def read() -> dict[str, Any]:
        document = service.library.document(id)
        return {
            "document": document_json(document),
            "clauses": [clause_json(stored) for stored in service.library.clauses(id)],
        }

    return await service.read(read)


@router.get("/v1/units", response_model=schemas.UnitsReply, responses=errors(503), tags=["单位"], summary="全部单位")
async def units(service: Behind) -> Any:
    """文件中负有职责的全部单位，条款多的在前。"""
    found = await service.read(service.library.units)
    return {"units": [{"name": name, "clauses": count} for name, count in found]}


@router.get(
    "/v1/units/{name:path}/duties",
    response_model=schemas.DutiesReply,
    responses=errors(404, 422, 503),
    tags=["单位"],
    summary="一个单位的职责",
)
async def duties(name: str, service: Behind) -> Any:
    """一个单位在各份文件里的职责。没有这个单位时回 404，`hint` 里是最接近的名称。"""
    found = await service.read(lambda: service.engine.duties(name))
    return {"unit": name, **register.as_json(found)}


@router.get("/healthz", response_model=schemas.Health, tags=["运行"], summary="是否在运行")
async def healthz() -> Any:
    """进程在运行，随时立即应答。"""
    return {"status": "ok"}


@router.get("/readyz", response_model=schemas.Ready, responses=errors(503), tags=["运行"], summary="能否应答")
async def readyz(service: Behind) -> Any:
    """文件库已载入，可以提问。"""
    documents, version = await service.probe(lambda: (service.library.documents(), service.library.version()))
    return {"status": "ready", "documents": len(documents), "version": version}


async def upload(files: list[UploadFile], service: Service) -> Intake:
    """Adds uploaded files in the writing thread."""
    read = [(plain_name(file.filename or ""), await file.read()) for file in files]
    return await service.write(lambda: add_uploads(service.library, read))


def plain_name(name: str) -> str:
    """The last part of what a sender calls a file, without control, format and other characters that cannot be seen."""
    seen = "".join(char for char in name if not unicodedata.category(char).startswith("C"))
    return PurePosixPath(seen.replace("\\", "/")).name


def listed(document: StoredDocument) -> dict[str, Any]:
    return document_json(document) | {"clauses": document.clauses}


__all__ = ["router", "service_of", "upload"]
