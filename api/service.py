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


class Pool:
    """Some threads, and a bound on the calls that run in them or wait for them; None for no bound."""

    def __init__(self, name: str, threads: int, bound: int | None) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix=f"tiaowen-{name}")
        self._bound = bound
        self._held = 0

    async def run(self, call: Callable[[], T]) -> T:
        """Runs `call` in one of the threads. Raises Busy when as many calls as the bound allows are held already."""
        if self._bound is not None and self._held >= self._bound:
            raise Busy(f"{self._held} 个请求正在等候")
        self._held += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, call)
        finally:
            self._held -= 1

    def close(self) -> None:
        """Waits for the calls under way and ends the threads."""
        self._threads.shutdown()


class Service:
    """Runs engine calls for the routes. Questions, changes and the question whether it is ready never wait for each other."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self.engine = engine
        self.library = engine.library
        self.settings = settings
        self.examples = Examples(engine)
        self._readers = Pool("read", settings.workers, settings.queue)
        self._writer = Pool("write", 1, settings.queue)
        self._prober = Pool("probe", 1, None)

    async def read(self, call: Callable[[], T]) -> T:
        """Runs `call` in one of the reading threads. Raises Busy when too many reads wait already."""
        return await self._readers.run(call)

    async def write(self, call: Callable[[], T]) -> T:
        """Runs `call` in the one writing thread, after the writes before it. Raises Busy when too many wait already."""
        return await self._writer.run(call)

    async def probe(self, call: Callable[[], T]) -> T:
        """Runs a quick `call` in a thread of its own, however busy the others are."""
        return await self._prober.run(call)

    def close(self) -> None:
        """Waits for the calls under way and ends the threads."""
        for pool in (self._readers, self._writer, self._prober):
            pool.close()
