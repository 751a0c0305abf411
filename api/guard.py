"""What stands before every request: by which name it calls, its size, where a change comes from; and the security headers."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import Problem

SECURITY = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # with no-referrer a browser hides the origin of our own forms
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
Reply = Callable[[Request, Problem], Response]
READING = {"GET", "HEAD", "OPTIONS"}


def too_large(limit: int) -> Problem:
    return Problem("too_large", f"请求正文超过上限 {limit} 字节", "分成较小的文件，或调高 TIAOWEN_BODY_LIMIT", 3, 413)


def foreign(origin: str) -> Problem:
    return Problem("foreign_origin", f"不接受来自其他网站（{origin}）的改动", "请在本服务的页面上操作", 2, 403)


def unknown_host(host: str) -> Problem:
    hint = "用 IP 地址或 localhost 访问；要用这个名称，请把它写进环境变量 TIAOWEN_HOSTS（逗号分隔）再启动"
    return Problem("unknown_host", f"本服务不以 {host} 为名", hint, 2, 421)


class Guard:
    """Refuses requests that call the service by a name other than IP addresses, localhost and `names`, bodies over `limit`
    bytes, and changes sent by another site's page; adds the security headers to all replies.

    The names are what keeps out a page whose own name was made to point here, which to a browser is no other site.
    """

    def __init__(self, app: ASGIApp, limit: int, names: frozenset[str], reply: Reply) -> None:
        self.app = app
        self.limit = limit
        self.names = names | {"localhost"}
        self.reply = reply

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        secured = _secured(send)
        refusal = self._refusal(scope)
        if refusal is not None:
            await self.reply(Request(scope), refusal)(scope, receive, secured)
        else:
            await self.app(scope, self._counted(receive), secured)

    def _refusal(self, scope: Scope) -> Problem | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if host and not self._is_known(host):
            return unknown_host(host)
        length = headers.get("content-length", "0")
        if length.isdecimal() and int(length) > self.limit:
            return too_large(self.limit)
        if scope["method"] not in READING and _is_foreign(headers):
            return foreign(headers.get("origin", ""))
        return None

    def _is_known(self, host: str) -> bool:
        name = _split("//" + host)[0]
        return name in self.names or _is_address(name)

    def _counted(self, receive: Receive) -> Receive:
        """`receive`, ending with 413 once a body without an honest length has grown past the limit."""
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self.limit:
                raise HTTPException(413)
            return message

        return counted


def _is_foreign(headers: Headers) -> bool:
    """Whether a browser says that another site's page sends this. Programs that are no browsers say neither."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None:
        return site not in {"same-origin", "none"}
    return origin is not None and _split(origin)[1] != headers.get("host")


def _split(address: str) -> tuple[str, str]:
    """The host name in lower case and the whole network part of an address; both empty where it is malformed."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "", ""
    return (parts.hostname or "").rstrip("."), parts.netloc


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _secured(send: Send) -> Send:
    async def secured(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in SECURITY.items():
                headers.setdefault(name, value)
            headers.setdefault("Cache-Control", "no-store")
        await send(message)

    return secured
