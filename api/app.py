"""The HTTP service put together: routes, page, guard, and one shape for every error."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from api import routes, schemas, web
from api.errors import EXPLAINED, Problem, explain
from api.guard import SECURITY, Guard, too_large
from api.service import Service
from api.settings import Settings
from search import Engine

FAULT = Problem("internal", "服务内部出错", "请把服务端的错误记录交给维护人员", 3, 500)
FAULTS = {
    "missing": "必须给出",
    "extra_forbidden": "不是可用的字段",
    "json_invalid": "不是有效的 JSON",
    "model_attributes_type": "应是 JSON 对象（content-type: application/json）",
    "string_type": "应是文字",
    "string_unicode": "不是有效的 Unicode 文字",
    "int_type": "应是整数",
    "int_parsing": "应是整数",
    "int_from_float": "应是整数",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
}
DESCRIPTION = """问一句话，找到政策文件里的条款、责任单位和原文。

位置 `start`、`end` 都按文件正文的字符计，从 0 数起，不含终点。所有错误都是同一形状：`{"error": {"code", "message", "hint"}}`。"""


def create_app(engine: Engine, settings: Settings) -> FastAPI:
    """The service over an open library, ready to answer. Closing the library stays with the caller."""
    service = Service(engine, settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        service.close()

    app = FastAPI(
        title="条文 Tiaowen",
        version=version("tiaowen"),
        description=DESCRIPTION,
        lifespan=lifespan,
        docs_url=None,  # the stock pages load scripts from elsewhere
        redoc_url=None,
        responses={500: {"model": schemas.ErrorReply, "description": "服务内部出错"}},
    )
    app.state.service = service
    app.include_router(routes.router)
    web.mount(app)
    app.add_middleware(Guard, limit=settings.body_limit, names=settings.host_names, reply=_reply)
    for kind in EXPLAINED:
        app.add_exception_handler(kind, _explained)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(Exception, _fault)
    return app


async def _explained(request: Request, error: Exception) -> Response:
    return _reply(request, explain(error))


async def _invalid(request: Request, error: Exception) -> Response:
    faults = error.errors() if isinstance(error, RequestValidationError) else []
    said = "；".join(f"{'.'.join(map(str, each['loc']))} {_fault_in_words(each)}" for each in faults)
    return _reply(request, Problem("bad_request", f"请求有误：{said}", "参数说明见 /openapi.json", 2, 422))


def _fault_in_words(fault: dict[str, Any]) -> str:
    """What is wrong with one field."""
    words = FAULTS.get(fault["type"])
    return words.format(**fault.get("ctx", {})) if words else str(fault["msg"])


async def _refused(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
    problems = {
        404: Problem("not_found", f"没有这个地址：{request.url.path}", "全部地址见 /openapi.json", 1, 404),
        405: Problem(
            "method_not_allowed", f"{request.url.path} 不接受 {request.method}", "全部地址见 /openapi.json", 2, 405
        ),
        413: too_large(request.app.state.service.settings.body_limit),
    }
    general = Problem(
        "bad_request", f"请求无法处理：{getattr(error, 'detail', '')}", "参数说明见 /openapi.json", 2, status
    )
    return _reply(request, problems.get(status, general), headers)


async def _fault(request: Request, error: Exception) -> Response:
    return _reply(request, FAULT, SECURITY)


def _reply(request: Request, problem: Problem, headers: dict[str, str] | None = None) -> Response:
    if web.wants_page(request):
        return web.problem_page(request, problem, headers)
    return JSONResponse(problem.as_json(), problem.status, headers)
