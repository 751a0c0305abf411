"""The engine behind the event loop: reading and writing run in bounded threads, so `/healthz` always answers at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from api.errors import Busy
from api.examples import Examples
from api.settings import Settings
from search import Engine

T = TypeVar("T")


class Service:
    """Runs engine calls for the routes. Questions have threads of their own and never wait for a document being added."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self.engine = engine
        self.library = engine.library
        self.settings = settings
        self.examples = Examples(engine)
        self._readers = ThreadPoolExecutor(settings.workers, thread_name_prefix="tiaowen-read")
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="tiaowen-write")
        self._waiting = 0

    async def read(self, call: Callable[[], T]) -> T:
        """Runs `call` in one of the reading threads. Raises Busy when too many wait already."""
        return await self._run(self._readers, call)

    async def write(self, call: Callable[[], T]) -> T:
        """Runs `call` in the one writing thread, after the writes before it. Raises Busy."""
        return await self._run(self._writer, call)

    async def _run(self, pool: ThreadPoolExecutor, call: Callable[[], T]) -> T:
        if self._waiting >= self.settings.queue:
            raise Busy(f"{self._waiting} 个请求正在等候")
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(pool, call)
        finally:
            self._waiting -= 1

    def close(self) -> None:
        """Waits for the calls under way and ends the threads."""
        self._readers.shutdown()
        self._writer.shutdown()
