"""What every command shares: which library, its engine opened on demand, where words and JSON go, and how errors end."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from api.errors import Problem
    from api.settings import Settings
    from index import Library
    from search import Engine, Reranker


@dataclass(frozen=True, slots=True)
class Place:
    """The library and model named before the command; the same options after it go first."""

    library: Path | None
    model: str | None


class Desk:
    """An open library with what a command needs around it."""

    def __init__(self, settings: Settings, library: Library, reranker: Reranker | None) -> None:
        self.settings = settings
        self.library = library
        self._reranker = reranker

    @cached_property
    def engine(self) -> Engine:
        from search import Engine

        return Engine(self.library, self._reranker)

    def console(self) -> Console:
        from rich.console import Console

        return Console(highlight=False, emoji=False, markup=False)


@contextmanager
def opened(
    context: typer.Context,
    library: Path | None,
    model: str | None,
    *,
    matching: bool = True,
    ranking: bool = False,
    **options: Any,
) -> Iterator[Desk]:
    """The library for one command, closed afterwards. A known problem is said on standard error and ends the program.

    `ranking` is for the commands that rank clauses: only they load the model that re-orders them, if one is named.
    """
    place: Place = context.obj
    given = {"library": library or place.library, "model": model or place.model, **options}
    with explained():
        settings = load_settings(given)
        reranker = named_reranker(settings) if ranking else None
        desk = Desk(settings, open_library(settings, matching=matching), reranker)
        try:
            yield desk
        finally:
            desk.library.close()


@contextmanager
def explained() -> Iterator[None]:
    """Turns every problem that we have words for into a message and an exit status."""
    from api.errors import EXPLAINED, explain

    try:
        yield
    except EXPLAINED as error:
        problem = explain(error)
        complain(problem)
        raise typer.Exit(problem.exit) from None


def load_settings(given: dict[str, Any]) -> Settings:
    """Settings from the environment with the options that were given on top. Raises BadSetting."""
    from pydantic import ValidationError

    from api.errors import BadSetting
    from api.settings import Settings

    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise BadSetting(f"设置 {name}（TIAOWEN_{name.upper()}）不能是 {first['input']!r}：{first['msg']}") from None


def open_library(settings: Settings, *, matching: bool = True) -> Library:
    """The library of the settings; a new one gets the two bundled plans, and that is said. Raises ModelUnavailable."""
    from index import Library
    from index.intake import seed

    folder = settings.library
    is_new = not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))
    usable = matching or is_new
    library = Library.open(folder, model=settings.model, matching=usable, seeding=usable)
    if usable and seed(library):
        note(f"新建文件库 {folder}，已收入自带的 {len(library.documents())} 份方案。")
    return library


def named_reranker(settings: Settings) -> Reranker | None:
    """The model of the settings that re-orders clauses, None where none is named. Raises ModelUnavailable."""
    from search import load_reranker

    return load_reranker(settings.reranker)


@contextmanager
def progress(total: int) -> Iterator[Callable[[int], None]]:
    """A bar on standard error, where that is a terminal; gives the function that is told how many are done."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (TextColumn("添加文件"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=total)
        yield lambda done: bar.update(task, completed=done)


def out(value: dict[str, Any]) -> None:
    """One JSON object on standard output, in UTF-8 whatever the terminal's encoding is."""
    sys.stdout.flush()
    text = json.dumps(value, ensure_ascii=False, indent=2)
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")


def say(message: str) -> None:
    """A result in words, on standard output."""
    typer.echo(message)


def note(message: str) -> None:
    """Something said on the way, on standard error."""
    typer.echo(message, err=True)


def complain(problem: Problem) -> None:
    """What went wrong, why, and what to do, on standard error."""
    note(f"错误：{problem.message}")
    if problem.hint:
        note(f"办法：{problem.hint}")
