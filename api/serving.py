"""`tiaowen serve`: takes the port first, then starts the service and says where it is."""

from __future__ import annotations

import socket

import uvicorn

from api.app import create_app
from api.desk import note
from api.errors import BadSetting, PortTaken
from api.settings import Settings
from search import Engine


class Announced(uvicorn.Server):
    """A server that says its address once it answers there."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and sockets:
            host, port = sockets[0].getsockname()[:2]
            shown = f"[{host}]" if ":" in host else host
            note(f"条文服务已启动：http://{shown}:{port}  （按 Ctrl+C 停止）")


def serve_forever(engine: Engine, settings: Settings) -> None:
    """Serves until it is told to stop. Raises BadSetting (no such host) or PortTaken."""
    taken = take_port(settings.host, settings.port)
    app = create_app(engine, settings)
    config = uvicorn.Config(app, log_level="warning", server_header=False, timeout_graceful_shutdown=5)
    with taken:
        Announced(config).run(sockets=[taken])


def take_port(host: str, port: int) -> socket.socket:
    """A listening socket, so that a port in use is noticed before anything is loaded for it."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
    except (socket.gaierror, UnicodeError) as error:
        raise BadSetting(f"地址 {host!r} 无法解析：{error}") from None
    taken = socket.socket(family, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((host, port))
        taken.listen(128)
    except OSError as error:
        taken.close()
        raise PortTaken(f"不能在 {host}:{port} 上提供服务：{error.strerror}") from None
    return taken
